"""Bars: a length from the scale's start, or from another value, in rows down the sheet; several of a row over or under one another."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from pydantic import Field as Key
from pydantic import model_validator

from fieldguide.book import Book
from fieldguide.drawing.amounts import Amount, Names, Quantity, amount, fill
from fieldguide.drawing.asserts import Entry
from fieldguide.drawing.axes import Scale
from fieldguide.drawing.foot import key
from fieldguide.drawing.kinds import rowdata, rowplot
from fieldguide.drawing.kinds.base import Laid
from fieldguide.drawing.kinds.rowdata import Bundle, Chart, Group, Placed, Row, RowSizes
from fieldguide.drawing.metrics import Metrics, Pair, Words
from fieldguide.drawing.sheet import Sheet, Table, color
from fieldguide.records.base import Strict
from fieldguide.records.figure import Figure

Look = Literal["solid", "light", "outline", "dashed", "hatched", "model", "muted"]


class BarSizes(RowSizes):
    key_x: Pair = (0, 0)
    """Where a key over the plot starts."""
    step: Pair = (20, 18)
    """From one bar of a row to the next below it."""


class Bar(Strict):
    """One bar. Without a label of its own it has none."""

    value: Quantity
    look: Look = "solid"
    start: Quantity | None = None
    """Where it starts, when not at the scale's start or the base."""
    upto: Quantity | None = None
    """Where the value is a range: its upper end, hatched from the value on."""
    label: Words | None = None


class BarRow(Row):
    """One bar, or several."""

    value: Quantity | None = None
    look: Look | None = None
    bars: list[Bar] = []
    inner: Quantity | None = None
    """A part of the value, filled inside its outline; texts name it {inner}."""
    mark: bool | None = None

    @model_validator(mode="after")
    def _some(self) -> BarRow:
        if (self.value is None) is not bool(self.bars):
            raise ValueError("a row has a `value` or `bars`")
        return self

    @model_validator(mode="after")
    def _inner_named(self) -> BarRow:
        if self.inner is not None:
            self.values["inner"] = self.inner
        return self

    def every(self, look: Look) -> list[Bar]:
        """Its bars, in the order in which they are drawn; one alone takes the row's label and may take the chart's look."""
        return self.bars or [Bar(value=self.value or 0, look=self.look or look)]


class BarGroup(Group[BarRow]):
    pass


class Swatch(Strict):
    look: Look
    name: Words


class Data(Chart):
    """The data of a figure of kind bars."""

    groups: list[BarGroup] = Key(min_length=1)
    look: Look = "solid"
    """Of a row's bar that does not say its own."""
    pile: Literal["over", "under"] = "over"
    """Bars of one row lie over one another, or stand one under the other."""
    base: Quantity | None = None
    """Where all bars start: drawn as a strong line through the rows."""
    base_label: str = ""
    """Over that line; it names {value}."""
    base_sides: tuple[str, str] = ("", "")
    """What it means to lie left and right of it."""
    bar_label: Words = ("", "")
    """Of each bar of several that does not say its own."""
    key_above: bool = False
    """The swatches stand over the plot."""
    mark_ends: bool = False
    """The end of each row's first bar has the mark of its value."""
    swatches: list[Swatch] = []
    """What the looks mean, in the key before the marks."""
    metrics: BarSizes = BarSizes()


@dataclass(frozen=True)
class Plot:
    data: Data
    bundles: list[Bundle[BarRow]]
    names: Names
    book: Book
    base: float | None


class Bars(Laid[Data, Plot]):
    data = Data
    example = """
  x: {high: 50, ticks: [0, 10, 20, 30, 40, 50], format: g%}
  label: "{value:g%}"
  table:
    columns: {Who: "{name}", Share: "{value:g%}"}
  groups:
    - rows:
        - {id: first, name: The first, value: 42}
        - {id: second, name: The second, value: 17}
"""
    claim = '{order: ["@first.value", "@second.value"]}'

    def sizes(self, plot: Plot) -> BarSizes:
        return plot.data.metrics

    def read(self, data: Data, figure: Figure, book: Book) -> Plot:
        names = rowdata.base_names(data, figure.context, book)
        bundles = [
            Bundle(group, [rowdata.place(data, group, row, [rowdata.spot(data, row, bar.value, book) for bar in row.every(data.look)], names, book, ", ") for row in group.rows], group.metrics)
            for group in data.groups
        ]
        return Plot(data, bundles, names, book, amount(book, data.base).value if data.base is not None else None)

    def lay_out(self, plot: Plot, m: Metrics) -> Sheet:
        sheet, data = m.sheet(), plot.data

        def draw_row(sheet: Sheet, bundle: Bundle[BarRow], placed: Placed[BarRow], x: Scale, y: float, at: Metrics) -> None:
            _row(sheet, plot, bundle, placed, x, y, at)

        token = "ink-2" if any(bundle.group.layer for bundle in plot.bundles) else "ink"
        swatches = [(_swatch(sheet, swatch.look, token), fill(m.pick(swatch.name), plot.names)) for swatch in data.swatches]
        if data.key_above:
            key(sheet, swatches, m.key_x, m.title, m)
        rowplot.lay_out(sheet, data, plot.bundles, m, plot.names, plot.book, draw_row, [] if data.key_above else swatches)
        if data.base is not None:
            _base(sheet, plot, m)
        return sheet

    def table(self, plot: Plot) -> Table:
        return rowdata.table(plot.data, plot.bundles, plot.names, ", ")

    def entries(self, plot: Plot) -> Sequence[Entry]:
        return rowdata.entries(plot.bundles)

    def scene(self, plot: Plot) -> dict[str, Any]:
        looks = [[[bar.look for bar in placed.row.every(plot.data.look)] for placed in bundle.rows] for bundle in plot.bundles]
        return {**rowdata.scene(plot.data, plot.bundles, plot.names), "base": plot.base, "looks": looks}


def _row(sheet: Sheet, plot: Plot, bundle: Bundle[BarRow], placed: Placed[BarRow], x: Scale, y: float, m: Metrics) -> None:
    """A row's bars, marks and labels."""
    line, text = bundle.color("line"), bundle.color("text")
    first = x(placed.spots[0].amount.value)
    start = x(plot.base) if plot.base is not None else x.start
    for at, (bar, spot) in enumerate(zip(placed.row.every(plot.data.look), placed.spots, strict=True)):
        middle = y + (m.step * at if plot.data.pile == "under" else 0)
        begin = x(amount(plot.book, bar.start).value) if bar.start is not None else start
        end = x(spot.amount.value)
        draw_bar(sheet, begin, middle - m.bar / 2, end - begin, m.bar, bar.look, line, text)
        if bar.upto is not None:
            upper = x(amount(plot.book, bar.upto).value)
            draw_bar(sheet, end, middle - m.bar / 2, upper - end, m.bar, "hatched", line, text)
            end = upper
        if isinstance(inner := placed.names.get("inner"), Amount):
            draw_bar(sheet, begin, middle - m.bar / 2, x(inner.value) - begin, m.bar, "solid", line, text)
        if label := fill(m.pick(plot.data.bar_label if bar.label is None else bar.label), {**placed.names, "value": spot.amount}):
            side = -m.label if end < begin else m.label
            sheet.text(end + side, middle + m.half, label, size=m.size, weight=600 if plot.data.pile == "under" else 400, fill="ink-2" if plot.data.pile == "over" else text,
                       anchor="end" if side < 0 else "start", halo=True)
    marked = plot.data.mark_ends if placed.row.mark is None else placed.row.mark
    if marked:
        sheet.mark(first + m.mark_gap, y, placed.spots[0].basis, radius=m.radius, stroke=line)
    if m.pick(placed.label):
        rowplot.put_label(sheet, placed, None, first + m.label, y, m, text)


def _base(sheet: Sheet, plot: Plot, m: Metrics) -> None:
    """The line from which all bars start, over their ends, with what lies on either side of it."""
    x, rows = rowplot.scale_of(plot.data, m), sum(len(bundle.rows) for bundle in plot.bundles)
    at, floor = x(plot.base or 0), m.top + m.pitch * rows
    sheet.line(at, m.top - 14, at, floor, stroke="paper", stroke_width=4)
    sheet.line(at, m.top - 16, at, floor, stroke="ink", stroke_width=1.8)
    label = fill(plot.data.base_label, {**plot.names, "value": Amount(plot.base or 0, plot.base or 0)})
    half = sheet.text(at, m.top - 24, label, size=m.size + 1, weight=600, anchor="middle") / 2 + 12
    for side, words, anchor in zip((-half, half), plot.data.base_sides, rowdata.ENDS[::-1], strict=True):
        if words:
            sheet.text(at + side, m.top - 24, words, size=m.size, fill="muted", anchor=anchor)


def draw_bar(sheet: Sheet, x: float, y: float, width: float, height: float, look: Look, line: str = "ink", text: str = "ink") -> None:
    """A bar of either direction; `line` and `text` are the colors of its layer."""
    left, across = min(x, x + width), abs(width)
    if look == "solid":
        sheet.rect(left, y, across, height, fill=text)
    elif look in ("model", "muted"):
        sheet.rect(left, y, across, height, fill="model" if look == "model" else "rule-strong")
    elif look == "light":
        sheet.rect(left, y, across, height, fill="sunk", stroke="ink-2", stroke_width=1.2)
    elif look == "dashed":
        sheet.rect(left, y, across, height, stroke="ink-2", stroke_width=1.2, stroke_dasharray="4 3")
    elif look == "hatched":
        sheet.rect(left, y, across, height, fill="paper")
        sheet.rect(left, y, across, height, fill=hatch(sheet), stroke=line, stroke_width=1)
    else:
        sheet.rect(left, y, max(across, 1), height, fill="paper", stroke=line, stroke_width=1.2)


def hatch(sheet: Sheet) -> str:
    """Slanting strokes as a fill."""
    return sheet.define("hatch", f'<pattern id="{sheet.id("hatch")}" width="5" height="5" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">'
                                 f'<rect width="1.7" height="5" fill="{color("ink")}"/></pattern>')


def _swatch(sheet: Sheet, look: Look, token: str) -> Callable[[float, float], None]:
    return lambda x, y: draw_bar(sheet, x, y - 5, 16, 10, look, token, token)
