"""What the data of rows and of bars have in common, and the same resolved: every value looked up, every text filled in."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Annotated, Any, Generic, Literal, TypeVar

from pydantic import BeforeValidator
from pydantic import Field as Key

from fieldguide.book import Book
from fieldguide.drawing.amounts import Amount, Names, Quantity, amount, basis_of, fill
from fieldguide.drawing.asserts import Entry
from fieldguide.drawing.axes import Axis
from fieldguide.drawing.metrics import Metrics, Pair, Sizes, Words, both
from fieldguide.drawing.sheet import Anchor, Basis, Layer, Table, layer_color
from fieldguide.records.base import Strict

Place = Literal["top", "foot", "note", "aside"]
Style = Literal["strong", "bold", "plain", "quiet", "muted", "display"]
NAME_STYLES: dict[str, tuple[float, int, str]] = {"strong": (0.5, 600, "ink"), "bold": (0, 600, "ink"), "plain": (0, 400, "ink"), "quiet": (0, 400, "ink-2"), "muted": (0, 400, "muted"), "display": (0, 490, "ink")}
"""Of a row's name: what is added to the size, the weight, the color."""
ENDS: tuple[Anchor, Anchor] = ("start", "end")


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
    rule: Pair = (0, 0)
    """A rule across the sheet, below the group's start; 0 leaves it out."""
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
    line: Pair = (17, 16)
    """From one line of a note below its name, or at the foot, to the next."""
    column: Pair = (230, 328)
    """How wide a note below its name may be."""
    label: Pair = (11, 11)
    """From a value to its label."""
    label_size: Pair = (0, 0)
    """Added to the size for a label."""
    grid: Pair = (8, 8)
    """Where the lines of the grid start, below the sheet's top."""
    floor: Pair = (-8, -10)
    """The foot of the plot below the end of the last row."""
    close: Pair = (0, 0)
    """A rule across the sheet, below the foot of the plot; 0 leaves it out."""
    title: Pair = (18, 13)
    """Baseline of what stands over the plot."""
    mark_gap: Pair = (0, 0)
    """From a bar's end to the mark of its value."""
    line_label: Pair = (24, 24)
    """Baseline of the label of a line of comparison, below the plot."""
    line_reach: Pair = (0, 0)
    """How far a line of comparison reaches above and below each row's middle; 0 lets it run through."""
    bar: Pair = (16, 14)
    """How thick a bar is."""
    tick: Pair = (6, 6)
    """From the foot of the plot to the labels of its scale, besides their size."""
    foot: Pair = (54, 54)
    """Baseline of what stands first below the plot."""
    foot_step: Pair = (24, 22)
    bottom: Pair = (10, 10)
    """From the last baseline to the sheet's edge."""
    foot_x: Pair = (240, 0)
    key_text: Pair = (16, 16)
    key_gap: Pair = (20, 20)
    radius: Pair = (5, 4.4)
    point: Pair = (0, 0)
    """Baseline of the point below the plot; 0 lets it follow what stands above it."""
    point_line: Pair = (18, 16.5)
    aside: Pair = (760, 328)
    """How wide the point's second part may be."""


class Marks(Strict):
    """What the marks mean: where a value comes from."""

    names: dict[Basis, str] = {}
    key: dict[Basis, str] = {}
    """The same in the key, where more is said there."""
    by: Literal["kind", "source"] = "kind"
    """A mark follows the kind of the value, or whether the company itself said it."""
    otherwise: Basis = "disclosed"
    only_used: bool = False
    """The key leaves out marks that no value has."""


class Line(Strict):
    """A value that the rows are compared with, down the plot."""

    at: Quantity
    label: Words
    place: Annotated[tuple[Place, Place], BeforeValidator(both)] = ("top", "top")
    """Its label stands over the plot, under it, among the notes, or beside the head of the group after the row with that value, where the line starts."""
    anchor: tuple[Anchor, Anchor] = ("middle", "middle")
    """Of a label over or under the plot."""
    stroke: str = "ink"
    dash: str = "1.5 4"


class Cell(Strict):
    """A column of text beside the names: {name} and whatever else a label may name."""

    head: Words = ("", "")
    text: Words
    at: Pair
    """Where it stands on each sheet."""
    anchor: Annotated[tuple[Anchor, Anchor], BeforeValidator(both)] = ("start", "start")
    style: Style = "plain"
    more: Pair = (0, 0)
    """Added to the size."""
    down: Pair = (0, 0)
    """Below the baseline of the name."""


class Columns(Strict):
    """The data table: a template for each column, filled for every row."""

    caption: str = "{context}"
    columns: dict[str, str]
    each: Literal["row", "value"] = "row"


class Row(Strict):
    """One row. `values` and `texts` are what its labels and cells may name besides."""

    id: str = ""
    name: Words
    note: Words = ("", "")
    style: Style | None = None
    label: Words | None = None
    after: Words | None = None
    """Said after the label, quietly, where there is room."""
    basis: Basis | None = None
    values: dict[str, Quantity] = {}
    texts: dict[str, str] = {}
    aside: Words = ("", "")
    """Said at the end of the name's line, on the narrow sheet at the right edge."""


R = TypeVar("R", bound=Row)


class Group(Strict, Generic[R]):
    """Rows under one head."""

    id: str = ""
    name: Words = ("", "")
    note: Words = ("", "")
    layer: Layer | None = None
    rows: list[R] = Key(min_length=1)
    texts: dict[str, str] = {}
    metrics: dict[str, Pair] = {}
    """Measures of this group alone."""


class Chart(Strict):
    """What the data of rows and of bars have in common."""

    x: Axis
    label: Words = ("{value}", "{value}")
    after: Words = ("", "")
    names: Style = "plain"
    align: Words = ("start", "start")
    """Where names stand in their column on the wide sheet."""
    heads: Literal["plain", "muted"] = "plain"
    notes: Literal["beside", "below"] = "beside"
    marks: Marks = Marks()
    line: Line | None = None
    cells: list[Cell] = []
    title: Words = ("", "")
    """Said over the plot, in bold."""
    note: Words = ("", "")
    """Said at the foot, quietly."""
    point: str = ""
    """Said at the foot: the first sentence in bold, then the rest."""
    values: dict[str, Quantity] = {}
    texts: dict[str, str] = {}
    table: Columns


@dataclass(frozen=True)
class Spot:
    """One value with its mark."""

    amount: Amount
    basis: Basis
    name: str = ""


@dataclass(frozen=True)
class Placed(Generic[R]):
    """One row, resolved: its values, and every name that its texts may use."""

    row: R
    spots: tuple[Spot, ...]
    names: Names
    ids: frozenset[str]
    label: tuple[str, str]
    after: tuple[str, str]

    @property
    def last(self) -> Spot:
        return self.spots[-1]


@dataclass(frozen=True)
class Bundle(Generic[R]):
    """One group, resolved."""

    group: Group[R]
    rows: list[Placed[R]]
    metrics: Mapping[str, tuple[float, float]] = field(default_factory=dict)

    def color(self, part: Literal["line", "text"], otherwise: str = "ink") -> str:
        return layer_color(self.group.layer, part) if self.group.layer else otherwise


class GroupMetrics(Metrics):
    """The measures of one group: its own where it has them."""

    def __init__(self, metrics: Metrics, own: Mapping[str, tuple[float, float]]) -> None:
        super().__init__(metrics._sizes, metrics.wide)
        self._own = own

    def __getattr__(self, name: str) -> float:
        own = self.__dict__.get("_own", {})
        return self.pick(own[name]) if name in own else super().__getattr__(name)


def place(chart: Chart, group: Group[R], row: R, spots: Sequence[Spot], base: Names, book: Book, joiner: str) -> Placed[R]:
    """A row with its texts filled in; `spots` are its values, in order."""
    values = tuple(spot.amount for spot in spots)
    names: dict[str, str | Amount | tuple[Amount, ...]] = {
        **base, **group.texts, **row.texts, **{key: amount(book, quantity) for key, quantity in row.values.items()},
        "group": group.name[0], "group_note": group.note[0], "name": row.name[0], "note": row.note[0],
        "value": values if len(values) > 1 else values[0], "basis": chart.marks.names.get(spots[-1].basis, ""),
    }
    both = [tuple(fill(text, names, joiner=joiner) for text in pair) for pair in (row.label or chart.label, row.after if row.after is not None else chart.after)]
    ids = frozenset(name for name in ("rows", group.id, row.id) if name)
    return Placed(row, tuple(spots), names, ids, both[0], both[1])  # type: ignore[arg-type]  # two of each


def spot(chart: Chart, row: Row, quantity: Quantity, book: Book, *, parts: bool = False, name: str = "") -> Spot:
    """A value with the mark that the row gives it, or else its record."""
    found = amount(book, quantity, parts=parts)
    marks = chart.marks
    return Spot(found, row.basis or basis_of(book, found, marks.by, marks.names, marks.otherwise), name)


def base_names(chart: Chart, context: str, book: Book) -> Names:
    """What every text of the chart may name."""
    return {"context": context, **chart.texts, **{key: amount(book, quantity) for key, quantity in chart.values.items()}}


def entries(bundles: Sequence[Bundle[R]]) -> list[Entry]:
    """The rows as assertions see them."""
    return [
        Entry(placed.ids, {"value": [spot.amount.value for spot in placed.spots], **{key: [value.value] for key, value in placed.names.items() if isinstance(value, Amount) and key != "value"}})
        for bundle in bundles for placed in bundle.rows
    ]


def table(chart: Chart, bundles: Sequence[Bundle[R]], base: Names, joiner: str) -> Table:
    """The data table: a line for each row, or for each of its values."""
    columns = chart.table.columns.values()
    lines = []
    for placed in (placed for bundle in bundles for placed in bundle.rows):
        each: list[Names] = [placed.names] if chart.table.each == "row" else [
            {**placed.names, "value": one.amount, "spot": one.name, "basis": chart.marks.names.get(one.basis, "")} for one in placed.spots
        ]
        lines += [[fill(template, names, cell=True, joiner=joiner).strip() for template in columns] for names in each]
    return Table(fill(chart.table.caption, base), list(chart.table.columns), lines)


def scene(chart: Chart, bundles: Sequence[Bundle[R]], base: Names) -> dict[str, Any]:
    """Scale, ticks, rows with their marks, and what is said, as JSON."""
    return {
        "x": chart.x.scene(),
        "groups": [
            {"name": bundle.group.name[0], "layer": bundle.group.layer, "rows": [
                {"name": fill(placed.row.name[0], placed.names), "note": fill(placed.row.note[0], placed.names), "label": placed.label[0],
                 "marks": [{"value": one.amount.value, "basis": one.basis, "name": one.name} for one in placed.spots]}
                for placed in bundle.rows
            ]}
            for bundle in bundles
        ],
        "key": chart.marks.names,
        "point": fill(chart.point, base) if chart.point else "",
    }
