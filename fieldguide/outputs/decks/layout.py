"""The sizes of a deck's slide and the words on it, for both PowerPoint and PDF. The positions follow from
them in `outputs/slides/arrangement.py`.

A deck is opened on computers that lack our fonts, so it is set in Times New Roman and Arial: every office
program has them, or fonts with the same widths.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from fieldguide.book import Book
from fieldguide.drawing.measure import Face
from fieldguide.drawing.shapes import Drawing
from fieldguide.outputs.decks.slide_text import OPINION, notes, title_of
from fieldguide.outputs.outlines import balanced, document
from fieldguide.outputs.slides.arrangement import Arrangement, Measures, TextBox, arrange
from fieldguide.outputs.slides.files import content_of, words_of
from fieldguide.outputs.slides.svg import body_of
from fieldguide.records.deck import LENGTH, Deck
from fieldguide.records.figure import figure_src
from fieldguide.records.short_links import short_link

WIDER: Mapping[Face, float] = {"display": 0.96, "text": 1.11}
"""How wide a line may become compared with our font: Times New Roman at most 0.92 times and Arial at most
1.11 times as wide, measured over all titles and contexts.
"""
LEAST = 24
"""The smallest text on a slide, in px: 12 points on a slide 13.33 inches wide."""
LARGEST = 3
"""The most by which a picture is enlarged."""
ABOVE = Measures(
    titles=((56, 1), (56, 2), (50, 2), (44, 2)),
    title_line=(1.2, 1.2),  # as office programs set both faces
    context=(26, 31.2),
    small=(LEAST, 28.8),
    left=76,  # wider than a figure's own slide, since a deck's text is larger
    top=70,
    drawing_gap=24,
    above_rule=20,
    below_rule=16,
    source_lines=2,
    counted="",  # the address stands beside them
    wider=WIDER,
)
BESIDE = replace(
    ABOVE,
    titles=((46, 5), (42, 6), (38, 7), (34, 8), (32, 9)),
    side=500,
    side_gap=60,
    edge=50,
)
NARROW = replace(BESIDE, side=376, side_gap=40)
"""For a picture that needs the room."""
DENSE = replace(
    ABOVE,
    titles=((44, 1), (40, 2)),
    context=(LEAST, 28.8),
    top=58,
    title_gap=4,
    drawing_gap=10,
    above_rule=10,
)
CLAIM = "The claim and its source"
"""The words of the link to a claim."""
EDGE = 6
"""Px of paper around a picture, since strokes may cross its edge."""


@dataclass(frozen=True)
class DeckSlide:
    """Everything on a slide of the file, and its notes."""

    layout: Arrangement
    svg: str
    """The picture: the drawing with EDGE px of paper on each side."""
    number: str
    """The deck's title and the number of the slide."""
    opinion: str
    """The words that mark StarX's view, at the beginning of the source line, or ""."""
    alt: str
    link: str
    """The address of the figure's page."""
    claim: str
    """The address of the claim that it links, or ""."""
    notes: Sequence[str]
    """The paragraphs of the speaker's notes."""

    @property
    def picture(self) -> tuple[float, float, float, float]:
        """The position of the picture on the slide: (x, y, width, height) in px."""
        layout, drawing = self.layout, self.layout.drawing
        return layout.x - EDGE, layout.y - EDGE, drawing.width + 2 * EDGE, drawing.height + 2 * EDGE


def lay_slide(book: Book, deck: Deck, index: int, drawing: Drawing, tokens: Mapping[str, str]) -> DeckSlide:
    """A slide of a deck, laid out; `index` counts from 0. Raises ValueError for a title that does not fit."""
    slide = deck.slides[index]
    figure = book.figures[slide.figure]
    words = words_of(figure, book)
    number, opinion = f"{deck.title} · {index + 1} of {LENGTH}", f"{OPINION}. " if slide.opinion else ""
    layout = arrange(
        replace(
            words,
            title=title_of(book, slide),
            as_of=opinion + words.as_of,
            remarks=(number, CLAIM) if slide.claim else (number,),
            publisher=book.publisher or words.publisher,
        ),
        body_of(words, content_of(drawing, book), tokens, LEAST, LARGEST),
        ABOVE,
        (BESIDE, NARROW),
        DENSE,
        LEAST,
    )
    placed = layout.drawing
    content = (
        f'<rect width="100%" height="100%" fill="{tokens["paper"]}"/><g transform="translate({EDGE}'
        f' {EDGE})">{placed.content}</g>'
    )
    width, height = round(placed.width + 2 * EDGE), round(placed.height + 2 * EDGE)
    return DeckSlide(
        replace(layout, title=_balanced(layout.title)),
        document(width, height, figure.title, figure.alt, content),
        number,
        opinion,
        figure.alt,
        book.address(figure_src(slide.figure)),
        book.address(short_link(slide.claim)) if slide.claim else "",
        notes(book, slide),
    )


def _balanced(title: TextBox) -> TextBox:
    """The title in the narrowest width that keeps its lines, so that no word stands alone on the last."""
    wider = WIDER["display"]
    return replace(
        title, width=balanced(title.words, title.width / wider, title.size, "display", 440) * wider
    )
