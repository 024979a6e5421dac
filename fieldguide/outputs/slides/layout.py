"""The layout of a slide: its words around its drawing, in two arrangements.

The title is above the drawing, or to its left if the drawing is tall. The arrangement that makes the
drawing's text larger wins.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations, pairwise

from fieldguide.drawing.drawn import Drawing, Shapes
from fieldguide.drawing.grid import Grid
from fieldguide.outputs.ornaments import neatline, star
from fieldguide.outputs.outlines import (
    DrawingPart,
    document,
    flatten,
    flatten_parts,
    text_lines,
    text_path,
    width_of,
    wrapped,
)
from fieldguide.outputs.slides.tables import lay_table
from fieldguide.records.figure import SLIDE

WIDTH, HEIGHT = SLIDE
SMALLEST = 19
"""The smallest text on a slide, in px: anything smaller cannot be read from the back of a room."""
LEFT, RIGHT, TOP, BOTTOM = 92, 1828, 76, 1022
"""The area inside the neatline, in px; the last line of text has its baseline at BOTTOM."""
SIDE = 476
"""Width in px of the column of words if the title is to the left."""
SIDE_GAP = 56
FOLD_GAP = 44
LARGEST = 2.2
"""The most by which a drawing is enlarged: beyond that, its lines look coarse beside the slide's own."""
_MARK = re.compile("\ue010([^\ue011]*)\ue011")


@dataclass(frozen=True)
class SlideWords:
    """The words of a slide around its drawing."""

    title: str
    context: str
    alt: str
    as_of: str
    sources: tuple[str, ...]
    terms: tuple[str, ...]
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

    def rank(self, least: float) -> tuple[int, float]:
        """The rank of an arrangement: complete first, then readable (text of at least `least` px). A slightly
        larger drawing is no reason to leave the usual arrangement.
        """
        return -self.left_out, min(self.smallest, least)


Body = Callable[[float, float], PlacedDrawing]
"""A function that fits the drawing into a room of this width and height, in px."""


class _Marks(Mapping[str, str]):
    """A placeholder for every color token. A slide has the same layout in all color schemes, so it is laid
    out once and the colors are filled in later.
    """

    def __getitem__(self, token: str) -> str:
        return f"\ue010{token}\ue011"

    def __iter__(self) -> Iterator[str]:
        return iter(())

    def __len__(self) -> int:
        return 0


def slide_svg(words: SlideWords, content: Drawing | Grid, tokens: Mapping[str, str]) -> str:
    """The slide of a drawing or a table as a self-contained SVG file.

    Raises ValueError, naming the words, if something does not fit.
    """
    return in_colors(uncolored(words, content), tokens)


def uncolored(words: SlideWords, content: Drawing | Grid) -> str:
    """The slide with placeholders for colors. Raises as `slide_svg` does."""
    tokens = _Marks()
    plate = lay_plate(words, content, tokens)
    paper = f'<rect width="{WIDTH}" height="{HEIGHT}" fill="{tokens["paper"]}"/>'
    return document(
        WIDTH,
        HEIGHT,
        words.title,
        words.alt,
        paper + flatten(neatline(WIDTH, HEIGHT), tokens) + plate.content,
    )


def uncolored_plot(words: SlideWords, content: Drawing | Grid) -> str:
    """The drawing of a slide without words and frame, on a sheet of the same size, with placeholders for
    colors.
    """
    tokens, edge = _Marks(), 40
    placed = body_of(words, content, tokens)(WIDTH - 2 * edge, HEIGHT - 2 * edge)
    x, y = (WIDTH - placed.width) / 2, (HEIGHT - placed.height) / 2
    paper = f'<rect width="{WIDTH}" height="{HEIGHT}" fill="{tokens["paper"]}"/>'
    return document(
        WIDTH,
        HEIGHT,
        words.title,
        words.alt,
        f'{paper}<g transform="translate({x:.1f} {y:.1f})">{placed.content}</g>',
    )


def in_colors(slide: str, tokens: Mapping[str, str]) -> str:
    """A slide from `uncolored` in the colors of a scheme. Raises KeyError for a token that the
    scheme lacks.
    """
    return _MARK.sub(lambda mark: tokens[mark[1]], slide)


def lay_plate(words: SlideWords, content: Drawing | Grid, tokens: Mapping[str, str]) -> PlacedDrawing:
    """Everything inside the neatline, in the better of the two arrangements."""
    body = body_of(words, content, tokens)
    above, beside = _above(words, body, tokens), _beside(words, body, tokens)
    plate = max(above, beside, key=lambda plate: plate.rank(SMALLEST))
    if (
        plate is above
        and above.rank(SMALLEST) == beside.rank(SMALLEST)
        and above.smallest < 0.92 * beside.smallest
    ):
        plate = beside
    if plate.smallest < SMALLEST:
        plate = max(plate, _above(words, body, tokens, DENSE), key=lambda plate: plate.rank(SMALLEST))
    return plate


def body_of(
    words: SlideWords,
    content: Drawing | Grid,
    tokens: Mapping[str, str],
    least: float = SMALLEST,
    largest: float = LARGEST,
) -> Body:
    """A function that fits the drawing or table into a room. `least` is the text size to aim for in px,
    `largest` the most by which a drawing is enlarged.
    """
    return (
        _tabled(content, words, tokens, least)
        if isinstance(content, Grid)
        else _drawn(content, tokens, least, largest)
    )


def _drawn(drawing: Drawing, tokens: Mapping[str, str], least: float, largest: float) -> Body:
    """The drawing made for slides, or the wide one. If its text would be too small, that drawing or the
    narrow one with its parts in columns.
    """
    usual = drawing.slide or drawing.wide
    if usual is None:
        raise ValueError("there is no drawing")
    whole = _scaled(usual, tokens, largest)
    folded = (
        []
        if drawing.fold_gap is None
        else [
            _folded(shapes, tokens, drawing.fold_gap, largest)
            for shapes in (drawing.slide, drawing.narrow)
            if shapes
        ]
    )
    if least > SMALLEST and drawing.narrow:
        folded.append(_scaled(drawing.narrow, tokens, largest))

    def fit(room: float, tall: float) -> PlacedDrawing:
        placed = whole(room, tall)
        return (
            placed
            if placed.smallest >= least
            else max([placed, *(fold(room, tall) for fold in folded)], key=lambda item: item.smallest)
        )

    return fit


def _scaled(shapes: Shapes, tokens: Mapping[str, str], largest: float) -> Body:
    width, height, content = shapes.width, shapes.height, flatten(shapes, tokens)
    smallest = shapes.smallest(SMALLEST)

    def fit(room: float, tall: float) -> PlacedDrawing:
        scale = min(room / width, tall / height, largest)
        return PlacedDrawing(
            width * scale,
            height * scale,
            smallest * scale,
            f'<g transform="scale({scale:.4f})">{content}</g>',
        )

    return fit


def _folded(shapes: Shapes, tokens: Mapping[str, str], gap: float, largest: float) -> Body:
    """The drawing cut at gaps that nothing crosses, with its parts side by side in two to four columns."""
    parts, smallest = flatten_parts(shapes, tokens, gap), shapes.smallest(SMALLEST)

    def fit(room: float, tall: float) -> PlacedDrawing:
        best = PlacedDrawing(0, 0, 0, "")
        for count in range(2, min(4, len(parts)) + 1):
            columns = _share(parts, count)
            high = max(column[-1].bottom - column[0].top for column in columns)
            scale = min((room - (count - 1) * FOLD_GAP) / count / shapes.width, tall / high, largest)
            if smallest * scale > best.smallest:
                step = shapes.width * scale + FOLD_GAP
                content = "".join(
                    f'<g transform="translate({index * step:.1f}'
                    f' {-column[0].top * scale:.1f})scale({scale:.4f})">'
                    f"{''.join(part.content for part in column)}</g>"
                    for index, column in enumerate(columns)
                )
                best = PlacedDrawing(count * step - FOLD_GAP, high * scale, smallest * scale, content)
        return best

    return fit


def _share(parts: Sequence[DrawingPart], count: int) -> list[Sequence[DrawingPart]]:
    """The parts in `count` columns, in order. Among all divisions whose height is within 4% of the smallest,
    the one with the widest gaps at the cuts.
    """

    def columns(cuts: tuple[int, ...]) -> list[Sequence[DrawingPart]]:
        return [parts[start:end] for start, end in pairwise((0, *cuts, len(parts)))]

    def high(cuts: tuple[int, ...]) -> float:
        return max(column[-1].bottom - column[0].top for column in columns(cuts))

    def gap(cuts: tuple[int, ...]) -> float:
        return min(parts[cut].top - parts[cut - 1].bottom for cut in cuts)

    every = list(combinations(range(1, len(parts)), count - 1))
    least = min(map(high, every))
    return columns(max((cuts for cuts in every if high(cuts) <= least * 1.04), key=gap))


def _tabled(grid: Grid, words: SlideWords, tokens: Mapping[str, str], least: float) -> Body:
    def fit(room: float, tall: float) -> PlacedDrawing:
        laid = lay_table(grid, room, tall, tokens, words.address, least)
        return PlacedDrawing(laid.width, laid.height, laid.size, laid.content, laid.left_out)

    return fit


@dataclass(frozen=True)
class SlideMeasures:
    """Distances in px for the arrangement with the title above: the first and the last line, from title to
    context to drawing, around the lower rule, and between small lines.
    """

    top: float = TOP
    bottom: float = BOTTOM
    context: float = 46
    body: float = 30
    above_rule: float = 22
    below_rule: float = 36
    leading: float = 27
    source_lines: int = 3


DENSE = SlideMeasures(
    top=62, bottom=1029, context=42, body=16, above_rule=14, below_rule=30, leading=25, source_lines=2
)
"""The measures for a drawing that needs the room."""


def _above(
    words: SlideWords, body: Body, tokens: Mapping[str, str], measures: SlideMeasures = SlideMeasures()
) -> PlacedDrawing:
    """Title and context above the drawing, source and terms below it, mark and address to their right."""
    wide = RIGHT - LEFT
    size, title = _fit_title(words.title, wide, ((56, 1), (52, 1), (48, 1), (50, 2), (44, 2)))
    parts = text_lines(
        title, LEFT, measures.top + 0.88 * size, size, size * 1.12, tokens["ink"], "display", 440
    )
    y = measures.top + 0.88 * size + (len(title) - 1) * size * 1.12 + measures.context
    context = wrapped(words.context, wide, 25)
    parts += text_lines(context, LEFT, y, 25, 34, tokens["ink-2"])
    y += (len(context) - 1) * 34 + measures.body

    mark_width = max(width_of(words.address, SMALLEST), 46 + width_of(words.publisher, 24, weight=600))
    column = wide - mark_width - 60
    source = wrapped(source_line(words, column, measures.source_lines), column, SMALLEST)
    terms = wrapped(" ".join(words.terms), column, SMALLEST)
    count = max(len(source) + len(terms), 2)
    first = measures.bottom - (count - 1) * measures.leading
    parts += text_lines(source, LEFT, first, SMALLEST, measures.leading, tokens["ink-2"])
    parts += text_lines(
        terms, LEFT, first + len(source) * measures.leading, SMALLEST, measures.leading, tokens["muted"]
    )
    parts.append(
        _mark(RIGHT - 46 - width_of(words.publisher, 24, weight=600), measures.bottom - 34, words, tokens)
    )
    parts.append(text_path(RIGHT, measures.bottom, words.address, SMALLEST, tokens["muted"], anchor="end"))
    rule = first - measures.below_rule
    parts.append(f'<path d="M{LEFT} {rule:.1f}H{RIGHT}" stroke="{tokens["rule-strong"]}" stroke-width="1"/>')

    room = rule - measures.above_rule - y
    placed = body(wide, room)
    return _with(placed, LEFT + (wide - placed.width) / 2, y + min((room - placed.height) / 2, 40), parts)


def _beside(words: SlideWords, body: Body, tokens: Mapping[str, str]) -> PlacedDrawing:
    """Title and context to the left, with source, terms, mark and address below them; the drawing takes the
    full height to the right.
    """
    address = _address_lines(words.address)
    source = wrapped(source_line(words, SIDE, 8), SIDE, SMALLEST)
    terms = [line for term in words.terms for line in wrapped(term, SIDE, SMALLEST)]
    y = BOTTOM - (len(address) - 1) * 27
    parts = text_lines(address, LEFT, y, SMALLEST, 27, tokens["muted"])
    y -= 40
    parts.append(_mark(LEFT, y, words, tokens))
    y -= 44 + (len(terms) - 1) * 27
    parts += text_lines(terms, LEFT, y, SMALLEST, 27, tokens["muted"])
    y -= len(source) * 27 + (6 if terms else -27)
    parts += text_lines(source, LEFT, y, SMALLEST, 27, tokens["ink-2"])
    y -= 36
    parts.append(f'<path d="M{LEFT} {y:.1f}h{SIDE}" stroke="{tokens["rule-strong"]}" stroke-width="1"/>')

    context = wrapped(words.context, SIDE, 25)
    size, title = _fit_title(words.title, SIDE, ((50, 4), (46, 5), (42, 5), (38, 6)))
    below = TOP + 0.88 * size + (len(title) - 1) * size * 1.12 + 52
    if below + (len(context) - 1) * 34 > y - 20:
        return PlacedDrawing(
            0, 0, 0, "", 1000
        )  # too many words for a column: only the other arrangement remains
    parts += text_lines(title, LEFT, TOP + 0.88 * size, size, size * 1.12, tokens["ink"], "display", 440)
    parts += text_lines(context, LEFT, below, 25, 34, tokens["ink-2"])
    left = LEFT + SIDE + SIDE_GAP
    wide, top = RIGHT - left, 60
    room = HEIGHT - 2 * top
    placed = body(wide, room)
    return _with(placed, left + (wide - placed.width) / 2, top + (room - placed.height) / 2, parts)


def _with(placed: PlacedDrawing, x: float, y: float, parts: list[str]) -> PlacedDrawing:
    content = f'<g transform="translate({x:.1f} {y:.1f})">{placed.content}</g>'
    return PlacedDrawing(
        placed.width, placed.height, placed.smallest, "".join(parts) + content, placed.left_out
    )


def _mark(x: float, y: float, words: SlideWords, tokens: Mapping[str, str]) -> str:
    """The publisher's mark, 30 px, with the name on the baseline `y`."""
    return star(x, y - 23, 30, tokens["ink"]) + text_path(
        x + 46, y, words.publisher, 24, tokens["ink"], weight=600
    )


def _fit_title(title: str, width: float, sizes: tuple[tuple[int, int], ...]) -> tuple[int, list[str]]:
    """(size, lines): the first of (size, most lines) in which the title fits. Raises ValueError if
    none does.
    """
    for size, most in sizes:
        lines = wrapped(title, width, size, "display", 440)
        if len(lines) <= most and all(width_of(line, size, "display", 440) <= width for line in lines):
            return size, lines
    raise ValueError(f"the title {title!r} does not fit a slide; shorten it")


def source_line(
    words: SlideWords, width: float, most: int, size: float = SMALLEST, where: str = ", named at the address"
) -> str:
    """Date and sources. If the names take more than `most` lines, the rest is counted, followed by `where` to
    find them.
    """
    label = "Sources" if len(words.sources) > 1 else "Source"
    for shown in range(len(words.sources), 0, -1):
        more = len(words.sources) - shown
        line = (
            f"{words.as_of} {label}:"
            f" {'; '.join(words.sources[:shown])}{f'; and {more} more{where}' if more else ''}."
        )
        if len(wrapped(line, width, size)) <= most:
            return line
    first = (
        f"{words.as_of}"
        f" {words.sources[0]}{f' and {len(words.sources) - 1} more' if len(words.sources) > 1 else ''}."
    )
    return first if len(wrapped(first, width, size)) <= most else words.as_of


def _address_lines(address: str) -> list[str]:
    """The address on as many lines as the column needs, broken after slashes."""
    lines = [""]
    for part in re.findall(r"[^/]+/?|/", address):
        if lines[-1] and width_of(lines[-1] + part, SMALLEST) > SIDE:
            lines.append("")
        lines[-1] += part
    return lines
