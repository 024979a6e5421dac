"""Figures: data/figures/<slug>.yml, and where a figure's own page and files stand."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Container, Iterable
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, ModelWrapValidatorHandler, PrivateAttr, model_validator
from pydantic import Field as Key

from fieldguide.records.base import Date, Prose, Record, Strict
from fieldguide.records.page import Page
from fieldguide.text.inline_marks import fact_words
from fieldguide.text.names import LayerName, curly

FOLDER = "figures"
INDEX = f"{FOLDER}/index.md"
BLOCK = re.compile(r"^/// figure \| ([\w-]+)[ \t]*$", flags=re.M)


Operand = float | str
"""A number, `record.field`, or `@id.key` of what the figure draws: see fieldguide/drawing/asserts.py."""


class Assert(Strict):
    """One thing that a title claims: a predicate, and the bounds within which it holds."""

    ratio: list[Operand] | None = Key(None, min_length=2, max_length=2)
    """The first over the second."""
    difference: list[Operand] | None = Key(None, min_length=2, max_length=2)
    order: list[Operand] | None = Key(None, min_length=2)
    """Each exceeds the next."""
    before: list[str] | None = Key(None, min_length=2)
    """Each date comes before the next."""
    range: list[Operand] | None = Key(None, min_length=1)
    """All the numbers named lie within the bounds, or reach from one of `ends` to the other."""
    count: str | None = None
    """How many rows, points or parts with that id meet every condition of `where`."""
    where: dict[str, tuple[float | None, float | None]] = {}
    """For each key the bounds between which its numbers lie, neither included; null leaves a side open."""
    between: tuple[float, float] | None = None
    at_least: float | None = None
    at_most: float | None = None
    equals: float | None = None
    """To the digits written."""
    ends: tuple[float, float] | None = None
    says: str = ""
    """The words of the claim, where it is not the whole title."""

    @model_validator(mode="after")
    def _one_predicate(self) -> Assert:
        predicates = ("ratio", "difference", "order", "before", "range", "count")
        if len([name for name in predicates if getattr(self, name) is not None]) != 1:
            raise ValueError(f"an assertion has exactly one of {', '.join(predicates)}")
        bounds = ("between", "at_least", "at_most", "equals", "ends")
        if self.order is None and self.before is None and all(getattr(self, name) is None for name in bounds):
            raise ValueError(f"say within which bounds it holds: {', '.join(bounds)}")
        return self


TITLE = 80
"""Characters that a title may have, without its links."""


def _short(title: str) -> str:
    if len(title) > TITLE:
        raise ValueError(f"a title has at most {TITLE} characters, and this one {len(title)}")
    return title


MOST_ITEMS = 500
"""Items of a list that a figure may draw, several times as many as in any of ours. Their labels are laid out
by comparing each with each.
"""


def _drawable(data: Any) -> Any:
    if isinstance(data, list) and len(data) > MOST_ITEMS:
        raise ValueError(
            f"a figure draws at most {MOST_ITEMS} items of a list, and this one has {len(data):,}"
        )
    for part in data.values() if isinstance(data, dict) else data if isinstance(data, list) else ():
        _drawable(part)
    return data


class Detail(Strict):
    """A part of a drawing, in the drawing's units and in the proportions of a thumbnail."""

    sheet: Literal["wide", "narrow"] = "wide"
    at: tuple[float, float]
    """Its left upper corner."""
    width: float = Key(gt=0)
    words: bool = False
    """Whether its words are kept."""


class Figure(Record):
    """What a drawing claims, says in words and rests on, and its data. A `kind` draws it from the data, or a
    `renderer`, a picture in code.
    """

    title: Annotated[Prose, AfterValidator(_short)]
    context: Prose
    alt: Prose = Key(
        min_length=40, max_length=250, examples=["Three layers; money goes down and tokens come back up."]
    )
    layer: LayerName | None = None
    kind: str | None = Key(None, examples=["bars"])
    renderer: str | None = None
    hook: str | None = None
    """Code that works out a part of the data from `inputs`: a class of fieldguide/drawing/hooks/."""
    inputs: dict[str, Any] = {}
    as_of: Date
    sources: list[str] = Key(min_length=1, examples=["[hoffmann2022]"])
    terms: list[str] = Key([], max_length=3)
    data: Annotated[dict[str, Any], AfterValidator(_drawable)] = {}
    asserts: list[Assert] = []
    """What the title claims."""
    thumbnail: Detail | None = None
    """What the index of figures shows of a figure whose kind draws no thumbnail. Without it, the names of its
    first rows.
    """

    _linked: str = PrivateAttr("")

    @model_validator(mode="wrap")
    @classmethod
    def _title_in_words(cls, data: Any, handler: ModelWrapValidatorHandler[Figure]) -> Figure:
        """`[70B](fact:record.field)` in a title is a link where the title stands over the drawing, and its
        words everywhere else.
        """
        linked = data.get("title") if isinstance(data, dict) else None
        if not isinstance(linked, str):
            return handler(data)
        figure = handler({**data, "title": fact_words(linked)})
        figure._linked = curly(linked)
        return figure

    @property
    def linked_title(self) -> str:
        """The title as its record has it, with its checked numbers."""
        return self._linked or self.title

    @model_validator(mode="after")
    def _drawn_once(self) -> Figure:
        if (self.kind is None) is (self.renderer is None):
            raise ValueError("a figure has a `kind`, or a `renderer` where it is a picture in code")
        if self.hook is not None and self.kind is None:
            raise ValueError("only a figure with a `kind` takes a `hook`")
        return self


THUMBNAIL = (480, 270)
"""Px of the picture in the index of figures."""
SMALL = "-small.png"
SLIDE = (1920, 1080)
"""Px of a slide."""


# ---- addresses


def figure_src(slug: str) -> str:
    """The path below docs/ of a figure's own page."""
    return f"{FOLDER}/{slug}.md"


def figure_file(slug: str, ending: str) -> str:
    """The path below docs/ of a figure's download: `ending` is "-light.png", "-dark.svg", ".csv", …"""
    return f"{FOLDER}/{slug}/{slug}{ending}"


def embed_file(slug: str) -> str:
    """The path below docs/ of the page that other sites frame."""
    return f"{FOLDER}/{slug}/embed/index.html"


def slug_of(page: Page) -> str:
    """The slug of the figure whose own page this is, or ""."""
    return posixpath.basename(page.src).removesuffix(".md") if page.made and page.section == FOLDER else ""


def find_homes(pages: Iterable[Page], figures: Container[str]) -> dict[str, Page]:
    """{figure: the first page that shows it}, in the order of `pages`, which is that of the table of
    contents. The home page counts only where no other page shows the figure, and a page that shows it small
    never counts.
    """
    shown = [page for page in pages if page.meta.status != "draft" and page.section != FOLDER]
    homes: dict[str, Page] = {}
    for page in sorted(shown, key=lambda page: page.meta.type == "landing"):
        for slug in BLOCK.findall(page.body):
            if slug in figures:
                homes.setdefault(slug, page)
    order = [page.src for page in shown]
    return dict(sorted(homes.items(), key=lambda home: order.index(home[1].src)))
