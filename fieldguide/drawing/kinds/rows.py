"""Rows: a value, several, or an interval each, as marks on one scale, with a stem from zero or a line between
them.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Annotated, Any, Literal

from pydantic import BeforeValidator
from pydantic import Field as Key

from fieldguide.drawing.figure_values import FigureValue
from fieldguide.drawing.kinds.rows_data import (
    ChartRow,
    ResolvedRow,
    RowChartData,
    RowChartKind,
    RowGroup,
    RowPlot,
    RowSizes,
)
from fieldguide.drawing.kinds.rows_layout import RowLayout
from fieldguide.drawing.metrics import Metrics, Pair
from fieldguide.drawing.sheet import Sheet
from fieldguide.drawing.thumbnail import LEFT, RIGHT, fitted, lanes, thumbnail_sheet
from fieldguide.records.base import Strict
from fieldguide.text.formats import write


class DotSizes(RowSizes):
    stroke: Pair = (2, 2)
    """Of the line between a row's marks."""


class DotValue(Strict):
    """One value of several."""

    value: FigureValue
    name: str = ""


def _as_list(value: Any) -> Any:
    """A single value as a list of one; every item as a mapping."""
    items = value if isinstance(value, list) else [value]
    return [item if isinstance(item, dict) else {"value": item} for item in items]


OneValue = DotValue | FigureValue
DotValues = Annotated[
    list[DotValue], BeforeValidator(_as_list, json_schema_input_type=OneValue | list[OneValue])
]


class DotRow(ChartRow):
    """A row of marks."""

    value: DotValues = Key(min_length=1, max_length=4)
    arrow: bool = False
    """The last value is a lower bound: an arrow leads on from it."""


class DotGroup(RowGroup[DotRow]):
    labels: Literal["beside", "above"] = "beside"
    """Above, each value stands over its own mark, and the first row also has their names."""


class RowsData(RowChartData):
    """The data of a figure of kind rows."""

    groups: list[DotGroup] = Key(min_length=1)
    join: Literal["stem", "interval"] = "stem"
    """What is drawn besides the marks: a stem from zero, or a line from the lowest value to the highest."""
    format: str = "g"
    """How a value stands above its mark."""
    metrics: DotSizes = DotSizes()


RowsPlot = RowPlot[RowsData, DotRow]


class RowsKind(RowChartKind[RowsData, DotRow]):
    data = RowsData

    def values(self, data: RowsData, row: DotRow) -> Iterable[tuple[FigureValue, str]]:
        return ((dot.value, dot.name) for dot in row.value)

    def lay_out(self, plot: RowsPlot, m: Metrics) -> Sheet:
        layout = RowLayout(plot, m)
        for row, y, measures in layout.rows():
            _row(layout, row, y, measures)
        return layout.close()

    def thumbnail(self, plot: RowsPlot, tone: str) -> Sheet:
        """The marks alone, with their lines."""
        sheet, stems = thumbnail_sheet(), plot.data.join == "stem"
        values = [mark.amount.value for row in plot.rows for mark in row.spots]
        if stems:
            values.append(plot.data.x.low)
        x = fitted(plot.data.x, values, LEFT + (0 if stems else 8), RIGHT - 8)
        places, pitch = lanes(len(group) for group in plot.groups)
        radius = min(0.42 * pitch, 8)
        for row, y in zip(plot.rows, places, strict=True):
            line = row.group.color("line", tone)
            across = sorted(x(mark.amount.value) for mark in row.spots)
            sheet.line(x.start if stems else across[0], y, across[-1], y, stroke=line, stroke_width=2.5)
            for mark in row.spots:
                sheet.mark(x(mark.amount.value), y, mark.basis, radius=radius, stroke=line)
        return sheet


def _row(layout: RowLayout[RowsData, DotRow], row: ResolvedRow[DotRow], y: float, m: Metrics) -> None:
    """Draws a row's line, marks and label."""
    sheet, x, group, arrow = layout.sheet, layout.x, row.group, row.row.arrow
    marks = sorted(row.spots, key=lambda mark: mark.amount.value)
    places = [x(mark.amount.value) for mark in marks]
    above = isinstance(group, DotGroup) and group.labels == "above"
    line = "rule-strong" if above else group.color("line")
    if layout.plot.data.join == "interval":
        if len(places) > 1:
            sheet.line(places[0], y, places[-1], y, stroke=line, stroke_width=m.stroke)
    elif group.layer is not None:
        sheet.line(x.start, y, places[-1], y, stroke=line, stroke_width=2.2)
    else:
        dash = "4 3" if marks[-1].basis == "estimate" else None
        sheet.line(x.start, y, places[-1] - 6, y, stroke="rule-strong", stroke_width=1.4, dash=dash)
    if arrow:
        sheet.arrow(places[-1] + 7, y, places[-1] + 46, y, stroke=line)
    for mark, place in zip(marks, places, strict=True):
        with sheet.valued(row.names), sheet.valued(mark.names):
            sheet.mark(place, y, mark.basis, radius=m.radius, stroke="ink-2" if above else line)
    if above:
        _values_above(layout, row, y, m)
    else:
        end = places[-1] + (54 if arrow else m.label)
        layout.put_label(row, places[0] - m.label, end, y, m, group.color("text"))


def _values_above(
    layout: RowLayout[RowsData, DotRow], row: ResolvedRow[DotRow], y: float, m: Metrics
) -> None:
    """Draws each value above its mark; in the first row, the names of the values above those."""
    sheet, first = layout.sheet, row.row is row.group.rows[0]
    for mark in row.spots:
        x, words = layout.x(mark.amount.value), write(mark.amount.value, layout.plot.data.format)
        sheet.text(x, y - 11, words, size=m.size, fill="ink-2", anchor="middle", halo=True)
        if first and m.wide and mark.name:
            sheet.text(x, y - 40, mark.name, size=m.size, fill="muted", anchor="middle", halo=True)
