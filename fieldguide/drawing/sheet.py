"""The sheet that every figure is drawn on: a canvas with the pieces that figures share.

Two sheets make a `Drawing`.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from typing import Literal
from xml.etree import ElementTree as ET

from fieldguide.drawing.canvas import Canvas, decimals, shape
from fieldguide.drawing.colors import Layer, color, layer_color
from fieldguide.drawing.scales import LogScale
from fieldguide.text.formats import power_of_ten

Basis = Literal["disclosed", "derived", "estimate"]
Side = Literal["left", "bottom"]
STRATA_GAPS: tuple[float, ...] = (7, 5, 3.6, 2.6)
"""Units between the lines of infrastructure's pattern, from the top row down: the deeper, the denser."""


class Sheet(Canvas):
    """A canvas with layers' patterns and bands, arrows, marks, axes, and the frame of a map."""

    def pattern(self, layer: Layer, gap: float = 7, y: float = 0) -> str:
        """A layer's pattern as a fill: dots are many, solid is few, lines are deep.

        `gap` is the distance of infrastructure's lines, `y` is where they start counting. Layers without a
        pattern, and the model, are solid.
        """
        ink = color(layer_color(layer))
        if layer == "application":
            dots = (shape("circle", cx=center, cy=center, r=1.2, fill=ink) for center in (1.5, 4.5))
            return self._pattern("dots", 6, 6, 0, *dots)
        if layer == "infrastructure":
            line = shape("rect", width=8, height=1.25, fill=ink)
            return self._pattern(f"lines-{_name(gap)}-{_name(y)}", 8, gap, y, line)
        return ink

    def _pattern(self, name: str, width: float, height: float, y: float, *shapes: ET.Element) -> str:
        return self.define(
            name, *shapes, width=width, height=height, y=y or None, patternUnits="userSpaceOnUse"
        )

    def arrow(
        self,
        x1: float,
        y1: float,
        x2: float,
        y2: float,
        *,
        stroke: str = "ink-2",
        stroke_width: float = 1.2,
        head: float = 4,
        dash: str | None = None,
    ) -> None:
        """A straight arrow with an open head, pointing at (x2, y2). 16 units is the length of one that stands
        alone.
        """
        self.arrow_path([(x1, y1), (x2, y2)], stroke=stroke, stroke_width=stroke_width, head=head, dash=dash)

    def arrow_path(
        self,
        points: Sequence[tuple[float, float]],
        *,
        stroke: str = "ink-2",
        stroke_width: float = 1.2,
        head: float = 4,
        dash: str | None = None,
    ) -> None:
        """An arrow through points; its head lies along the last stretch."""
        (x1, y1), (x2, y2) = points[-2], points[-1]
        angle, back = math.atan2(y2 - y1, x2 - x1), head * 1.4
        left, right = (
            (x2 - back * math.cos(angle + turn), y2 - back * math.sin(angle + turn))
            for turn in (math.pi / 4, -math.pi / 4)
        )
        self.polyline(points, stroke=stroke, stroke_width=stroke_width, dash=dash)
        self.polyline([left, (x2, y2), right], stroke=stroke, stroke_width=stroke_width)

    def mark(self, x: float, y: float, kind: Basis, *, radius: float = 4.5, stroke: str = "ink") -> None:
        """Where a value comes from: filled = disclosed, half = derived, ring = third-party estimate."""
        if kind == "disclosed":
            self.circle(x, y, radius + 0.6, fill=stroke)
            return
        self.circle(x, y, radius, fill="paper", stroke=stroke, stroke_width=1.4)
        if kind == "derived":
            arc = f"A{decimals(radius)} {decimals(radius)} 0 0 0 {decimals(x)} {decimals(y + radius)}"
            self.path(f"M{decimals(x)} {decimals(y - radius)}{arc}Z", fill=stroke, stroke="none")

    def whisker(self, x1: float, y1: float, x2: float, y2: float, *, stroke: str = "ink") -> None:
        """An interval between two points on one horizontal or vertical line, with a cap at each end."""
        self.line(x1, y1, x2, y2, stroke=stroke, stroke_width=1.2)
        across, down = (0, 3.5) if abs(x2 - x1) > abs(y2 - y1) else (3.5, 0)
        for x, y in ((x1, y1), (x2, y2)):
            self.line(x - across, y - down, x + across, y + down, stroke=stroke, stroke_width=1.2)

    def log_axis(
        self,
        scale: LogScale,
        position: float,
        *,
        side: Side = "left",
        size: float = 13.5,
        grid_to: float | None = None,
        label: Callable[[float], str] = power_of_ten,
        every: int = 1,
    ) -> None:
        """Draws a logarithmic axis with minor ticks. `position` is its x coordinate (`side` left) or its y
        coordinate (bottom).

        `grid_to` draws a hairline from each decade to that x or y; `every` labels only each n-th decade.
        """
        outward = -1 if side == "left" else 1
        for value in scale.decades() if grid_to is not None else ():
            self._stroke(side, scale(value), position, grid_to or 0, "rule")
        for value in scale.minor():
            self._stroke(side, scale(value), position, position + outward * 3)
        for index, value in enumerate(scale.decades()):
            self._stroke(side, scale(value), position, position + outward * 6)
            if not index % every:
                x, y = (
                    (position - 10, scale(value) + size * 0.34)
                    if side == "left"
                    else (scale(value), position + 10 + size)
                )
                self.text(
                    x, y, label(value), size=size, fill="muted", anchor="end" if side == "left" else "middle"
                )
        self._stroke("bottom" if side == "left" else "left", position, scale.start, scale.end)

    def _stroke(self, side: Side, place: float, start: float, end: float, token: str = "ink") -> None:
        """Draws a stroke across an axis at `place`."""
        self.line(
            *((start, place, end, place) if side == "left" else (place, start, place, end)), stroke=token
        )

    def band(
        self,
        x: float,
        y: float,
        width: float,
        height: float,
        layer: Layer,
        *,
        column: float = 22,
        border: float = 8,
        rows: Sequence[float] = (),
    ) -> None:
        """A layer as the atlas draws it: paper, a pattern column at left, a tint inside the border, a thin
        outline.

        `rows` are the heights of infrastructure's rows from the top; each has denser lines than the one
        above. What they do not fill takes the density of the last.
        """
        line, inner = layer_color(layer), x + column
        self.rect(x, y, width, height, fill="paper")
        if layer == "infrastructure" and column:
            top, left = y, height
            for index, row in enumerate(rows or (height,)):
                tall = left if index == len(rows or (0,)) - 1 else row
                self.rect(
                    x,
                    top,
                    column,
                    tall,
                    fill=self.pattern(layer, STRATA_GAPS[min(index, len(STRATA_GAPS) - 1)], y=top),
                )
                top, left = top + tall, left - tall
        elif column:
            self.rect(x, y, column, height, fill=self.pattern(layer))
        inside = (inner + border / 2, y + border / 2, width - column - border, height - border)
        self.rect(*inside, stroke=line, stroke_width=border, stroke_opacity="var(--fg-edge)")
        if column:
            self.line(inner, y, inner, y + height, stroke=line)
        self.rect(x, y, width, height, stroke=line, stroke_width=1.25)

    def neatline(self, *, inset: float = 0, band: float = 6, segment: float = 52) -> None:
        """The frame of a map sheet: two lines and alternating segments between them, each about `segment`
        long.
        """
        x, y = inset + 0.75, inset + 0.75
        width, height = self.width - 2 * x, self.height - 2 * y
        self.rect(x, y, width, height, stroke="frame", stroke_width=1.5)
        self.rect(x + band, y + band, width - 2 * band, height - 2 * band, stroke="frame", stroke_width=0.75)
        # an odd number, so that every side begins and ends alike
        across, down = (
            max(3, round((length - 2 * band) / segment) // 2 * 2 + 1) for length in (width, height)
        )
        step, fall = (width - 2 * band) / across, (height - 2 * band) / down
        beams = [
            _box(x + band + index * step, edge, step, band)
            for edge in (y, y + height - band)
            for index in range(1, across, 2)
        ]
        posts = [
            _box(edge, y + band + index * fall, band, fall)
            for edge in (x, x + width - band)
            for index in range(0, down, 2)
        ]
        self.path("".join(beams + posts), fill="frame", stroke="none")


def _box(x: float, y: float, width: float, height: float) -> str:
    """A rectangle as a piece of a path."""
    across = decimals(width)
    return f"M{decimals(x)} {decimals(y)}h{across}v{decimals(height)}h-{across}z"


def _name(value: float) -> str:
    return decimals(value).replace(".", "-")
