"""Axes: a scale as a record gives it, with the ticks that the record lists, and how it is drawn below a plot
or on its left.
"""

from __future__ import annotations

import re
from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, model_validator

from fieldguide.drawing.canvas import Anchor
from fieldguide.drawing.measure import text_width
from fieldguide.drawing.metrics import Metrics, Pair, Twice, Words
from fieldguide.drawing.scales import LinearScale, LogScale
from fieldguide.drawing.sheet import Sheet
from fieldguide.records.base import Strict
from fieldguide.text.dates import fractional_year
from fieldguide.text.formats import write

Scale = LinearScale | LogScale
AxisLine = Literal["foot", "start", "none"]
TICK = 6.0
"""Length of the stroke at a label."""
_DAY = re.compile(r"\d{4}-\d\d(-\d\d)?")


def years(value: Any) -> Any:
    """A date as a year with a fraction; anything else unchanged."""
    return fractional_year(value) if isinstance(value, str) and _DAY.fullmatch(value) else value


At = Annotated[float, BeforeValidator(years, json_schema_input_type=float | str)]
"""A place on a scale: a number, or a date such as 2026-04."""


class Axis(Strict):
    """A scale, across or upward."""

    low: At = 0
    high: At
    log: bool = False
    ticks: list[At] = []
    """Powers of ten where a logarithmic scale names none."""
    format: Words = ("g", "g")
    words: list[str] = []
    """The labels of the ticks, where they are no numbers."""
    zero: str | None = None
    """How zero is written, where not in the format."""
    name: Words = ("", "")
    line: Twice[AxisLine] = ("foot", "foot")
    """A line in ink along the foot of the plot, or up its start."""
    strokes: bool = False
    """Short strokes at the labels of ticks that are named."""
    between: bool = False
    """A label stands in the middle between its tick and the next; the last has none."""
    first: tuple[Anchor, Anchor] = ("middle", "middle")
    last: tuple[Anchor, Anchor] = ("middle", "middle")
    """Where the first and the last label stand to their ticks."""
    every: Pair = (1, 1)
    """Which ticks are drawn, and which powers of ten are labeled."""

    @model_validator(mode="after")
    def _upward(self) -> Axis:
        if self.high <= self.low or (self.log and self.low <= 0):
            raise ValueError(
                f"`high`, {self.high:g}, is not above `low`, {self.low:g}"
                if self.high <= self.low
                else f"`low` is {self.low:g}, and a logarithmic scale starts above 0"
            )
        return self

    def reaches(self, value: float, label: str, key: str = "x") -> None:
        """Raises ValueError for a value outside the scale, which the record calls `key`; `label` names
        the thing with that value in the message.
        """
        if not self.low <= value <= self.high:
            raise ValueError(
                f"{label} lies outside the scale from {self.low:g} to {self.high:g}, `{key}.low` to"
                f" `{key}.high`"
            )

    def scale(self, start: float, end: float) -> Scale:
        """The scale that places values between the coordinates `start` and `end`, in units."""
        return (LogScale if self.log else LinearScale)(self.low, self.high, start, end)

    @property
    def named(self) -> list[float]:
        """The values that have labels."""
        scale = self.scale(0, 1)
        return self.ticks or (scale.decades() if isinstance(scale, LogScale) else [])

    def shown(self, m: Metrics) -> list[float]:
        """The ticks that this sheet has room for."""
        return self.ticks[:: round(m.pick(self.every))]

    def label(self, value: float, wide: bool = True) -> str:
        if self.words:
            return self.words[self.named.index(value)]
        return (
            self.zero if self.zero is not None and not value else write(value, self.format[0 if wide else 1])
        )


def draw_across(
    sheet: Sheet,
    axis: Axis,
    x: Scale,
    floor: float,
    m: Metrics,
    grid: float | None = None,
    ends: tuple[float, float] | None = None,
) -> None:
    """Draws the axis along the foot of a plot, whose y coordinate is `floor`. `grid` is the y coordinate of
    the top of its vertical hairlines, None for no hairlines; `ends` are the x coordinates of the ends of the
    axis line where it is longer than the scale.
    """
    if isinstance(x, LogScale) and not axis.ticks:
        sheet.log_axis(
            x,
            floor,
            side="bottom",
            size=m.size,
            grid_to=grid,
            label=lambda value: axis.label(value, m.wide),
            every=round(m.pick(axis.every)),
        )
        return
    ticks = axis.shown(m)
    for index, value in enumerate(ticks):
        tick_x, words = x(value), axis.label(value, m.wide)
        if grid is not None:
            sheet.line(tick_x, grid, tick_x, floor, stroke="rule")
        if axis.strokes:
            sheet.line(tick_x, floor, tick_x, floor + TICK)
        if axis.between:
            if index == len(ticks) - 1:
                break
            tick_x = x(value + (axis.ticks[1] - axis.ticks[0]) / 2)
        anchor = (
            m.pick(axis.first)
            if value == axis.ticks[0]
            else m.pick(axis.last)
            if value == axis.ticks[-1]
            else "middle"
        )
        half = text_width(words, m.size) / 2 if anchor == "middle" else 0
        sheet.text(
            min(max(tick_x, half), m.width - half),
            floor + m.tick + m.size,
            words,
            size=m.size,
            fill="muted",
            anchor=anchor,
        )
    if m.pick(axis.line) == "foot":
        sheet.line((ends or (x.start,))[0], floor, (ends or (x.end,))[-1], floor)
    elif m.pick(axis.line) == "start" and grid is not None:
        sheet.line(x.start, grid, x.start, floor)


def draw_upward(sheet: Sheet, axis: Axis, y: Scale, left: float, right: float, m: Metrics) -> None:
    """Draws the vertical axis at the left edge of a plot, with horizontal hairlines to `right`."""
    if isinstance(y, LogScale) and not axis.ticks:
        sheet.log_axis(
            y,
            left,
            size=m.size,
            grid_to=right,
            label=lambda value: axis.label(value, m.wide),
            every=round(m.pick(axis.every)),
        )
        return
    for value in axis.shown(m):
        sheet.line(left, y(value), right, y(value), stroke="rule")
        if axis.strokes:
            sheet.line(left - TICK, y(value), left, y(value))
        sheet.text(
            left - m.side,
            y(value) + m.half,
            axis.label(value, m.wide),
            size=m.size,
            fill="muted",
            anchor="end",
        )
    if m.pick(axis.line) == "start":
        sheet.line(left, y.start, left, y.end)
