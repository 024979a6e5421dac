"""The data of lines and points, and the same data with every value looked up and every text filled in."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Annotated, Literal

from pydantic import BeforeValidator
from pydantic import Field as Key
from typing_extensions import TypeAliasType

from fieldguide.book import Book
from fieldguide.drawing.axes import Axis, years
from fieldguide.drawing.figure_values import Amount, FieldReference, FigureValue, Names, amount, fill
from fieldguide.drawing.kinds import base
from fieldguide.drawing.kinds.base import Anchors, ChartData, TableColumns, TextStyle, WithId, WithLayer
from fieldguide.drawing.metrics import Pair, Sizes, Twice, Words
from fieldguide.drawing.sheet import Basis
from fieldguide.records.base import Strict
from fieldguide.records.figure import Figure
from fieldguide.text.dates import fractional_year, show_date

LabelSide = Literal[
    "left",
    "right",
    "above",
    "below",
    "upper left",
    "upper right",
    "lower left",
    "lower right",
    "free",
    "none",
    "hidden",
]
LabelSides = TypeAliasType(
    "LabelSides",
    Annotated[
        Twice[LabelSide],
        Key(
            description="Where a label stands to its mark, on the wide and on the narrow sheet or on both;"
            " `free` is the first place where it touches nothing, `hidden` leaves out the mark too."
        ),
    ],
)
XyPlace = Annotated[
    FigureValue | Literal["start", "middle", "end"],
    BeforeValidator(years, json_schema_input_type=FigureValue | str),
]
"""A value on a scale, a date, or an end of the plot."""


class XySizes(Sizes):
    """Measures of one plot, and of what stands at the sheet's foot, which is counted from the foot of the
    plot.
    """

    left: Pair = (52, 44)
    right: Pair = (14, 10)
    foot: Pair = (74, 72)
    inset: Pair = (0, 0)
    """From the start of the plot to the start of the scale across."""
    inset_end: Pair = (0, 0)
    floor: Pair = (330, 290)
    """The foot of the plot, and the top, below that of the sheet."""
    title_x: Pair = (0, 0)
    """Where the plot's title, or the name of its scale upward, starts."""
    name: Pair = (44, 43)
    """Baseline of the name of the scale across, below the foot of the plot."""
    tick: Pair = (10, 10)
    side: Pair = (10, 10)
    """From the scale upward to its labels."""
    radius: Pair = (4.6, 4.2)
    small: Pair = (4.6, 4.2)
    """Radius of marks without a label."""
    halo: Pair = (0, 0)
    """Radius of the paper under a mark."""
    label: Pair = (11, 10)
    """From a mark to a label beside it."""
    up: Pair = (10, 10)
    down: Pair = (21, 20)
    """Baseline of a label above or below its mark, from the mark's middle."""
    corner: Pair = (6, 6)
    """From a mark across to a label at its corner."""
    beyond: Pair = (10, 8)
    """From the end of the plot to the names of series there."""
    beyond_y: Pair = (-2, -2)
    beyond_note: Pair = (10, 8)
    beyond_gap: Pair = (17, 16)
    """The least distance from one of them to the next."""
    elbow: Pair = (0, 0)
    """Room for a line that leads from a series to its name."""
    key_y: Pair = (14, 14)
    key_step: Pair = (21, 21)
    key_line: Pair = (26, 26)
    key_mark: Pair = (0, 0)
    """Radius of the mark on a line of the key."""
    key_size: Pair = (0, 0)
    key_note: Pair = (0, 0)
    """From a name in the key down to its note; 0 sets the note beside it."""
    item: Pair = (6, 6)
    """Between items of a list that have a note."""


class Annotation(Strict):
    """Words at a place of the plot; with a width they are wrapped, and a first line of several is set in bold
    above the rest.
    """

    text: Words = ("", "")
    x: XyPlace = "start"
    value: XyPlace = "end"
    """`end` is the top of the plot."""
    dx: Pair = (0, 0)
    dy: Pair = (0, 0)
    anchor: Anchors = ("start", "start")
    style: TextStyle = "quiet"
    tone: str = ""
    width: Pair = (0, 0)
    to: Words = ("", "")
    """The id of a point, or `highest`, to which a line leads from the words; without a place they stand
    beside it.
    """


class RuleLine(Annotation):
    """A line through the plot at one value of a scale, with its words at an end of it."""

    at: XyPlace
    across: bool = True
    """At a value of the scale upward; otherwise of the one across."""
    upto: XyPlace | None = None
    """Where a line upward ends, when not at the top."""
    stroke: str = "ink-2"
    dash: str = "1.5 4"


class Region(Strict):
    """A shaded part of the plot."""

    x: tuple[XyPlace, XyPlace] = ("start", "end")
    value: tuple[XyPlace, XyPlace] = ("start", "end")


XyDay = FigureValue | Annotated[str, Key(pattern=r"^\d{4}-\d\d(-\d\d)?$")]


class XyPoint(WithId):
    """One mark. Labels name {name}, {value}, {x}, {date}, {series} and what `values` and `texts` add."""

    name: Words = ("", "")
    x: XyDay | None = None
    """A number, a date, or a record of either; without it the date of the value."""
    until: XyDay | None = None
    """On a line of steps, the last day for which the value is known; the line goes on dashed to the next
    point.
    """
    value: FigureValue
    label: Words | None = None
    note: Words | None = None
    """A second line of the label."""
    side: LabelSides | None = None
    bold: bool | None = None
    dx: Pair = (0, 0)
    dy: Pair = (0, 0)
    """Moves the label; far off it takes a line to its mark."""
    leads: bool = False
    """Takes the line where it is near, too."""
    radius: Pair = (0, 0)
    """Of its mark; 0 leaves it to the plot."""
    basis: Basis | None = None
    row: str = ""
    """The id of the point or series whose row of the data table its mark shows; without it, its own."""


class Series(WithId, WithLayer):
    """Marks, joined or not, or a curve."""

    name: Words = ("", "")
    note: Words = ("", "")
    points: list[XyPoint] = []
    curve: list[tuple[float, float]] = []
    """A line without marks through these places."""
    band: list[tuple[float, float, float]] = []
    """What is shaded around it: places as (x, low, high)."""
    strong: bool = True
    join: bool = True
    steps: bool = False
    """The line keeps each value until the next point."""
    dash: str | None = None
    thick: float | None = None
    ink: str = ""
    """The color of its line, where that is not of the color of its marks."""
    marks: bool | Literal["pointed"] = True
    """`pointed` marks are seen only while their values are shown."""
    label: Words | None = None
    side: LabelSides = ("above", "above")
    bold: bool = True
    tabled: bool = True
    """Its points are rows of the data table."""

    @property
    def stroke(self) -> str:
        return self.ink or (
            self.color("line") if self.strong else "rule-strong" if self.dash is None else "ink-2"
        )

    @property
    def tone(self) -> str:
        return self.color("text") if self.strong else "ink-2"

    @property
    def width(self) -> float:
        return self.thick or (2.6 if self.strong else 1.6)


class XyPanel(Strict):
    """One plot."""

    id: str = ""
    title: Words = ("", "")
    note: Words = ("", "")
    x: Axis
    y: Axis
    label: Words = ("{name}", "{name}")
    names: tuple[Literal["end", "key", "none"], Literal["end", "key", "none"]] = ("none", "none")
    """Where the series are named: at the end of the plot, or in a key."""
    series: list[Series] = Key(min_length=1)
    rules: list[RuleLine] = []
    regions: list[Region] = []
    said: list[Annotation] = []
    metrics: dict[str, Pair] = {}
    """Measures of this plot alone."""


class ListItem(Strict):
    name: Words
    note: Words = ("", "")
    value: str = ""


class Listing(Strict):
    """A list at the sheet's foot."""

    head: Words = ("", "")
    items: list[ListItem]
    numbered: bool = False
    wide: bool = True
    """Not on the narrow sheet alone."""


class XyColumns(TableColumns):
    each: Literal["point", "series"] = "point"
    by_date: bool = False
    latest_first: bool = False
    """Rows of points that hold until the latest day come first, and of one day the lowest value."""


class XyData(ChartData):
    """The data of a figure of kind xy: the `panels`, and what stands below them."""

    panels: list[XyPanel] = Key(min_length=1, max_length=8)
    listing: Listing | None = None
    table: XyColumns
    metrics: XySizes = XySizes()


@dataclass(frozen=True)
class ResolvedPoint:
    """One point, resolved."""

    point: XyPoint
    x: float
    x_high: float | None
    """Where the place across is a range: its end."""
    until: float | None
    amount: Amount
    basis: Basis
    names: Names
    ids: frozenset[str]
    date: str
    side: tuple[LabelSide, LabelSide]
    label: tuple[str, str]


@dataclass(frozen=True)
class ResolvedSeries:
    """One series, resolved."""

    series: Series
    dots: list[ResolvedPoint]
    names: Names


@dataclass(frozen=True)
class XyPlot(base.Plot[XyData]):
    panels: list[tuple[XyPanel, list[ResolvedSeries]]]

    @property
    def runs(self) -> Iterable[ResolvedSeries]:
        return (run for _, runs in self.panels for run in runs)

    @cached_property
    def rows(self) -> dict[str, Names]:
        """{id of a point or series: what its row of the data table may name}, for those that have a row."""
        tabled = [run for run in self.runs if run.series.tabled]
        if self.data.table.each == "series":
            return {run.series.id: run.names for run in tabled}
        return {dot.point.id: dot.names for run in tabled for dot in run.dots}

    def shown(self, run: ResolvedSeries, dot: ResolvedPoint) -> Names:
        """What the row of the data table may name whose values a point's mark shows."""
        if dot.point.row:
            return self.rows[dot.point.row]
        return run.names if self.data.table.each == "series" else dot.names


def resolve(data: XyData, figure: Figure, book: Book) -> XyPlot:
    """The plot with its series resolved. Raises KeyError for a reference without a number or date, ValueError
    for a point without a place, or with a `row` that the data table does not have.
    """
    names = data.named(figure, book)
    plot = XyPlot(
        data,
        names,
        book,
        [
            (panel, [_run(data, panel, series, names, book) for series in panel.series])
            for panel in data.panels
        ],
    )
    for row in {dot.point.row for run in plot.runs for dot in run.dots} - {"", *plot.rows}:
        raise ValueError(f"the data table has no row of `{row}`; it has {', '.join(filter(None, plot.rows))}")
    return plot


def _run(data: XyData, panel: XyPanel, series: Series, known: Names, book: Book) -> ResolvedSeries:
    names: Names = {
        **known,
        "panel": panel.title[0],
        "series": series.name[0],
        "series_note": series.note[0],
        **series.own(book),
    }
    return ResolvedSeries(
        series, [_dot(data, panel, series, point, names, book) for point in series.points], names
    )


def _dot(
    data: XyData, panel: XyPanel, series: Series, point: XyPoint, known: Names, book: Book
) -> ResolvedPoint:
    value = amount(book, point.value)
    x, date = _place(point, value, book)
    for axis, place, key in ((panel.x, x.value, "x"), (panel.y, value.value, "y")):
        axis.reaches(
            place,
            f"“{point.name[0] or point.id or series.name[0]}”,"
            f" {date if date and key == 'x' else f'{place:.6g}'},",
            key,
        )
    basis = point.basis or data.marks.basis(book, value)
    names: Names = {
        **known,
        "name": point.name[0],
        "value": value,
        "x": replace(x, reference=None),
        "date": show_date(date) if date else "",
        "basis": data.marks.names.get(basis, ""),
        **point.own(book),
    }
    side = point.side or series.side
    wide, narrow = (
        "" if where in ("none", "hidden") else fill(text, names)
        for where, text in zip(side, point.label or series.label or panel.label, strict=True)
    )
    return ResolvedPoint(
        point,
        x.value,
        x.upto,
        _day(point.until, book)[0].value if point.until is not None else None,
        value,
        basis,
        names,
        frozenset(("points", series.id, point.id, f"{point.id}-{basis}")),
        date,
        side,
        (wide, narrow),
    )


def _place(point: XyPoint, value: Amount, book: Book) -> tuple[Amount, str]:
    """The amount of a point's x value, and its ISO date where x is a date, else ""."""
    day = point.x
    if day is None:
        if value.field is None or value.field.as_of is None:
            raise ValueError(f"the point `{point.id or point.name[0]}` has no `x`, and its value no date")
        day = value.field.as_of
    return _day(day, book)


def _day(day: XyDay, book: Book) -> tuple[Amount, str]:
    """The amount of a place across, and its ISO date where it is one, else ""."""
    if isinstance(day, str) and not isinstance(day, FieldReference):
        year = fractional_year(day)
        return Amount(year), day
    x = amount(book, day)
    return x, x.field.value if x.field and isinstance(x.field.value, str) else ""
