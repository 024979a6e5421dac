"""The positions of words and drawing on a slide: the drawing below its title, or to the right of all words.

A figure's own slide and a slide of a deck are arranged alike, each with its own measures.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from fieldguide.drawing.measure import Face
from fieldguide.outputs.outlines import width_of, wrapped
from fieldguide.records.figure import SLIDE

WIDTH, HEIGHT = SLIDE
PUBLISHER, PUBLISHER_LINE = 24, 30
"""The size of the publisher's name and the height of its line, in px."""
STAR_ROOM = 46
"""Px from the left edge of the publisher's mark to the name."""
REMARKS_GAP = 6
"""Px between sources and remarks to the left of the drawing."""


@dataclass(frozen=True)
class SlideWords:
    """The words of a slide around its drawing."""

    title: str
    context: str
    alt: str
    as_of: str
    sources: tuple[str, ...]
    remarks: tuple[str, ...]
    """The paragraphs below the sources: the terms of a figure, or the number of a deck's slide."""
    address: str
    publisher: str = "StarX Capital"


@dataclass(frozen=True)
class PlacedDrawing:
    """A drawing that fits its room: size in px, smallest text in px, SVG that starts at the origin, and how
    much was left out.
    """

    width: float
    height: float
    smallest: float
    content: str
    left_out: int = 0


Body = Callable[[float, float], PlacedDrawing]
"""A function that fits the drawing into a room of this width and height, in px."""


@dataclass(frozen=True)
class TextBox:
    """Words in a box, in px of the slide. `leading` is the distance between baselines."""

    words: str
    lines: Sequence[str]
    x: float
    y: float
    width: float
    size: float
    leading: float
    height: float

    @property
    def bottom(self) -> float:
        return self.y + self.height


@dataclass(frozen=True)
class Arrangement:
    """The position of everything on a slide, in px."""

    title: TextBox
    context: TextBox
    source: TextBox
    remarks: TextBox
    publisher: TextBox
    address: TextBox
    rule: tuple[float, float, float]
    """The line above the sources: x, y, width."""
    drawing: PlacedDrawing
    x: float
    y: float
    """The drawing's left upper corner."""
    beside: bool
    """Whether the words are to the left of the drawing."""


@dataclass(frozen=True)
class Measures:
    """Measures of an arrangement in px; the defaults are for a figure's own slide with its title above."""

    titles: Sequence[tuple[int, int]] = ((56, 1), (52, 1), (48, 1), (50, 2), (44, 2))
    """(size, most lines) of a title; the first in which it fits is taken."""
    title_line: tuple[float, float] = (0.88, 1.12)
    """The height of a title's first line and of each other line, as shares of its size."""
    context: tuple[float, float] = (25, 34)
    small: tuple[float, float] = (19, 27)
    """(size, leading) of the context, and of sources, remarks and address."""
    left: float = 92
    top: float = 76
    bottom: float = 1022
    """The margins of the words; the right one is as wide as the left one."""
    title_gap: float = 12
    drawing_gap: float = 30
    above_rule: float = 22
    below_rule: float = 9
    """Gaps: between title and context, context and drawing, and above and below the rule."""
    side: float = 476
    side_gap: float = 56
    edge: float = 60
    """For words to the left: the width of their column, the gap to the drawing, and the drawing's margin."""
    source_lines: int = 3
    counted: str = ", named at the address"
    """The words after the number of sources for which there is no room."""
    wider: Mapping[Face, float] = field(default_factory=lambda: {"display": 1, "text": 1})
    """How wide a line may become compared with our font."""

    def lines(self, text: str, width: float, size: float, face: Face = "text") -> list[str]:
        """The text in lines no wider than `width`, in the widest of its fonts."""
        return wrapped(text, width / self.wider[face], size, face, 440 if face == "display" else 400)

    def box(self, paragraphs: Sequence[str], y: float, width: float, style: tuple[float, float]) -> TextBox:
        """Paragraphs at the left margin, without gaps; `style` is (size, leading)."""
        size, leading = style
        lines = [line for paragraph in paragraphs for line in self.lines(paragraph, width, size)]
        return TextBox(" ".join(paragraphs), lines, self.left, y, width, size, leading, len(lines) * leading)


def arrange(
    words: SlideWords, body: Body, usual: Measures, sides: Sequence[Measures], dense: Measures, least: float
) -> Arrangement:
    """The arrangement that leaves out least of the drawing, and among those one with text of `least` px.

    If several have that, it is the `usual` one, with the title above, unless the drawing's text would be much
    larger with the words to its left, in one of `sides`. `dense` is tried if no text is large enough. Raises
    ValueError for a title that does not fit.
    """

    def rank(arrangement: Arrangement) -> tuple[int, float]:
        return -arrangement.drawing.left_out, min(arrangement.drawing.smallest, least)

    best = arrange_above(words, body, usual)
    beside = [column for side in sides if (column := arrange_beside(words, body, side))]
    other = max(beside, key=rank, default=best)
    much_larger = best.drawing.smallest < 0.92 * other.drawing.smallest
    if rank(other) > rank(best) or (rank(other) == rank(best) and much_larger):
        best = other
    if best.drawing.smallest < least:
        best = max(best, arrange_above(words, body, dense), key=rank)
    return best


def arrange_above(words: SlideWords, body: Body, measures: Measures) -> Arrangement:
    """Title and context above the drawing, sources and remarks below it, publisher and address to their
    right.
    """
    left, bottom, (size, leading) = measures.left, measures.bottom, measures.small
    wide = WIDTH - 2 * left
    title = set_title(words.title, wide, measures)
    context = measures.box([words.context], title.bottom + measures.title_gap, wide, measures.context)
    name = STAR_ROOM + width_of(words.publisher, PUBLISHER, weight=600)
    mark = max(width_of(words.address, size), name) * measures.wider["text"]
    column = wide - mark - 60
    source = measures.box([source_line(words, column, measures)], 0, column, measures.small)
    remarks = measures.box([" ".join(words.remarks)], 0, column, measures.small)
    y = bottom - max(source.height + remarks.height, 2 * leading)
    x, publisher_y = left + wide - mark, bottom - 34 - PUBLISHER_LINE
    rule = y - measures.below_rule
    top = context.bottom + measures.drawing_gap
    room = rule - measures.above_rule - top
    drawing = body(wide, room)
    return Arrangement(
        title,
        context,
        replace(source, y=y),
        replace(remarks, y=y + source.height),
        _publisher(words.publisher, x, publisher_y, mark),
        TextBox(words.address, [words.address], x, bottom - leading, mark, size, leading, leading),
        (left, rule, wide),
        drawing,
        left + (wide - drawing.width) / 2,
        top + min((room - drawing.height) / 2, 40),
        beside=False,
    )


def arrange_beside(words: SlideWords, body: Body, measures: Measures) -> Arrangement | None:
    """All words to the left of the drawing, which takes the full height; None if the words need more than
    their column.
    """
    left, side, (size, leading) = measures.left, measures.side, measures.small
    try:
        title = set_title(words.title, side, measures)
    except ValueError:
        return None
    context = measures.box([words.context], title.bottom + measures.title_gap, side, measures.context)
    lines = _address_lines(words.address, side / measures.wider["text"], size)
    height = len(lines) * leading
    address = TextBox(words.address, lines, left, measures.bottom - height, side, size, leading, height)
    publisher = _publisher(words.publisher, left, address.y + leading - 40 - PUBLISHER_LINE, side)
    remarks = measures.box(words.remarks, 0, side, measures.small)
    remarks = replace(remarks, y=publisher.y - 14 - remarks.height)
    source = measures.box([source_line(words, side, measures)], 0, side, measures.small)
    source = replace(source, y=remarks.y - source.height - (REMARKS_GAP if words.remarks else 0))
    rule = source.y - measures.below_rule
    if context.bottom > rule - 20 or source.words == words.as_of:
        return None
    x, room = left + side + measures.side_gap, HEIGHT - 2 * measures.edge
    wide = WIDTH - left - x
    drawing = body(wide, room)
    return Arrangement(
        title,
        context,
        source,
        remarks,
        publisher,
        address,
        (left, rule, side),
        drawing,
        x + (wide - drawing.width) / 2,
        measures.edge + (room - drawing.height) / 2,
        beside=True,
    )


def set_title(title: str, width: float, measures: Measures) -> TextBox:
    """The title in the first size in which it fits. Raises ValueError if it fits in none."""
    first, leading = measures.title_line
    for size, most in measures.titles:
        lines = measures.lines(title, width, size, "display")
        widest = max(width_of(line, size, "display", 440) for line in lines) * measures.wider["display"]
        if len(lines) <= most and widest <= width:
            height = (first + (len(lines) - 1) * leading) * size
            return TextBox(title, lines, measures.left, measures.top, width, size, leading * size, height)
    raise ValueError(f"the title {title!r} does not fit a slide; shorten it")


def source_line(words: SlideWords, width: float, measures: Measures) -> str:
    """Date and sources in at most `source_lines` lines; sources for which there is no room are counted."""

    def fits(line: str) -> bool:
        return len(measures.lines(line, width, measures.small[0])) <= measures.source_lines

    label, count = "Sources" if len(words.sources) > 1 else "Source", len(words.sources)
    for shown in range(count, 0, -1):
        rest = f"; and {count - shown} more{measures.counted}" if shown < count else ""
        line = f"{words.as_of} {label}: {'; '.join(words.sources[:shown])}{rest}."
        if fits(line):
            return line
    line = f"{words.as_of} {words.sources[0]}{f' and {count - 1} more' if count > 1 else ''}."
    return line if fits(line) else words.as_of


def _publisher(name: str, x: float, y: float, width: float) -> TextBox:
    return TextBox(name, [name], x, y, width, PUBLISHER, PUBLISHER_LINE, PUBLISHER_LINE)


def _address_lines(address: str, width: float, size: float) -> list[str]:
    """The address on as many lines as the column needs, broken after slashes."""
    lines = [""]
    for part in re.findall(r"[^/]+/?|/", address):
        if lines[-1] and width_of(lines[-1] + part, size) > width:
            lines.append("")
        lines[-1] += part
    return lines
