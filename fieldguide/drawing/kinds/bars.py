"""Bars: a length from the scale's start, or from another value, in rows down the sheet; several of a row over
or under one another.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import partial
from typing import Literal

from pydantic import Field as Key
from pydantic import model_validator

from fieldguide.book import Book
from fieldguide.drawing.canvas import shape
from fieldguide.drawing.colors import color
from fieldguide.drawing.figure_values import Amount, FigureValue, amount, fill
from fieldguide.drawing.kinds.base import ENDS
from fieldguide.drawing.kinds.rows_data import (
    ChartRow,
    ResolvedRow,
    RowChartData,
    RowChartKind,
    RowGroup,
    RowMark,
    RowPlot,
    RowSizes,
)
from fieldguide.drawing.kinds.rows_layout import RowLayout
from fieldguide.drawing.metrics import Metrics, Pair, Words
from fieldguide.drawing.sheet import Sheet
from fieldguide.drawing.thumbnail import LEFT, RIGHT, fitted, lanes, thumbnail_sheet
from fieldguide.records.base import Strict

BarLook = Literal["solid", "light", "outline", "dashed", "hatched", "model", "muted"]
LOOKS: dict[BarLook, tuple[str, str]] = {
    "light": ("sunk", "ink-2"),
    "outline": ("paper", ""),
    "dashed": ("none", "ink-2"),
    "hatched": ("paper", ""),
    "model": ("model", "none"),
    "muted": ("rule-strong", "none"),
}
"""Fill and stroke of a bar, without a color that of its layer; a solid one is all of its layer's color for
words.
"""


class BarSizes(RowSizes):
    step: Pair = (20, 18)
    """From one bar of a row to the next below it."""


class ChartBar(Strict):
    """One bar. Without a label of its own it has none."""

    value: FigureValue
    look: BarLook = "solid"
    upto: FigureValue | None = None
    """Where the value is a range: its upper end, hatched from the value on."""
    label: Words | None = None


class BarRow(ChartRow):
    """One bar, or several."""

    value: FigureValue | None = None
    look: BarLook | None = None
    bars: list[ChartBar] = []
    inner: FigureValue | None = None
    """A part of the value, filled inside its outline; texts name it {inner}."""

    @model_validator(mode="after")
    def _some(self) -> BarRow:
        if (self.value is None) is not bool(self.bars):
            raise ValueError("a row has a `value` or `bars`")
        if self.inner is not None:
            self.values["inner"] = self.inner
        return self

    def every(self, look: BarLook) -> list[ChartBar]:
        """Its bars, in the order in which they are drawn; one alone takes the row's label and may take the
        chart's look.
        """
        return self.bars or [ChartBar(value=self.value or 0, look=self.look or look)]


class Swatch(Strict):
    look: BarLook
    name: Words


class BarsData(RowChartData):
    """The data of a figure of kind bars."""

    groups: list[RowGroup[BarRow]] = Key(min_length=1)
    look: BarLook = "solid"
    """Of a row's bar that does not say its own."""
    pile: Literal["over", "under"] = "over"
    """Bars of one row lie over one another, or stand one under the other."""
    base: FigureValue | None = None
    """Where all bars start, when not at the start of the scale."""
    bar_label: Words = ("", "")
    """Of each bar of several that does not say its own."""
    mark_ends: bool = False
    """The end of each row's first bar has the mark of its value."""
    swatches: list[Swatch] = []
    """What the looks mean, in the key before the marks."""
    metrics: BarSizes = BarSizes()


BarsPlot = RowPlot[BarsData, BarRow]


class BarsKind(RowChartKind[BarsData, BarRow]):
    data = BarsData

    def values(self, data: BarsData, row: BarRow) -> Iterable[tuple[FigureValue, str]]:
        return ((bar.value, "") for bar in row.every(data.look))

    def lay_out(self, plot: BarsPlot, m: Metrics) -> Sheet:
        layout, data = RowLayout(plot, m), plot.data
        for row, y, measures in layout.rows():
            _row(layout, row, y, measures)
        token = "ink-2" if any(group.layer for group in data.groups) else "ink"
        return layout.close(
            [
                (partial(_swatch, layout.sheet, swatch.look, token), fill(m.pick(swatch.name), plot.names))
                for swatch in data.swatches
            ]
        )

    def thumbnail(self, plot: BarsPlot, tone: str) -> Sheet:
        """The bars alone, as thick as there is room."""
        sheet, data = thumbnail_sheet(), plot.data
        under = data.pile == "under"
        base = data.x.low if data.base is None else amount(plot.book, data.base).value
        reach = [base, *(_end(bar, mark, plot.book) for row in plot.rows for bar, mark in _bars(data, row))]
        x = fitted(data.x, reach, LEFT, RIGHT)
        places, pitch = lanes(sum(len(row.spots) if under else 1 for row in group) for group in plot.groups)
        thick, middles = min(0.7 * pitch, 24), iter(places)
        for row in plot.rows:
            tones = [row.group.color(part, tone) for part in ("line", "text")]
            top, start = next(middles) - thick / 2, x(base)
            for index, (bar, mark) in enumerate(_bars(data, row)):
                if under and index:
                    top = next(middles) - thick / 2
                end = x(mark.amount.value)
                _draw_bar(sheet, start, top, end - start, thick, bar.look, *tones)
                if isinstance(inner := row.names.get("inner"), Amount):
                    _draw_bar(sheet, start, top, x(inner.value) - start, thick, "solid", *tones)
                if bar.upto is not None:
                    far = x(_end(bar, mark, plot.book))
                    _draw_bar(sheet, end, top, far - end, thick, "hatched", *tones)
        return sheet


def _bars(data: BarsData, row: ResolvedRow[BarRow]) -> Iterable[tuple[ChartBar, RowMark]]:
    return zip(row.row.every(data.look), row.spots, strict=True)


def _end(bar: ChartBar, mark: RowMark, book: Book) -> float:
    """The value at which a bar ends."""
    return amount(book, bar.upto).value if bar.upto is not None else mark.amount.value


def _row(layout: RowLayout[BarsData, BarRow], row: ResolvedRow[BarRow], y: float, m: Metrics) -> None:
    """Draws a row's bars, marks and labels."""
    data, sheet, x, book = layout.plot.data, layout.sheet, layout.x, layout.plot.book
    line, text, under = row.group.color("line"), row.group.color("text"), data.pile == "under"
    first = x(row.spots[0].amount.value)
    start = x.start if data.base is None else x(amount(book, data.base).value)
    for index, (bar, mark) in enumerate(zip(row.row.every(data.look), row.spots, strict=True)):
        middle, end = y + (m.step * index if under else 0), x(mark.amount.value)
        bars: list[tuple[float, float, BarLook]] = [(start, end, bar.look)]
        if isinstance(inner := row.names.get("inner"), Amount):
            bars.append((start, x(inner.value), "solid"))
        if bar.upto is not None:
            bars.insert(1, (end, x(amount(book, bar.upto).value), "hatched"))
            end = bars[1][1]
        with sheet.valued(row.names), sheet.valued(mark.names):
            for left, right, look in bars:
                _draw_bar(sheet, left, middle - m.bar / 2, right - left, m.bar, look, line, text)
        words = m.pick(data.bar_label if bar.label is None else bar.label)
        if label := fill(words, {**row.names, "value": mark.amount}):
            side = -m.label if end < start else m.label
            sheet.text(
                end + side,
                middle + m.half,
                label,
                size=m.size,
                weight=600 if under else 400,
                fill=text if under else "ink-2",
                anchor=ENDS[side < 0],
                halo=True,
            )
    if data.mark_ends:
        sheet.mark(first + m.mark_gap, y, row.spots[0].basis, radius=m.radius, stroke=line)
    if m.pick(row.label):
        layout.put_label(row, None, first + m.label, y, m, text)


def _swatch(sheet: Sheet, look: BarLook, token: str, x: float, y: float) -> None:
    _draw_bar(sheet, x, y - 5, 16, 10, look, token, token)


def _draw_bar(
    sheet: Sheet, x: float, y: float, width: float, height: float, look: BarLook, line: str, text: str
) -> None:
    """Draws a bar to either side; `line` and `text` are the colors of its layer."""
    fill, stroke = LOOKS.get(look, (text, "none"))
    left, across = min(x, x + width), max(abs(width), 1 if look == "outline" else 0)
    sheet.rect(
        left,
        y,
        across,
        height,
        fill=fill,
        stroke=stroke or line,
        stroke_width=1.2,
        stroke_dasharray="4 3" if look == "dashed" else None,
    )
    if look == "hatched":
        sheet.rect(left, y, across, height, fill=_hatch(sheet))


def _hatch(sheet: Sheet) -> str:
    """A fill of slanting strokes."""
    stroke = shape("rect", width=1.7, height=5, fill=color("ink"))
    return sheet.define(
        "hatch", stroke, width=5, height=5, patternUnits="userSpaceOnUse", patternTransform="rotate(45)"
    )
