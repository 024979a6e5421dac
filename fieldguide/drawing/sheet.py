"""The sheet that every figure is drawn on: a canvas with the pieces that figures share.

Two sheets make a `Drawing`.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from typing import Literal

from fieldguide.drawing.canvas import MINIMUM_SIZE, NARROW, WIDE, Anchor, Canvas, Kind, attributes, decimals
from fieldguide.drawing.colors import LAYER_TOKENS, Layer, color, layer_color
from fieldguide.drawing.drawn import Drawing, Table
from fieldguide.drawing.measure import Face, fill, text_width, wrap
from fieldguide.drawing.scales import LinearScale, LogScale, power_of_ten

__all__ = [
    "LAYER_TOKENS", "MINIMUM_SIZE", "NARROW", "WIDE", "Anchor", "Basis", "Drawing", "Face", "Kind", "Layer", "LinearScale", "LogScale", "Sheet", "Table",
    "color", "fill", "layer_color", "power_of_ten", "text_width", "wrap",
]

Basis = Literal["disclosed", "derived", "estimate"]
STRATA_GAPS: tuple[float, ...] = (7, 5, 3.6, 2.6)
"""Units between the lines of infrastructure's pattern, from the top row down: the deeper, the denser."""


class Sheet(Canvas):
    """A canvas with layers' patterns and bands, arrows, marks, axes, and the frame of a map."""

    def pattern(self, layer: Layer, gap: float = 7, scale: float = 1, y: float = 0) -> str:
        """A layer's pattern as a fill: dots are many, solid is few, lines are deep.

        `gap` is the distance of infrastructure's lines, `scale` enlarges the dots, `y` is where the lines
        start counting. Layers without a pattern, and the model, are solid.
        """
        ink = color(layer_color(layer))
        if layer == "application":
            side, radius = 6 * scale, 1.2 * scale
            dots = "".join(
                f"<circle{attributes({'cx': side * at, 'cy': side * at, 'r': radius, 'fill': ink})}/>"
                for at in (0.25, 0.75)
            )
            return self._pattern(f"dots-{_name(scale)}", side, side, 0, dots)
        if layer == "infrastructure":
            line = f'<rect width="8" height="{decimals(1.25 * scale)}" fill="{ink}"/>'
            return self._pattern(f"lines-{_name(gap)}-{_name(y)}", 8, gap, y, line)
        return ink

    def _pattern(self, name: str, width: float, height: float, y: float, content: str) -> str:
        size = attributes({"width": width, "height": height, "y": y or None})
        return self.define(
            name, f'<pattern id="{self.id(name)}"{size} patternUnits="userSpaceOnUse">{content}</pattern>'
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
        """A straight arrow with an open head, pointing at (x2, y2). 16 units is the length of one that
        stands alone.
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
        angle = math.atan2(y2 - y1, x2 - x1)
        ends = [
            (x2 - head * 1.4 * math.cos(angle + turn), y2 - head * 1.4 * math.sin(angle + turn))
            for turn in (math.pi / 4, -math.pi / 4)
        ]
        self.polyline(points, stroke=stroke, stroke_width=stroke_width, dash=dash)
        self.polyline([ends[0], (x2, y2), ends[1]], stroke=stroke, stroke_width=stroke_width)

    def mark(self, x: float, y: float, kind: Basis, *, radius: float = 4.5, stroke: str = "ink") -> None:
        """Where a value comes from: filled = disclosed, half = derived, ring = third-party estimate."""
        if kind == "disclosed":
            self.circle(x, y, radius + 0.6, fill=stroke)
            return
        self.circle(x, y, radius, fill="paper", stroke=stroke, stroke_width=1.4)
        if kind == "derived":
            top, bottom = y - radius, y + radius
            left = f"A{decimals(radius)} {decimals(radius)} 0 0 0 {decimals(x)} {decimals(bottom)}"
            half = f"M{decimals(x)} {decimals(top)}{left}Z"
            self.path(half, fill=stroke, stroke="none")

    def whisker(
        self, x1: float, y1: float, x2: float, y2: float, *, stroke: str = "ink", cap: float = 3.5
    ) -> None:
        """An interval between two points on one horizontal or vertical line, with a cap at each end."""
        self.line(x1, y1, x2, y2, stroke=stroke, stroke_width=1.2)
        across, down = (0, cap) if abs(x2 - x1) > abs(y2 - y1) else (cap, 0)
        for x, y in ((x1, y1), (x2, y2)):
            self.line(x - across, y - down, x + across, y + down, stroke=stroke, stroke_width=1.2)

    def log_axis(
        self,
        scale: LogScale,
        at: float,
        *,
        side: Literal["left", "bottom"] = "left",
        size: float = 13.5,
        grid_to: float | None = None,
        label: Callable[[float], str] = power_of_ten,
        every: int = 1,
    ) -> None:
        """A logarithmic axis in ink with minor ticks like a map scale, at x (left) or y (bottom) `at`.

        `grid_to` draws a hairline from each decade to that x or y; `every` labels only each n-th decade.
        """
        vertical = side == "left"

        def stroke(value: float, start: float, end: float, token: str) -> None:
            place = scale(value)
            ends = (start, place, end, place) if vertical else (place, start, place, end)
            self.line(*ends, stroke=token)

        outward = -1 if vertical else 1
        if grid_to is not None:
            for value in scale.decades():
                stroke(value, at, grid_to, "rule")
        for value in scale.minor():
            stroke(value, at, at + outward * 3, "ink")
        for index, value in enumerate(scale.decades()):
            stroke(value, at, at + outward * 6, "ink")
            if index % every:
                continue
            if vertical:
                self.text(
                    at - 10, scale(value) + size * 0.34, label(value), size=size, fill="muted", anchor="end"
                )
            else:
                self.text(
                    scale(value), at + 10 + size, label(value), size=size, fill="muted", anchor="middle"
                )
        ends = (at, scale.start, at, scale.end) if vertical else (scale.start, at, scale.end, at)
        self.line(*ends, stroke="ink")

    def linear_axis(
        self,
        scale: LinearScale,
        at: float,
        values: Sequence[float],
        *,
        side: Literal["left", "bottom"] = "bottom",
        size: float = 13.5,
        grid_to: float | None = None,
        label: Callable[[float], str] = lambda value: f"{value:g}",
    ) -> None:
        """A plain axis in ink with a tick and a label at each of `values`."""
        for value in values:
            place = scale(value)
            if side == "left":
                if grid_to is not None:
                    self.line(at, place, grid_to, place, stroke="rule")
                self.line(at - 6, place, at, place)
                self.text(at - 10, place + size * 0.34, label(value), size=size, fill="muted", anchor="end")
            else:
                if grid_to is not None:
                    self.line(place, at, place, grid_to, stroke="rule")
                self.line(place, at, place, at + 6)
                self.text(place, at + 10 + size, label(value), size=size, fill="muted", anchor="middle")
        ends = (at, scale.start, at, scale.end) if side == "left" else (scale.start, at, scale.end, at)
        self.line(*ends)

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
        above. What the rows do not fill takes the density of the last.
        """
        line = layer_color(layer)
        self.rect(x, y, width, height, fill="paper")
        if layer == "infrastructure" and column:
            top, left = y, height
            for index, row in enumerate(rows or (height,)):
                tall = left if index == len(rows or (0,)) - 1 else row
                gap = STRATA_GAPS[min(index, len(STRATA_GAPS) - 1)]
                self.rect(x, top, column, tall, fill=self.pattern(layer, gap, y=top))
                top, left = top + tall, left - tall
        elif column:
            self.rect(x, y, column, height, fill=self.pattern(layer))
        inner = x + column
        self.rect(
            inner + border / 2,
            y + border / 2,
            width - column - border,
            height - border,
            stroke=line,
            stroke_width=border,
            stroke_opacity="var(--fg-edge)",
        )
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
        across, down = (
            max(3, round((length - 2 * band) / segment) // 2 * 2 + 1) for length in (width, height)
        )  # an odd number, so that every side begins and ends alike
        step, fall = (width - 2 * band) / across, (height - 2 * band) / down
        blocks = [
            _box(x + band + index * step, edge, step, band)
            for edge in (y, y + height - band)
            for index in range(1, across, 2)
        ] + [
            _box(edge, y + band + index * fall, band, fall)
            for edge in (x, x + width - band)
            for index in range(0, down, 2)
        ]
        self.path("".join(blocks), fill="frame", stroke="none")



def _box(x: float, y: float, width: float, height: float) -> str:
    """A rectangle as a piece of a path."""
    across = decimals(width)
    return f"M{decimals(x)} {decimals(y)}h{across}v{decimals(height)}h-{across}z"


def _name(value: float) -> str:
    return decimals(value).replace(".", "-")
