"""The data that rows and bars share, the same data with every value looked up, and the table and assertions
that follow from it.
"""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Generic, Literal, TypeVar

from pydantic import Field as Key

from fieldguide.book import Book
from fieldguide.drawing.asserts import DrawnPart
from fieldguide.drawing.axes import Axis
from fieldguide.drawing.figure_values import Amount, FigureValue, Names, amount, fill
from fieldguide.drawing.kinds.base import (
    ChartData,
    ChartKind,
    Plot,
    TableColumns,
    TextColumn,
    TextStyle,
    WithId,
    WithLayer,
    entry,
)
from fieldguide.drawing.metrics import Pair, Sizes, Twice, Words
from fieldguide.drawing.shapes import Table
from fieldguide.drawing.sheet import Basis
from fieldguide.records.base import Strict
from fieldguide.records.figure import Figure

LinePlace = Literal["top", "note"]


class RowSizes(Sizes):
    """Measures of rows; `name`, `note` and `mark` are counted from where the row starts."""

    left: Pair = (240, 4)
    right: Pair = (60, 44)
    top: Pair = (24, 24)
    head: Pair = (26, 24)
    """From the start of a group to its first row."""
    head_name: Pair = (4, 4)
    """Baseline of a group's name below its start."""
    head_size: Pair = (1, 1)
    """Added to the size for a group's name."""
    head_note: Pair = (0, 0)
    """Baseline of a group's note; 0 sets it beside the name."""
    pitch: Pair = (30, 48)
    gap: Pair = (16, 16)
    """After a group's last row, besides the pitch."""
    mark: Pair = (0, 22)
    """The middle of the row's marks."""
    name: Pair = (4.6, 8)
    name_x: Pair = (0, 4)
    beside: Pair = (8, 7)
    """From a name to the note beside it."""
    note: Pair = (18, 17)
    column: Pair = (230, 328)
    """How wide a note below its name may be."""
    label: Pair = (11, 11)
    """From a value to its label."""
    grid: Pair = (8, 8)
    """Where the lines of the grid start, below the sheet's top."""
    floor: Pair = (-8, -10)
    """The foot of the plot below the end of the last row."""
    title: Pair = (18, 13)
    mark_gap: Pair = (0, 0)
    """From a bar's end to the mark of its value."""
    bar: Pair = (16, 14)
    """How thick a bar is."""
    tick: Pair = (6, 6)
    """From the foot of the plot to the labels of its scale, besides their size."""
    radius: Pair = (5, 4.4)
    point: Pair = (0, 0)
    """Baseline of the point below the plot; 0 lets it follow what stands above it."""


class ComparisonLine(Strict):
    """A value that the rows are compared with, down the plot."""

    at: FigureValue
    label: Words
    """Without one the line is left out."""
    place: Twice[LinePlace] = ("top", "top")
    """Its label stands over the plot, or among the notes."""


class RowColumns(TableColumns):
    each: Literal["row", "value"] = "row"


class ChartRow(WithId):
    """One row."""

    name: Words
    note: Words = ("", "")
    style: TextStyle | None = None
    label: Words | None = None
    after: Words | None = None
    """Said after the label, quietly, where there is room."""
    basis: Basis | None = None


R = TypeVar("R", bound=ChartRow)


class RowGroup(WithId, WithLayer, Generic[R]):
    """Rows under one head."""

    name: Words = ("", "")
    note: Words = ("", "")
    rows: list[R] = Key(min_length=1)
    metrics: dict[str, Pair] = {}
    """Measures of this group alone."""


class RowChartData(ChartData):
    """The data that rows and bars share; each kind adds its `groups`."""

    x: Axis
    label: Words = ("{value}", "{value}")
    joiner: str = "–"
    """Between the values of one row."""
    after: Words = ("", "")
    names: TextStyle = "plain"
    align: Words = ("start", "start")
    """Where names stand in their column on the wide sheet."""
    heads: Literal["plain", "muted"] = "plain"
    notes: Literal["beside", "below"] = "beside"
    line: ComparisonLine | None = None
    cells: list[TextColumn] = []
    table: RowColumns
    groups: Sequence[RowGroup[Any]]
    metrics: RowSizes = RowSizes()


@dataclass(frozen=True)
class RowMark:
    """One value with its mark."""

    amount: Amount
    basis: Basis
    names: Names
    """What its line of the data table may use, where each value has one."""
    name: str = ""


@dataclass(frozen=True)
class ResolvedRow(Generic[R]):
    """One row, resolved: its values, and every name that its texts may use."""

    group: RowGroup[R]
    row: R
    spots: tuple[RowMark, ...]
    names: Names
    label: tuple[str, str]
    after: tuple[str, str]


C = TypeVar("C", bound=RowChartData)


@dataclass(frozen=True)
class RowPlot(Plot[C], Generic[C, R]):
    """The chart with every row resolved, group by group."""

    groups: list[list[ResolvedRow[R]]]

    @property
    def rows(self) -> list[ResolvedRow[R]]:
        return [placed for group in self.groups for placed in group]


class RowChartKind(ChartKind[C, RowPlot[C, R]], Generic[C, R]):
    """The steps that rows and bars share; each kind adds its layout."""

    @abstractmethod
    def values(self, data: C, row: R) -> Iterable[tuple[FigureValue, str]]:
        """(value, name) of a row's values, in order."""

    def read(self, data: C, figure: Figure, book: Book) -> RowPlot[C, R]:
        base = data.named(figure, book)
        return RowPlot(
            data,
            base,
            book,
            [[self._place(data, group, row, base, book) for row in group.rows] for group in data.groups],
        )

    def _place(self, data: C, group: RowGroup[R], row: R, base: Names, book: Book) -> ResolvedRow[R]:
        """A row with its amounts and its texts filled in. Raises ValueError for a value outside the scale."""
        values = [(amount(book, quantity), name) for quantity, name in self.values(data, row)]
        for value, _ in values:
            data.x.reaches(value.value, f"“{row.name[0]}”, {value.value:.6g},")
        bases = [row.basis or data.marks.basis(book, value) for value, _ in values]
        said = [data.marks.names.get(basis, "") for basis in bases]
        names: Names = {
            **base,
            **group.own(book),
            **row.own(book),
            "group": group.name[0],
            "group_note": group.note[0],
            "name": row.name[0],
            "note": row.note[0],
            "value": tuple(value for value, _ in values) if len(values) > 1 else values[0][0],
            "basis": said[-1],
        }
        spots = [
            RowMark(value, basis, {**names, "value": value, "spot": name, "basis": words}, name)
            for (value, name), basis, words in zip(values, bases, said, strict=True)
        ]
        label, after = (
            (fill(wide, names, joiner=data.joiner), fill(narrow, names, joiner=data.joiner))
            for wide, narrow in (row.label or data.label, row.after if row.after is not None else data.after)
        )
        return ResolvedRow(group, row, tuple(spots), names, label, after)

    def rows(self, plot: RowPlot[C, R]) -> Iterable[Names]:
        """The names of each line of the data table: one line for each row, or for each value of a row."""
        for placed in plot.rows:
            yield from (
                [placed.names] if plot.data.table.each == "row" else (mark.names for mark in placed.spots)
            )

    def table(self, plot: RowPlot[C, R]) -> Table:
        return plot.data.table.table(self.rows(plot), plot.names, plot.data.joiner)

    def entries(self, plot: RowPlot[C, R]) -> Sequence[DrawnPart]:
        return [entry(("rows", placed.group.id, placed.row.id), placed.names) for placed in plot.rows]
