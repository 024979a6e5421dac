"""What the data of lines and points say, and the same resolved: every value looked up, every text filled in."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Annotated, Any, Literal

from pydantic import BeforeValidator
from pydantic import Field as Key

from fieldguide.book import Book
from fieldguide.drawing.amounts import Amount, Names, Quantity, Reference, amount, basis_of, fill
from fieldguide.drawing.axes import Axis, years
from fieldguide.drawing.kinds.rowdata import Columns, Marks, Style
from fieldguide.drawing.kinds.xysizes import XySizes
from fieldguide.drawing.metrics import Pair, Words, both
from fieldguide.drawing.sheet import Anchor, Basis, Layer, layer_color
from fieldguide.records.base import Strict
from fieldguide.text.dates import fractional_year, show_date

Side = Literal["left", "right", "above", "below", "upper left", "upper right", "lower left", "lower right", "free", "none", "hidden"]
"""Where a label stands to its mark; `free` is the first place at which it touches nothing, `hidden` leaves out the mark too."""
Sides = Annotated[tuple[Side, Side], BeforeValidator(both)]
Anchors = Annotated[tuple[Anchor, Anchor], BeforeValidator(both)]
Where = Annotated[Quantity | Literal["start", "middle", "end"], BeforeValidator(years)]
"""A value on a scale, a date, or an end of the plot."""

ENDS = ("start", "middle", "end")


class Said(Strict):
    """Words at a place of the plot; with a width they are wrapped, and a first sentence is set in bold above the rest."""

    text: Words = ("", "")
    x: Where = "start"
    value: Where = "end"
    """`end` is the top of the plot."""
    dx: Pair = (0, 0)
    dy: Pair = (0, 0)
    anchor: Anchors = ("start", "start")
    style: Style = "quiet"
    tone: str = ""
    width: Pair = (0, 0)
    to: Words = ("", "")
    """The id of a point, or `highest`, to which a line leads from the words; without a place they stand beside it."""
    open: bool = False
    """The first sentence stands without its full stop."""
    leader: Literal["up", "across"] = "up"
    """The line leaves the point upward, or across."""


class Rule(Said):
    """A line through the plot at one value of a scale, with its words at an end of it."""

    at: Where
    across: bool = True
    """At a value of the scale upward; otherwise of the one across."""
    upto: Where | None = None
    """Where a line upward ends, when not at the top."""
    stroke: str = "ink-2"
    dash: str = "1.5 4"


class Region(Strict):
    """A shaded part of the plot."""

    x: tuple[Where, Where] = ("start", "end")
    value: tuple[Where, Where] = ("start", "end")


class Point(Strict):
    """One mark. Labels name {name}, {value}, {x}, {date}, {series} and what `values` and `texts` add."""

    id: str = ""
    name: Words = ("", "")
    x: Quantity | Annotated[str, Key(pattern=r"^\d{4}-\d\d(-\d\d)?$")] | None = None
    """A number, a date, or a record of either; without it the date of the value."""
    value: Quantity
    label: Words | None = None
    note: Words | None = None
    """A second line of the label."""
    side: Sides | None = None
    bold: bool | None = None
    dx: Pair = (0, 0)
    dy: Pair = (0, 0)
    """Moves the label; far off it takes a line to its mark."""
    radius: Pair = (0, 0)
    """Of its mark; 0 leaves it to the plot."""
    basis: Basis | None = None
    values: dict[str, Quantity] = {}
    texts: dict[str, str] = {}


class Series(Strict):
    """Marks, joined or not, or a curve."""

    id: str = ""
    name: Words = ("", "")
    note: Words = ("", "")
    layer: Layer | None = None
    points: list[Point] = []
    curve: list[tuple[float, float]] = []
    """A line without marks through these places."""
    strong: bool = True
    join: bool = True
    dash: str | None = None
    thick: float | None = None
    color: str = ""
    """Of its line, where that is not of the color of its marks."""
    marks: bool = True
    interval: bool = False
    """Each mark has the interval that its record gives."""
    label: Words | None = None
    side: Sides = ("above", "above")
    bold: bool = True
    tabled: bool = True
    """Its points are rows of the data table."""
    values: dict[str, Quantity] = {}
    texts: dict[str, str] = {}

    @property
    def stroke(self) -> str:
        return self.color or (layer_color(self.layer, "line") if self.layer else "ink") if self.strong or self.color else "rule-strong" if self.dash is None else "ink-2"

    @property
    def tone(self) -> str:
        return (layer_color(self.layer, "text") if self.layer else "ink") if self.strong else "ink-2"

    @property
    def width(self) -> float:
        return self.thick or (2.6 if self.strong else 1.6)


class Strip(Strict):
    """A row of words under the ticks of the scale across."""

    id: str = ""
    name: Words
    texts: list[str]
    bold: bool = False


class Panel(Strict):
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
    rules: list[Rule] = []
    regions: list[Region] = []
    said: list[Said] = []
    below: list[Strip] = []
    metrics: dict[str, Pair] = {}
    """Measures of this plot alone."""


class Item(Strict):
    name: Words
    note: Words = ("", "")
    value: str = ""


class Listing(Strict):
    """A list at the sheet's foot."""

    head: Words = ("", "")
    items: list[Item]
    numbered: bool = False
    wide: bool = True
    """Not on the narrow sheet alone."""


class Lines(Columns):
    each: Literal["point", "series", "none"] = "point"  # type: ignore[assignment]  # rows are made of these here
    before: list[list[str]] = []
    after: list[list[str]] = []
    """Rows besides those of points, before and after them."""
    by_date: bool = False


class Data(Strict):
    """The data of a figure of kind xy: the `panels`, and what stands below them."""

    panels: list[Panel] = Key(min_length=1, max_length=8)
    marks: Marks = Marks()
    listing: Listing | None = None
    point: Words = ("", "")
    """The first sentence in bold, then the rest."""
    note: Words = ("", "")
    values: dict[str, Quantity] = {}
    texts: dict[str, str] = {}
    table: Lines
    metrics: XySizes = XySizes()


@dataclass(frozen=True)
class Dot:
    """One point, resolved."""

    point: Point
    x: float
    x_high: float | None
    """Where the place across is a range: its end."""
    amount: Amount
    basis: Basis
    names: Names
    ids: frozenset[str]
    date: str


@dataclass(frozen=True)
class Run:
    """One series, resolved."""

    series: Series
    dots: list[Dot]
    names: Names


@dataclass(frozen=True)
class Plot:
    data: Data
    panels: list[tuple[Panel, list[Run]]]
    names: Names
    book: Book

    @property
    def runs(self) -> Iterable[Run]:
        return (run for _, runs in self.panels for run in runs)


def resolve(data: Data, context: str, book: Book) -> Plot:
    """Raises KeyError for a reference without a number or date, ValueError for a point without a place."""
    base: Names = {"context": context, **data.texts, **_amounts(data.values, book)}
    return Plot(data, [(panel, [_run(data, series, base, book, panel.title[0]) for series in panel.series]) for panel in data.panels], base, book)


def _amounts(values: dict[str, Quantity], book: Book) -> dict[str, Amount]:
    return {key: amount(book, quantity) for key, quantity in values.items()}


def _run(data: Data, series: Series, base: Names, book: Book, panel: str) -> Run:
    names: Names = {**base, "panel": panel, "series": series.name[0], "series_note": series.note[0], **series.texts, **_amounts(series.values, book)}
    return Run(series, [_dot(data, series, point, names, book) for point in series.points], names)


def _dot(data: Data, series: Series, point: Point, base: Names, book: Book) -> Dot:
    value = amount(book, point.value)
    x, date = _place(point, value, book)
    basis = point.basis or basis_of(book, value, data.marks.by, data.marks.names, data.marks.otherwise)
    names: Names = {**base, **_amounts(point.values, book), "name": point.name[0], "value": value, "x": replace(x, reference=None), "date": show_date(date) if date else "",
                    "basis": data.marks.names.get(basis, ""), **point.texts}
    ids = frozenset(id_ for id_ in ("points", series.id, point.id) if id_)
    return Dot(point, x.value, x.upto, value, basis, names, ids, date)


def _place(point: Point, value: Amount, book: Book) -> tuple[Amount, str]:
    """The place across, and its date if it is one."""
    day = point.x
    if day is None:
        if value.field is None or value.field.as_of is None:
            raise ValueError(f"the point `{point.id or point.name[0]}` has no `x`, and its value no date")
        day = value.field.as_of
    if isinstance(day, str) and not isinstance(day, Reference):
        year = fractional_year(day)
        return Amount(year, year), day
    x = amount(book, day)
    return x, x.field.value if x.field and isinstance(x.field.value, str) else ""


def table_rows(plot: Plot) -> list[list[str]]:
    """The lines of the data table."""
    table, columns = plot.data.table, list(plot.data.table.columns.values())
    runs = [run for run in plot.runs if run.series.tabled]
    if table.each == "series":
        names: Sequence[Names] = [run.names for run in runs]
    else:
        dots = [dot for run in runs for dot in run.dots] if table.each == "point" else []
        names = [dot.names for dot in (sorted(dots, key=lambda dot: (dot.date, dot.point.name[0])) if table.by_date else dots)]
    found = [[fill(template, one, cell=True).strip() for template in columns] for one in names]
    before, after = ([[fill(template, plot.names, cell=True) for template in row] for row in rows] for rows in (table.before, table.after))
    return [*before, *found, *after]


def panel_scene(panel: Panel, runs: Sequence[Run], plot: Plot) -> dict[str, Any]:
    """One plot as JSON: scales, series with their marks and labels, lines of comparison, shaded parts."""
    return {
        "title": panel.title[0], "x": panel.x.scene(), "y": panel.y.scene(),
        "series": [{"id": run.series.id, "name": run.series.name[0], "layer": run.series.layer, "strong": run.series.strong, "join": run.series.join, "dash": run.series.dash,
                    "curve": run.series.curve, "marks": [{"id": dot.point.id, "x": dot.x, "y": dot.amount.value, "basis": dot.basis, "name": dot.point.name[0],
                                                         "label": label(panel, run, dot, True)} for dot in run.dots]} for run in runs],
        "rules": [{"at": amount(plot.book, rule.at).value, "across": rule.across, "label": fill(rule.text[0], plot.names)} for rule in panel.rules if rule.at not in ENDS],  # type: ignore[arg-type]
        "regions": [{axis: [at if at in ENDS else amount(plot.book, at).value for at in getattr(region, axis)] for axis in ("x", "value")} for region in panel.regions],
        "said": [fill(said.text[0], plot.names) for said in panel.said],
        "below": [{"name": strip.name[0], "texts": strip.texts} for strip in panel.below],
    }


def label(panel: Panel, run: Run, dot: Dot, wide: bool) -> str:
    """What stands at a mark, or nothing."""
    at = 0 if wide else 1
    if (dot.point.side or run.series.side)[at] in ("none", "hidden"):
        return ""
    return fill((dot.point.label or run.series.label or panel.label)[at], dot.names)
