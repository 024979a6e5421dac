"""The layout of a deck's slide: where its native text and its picture stand, for PowerPoint and for the PDF
alike.

A deck is read where our faces are not, so it is set in Times New Roman and Arial: every office program has
them, or faces of the same widths.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from fieldguide.book import Book
from fieldguide.drawing.drawn import Drawing
from fieldguide.drawing.measure import Face
from fieldguide.outputs.decks.words import OPINION, title_of
from fieldguide.outputs.outlines import balanced, document, width_of, wrapped
from fieldguide.outputs.slides.files import content_of, words_of
from fieldguide.outputs.slides.layout import (
    BOTTOM,
    HEIGHT,
    Body,
    PlacedDrawing,
    SlideWords,
    body_of,
    source_line,
)
from fieldguide.records.deck import LENGTH, Deck

WIDER: Mapping[Face, float] = {"display": 0.96, "text": 1.11}
"""How wide a line may come out, to ours: Times New Roman up to 0.92 and Arial up to 1.11, measured over all
titles and contexts.
"""
TOP = 70
LEADING = 1.2
"""Of the lines of a text, to its size, as office programs set both faces."""
LEAST = 24
"""Px of the smallest text on a slide of 13.33 inches: 12 points."""
SMALL = LEAST
"""Px of source, address and number."""
LARGEST = 3
"""A picture is never scaled further."""
SOURCE_LINES = 2
"""The most that a slide takes for its sources; it counts the others, which stand at the figure's address."""
MARK = 330
"""Px of the column at the right of the sources, with publisher and address, where the address needs no
more.
"""
LEFT, RIGHT = 76, 1844
"""The area inside the frame, in px: wider than a figure's own slide, since a deck's text is larger."""
SIDES = ((500, 60), (376, 40))
"""Px of the words beside a picture and from them to it; the second where the picture needs the room."""
TITLES = {
    "above": ((56, 1), (56, 2), (50, 2), (44, 2)),
    "dense": ((44, 1), (40, 2)),
    "beside": ((46, 5), (42, 6), (38, 7), (34, 8), (32, 9)),
}
"""Sizes of a title, each with the most lines it may take; "dense" leaves the room to a drawing that needs
it.
"""
CLAIM = "The claim and its source"
"""The words of the link to a claim."""
EDGE = 6
"""Px of paper around a picture, since strokes may reach over its edge."""


@dataclass(frozen=True)
class TextBox:
    """Words in a box, px of the slide. `height` has room for every line in the widest face."""

    words: str
    x: float
    y: float
    width: float
    height: float
    size: float


@dataclass(frozen=True)
class SlideLayout:
    """One slide: its texts, its picture as SVG and where it stands, and the rule above the sources (x, y,
    width).
    """

    title: TextBox
    context: TextBox
    source: TextBox
    number: TextBox
    publisher: TextBox
    address: TextBox
    rule: tuple[float, float, float]
    picture: tuple[float, float, float, float]
    svg: str
    smallest: float
    """Px of the smallest text in the picture; 24 of them are 12 points."""
    left_out: int
    """Rows that the picture leaves to the figure's page; it says so."""
    opinion: str
    """What marks StarX's view, at the head of the source line; else empty."""
    beside: bool
    """Whether the words stand at the left of the picture."""


@dataclass(frozen=True)
class DeckSlide:
    """What a slide of the file holds besides its layout: alternative text, the address of the figure's page,
    the claim's if it links one, the paragraphs of the notes.
    """

    layout: SlideLayout
    alt: str
    link: str
    claim: str
    notes: Sequence[str]


@dataclass(frozen=True)
class DeckWords:
    """What both arrangements set."""

    title: str
    context: str
    cited: SlideWords
    number: str
    publisher: str
    address: str
    opinion: str
    claim: bool
    """Whether there is a claim to link, in a line of its own where the column is narrow."""

    def source(self, width: float) -> str:
        """StarX's mark where the slide has it, the date and the sources, in at most SOURCE_LINES lines of a
        column.
        """
        mark = width_of(self.opinion, SMALL) if self.opinion else 0
        return self.opinion + source_line(
            self.cited, width / WIDER["text"] - mark / SOURCE_LINES, SOURCE_LINES, SMALL, ""
        )


def lay_slide(book: Book, deck: Deck, index: int, drawing: Drawing, tokens: Mapping[str, str]) -> SlideLayout:
    """Slide `at` of a deck, from 0, in the arrangement in which the drawing's text is larger. Raises
    ValueError for a title that does not fit.
    """
    slide = deck.slides[index]
    figure = book.figures[slide.figure]
    words = words_of(figure, book)
    body = body_of(
        words,
        content_of(drawing, book),
        tokens,
        LEAST,
        LARGEST,
    )
    deck_words = DeckWords(
        title_of(book, slide),
        words.context,
        words,
        f"{deck.title} · {index + 1} of {LENGTH}",
        book.publisher or words.publisher,
        words.address,
        f"{OPINION}. " if slide.opinion else "",
        slide.claim is not None,
    )
    above = _above(deck_words, body)
    beside = max(
        filter(None, (_beside(deck_words, body, *column) for column in SIDES)),
        key=lambda laid: laid[1].rank(LEAST),
        default=None,
    )
    sheet, placed = above if beside is None or _better(above[1], beside[1]) else beside
    if placed.smallest < LEAST:
        sheet, placed = max(
            (sheet, placed), _above(deck_words, body, dense=True), key=lambda laid: laid[1].rank(LEAST)
        )
    title, alt = figure.title, figure.alt
    content = (
        f'<rect width="100%" height="100%" fill="{tokens["paper"]}"/><g transform="translate({EDGE}'
        f' {EDGE})">{placed.content}</g>'
    )
    svg = document(round(placed.width + 2 * EDGE), round(placed.height + 2 * EDGE), title, alt, content)
    return SlideLayout(
        **{
            **sheet,
            "svg": svg,
            "smallest": placed.smallest,
            "left_out": placed.left_out,
            "opinion": deck_words.opinion,
        }
    )


def _better(above: PlacedDrawing, beside: PlacedDrawing) -> bool:
    """Whether the usual arrangement will do: all that the other shows, and as readable."""
    if above.rank(LEAST) != beside.rank(LEAST):
        return above.rank(LEAST) > beside.rank(LEAST)
    return above.smallest >= 0.92 * beside.smallest


def lines_of(text: str, width: float, size: float, face: Face = "text") -> int:
    """How many lines a text may take, in the widest of its faces."""
    return len(wrapped(text, width / WIDER[face], size, face, 440 if face == "display" else 400))


def fit_title(title: str, width: float, sizes: Sequence[tuple[int, int]]) -> tuple[int, int]:
    """(size, lines): the first of `sizes` in which the title fits. Raises ValueError when none does."""
    for size, most in sizes:
        longest = max(width_of(word, size, "display", 440) for word in title.split()) * WIDER["display"]
        count = lines_of(title, width, size, "display")
        if count <= most and longest <= width:
            return size, count
    raise ValueError(f"the title “{title}” does not fit a slide")


def _narrowed(title: str, width: float, size: float) -> float:
    """The narrowest width in which a title keeps its lines, so that no word stands alone on the last."""
    wider = WIDER["display"]
    return balanced(title, width / wider, size, "display", 440) * wider


def _text(words: str, x: float, y: float, width: float, size: float) -> TextBox:
    return TextBox(words, x, y, width, lines_of(words, width, size) * size * LEADING, size)


def _above(words: DeckWords, body: Body, dense: bool = False) -> tuple[dict[str, Any], PlacedDrawing]:
    """Title and context over the picture, sources under it, publisher and address at their right."""
    wide = RIGHT - LEFT
    size, count = fit_title(words.title, wide, TITLES["dense" if dense else "above"])
    title = TextBox(
        words.title,
        LEFT,
        TOP - 12 * dense,
        _narrowed(words.title, wide, size),
        count * size * LEADING,
        size,
    )
    context = _text(
        words.context, LEFT, title.y + title.height + (4 if dense else 10), wide, LEAST if dense else 26
    )
    mark = max(MARK, width_of(words.address, SMALL) * WIDER["text"] + 8)
    column = wide - mark - 60
    source = _text(words.source(column), LEFT, 0, column, SMALL)
    height = source.height + SMALL * LEADING
    foot = BOTTOM - height
    source = TextBox(source.words, LEFT, foot, column, source.height, SMALL)
    number = TextBox(words.number, LEFT, foot + source.height, column, SMALL * LEADING, SMALL)
    address = TextBox(words.address, RIGHT - mark, BOTTOM - SMALL * LEADING, mark, SMALL * LEADING, SMALL)
    publisher = TextBox(
        words.publisher, address.x, address.y - LEAST * LEADING - 4, address.width, LEAST * LEADING, LEAST
    )
    rule = min(foot, publisher.y) - 16
    top = context.y + context.height + (10 if dense else 26)
    room = rule - (10 if dense else 20) - top
    placed = body(wide, room)
    picture = (
        LEFT + (wide - placed.width) / 2 - EDGE,
        top + min((room - placed.height) / 2, 40) - EDGE,
        placed.width + 2 * EDGE,
        placed.height + 2 * EDGE,
    )
    return {
        "title": title,
        "context": context,
        "source": source,
        "number": number,
        "publisher": publisher,
        "address": address,
        "rule": (LEFT, rule, wide),
        "picture": picture,
        "beside": False,
    }, placed


def _beside(
    words: DeckWords, body: Body, side: float, gap: float
) -> tuple[dict[str, Any], PlacedDrawing] | None:
    """Words at the left, the picture over the full height at the right; None where the words need more than
    their column.
    """
    try:
        size, count = fit_title(words.title, side, TITLES["beside"])
    except ValueError:
        return None
    title = TextBox(words.title, LEFT, TOP, _narrowed(words.title, side, size), count * size * LEADING, size)
    context = _text(words.context, LEFT, title.y + title.height + 14, side, 26)
    height = (
        math.ceil(width_of(words.address, SMALL) * WIDER["text"] / side) * SMALL * LEADING
    )  # a word of its own, broken anywhere
    y = BOTTOM - height
    address = TextBox(words.address, LEFT, y, side, height, SMALL)
    publisher = TextBox(words.publisher, LEFT, y - LEAST * LEADING - 4, side, LEAST * LEADING, LEAST)
    number = _text(words.number, LEFT, 0, side, SMALL)
    height = number.height + words.claim * SMALL * LEADING
    number = TextBox(number.words, LEFT, publisher.y - height - 14, side, height, SMALL)
    source = _text(words.source(side), LEFT, 0, side, SMALL)
    source = TextBox(source.words, LEFT, number.y - source.height, side, source.height, SMALL)
    rule = source.y - 16
    if context.y + context.height > rule - 20 or source.words.endswith(words.cited.as_of):
        return None  # more words than the column holds, or a source too long for it
    left, top = LEFT + side + gap, 50
    wide, room = RIGHT - left, HEIGHT - 2 * top
    placed = body(wide, room)
    picture = (
        left + (wide - placed.width) / 2 - EDGE,
        top + (room - placed.height) / 2 - EDGE,
        placed.width + 2 * EDGE,
        placed.height + 2 * EDGE,
    )
    return {
        "title": title,
        "context": context,
        "source": source,
        "number": number,
        "publisher": publisher,
        "address": address,
        "rule": (LEFT, rule, side),
        "picture": picture,
        "beside": True,
    }, placed
