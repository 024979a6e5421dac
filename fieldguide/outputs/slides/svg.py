"""A figure's own slide as an SVG file: its words and its drawing or table, arranged and set as outlines."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from itertools import combinations, pairwise

from fieldguide.drawing.grid import Grid
from fieldguide.drawing.measure import Face
from fieldguide.drawing.shapes import Drawing, Shapes
from fieldguide.outputs.ornaments import neatline, star
from fieldguide.outputs.outlines import (
    DrawingPart,
    document,
    flatten,
    flatten_parts,
    text_lines,
    width_of,
)
from fieldguide.outputs.slides.arrangement import (
    HEIGHT,
    STAR_ROOM,
    WIDTH,
    Arrangement,
    Body,
    Measures,
    PlacedDrawing,
    SlideWords,
    TextBox,
    arrange,
)
from fieldguide.outputs.slides.tables import lay_table

SMALLEST = 19
"""The smallest text on a slide, in px: anything smaller cannot be read from the back of a room."""
ABOVE = Measures()
BESIDE = Measures(titles=((50, 4), (46, 5), (42, 5), (38, 6)), title_gap=18, source_lines=8)
DENSE = replace(
    ABOVE,
    top=62,
    bottom=1029,
    small=(SMALLEST, 25),
    title_gap=8,
    drawing_gap=16,
    above_rule=14,
    below_rule=5,
    source_lines=2,
)
"""The measures for a drawing that needs the room."""
FOLD_GAP = 44
LARGEST = 2.2
"""The most by which a drawing is enlarged: beyond that, its lines look coarse beside the slide's own."""
_MARK = re.compile("\ue010([^\ue011]*)\ue011")


class _Marks(dict[str, str]):
    """A placeholder for every color token. A slide has the same layout in all color schemes, so it is laid
    out once and the colors are filled in later.
    """

    def __missing__(self, token: str) -> str:
        return f"\ue010{token}\ue011"


def uncolored(words: SlideWords, content: Drawing | Grid) -> str:
    """The slide of a drawing or a table as a self-contained SVG file, with placeholders for colors.

    Raises ValueError, naming the words, if something does not fit.
    """
    tokens = _Marks()
    arrangement = arrange_slide(words, content, tokens)
    return _document(words, flatten(neatline(WIDTH, HEIGHT), tokens) + _plate(arrangement, tokens))


def uncolored_thumbnail(words: SlideWords, shapes: Shapes) -> str:
    """A figure's thumbnail as an SVG file, with placeholders for colors."""
    tokens = _Marks()
    paper = f'<rect width="{shapes.width:g}" height="{shapes.height:g}" fill="{tokens["paper"]}"/>'
    content = paper + flatten(shapes, tokens)
    return document(round(shapes.width), round(shapes.height), words.title, words.alt, content)


def _document(words: SlideWords, content: str) -> str:
    """An SVG file of the size of a slide, with the color of paper behind the content."""
    paper = f'<rect width="{WIDTH}" height="{HEIGHT}" fill="{_Marks()["paper"]}"/>'
    return document(WIDTH, HEIGHT, words.title, words.alt, paper + content)


def in_colors(slide: str, tokens: Mapping[str, str]) -> str:
    """A slide from `uncolored` in the colors of a scheme. Raises KeyError for a token that the
    scheme lacks.
    """
    return _MARK.sub(lambda mark: tokens[mark[1]], slide)


def arrange_slide(words: SlideWords, content: Drawing | Grid, tokens: Mapping[str, str]) -> Arrangement:
    """The better of the two arrangements. Raises ValueError, naming the words, if something does not fit."""
    return arrange(words, body_of(words, content, tokens), ABOVE, (BESIDE,), DENSE, SMALLEST)


def _plate(arrangement: Arrangement, tokens: Mapping[str, str]) -> str:
    """Everything inside the neatline, as SVG."""
    publisher, address = arrangement.publisher, arrangement.address
    name_x, address_x = publisher.x + STAR_ROOM, address.x
    if not arrangement.beside:
        name_x = publisher.x + publisher.width - width_of(publisher.words, publisher.size, weight=600)
        address_x = address.x + address.width - width_of(address.words, address.size)
    x, y, width = arrangement.rule
    parts = [
        *_set(arrangement.title, tokens["ink"], "display", 440),
        *_set(arrangement.context, tokens["ink-2"]),
        *_set(arrangement.source, tokens["ink-2"]),
        *_set(arrangement.remarks, tokens["muted"]),
        star(name_x - STAR_ROOM, publisher.bottom - 23, 30, tokens["ink"]),
        *_set(replace(publisher, x=name_x), tokens["ink"], weight=600),
        *_set(replace(address, x=address_x), tokens["muted"]),
        f'<path d="M{x} {y:.1f}H{x + width}" stroke="{tokens["rule-strong"]}" stroke-width="1"/>',
        _moved(arrangement.drawing, arrangement.x, arrangement.y),
    ]
    return "".join(parts)


def _moved(drawing: PlacedDrawing, x: float, y: float) -> str:
    return f'<g transform="translate({x:.1f} {y:.1f})">{drawing.content}</g>'


def _set(box: TextBox, color: str, face: Face = "text", weight: int = 400) -> list[str]:
    """The lines of a box as outlines; the last baseline is the lower edge of the box."""
    first = box.bottom - (len(box.lines) - 1) * box.leading
    return text_lines(box.lines, box.x, first, box.size, box.leading, color, face, weight)


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
    if isinstance(content, Grid):
        return lambda room, tall: lay_table(content, room, tall, tokens, words.address, least)
    return _drawn(content, tokens, least, largest)


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
