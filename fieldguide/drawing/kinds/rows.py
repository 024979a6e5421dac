"""Rows: a value, several, or an interval each, as marks on one scale, with a stem from zero or a line between
them.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Annotated, Any, Literal

from pydantic import BeforeValidator
from pydantic import Field as Key

from fieldguide.drawing.amounts import FigureValue
from fieldguide.drawing.axes import Scale
from fieldguide.drawing.kinds import rowplot
from fieldguide.drawing.kinds.rowdata import (
    ChartRow,
    ResolvedRow,
    RowChartData,
    RowChartKind,
    RowGroup,
    RowPlot,
    RowSizes,
)
from fieldguide.drawing.metrics import Metrics, Pair
from fieldguide.drawing.sheet import Sheet
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
    """A single value as a list of one, each as its mapping."""
    many = value if isinstance(value, list) else [value]
    return [item if isinstance(item, dict) else {"value": item} for item in many]


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
        return ((one.value, one.name) for one in row.value)

    def lay_out(self, plot: RowsPlot, m: Metrics) -> Sheet:
        sheet = m.sheet()
        rowplot.lay_out(sheet, plot, m, _row)
        return sheet


def _row(sheet: Sheet, plot: RowsPlot, placed: ResolvedRow[DotRow], x: Scale, y: float, m: Metrics) -> None:
    """A row's line, marks and label."""
    group, row, layered = placed.group, placed.row, placed.group.layer is not None
    spots = sorted(placed.spots, key=lambda spot: spot.amount.value)
    places = [x(spot.amount.value) for spot in spots]
    above = isinstance(group, DotGroup) and group.labels == "above"
    line = "rule-strong" if above else group.color("line")
    if plot.data.join == "stem":
        _stem(
            sheet,
            x.start,
            places[-1],
            y,
            line if layered else "rule-strong",
            spots[-1].basis == "estimate" and not layered,
            layered,
        )
    elif len(places) > 1:
        sheet.line(places[0], y, places[-1], y, stroke=line, stroke_width=m.stroke)
    if row.arrow:
        sheet.arrow(places[-1] + 7, y, places[-1] + 46, y, stroke=line)
    for spot, place in zip(spots, places, strict=True):
        sheet.mark(place, y, spot.basis, radius=m.radius, stroke="ink-2" if above else line)
    if above:
        _values_above(sheet, plot, placed, x, y, m)
    else:
        rowplot.put_label(
            sheet,
            plot,
            placed,
            places[0] - m.label,
            places[-1] + (54 if row.arrow else m.label),
            y,
            m,
            group.color("text"),
        )


def _stem(sheet: Sheet, start: float, end: float, y: float, token: str, dashed: bool, layered: bool) -> None:
    """From zero to the mark, in the layer's color, or thin."""
    if layered:
        sheet.line(start, y, end, y, stroke=token, stroke_width=2.2)
    else:
        sheet.line(start, y, end - 6, y, stroke=token, stroke_width=1.4, dash="4 3" if dashed else None)


def _values_above(
    sheet: Sheet, plot: RowsPlot, placed: ResolvedRow[DotRow], x: Scale, y: float, m: Metrics
) -> None:
    for spot in placed.spots:
        at = x(spot.amount.value)
        sheet.text(
            at,
            y - 11,
            write(spot.amount.value, plot.data.format),
            size=m.size,
            fill="ink-2",
            anchor="middle",
            halo=True,
        )
        if placed.row is placed.group.rows[0] and m.wide and spot.name:
            sheet.text(at, y - 40, spot.name, size=m.size, fill="muted", anchor="middle", halo=True)
