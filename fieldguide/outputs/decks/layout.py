"""The layout of a deck's slide: the positions of its native text and of its picture, for both PowerPoint and
PDF.

A deck is opened on computers that lack our fonts, so it is set in Times New Roman and Arial: every office
program has them, or fonts with the same widths.
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
"""How wide a line may become compared with our font: Times New Roman at most 0.92 times and Arial at most
1.11 times as wide, measured over all titles and contexts.
"""
TOP = 70
LEADING = 1.2
"""Distance between baselines as a share of the text's size, as office programs set both fonts."""
LEAST = 24
"""The smallest text on a slide, in px: 12 points on a slide 13.33 inches wide."""
SMALL = LEAST
"""The size of source, address and number, in px."""
LARGEST = 3
"""The most by which a picture is enlarged."""
SOURCE_LINES = 2
"""The most lines for a slide's sources. Any others are counted, and are listed at the figure's address."""
MARK = 330
"""Width in px of the column with publisher and address, to the right of the sources, unless the address needs
more.
"""
LEFT, RIGHT = 76, 1844
"""The left and right edge inside the frame, in px. It is wider than on a figure's own slide, since a deck's
text is larger.
"""
SIDES = ((500, 60), (376, 40))
"""(width of the words beside a picture, gap to the picture) in px; the second pair is for a picture that
needs the room.
"""
TITLES = {
    "above": ((56, 1), (56, 2), (50, 2), (44, 2)),
    "dense": ((44, 1), (40, 2)),
    "beside": ((46, 5), (42, 6), (38, 7), (34, 8), (32, 9)),
}
"""Sizes of a title, each with the most lines it may take; "dense" is for a drawing that needs the room."""
CLAIM = "The claim and its source"
"""The words of the link to a claim."""
EDGE = 6
"""Px of paper around a picture, since strokes may cross its edge."""


@dataclass(frozen=True)
class TextBox:
    """Words in a box, in px of the slide. `height` is enough for every line in the widest font."""

    words: str
    x: float
    y: float
    width: float
    height: float
    size: float


@dataclass(frozen=True)
class SlideLayout:
    """One slide: its texts, its picture as SVG and its position, and the rule above the sources as (x, y,
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
    """The smallest text in the picture, in px; 24 px are 12 points."""
    left_out: int
    """How many rows the picture leaves to the figure's page; the picture says so."""
    opinion: str
    """The words that mark StarX's view, at the beginning of the source line, or ""."""
    beside: bool
    """Whether the words are to the left of the picture."""


@dataclass(frozen=True)
class DeckSlide:
    """What a slide of the file has besides its layout: alternative text, the address of the figure's page,
    the address of the claim it links ("" if none), and the paragraphs of the notes.
    """

    layout: SlideLayout
    alt: str
    link: str
    claim: str
    notes: Sequence[str]


@dataclass(frozen=True)
class DeckWords:
    """The words that both arrangements of a slide set."""

    title: str
    context: str
    cited: SlideWords
    number: str
    publisher: str
    address: str
    opinion: str
    claim: bool
    """Whether there is a claim to link, which gets its own line in a narrow column."""

    def source(self, width: float) -> str:
        """The source line: StarX's mark if the slide has it, the date and the sources, in at most
        SOURCE_LINES lines of a column `width` px wide.
        """
        mark = width_of(self.opinion, SMALL) if self.opinion else 0
        return self.opinion + source_line(
            self.cited, width / WIDER["text"] - mark / SOURCE_LINES, SOURCE_LINES, SMALL, ""
        )


def lay_slide(book: Book, deck: Deck, index: int, drawing: Drawing, tokens: Mapping[str, str]) -> SlideLayout:
    """Slide `index` of a deck, counted from 0, in the arrangement that makes the drawing's text larger.
    Raises ValueError for a title that does not fit.
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
    """Whether the usual arrangement shows as much as the other one, and as readably."""
    if above.rank(LEAST) != beside.rank(LEAST):
        return above.rank(LEAST) > beside.rank(LEAST)
    return above.smallest >= 0.92 * beside.smallest


def lines_of(text: str, width: float, size: float, face: Face = "text") -> int:
    """The most lines that a text may take, in the widest of its fonts."""
    return len(wrapped(text, width / WIDER[face], size, face, 440 if face == "display" else 400))


def fit_title(title: str, width: float, sizes: Sequence[tuple[int, int]]) -> tuple[int, int]:
    """(size, lines): the first of `sizes` in which the title fits. Raises ValueError if none does."""
    for size, most in sizes:
        longest = max(width_of(word, size, "display", 440) for word in title.split()) * WIDER["display"]
        count = lines_of(title, width, size, "display")
        if count <= most and longest <= width:
            return size, count
    raise ValueError(f"the title “{title}” does not fit a slide")


def _narrowed(title: str, width: float, size: float) -> float:
    """The narrowest width that gives a title the same number of lines, so that its last line does not hold a
    single word.
    """
    wider = WIDER["display"]
    return balanced(title, width / wider, size, "display", 440) * wider


def _text(words: str, x: float, y: float, width: float, size: float) -> TextBox:
    return TextBox(words, x, y, width, lines_of(words, width, size) * size * LEADING, size)


def _above(words: DeckWords, body: Body, dense: bool = False) -> tuple[dict[str, Any], PlacedDrawing]:
    """Title and context above the picture, sources below it, publisher and address to their right."""
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
    """Words to the left, the picture to the right at full height; None if the words do not fit in
    the column.
    """
    try:
        size, count = fit_title(words.title, side, TITLES["beside"])
    except ValueError:
        return None
    title = TextBox(words.title, LEFT, TOP, _narrowed(words.title, side, size), count * size * LEADING, size)
    context = _text(words.context, LEFT, title.y + title.height + 14, side, 26)
    height = (
        math.ceil(width_of(words.address, SMALL) * WIDER["text"] / side) * SMALL * LEADING
    )  # one long word, which may be broken anywhere
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
        return None  # too many words for the column, or a source too long for it
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
