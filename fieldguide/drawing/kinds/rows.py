"""Rows: a value, several, or an interval each, as marks on one scale, with a stem from zero or a line between them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Literal

from pydantic import Field as Key
from pydantic import field_validator

from fieldguide.book import Book
from fieldguide.drawing.amounts import Names, Quantity, fill, write
from fieldguide.drawing.asserts import Entry
from fieldguide.drawing.axes import Scale
from fieldguide.drawing.kinds import rowdata, rowplot
from fieldguide.drawing.kinds.base import Laid
from fieldguide.drawing.kinds.rowdata import Bundle, Chart, Group, Placed, Row, RowSizes
from fieldguide.drawing.metrics import Metrics, Pair
from fieldguide.drawing.sheet import Sheet, Table, text_width
from fieldguide.records.base import Strict
from fieldguide.records.figure import Figure

JOINERS = {"interval": "–", "several": " and "}


class DotSizes(RowSizes):
    stroke: Pair = (2, 2)
    """Of the line between a row's marks."""
    arrow: Pair = (46, 46)
    """How far the arrow of a lower bound reaches."""
    span: Pair = (16, 16)
    """Where the bracket over the first group stands."""


class Value(Strict):
    """One value of several."""

    value: Quantity
    name: str = ""


class DotRow(Row):
    """A row of marks."""

    value: list[Value] = Key(min_length=1, max_length=4)
    bound: Literal["", "up to", "at least"] = ""
    """Said before the label; "at least" also as an arrow."""

    @field_validator("value", mode="before")
    @classmethod
    def _many(cls, value: Any) -> Any:
        """A single value as a list of one, each as its mapping."""
        many = value if isinstance(value, list) else [value]
        return [item if isinstance(item, dict) else {"value": item} for item in many]


class DotGroup(Group[DotRow]):
    labels: Literal["beside", "above"] = "beside"
    """Above, each value stands over its own mark, and the first row also has their names."""


class Data(Chart):
    """The data of a figure of kind rows."""

    groups: list[DotGroup] = Key(min_length=1)
    join: Literal["stem", "interval", "several"] = "stem"
    """What is drawn besides the marks: a stem from zero, or a line from the first value to the last, which are an interval or several values."""
    parts: bool = False
    """Percentages are drawn as parts of one."""
    format: str = "g"
    """How a value stands above its mark."""
    span: str = ""
    """Said over a bracket from the lowest value of the first group to its highest."""
    metrics: DotSizes = DotSizes()


@dataclass(frozen=True)
class Plot:
    """The chart with every row resolved."""

    data: Data
    bundles: list[Bundle[DotRow]]
    names: Names
    book: Book


class Rows(Laid[Data, Plot]):
    data = Data
    example = """
  x: {low: 1, high: 1000, log: true, format: decade}
  join: interval
  label: "{value:,g} times"
  table:
    columns: {What: "{name}", Times: "{value:,g}"}
  groups:
    - rows:
        - {name: A value, value: 40}
        - {name: An interval, value: [3, 90]}
"""

    def sizes(self, plot: Plot) -> DotSizes:
        return plot.data.metrics

    def read(self, data: Data, figure: Figure, book: Book) -> Plot:
        base = rowdata.base_names(data, figure.context, book)
        joiner = JOINERS.get(data.join, "–")
        bundles = [
            Bundle(group, [
                rowdata.place(data, group, row, [rowdata.spot(data, row, one.value, book, parts=data.parts, name=one.name) for one in row.value],
                              {**base, "bound": f"{row.bound} " if row.bound else ""}, book, joiner)
                for row in group.rows
            ], group.metrics)
            for group in data.groups
        ]
        return Plot(data, bundles, base, book)

    def lay_out(self, plot: Plot, m: Metrics) -> Sheet:
        sheet = m.sheet()

        def draw_row(sheet: Sheet, bundle: Bundle[DotRow], placed: Placed[DotRow], x: Scale, y: float, at: Metrics) -> None:
            _row(sheet, plot.data, bundle, placed, x, y, at)

        rowplot.lay_out(sheet, plot.data, plot.bundles, m, plot.names, plot.book, draw_row)
        if plot.data.span:
            _span(sheet, plot, m)
        return sheet

    def table(self, plot: Plot) -> Table:
        return rowdata.table(plot.data, plot.bundles, plot.names, JOINERS.get(plot.data.join, "–"))

    def entries(self, plot: Plot) -> Sequence[Entry]:
        return rowdata.entries(plot.bundles)

    def scene(self, plot: Plot) -> dict[str, Any]:
        return rowdata.scene(plot.data, plot.bundles, plot.names)


def _row(sheet: Sheet, data: Data, bundle: Bundle[DotRow], placed: Placed[DotRow], x: Scale, y: float, m: Metrics) -> None:
    """A row's line, marks and label."""
    group, layered = bundle.group, bundle.group.layer is not None
    spots = sorted(placed.spots, key=lambda spot: spot.amount.value)
    places = [x(spot.amount.value) for spot in spots]
    above = isinstance(group, DotGroup) and group.labels == "above"
    line = "rule-strong" if above else bundle.color("line")
    token = "ink-2" if above else bundle.color("line")
    if data.join == "stem":
        _stem(sheet, x.start, places[-1], y, line if layered else "rule-strong", spots[-1].basis == "estimate" and not layered, layered)
    elif len(places) > 1:
        sheet.line(places[0], y, places[-1], y, stroke=line, stroke_width=m.stroke)
    arrow = placed.row.bound == "at least"
    if arrow:
        sheet.arrow(places[-1] + 7, y, places[-1] + m.arrow, y, stroke=line)
    for spot, place in zip(spots, places, strict=True):
        sheet.mark(place, y, spot.basis, radius=m.radius, stroke=token)
    if above:
        _values_above(sheet, data, bundle, placed, x, y, m)
    else:
        rowplot.put_label(sheet, placed, places[0] - m.label, places[-1] + (m.arrow + 8 if arrow else m.label), y, m, bundle.color("text"))


def _stem(sheet: Sheet, start: float, end: float, y: float, token: str, dashed: bool, layered: bool) -> None:
    """From zero to the mark, in the layer's color, or thin."""
    if layered:
        sheet.line(start, y, end, y, stroke=token, stroke_width=2.2)
    else:
        sheet.line(start, y, end - 6, y, stroke=token, stroke_width=1.4, dash="4 3" if dashed else None)


def _values_above(sheet: Sheet, data: Data, bundle: Bundle[DotRow], placed: Placed[DotRow], x: Scale, y: float, m: Metrics) -> None:
    for spot in placed.spots:
        at = x(spot.amount.value)
        sheet.text(at, y - 11, write(spot.amount.value, data.format), size=m.size, fill="ink-2", anchor="middle", halo=True)
        if placed is bundle.rows[0] and m.wide and spot.name:
            sheet.text(at, y - 40, spot.name, size=m.size, fill="muted", anchor="middle", halo=True)


def _span(sheet: Sheet, plot: Plot, m: Metrics) -> None:
    """A bracket from the lowest value of the first group to its highest, with what is said of them."""
    x = rowplot.scale_of(plot.data, m)
    values = [x(spot.amount.value) for placed in plot.bundles[0].rows for spot in placed.spots]
    low, high, words = min(values), max(values), fill(plot.data.span, plot.names)
    middle, half = (low + high) / 2, text_width(words, m.size, 600) / 2 + 7
    for end, inner in ((low, middle - half), (high, middle + half)):
        sheet.polyline([(end, m.span + 7), (end, m.span), (inner, m.span)], stroke="ink", stroke_width=1)
    sheet.text(middle, m.span + m.half, words, size=m.size, weight=600, anchor="middle", halo=True)
