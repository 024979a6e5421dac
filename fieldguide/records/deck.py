"""Decks: data/decks/<slug>.yml, ten slides that tell one argument with figures of the library, and where
their page and files stand.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator

from pydantic import Field as Key

from fieldguide.records.base import Date, Record, Strict
from fieldguide.records.figure import FOLDER as LIBRARY
from fieldguide.text.problems import Problem, closest

FOLDER = f"{LIBRARY}/decks"
DECKS = f"{FOLDER}.md"
"""The page that offers them, below docs/."""
LENGTH = 10
"""Slides of a deck."""
MOST_BYTES = 2_500_000
"""Of a file: what goes through any mail."""


class Slide(Strict):
    """One figure, and the words to say beside it."""

    figure: str = Key(examples=["token-cuts"])
    title: str | None = Key(None, max_length=80)
    """A claim; the figure's own where it is left out."""
    say: str = Key(
        min_length=80,
        max_length=1000,
        examples=["What goes in is cut into pieces, and each piece is one step for the model."],
    )
    """The words to say, which stand in the notes: numbers are checked links, as in a page, and `[@key]` names
    a source.
    """
    claim: str | None = Key(None, examples=["chinchilla.parameters"])
    """The claim that the slide links beside the figure's page."""
    opinion: bool = False
    """StarX's view: the slide says so."""


class Deck(Record):
    """Ten slides for one kind of reader."""

    title: str = Key(max_length=60)
    audience: str = Key(
        min_length=20, max_length=120, examples=["For anyone who has heard the terms and has ten minutes"]
    )
    argument: str = Key(min_length=60, max_length=255)
    """What the ten titles say together: the subject of the file, which takes no more."""
    reviewed: Date = Key(examples=["2026-11-28"])
    slides: list[Slide] = Key(min_length=LENGTH, max_length=LENGTH)


def deck_file(slug: str, ending: str = ".pptx") -> str:
    """The path below docs/ of a deck's file."""
    return f"{FOLDER}/{slug}{ending}"


def check_deck(deck: Deck, shown: Collection[str], known: Collection[str]) -> Iterator[Problem]:
    """The problems of a deck: a figure that does not exist, that no page shows, or that is on two slides.
    `shown` are the names of the figures that a page shows, `known` of all figures.
    """

    seen: dict[str, int] = {}
    for index, slide in enumerate(deck.slides):
        where = ("slides", index, "figure")
        if slide.figure not in known:
            yield deck.problem(
                f"unknown figure `{slide.figure}`",
                closest(slide.figure, known) or "data/figures/ has them all",
                *where,
            )
        elif slide.figure not in shown:
            yield deck.problem(
                f"no page shows the figure `{slide.figure}`",
                "show it in a chapter first: a slide links its page",
                *where,
            )
        if slide.figure in seen:
            yield deck.problem(
                f"the figure `{slide.figure}` is slide {seen[slide.figure]} already",
                "choose another: each slide adds something",
                *where,
            )
        seen.setdefault(slide.figure, index + 1)
