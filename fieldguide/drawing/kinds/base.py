"""The base of every kind of figure: a strict model of its data and the steps from the data to both drawings;
and the parts that the data of several kinds share.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any, Generic, Literal, TypeVar

from pydantic import BaseModel

from fieldguide.book import Book
from fieldguide.drawing.asserts import DrawnPart
from fieldguide.drawing.canvas import Anchor
from fieldguide.drawing.colors import Layer, layer_color
from fieldguide.drawing.figure_values import Amount, FigureValue, Names, amounts, fill, numbers
from fieldguide.drawing.foot import KeyItem
from fieldguide.drawing.metrics import Metrics, Pair, Twice, Words
from fieldguide.drawing.pieces import drawing_of
from fieldguide.drawing.record_values import basis
from fieldguide.drawing.shapes import Drawing, Table
from fieldguide.drawing.sheet import Basis, Sheet
from fieldguide.records.base import Strict
from fieldguide.records.figure import Figure

# What the data of several kinds say ------------------------------------------------------------

TextStyle = Literal["strong", "bold", "plain", "quiet", "muted", "display"]
STYLES: dict[TextStyle, tuple[float, int, str]] = {
    "strong": (0.5, 600, "ink"),
    "bold": (0, 600, "ink"),
    "plain": (0, 400, "ink"),
    "quiet": (0, 400, "ink-2"),
    "muted": (0, 400, "muted"),
    "display": (0, 490, "ink"),
}
"""Of a text: what is added to the size, the weight, the color."""
ENDS: tuple[Anchor, Anchor] = ("start", "end")
Anchors = Twice[Anchor]


class WithTexts(Strict):
    """Data with `values` and `texts` of its own, which its other texts may name."""

    values: dict[str, FigureValue] = {}
    texts: dict[str, str] = {}

    def own(self, book: Book) -> dict[str, str | Amount | tuple[Amount, ...]]:
        """Each name with its text or amount. Raises KeyError for a reference without a number."""
        return {**self.texts, **amounts(book, self.values)}


class WithId(WithTexts):
    """Data with texts and values, and an id by which assertions name it."""

    id: str = ""


class WithLayer(Strict):
    """Data that may belong to a layer of the stack, and then has its color."""

    layer: Layer | None = None

    def color(self, part: Literal["line", "text"], otherwise: str = "ink") -> str:
        return layer_color(self.layer, part) if self.layer else otherwise


class BasisMarks(Strict):
    """The marks of where values come from, and their words in the key."""

    names: dict[Basis, str] = {}
    key: dict[Basis, str] = {}
    """The same in the key, where more is said there."""
    by: Literal["kind", "source"] = "kind"
    """A mark follows the kind of the value, or whether the company itself said it."""
    otherwise: Basis = "disclosed"

    def basis(self, book: Book, amount: Amount) -> Basis:
        """The mark of a value: by its record's kind, or by whether its source is the company itself."""
        if self.by == "source":
            return basis(book, amount.field.source if amount.field else None)
        own = amount.field.kind if amount.field else None
        kind: Basis | None = "derived" if own == "ours" else own
        return kind if kind is not None and (kind in self.names or not self.names) else self.otherwise

    def items(self, sheet: Sheet, used: Iterable[Basis], stroke: str = "ink-2") -> list[KeyItem]:
        """The key of the marks that some value has, in the record's order."""
        shown = set(used)
        return [
            (partial(_draw_mark, sheet, basis, stroke), self.key.get(basis, words))
            for basis, words in self.names.items()
            if basis in shown
        ]


def _draw_mark(sheet: Sheet, kind: Basis, stroke: str, x: float, y: float) -> None:
    sheet.mark(x + 6, y, kind, radius=4.4, stroke=stroke)


class TextColumn(Strict):
    """A column of text beside the names: {name} and whatever else a label may name."""

    head: Words = ("", "")
    text: Words
    at: Pair
    """Where it stands on each sheet."""
    anchor: Anchors = ("start", "start")
    style: TextStyle = "plain"
    more: Pair = (0, 0)
    """Added to the size."""
    down: Pair = (0, 0)
    """Below the baseline of the name."""


def put_cells(
    sheet: Sheet, cells: Sequence[TextColumn], names: Names, y: float, m: Metrics, strong: bool = False
) -> None:
    """Draws the columns of text of one row, their baseline at `y`."""
    for cell in cells:
        extra_size, weight, token = STYLES[cell.style]
        if words := fill(m.pick(cell.text), names):
            sheet.text(
                m.pick(cell.at),
                y + m.pick(cell.down),
                words,
                size=m.size + extra_size + m.pick(cell.more) + strong,
                weight=600 if strong else weight,
                fill=token,
                anchor=m.pick(cell.anchor),
                face="display" if cell.style == "display" else "text",
                halo=True,
            )


def put_heads(sheet: Sheet, cells: Sequence[TextColumn], m: Metrics) -> None:
    """Draws the heads of the columns above the plot."""
    for cell in cells:
        if head := m.pick(cell.head):
            sheet.text(m.pick(cell.at), m.title, head, size=m.size, fill="muted", anchor=m.pick(cell.anchor))


class TableColumns(Strict):
    """The data table: a template for each column, filled for every row, and rows besides, after those."""

    caption: str = "{context}"
    columns: dict[str, str]
    after: list[list[str]] = []

    def table(self, rows: Iterable[Names], names: Names, joiner: str = "–") -> Table:
        """`rows` are what each row may name, `names` what the caption and the rows besides may."""
        lines = [([*self.columns.values()], row) for row in rows]
        lines += [(row, names) for row in self.after]
        return Table(
            fill(self.caption, names),
            list(self.columns),
            [
                [fill(text, known, cell=True, joiner=joiner).strip() for text in texts]
                for texts, known in lines
            ],
        )


class ChartData(WithTexts):
    """The texts and marks that every chart may have besides its own data."""

    point: Words = ("", "")
    """At the foot: the first sentence in bold, then the rest."""
    note: Words = ("", "")
    """Below that, quietly."""
    marks: BasisMarks = BasisMarks()

    def named(self, figure: Figure, book: Book) -> Names:
        """The names that every text of the chart may use: `context`, and the chart's own texts and values."""
        return {"context": figure.context, **self.own(book)}


# What a kind is ------------------------------------------------------------

D = TypeVar("D", bound=BaseModel)
EXAMPLES = Path(__file__).with_name("examples")
"""A figure of each kind."""


@dataclass(frozen=True)
class Plot(Generic[D]):
    """A figure's data with every value and text resolved, for both widths; `names` is what all its texts may
    name.
    """

    data: D
    names: Names
    book: Book


P = TypeVar("P", bound=Plot[Any])


class FigureKind(ABC, Generic[D, P]):
    """One kind of drawing: `D` is the data of its records, `P` the same resolved."""

    data: type[D]
    is_table: bool = False
    """Whether it gives a table of text in place of drawings."""

    @property
    def example(self) -> str:
        """`data:` and `asserts:` of a small figure, as `make new-figure` writes them."""
        return (EXAMPLES / f"{type(self).__module__.rpartition('.')[2]}.yml").read_text(encoding="utf-8")

    @abstractmethod
    def read(self, data: D, figure: Figure, book: Book) -> P:
        """The plot. Raises KeyError for a reference without a number, ValueError for a text that names what
        is not there.
        """

    @abstractmethod
    def draw(self, plot: P, figure: Figure, book: Book) -> Drawing:
        """Both drawings and the data table, or a table of text."""

    def thumbnail(self, plot: P, tone: str) -> Sheet | None:
        """A picture of the data in a few large shapes, `tone` the color of those without a layer; None for a
        kind that draws none.
        """
        return None

    @abstractmethod
    def entries(self, plot: P) -> Sequence[DrawnPart]:
        """The rows, points and parts of the drawing, with the ids and values that assertions may name."""


class ChartKind(FigureKind[D, P]):
    """A kind whose one layout function draws both widths, by the measures that its data hold as `metrics`;
    they hold its table as `table`.
    """

    fold_gap: float | None = None
    """As `Drawing.fold_gap`."""

    @abstractmethod
    def lay_out(self, plot: P, m: Metrics) -> Sheet:
        """One drawing; the same function for both widths."""

    @abstractmethod
    def rows(self, plot: P) -> Iterable[Names]:
        """For each row of the data table the names that its columns may use."""

    def table(self, plot: P) -> Table:
        """The content of the drawing as rows of text."""
        columns: TableColumns = plot.data.table
        return columns.table(self.rows(plot), plot.names)

    def draw(self, plot: P, figure: Figure, book: Book) -> Drawing:
        wide, narrow = (self.lay_out(plot, Metrics(plot.data.metrics, wide)) for wide in (True, False))
        rows = list(self.rows(plot))
        for sheet in (wide, narrow):
            sheet.number_rows(rows)
        return drawing_of(figure, wide, narrow, self.table(plot), fold_gap=self.fold_gap)


def entry(ids: Iterable[str], names: Names) -> DrawnPart:
    """A part of a drawing for assertions: the values among `names`, under the ids that are not empty."""
    return DrawnPart(frozenset(filter(None, ids)), numbers(names))
