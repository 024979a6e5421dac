"""Decks of ten slides as PowerPoint files, and the check of their words."""

from __future__ import annotations

import functools
import hashlib
from collections.abc import Iterator, Mapping
from pathlib import Path

from fieldguide.book import Book
from fieldguide.drawing.shapes import Drawing
from fieldguide.index import Index
from fieldguide.outputs.color_tokens import light
from fieldguide.outputs.decks.layout import ABOVE, DeckSlide, lay_slide
from fieldguide.outputs.decks.pptx import write_pptx
from fieldguide.outputs.decks.slide_text import check_words, notes, title_of
from fieldguide.outputs.exports import Export, Make, stamp_of
from fieldguide.outputs.slides.arrangement import WIDTH, set_title
from fieldguide.outputs.slides.files import slide_stamp
from fieldguide.records.deck import DECKS, MOST_BYTES, Deck, deck_file
from fieldguide.records.figure import figure_src
from fieldguide.text.problems import Problem

TOOLS = ("python-pptx", "lxml")


def deck_files(index: Index) -> Iterator[tuple[str, Make]]:
    """(path below docs/, function that makes it) for each deck whose figures can all be drawn."""
    book = index.book
    for slug, deck in book.decks.items() if DECKS in book.pages else ():
        drawings = {
            slide.figure: index.drawings[slide.figure]
            for slide in deck.slides
            if slide.figure in index.drawings
        }
        if len(drawings) == len(deck.slides):
            site = hashlib.sha256(book.address(DECKS).encode()).hexdigest()[
                :6
            ]  # builds for different addresses keep separate files in the cache
            inputs = functools.cache(functools.partial(_inputs, book, deck, drawings))
            yield (
                deck_file(slug),
                Export(
                    book.root,
                    f"deck-{slug}-{site}.pptx",
                    inputs,
                    functools.partial(deck_bytes, book, deck, drawings),
                ),
            )


def deck_bytes(book: Book, deck: Deck, drawings: Mapping[str, Drawing]) -> bytes:
    """The PowerPoint file of a deck. Raises ValueError if it is too large to send by email."""
    tokens = light(book)
    data = write_pptx(
        deck.title,
        deck.argument,
        book.publisher,
        f"{deck.reviewed}-01-01"[:10],
        pages_of(book, deck, drawings),
        tokens,
    )
    if len(data) > MOST_BYTES:
        raise ValueError(
            f"{deck.path}: the deck has {len(data):,} bytes, more than {MOST_BYTES:,}; choose figures with"
            " fewer colors and less detail"
        )
    return data


def pages_of(book: Book, deck: Deck, drawings: Mapping[str, Drawing]) -> list[DeckSlide]:
    """The slides of a deck, laid out in light colors, with their notes and links."""
    tokens = light(book)
    return [
        lay_slide(book, deck, index, drawings[slide.figure], tokens)
        for index, slide in enumerate(deck.slides)
    ]


def check_decks(index: Index) -> list[Problem]:
    """Problems of all decks: words that differ from the records, and titles that do not fit on a slide."""
    book, claims = index.book, {claim.id for claim in (*index.claims, *index.resting)}
    problems: list[Problem] = []
    for deck in book.decks.values():
        problems += check_words(book, deck, claims)
        for position, slide in enumerate(deck.slides):
            if slide.figure in book.figures:
                title = title_of(book, slide)
                try:
                    set_title(title, WIDTH - 2 * ABOVE.left, ABOVE)
                except ValueError:
                    message = f"the title “{title}” does not fit a slide"
                    problems.append(deck.problem(message, "shorten it", "slides", position, "title"))
    return problems


def _inputs(book: Book, deck: Deck, drawings: Mapping[str, Drawing]) -> str:
    """A text that changes with everything the file depends on."""
    pages = [
        (
            slide,
            notes(book, slide),
            book.figures[slide.figure],
            book.address(figure_src(slide.figure)),
            [book.sources[key].name for key in book.figures[slide.figure].sources],
        )
        for slide in deck.slides
    ]
    everything = repr(
        (
            deck,
            book.publisher,
            pages,
            [drawings[slide.figure] for slide in deck.slides],
            light(book),
            _stamp(),
        )
    )
    return hashlib.sha256(everything.encode()).hexdigest()


@functools.cache
def _stamp() -> str:
    """A text that changes with the tools and the code that draw decks and slides."""
    return stamp_of(sorted(Path(__file__).parent.glob("*.py")), TOOLS) + slide_stamp()
