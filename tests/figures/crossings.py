"""Which words of a drawing something runs through.

Words keep off every line, every mark and every solid area, and no pattern lies under them. What may lie under
them:

- what has been painted over before the words come, so that they have a ground of their own;
- pale areas, whose edges do not disturb reading;
- the underline of a link;
- hairlines of the grid under words with a halo of paper, which interrupts them. An axis, a curve or a line
  that values are compared with is followed by eye, and a halo breaks it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from xml.etree import ElementTree as ET

from fontTools.pens.recordingPen import RecordingPen
from fontTools.svgLib.path import parse_path

from fieldguide.drawing.shapes import Shapes
from tests.figures.reading import Box, texts

Point = tuple[float, float]
CLEAR = 1.5
"""Units between words and a line, at least."""
PALE = ("paper", "sunk", "chip", "raised", "wash")
HAIRLINE = "var(--fg-rule)"
CURVE = 12
"""Straight pieces of a curve."""
DEEP = set("gjpqyQ,;()[]{}|_/$@")
"""Characters that reach below the baseline."""


@dataclass(frozen=True)
class Painted:
    """A shape on the sheet: its outline as runs of points that straight lines join, and the box around it."""

    element: ET.Element
    runs: list[list[Point]]
    box: Box

    def get(self, name: str, otherwise: str = "none") -> str:
        return self.element.get(name, otherwise)

    @cached_property
    def reach(self) -> float:
        """Half the width of its line."""
        return float(self.get("stroke-width", "1")) / 2 if self.get("stroke") != "none" else 0

    @cached_property
    def is_solid(self) -> bool:
        return self.get("fill") != "none" and not any(self.get("fill").endswith(f"{name})") for name in PALE)

    @cached_property
    def is_ground(self) -> bool:
        """Whether it hides all that lies under its box, or for a circle under the number in its middle."""
        return (
            self.element.tag in ("rect", "circle")
            and self.get("fill").startswith("var(")
            and self.get("fill-opacity") == "none"
        )


def crossings(shapes: Shapes) -> list[tuple[str, str]]:
    """(words, what runs through them) of a drawing."""
    found = []
    lines = iter(texts(shapes.svg))
    elements = list(_painted(shapes.root))
    painted = [_outlined(element) for element in elements]
    for at, element in enumerate(elements):
        if element.tag == "text":
            content, size, (left, _, right, bottom) = next(lines)
            base = bottom - size * 0.2
            box = (left, base - size * 0.68, right, bottom if DEEP & set(content) else base)
            halo = "fg-halo" in element.get("class", "")
            near = [
                (place, other)
                for place, other in enumerate(painted)
                if other and _meet(_grown(box, other.reach + CLEAR), other.box)
            ]
            for place, other in near:
                if halo and place < at and other.get("stroke") == HAIRLINE:
                    continue
                covers = [over.box for above, over in near if place < above < at and over.is_ground]
                if _is_through(other, box, covers) and not _is_underline(other, box, base):
                    found.append((content, ET.tostring(other.element, encoding="unicode")))
    return found


def _painted(element: ET.Element) -> Iterator[ET.Element]:
    """What is drawn, from the bottom up."""
    for child in element:
        if child.tag in ("g", "a"):
            yield from _painted(child)
        elif child.tag not in ("title", "desc", "defs"):
            yield child


def _outlined(element: ET.Element) -> Painted | None:
    """None for words."""
    runs = _outline(element)
    points = [point for run in runs for point in run]
    if not points:
        return None
    xs, ys = zip(*points, strict=True)
    return Painted(element, runs, (min(xs), min(ys), max(xs), max(ys)))


def _is_through(shape: Painted, box: Box, covers: Sequence[Box]) -> bool:
    """Whether the line or the area of a shape touches a box where none of the covers hides it."""
    if not shape.is_solid and not shape.reach:
        return False
    around = _grown(box, shape.reach + CLEAR)
    for start, end in (piece for run in shape.runs for piece in pairwise(run)):
        if (part := _inside(start, end, around)) and not any(_hides(cover, part) for cover in covers):
            return True
    middle = ((box[0] + box[2]) / 2, (box[1] + box[3]) / 2)
    return (
        shape.is_solid
        and any(_is_in(middle, run) for run in shape.runs)
        and not any(_hides(cover, [middle]) for cover in covers)
    )


def _is_underline(shape: Painted, box: Box, base: float) -> bool:
    """Whether a line or a bar is the rule under a link of just these words."""
    left, top, right, _ = shape.box
    return top > base and abs(left - box[0]) < 2 and abs(right - box[2]) < 2


def _meet(a: Box, b: Box) -> bool:
    return a[0] <= b[2] and b[0] <= a[2] and a[1] <= b[3] and b[1] <= a[3]


def _outline(element: ET.Element) -> list[list[Point]]:
    """A shape as runs of points that straight lines join."""

    def number(name: str) -> float:
        return float(element.get(name, 0))

    if element.tag == "line":
        return [[(number("x1"), number("y1")), (number("x2"), number("y2"))]]
    if element.tag == "rect":
        left, top = number("x"), number("y")
        right, bottom = left + number("width"), top + number("height")
        return [[(left, top), (right, top), (right, bottom), (left, bottom), (left, top)]]
    if element.tag == "circle":
        x, y, r = number("cx"), number("cy"), number("r")
        path = f"M{x - r} {y}A{r} {r} 0 0 1 {x + r} {y}A{r} {r} 0 0 1 {x - r} {y}Z"
    elif element.tag == "path" and "transform" not in element.attrib:
        path = element.get("d", "")
    else:
        return [[]]
    return _runs(path)


def _runs(path: str) -> list[list[Point]]:
    pen = RecordingPen()
    parse_path(path, pen)
    runs: list[list[Point]] = []
    for step, points in pen.value:
        if step == "moveTo":
            runs.append([points[0]])
        elif step in ("lineTo", "curveTo", "qCurveTo"):
            corners = [runs[-1][-1], *points]
            runs[-1] += (
                [_along(corners, part / CURVE) for part in range(1, CURVE + 1)] if points[1:] else points
            )
        elif step == "closePath":
            runs[-1].append(runs[-1][0])
    return runs


def _along(corners: Sequence[Point], share: float) -> Point:
    """The point of a Bézier curve with these corners."""
    if len(corners) == 1:
        return corners[0]
    return _along(
        [(x1 + (x2 - x1) * share, y1 + (y2 - y1) * share) for (x1, y1), (x2, y2) in pairwise(corners)],
        share,
    )


def _grown(box: Box, by: float) -> Box:
    return (box[0] - by, box[1] - by, box[2] + by, box[3] + by)


def _inside(start: Point, end: Point, box: Box) -> tuple[Point, Point] | None:
    """The part of a straight line within a box."""
    first, last = 0.0, 1.0
    for axis in (0, 1):
        low, high, at, way = box[axis], box[axis + 2], start[axis], end[axis] - start[axis]
        if abs(way) < 1e-9:
            if not low < at < high:
                return None
            continue
        near, far = sorted(((low - at) / way, (high - at) / way))
        first, last = max(first, near), min(last, far)
    if first >= last:
        return None
    return tuple(
        (start[0] + (end[0] - start[0]) * share, start[1] + (end[1] - start[1]) * share)
        for share in (first, last)
    )


def _hides(cover: Box, points: Sequence[Point]) -> bool:
    left, top, right, bottom = _grown(cover, 1)
    return all(left <= x <= right and top <= y <= bottom for x, y in points)


def _is_in(point: Point, run: Sequence[Point]) -> bool:
    """Whether a point lies within the area that a run of points encloses."""
    x, y = point
    sides = [
        (x2 - x1) * (y - y1) / (y2 - y1) + x1 > x
        for (x1, y1), (x2, y2) in pairwise([*run, *run[:1]])
        if (y1 > y) != (y2 > y)
    ]
    return sum(sides) % 2 == 1
