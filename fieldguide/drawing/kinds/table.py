"""Tables of text: one row a case, whose cells may hold checked numbers, sources, links and words in bold.

A cell is text as in a template, with `[70B](fact:record.field)`, `[@key]`, `**bold**` and
`[words](page.md)`, the page's path
below docs/; several lines are a list. A cell that is a whole ISO date is written as the guide writes dates.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from html import escape
from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, ValidationError, model_validator
from pydantic import Field as Key
from pydantic_core import InitErrorDetails, PydanticCustomError

from fieldguide.book import Book
from fieldguide.drawing.asserts import DrawnPart
from fieldguide.drawing.figure_values import Names, fill, numbers
from fieldguide.drawing.kinds import base
from fieldguide.drawing.kinds.base import FigureKind, WithId, WithTexts
from fieldguide.drawing.shapes import Drawing
from fieldguide.drawing.sheet import Basis, Sheet
from fieldguide.drawing.thumbnail import LEFT, RIGHT, lanes, thumbnail_sheet
from fieldguide.records.base import Strict
from fieldguide.records.figure import Figure
from fieldguide.text.dates import fractional_year, show_date
from fieldguide.text.inline_marks import (
    CITATION,
    CITE_MARK,
    fact_marks,
    mark_words,
    stacked,
    without_citations,
    wordy,
)
from fieldguide.text.problems import closest, missing_source

OPINION, NAME = "starx", "name"
"""The key of the chip “StarX’s view”, with which the ids of StarX's own articles begin; what assertions call
the column of the rows' names.
"""
FRAMES = {
    "scrolls": ("fg-table fg-table--scrolls", ""),
    "fits": ("fg-table", ' class="fg-compact"'),
    "stacks": ("fg-table fg-table--stacks", ""),
}
"""What the table is on a phone → classes of its frame, and of the table in it."""
_DATE = re.compile(r"\d{4}-\d\d-\d\d")
_BOLD = re.compile(r"\*\*(.+?)\*\*")
_LINK = re.compile(r"\[([^\]]+)\]\(([^)\s\"]+)\)")


def _lines(value: Any) -> Any:
    return value if isinstance(value, list) else [value]


class TableCell(Strict):
    """What a cell says, and a note on it, quietly below. The text alone may stand for it."""

    text: Annotated[list[str], BeforeValidator(_lines, json_schema_input_type=str | list[str])] = Key(
        min_length=1
    )
    note: str = ""


def _cell(value: Any) -> Any:
    return {"text": value} if isinstance(value, str | list) else value


Cell = Annotated[TableCell, BeforeValidator(_cell, json_schema_input_type=TableCell | str | list[str])]


class TableColumn(Strict):
    """A column. Its head alone may stand for it."""

    head: str
    cell: Cell | None = None
    """What stands in a row that has no cell of its own."""
    numbers: bool = False
    """Its cells stand at the right."""
    among: list[str] = []
    """The answers, one of which begins each cell in bold; assertions count them."""


def _column(value: Any) -> Any:
    return {"head": value} if isinstance(value, str) else value


Column = Annotated[TableColumn, BeforeValidator(_column, json_schema_input_type=TableColumn | str)]


class TableRow(WithId):
    """One case. `values` and `texts` are what its cells may name besides."""

    name: str
    note: str = ""
    cells: dict[str, Cell] = {}


class TableSort(Strict):
    """The order of rows, by a value or a date; those without it come last."""

    by: str
    first: Literal["lowest", "highest"] = "highest"


class TableData(WithTexts):
    """The data of a figure of kind table."""

    name: str
    """What the table is called where its title is too long."""
    head: str
    """Over the rows' names."""
    columns: dict[str, Column] = Key(min_length=1)
    rows: list[TableRow] = Key(min_length=1)
    sort: TableSort | None = None
    numbered: bool = False
    """Rows are counted."""
    phone: Literal["fits", "scrolls", "stacks"] | None = None
    """What the table is on a phone. Without it, a table of words stacks and one of values scrolls."""

    @model_validator(mode="after")
    def _every_cell_has_its_column(self) -> TableData:
        """Each row has every cell that its column does not give, and no other; an answer is one of its
        column's.
        """
        if NAME in self.columns:
            raise ValueError(f"no column is called `{NAME}`: that is the rows' own, under `head`")
        wrong = [
            InitErrorDetails(
                type=PydanticCustomError("table", "{message}", {"message": f"“{row.name}” {message}"}),
                loc=("rows", index, *where),
                input=row.name,
            )
            for index, row in enumerate(self.rows)
            for where, message in _faults(row, self.columns)
        ]
        if wrong:
            raise ValidationError.from_exception_data("table", wrong)
        return self


def _faults(row: TableRow, columns: Mapping[str, TableColumn]) -> Iterator[tuple[tuple[str, ...], str]]:
    """(key path in the row, fault in words) wherever a row does not fit the columns."""
    for key in row.cells.keys() - columns.keys():
        yield (
            ("cells", key),
            (
                f"has a cell `{key}`, and there is no such column;"
                f" {closest(key, columns) or 'there are ' + ', '.join(columns)}"
            ),
        )
    for key, column in columns.items():
        cell = row.cells.get(key, column.cell)
        if cell is None or not any(cell.text):
            yield ("cells", key), f"says nothing in the column `{key}` ({column.head})"
        elif column.among and _answer(cell.text[0]) not in {
            _answer(f"**{answer}**") for answer in column.among
        }:
            yield (
                ("cells", key),
                (
                    f"begins its cell `{key}` with none of the answers; write **X.** with one of"
                    f" {', '.join(column.among)}"
                ),
            )


def _answer(text: str) -> str:
    """The words in bold at the start of a cell, as assertions name them."""
    match = _BOLD.match(text)
    return re.sub(r"[^a-z0-9]+", "-", match[1].lower()).strip("-") if match else ""


@dataclass(frozen=True)
class ResolvedTableRow:
    """One row, resolved: its cells with every template filled in, the name's first."""

    row: TableRow
    names: Names
    cells: Mapping[str, TableCell]

    @property
    def values(self) -> dict[str, list[float]]:
        """What assertions and the order may name: values, dates as fractional years, and of other cells how
        many lines they have.
        """
        cells = {
            key: fractional_year(cell.text[0]) if _DATE.fullmatch(cell.text[0]) else float(len(cell.text))
            for key, cell in self.row.cells.items()
        }
        return {key: [value] for key, value in cells.items()} | numbers(self.names)


@dataclass(frozen=True)
class TablePlot(base.Plot[TableData]):
    lines: list[ResolvedTableRow]


class TableKind(FigureKind[TableData, TablePlot]):
    """A table of text in place of drawings."""

    data = TableData
    is_table = True

    def read(self, data: TableData, figure: Figure, book: Book) -> TablePlot:
        names: Names = {"context": figure.context, **data.own(book)}
        return TablePlot(
            data, names, book, _sorted([_line(row, data.columns, names, book) for row in data.rows], data)
        )

    def draw(self, plot: TablePlot, figure: Figure, book: Book) -> Drawing:
        return Drawing(html=_html(plot.data, plot.lines))

    def thumbnail(self, plot: TablePlot, tone: str) -> Sheet | None:
        """A mark for each answer of the columns that choose among some; None for a table without such a
        column.
        """
        among = {key: column.among for key, column in plot.data.columns.items() if column.among}
        answers = [[_mark(line.cells[key], among[key]) for key in among] for line in plot.lines]
        return _draw_answers(answers, tone) if among else None

    def entries(self, plot: TablePlot) -> Sequence[DrawnPart]:
        """A row with its values, and each of its cells with what it holds, under its column, its answer, and
        the row's id with the answer.
        """
        parts = []
        for line in plot.lines:
            parts.append(DrawnPart(frozenset(filter(None, ("rows", line.row.id))), line.values))
            for key, cell in line.cells.items():
                answer = _answer(cell.text[0]) if key != NAME and plot.data.columns[key].among else ""
                ids = {key, answer, f"{line.row.id}-{answer}"} if answer else {key}
                parts.append(DrawnPart(frozenset(ids), _holds(" ".join([*cell.text, cell.note]))))
        return parts


def _mark(cell: TableCell, among: Sequence[str]) -> Basis:
    """The mark of an answer: filled for the first that the column may have, a ring for the last, half filled
    for any other.
    """
    place = [_answer(f"**{answer}**") for answer in among].index(_answer(cell.text[0]))
    return "disclosed" if place == 0 else "estimate" if place == len(among) - 1 else "derived"


def _draw_answers(answers: Sequence[Sequence[Basis]], tone: str) -> Sheet:
    """The marks of each row on a line of their own; where each row has one mark, as many on a line as fill
    the sheet.
    """
    sheet = thumbnail_sheet()
    if len(answers[0]) == 1:
        marks = [kind for row in answers for kind in row]
        across = math.ceil(len(marks) / round(math.sqrt(len(marks) / 2) or 1))
        answers = [marks[start : start + across] for start in range(0, len(marks), across)]
    places, pitch = lanes([len(answers)])
    step = (RIGHT - LEFT) / max(map(len, answers))
    for row, y in zip(answers, places, strict=True):
        for index, kind in enumerate(row):
            sheet.mark(LEFT + (index + 0.5) * step, y, kind, radius=0.36 * min(pitch, step, 44), stroke=tone)
    return sheet


def _line(row: TableRow, columns: Mapping[str, TableColumn], known: Names, book: Book) -> ResolvedTableRow:
    """A row with its texts filled in. Raises ValueError for an unknown source."""
    names: Names = {**known, **row.own(book), "name": row.name}
    given = {
        NAME: TableCell(text=[row.name], note=row.note),
        **{key: row.cells.get(key, column.cell) for key, column in columns.items()},
    }
    cells = {
        key: TableCell(
            text=[line for text in cell.text for line in _text(text, names).split("\n")],
            note=_text(cell.note, names),
        )
        for key, cell in given.items()
        if cell is not None
    }
    for key in (
        key for cell in cells.values() for text in [*cell.text, cell.note] for key in CITE_MARK.findall(text)
    ):
        if key != OPINION and key not in book.sources:
            raise ValueError(
                f"“{row.name}” cites `{key}`, which is no source; {missing_source(key, book.sources)}"
            )
    return ResolvedTableRow(row, names, cells)


def _text(text: str, names: Names) -> str:
    return (
        show_date(text)
        if _DATE.fullmatch(text)
        else fact_marks(CITATION.sub(r"{{cite:\1}}", fill(text, names, cell=True))).strip()
    )


def _sorted(lines: list[ResolvedTableRow], data: TableData) -> list[ResolvedTableRow]:
    """The rows in their order, counted where they are to be."""
    if (sort := data.sort) is not None:
        turn = -1 if sort.first == "highest" else 1
        lines = sorted(
            lines, key=lambda line: (sort.by not in line.values, turn * line.values.get(sort.by, [0])[0])
        )
    for index, line in enumerate(lines if data.numbered else [], 1):
        line.cells[NAME].text[0] = f"{index}. {line.cells[NAME].text[0]}"
    return lines


def _holds(text: str) -> dict[str, list[float]]:
    """How many checked numbers, sources, articles and views of StarX's, years, and dollars and percent
    without a record a cell holds.
    """
    cited, plain = CITE_MARK.findall(text), re.sub(r"\{\{[^}]*\}\}", "", text)
    counts = {
        "facts": text.count("{{fact:"),
        "sources": len(cited),
        "opinions": sum(key.startswith(OPINION) for key in cited),
        "years": len(re.findall(r"\b20\d\d\b", plain)),
        "unrecorded": len(re.findall(r"[$%]", plain)),
    }
    return {key: [float(count)] for key, count in counts.items()}


def _html(data: TableData, lines: list[ResolvedTableRow]) -> str:
    """The table in its frame; cells carry their column's head, for readers on a phone."""
    right = {key: ' class="fg-num"' if column.numbers else "" for key, column in data.columns.items()}
    heads = f'<th scope="col">{_inline(data.head)}</th>' + "".join(
        f'<th scope="col"{right[key]}>{_inline(column.head)}</th>' for key, column in data.columns.items()
    )
    rows = ""
    for line in lines:
        cells = "".join(
            f'<td{right[key]} data-label="{escape(column.head)}">{_markup(line.cells[key])}</td>'
            for key, column in data.columns.items()
        )
        rows += f'<tr><th scope="row">{_markup(line.cells[NAME])}</th>{cells}</tr>'
    columns = [
        [without_citations(" ".join([*line.cells[key].text, line.cells[key].note])) for line in lines]
        for key in data.columns
    ]
    phone = data.phone or ("stacks" if wordy([text for column in columns for text in column]) else "scrolls")
    frame, kind = FRAMES[phone]
    if phone == "stacks":
        frame = stacked([[mark_words(text) for text in column] for column in columns])
    return (
        f'<div class="{frame}" data-columns="{1 + len(data.columns)}" tabindex="0" role="region"'
        f' aria-label="{escape(data.name)}"><table{kind}><thead><tr>{heads}</tr></thead><tbody>{rows}'
        "</tbody></table></div>"
    )


def _markup(cell: TableCell) -> str:
    """A cell as markup."""
    return "<br/>".join(map(_inline, cell.text)) + (
        f'<span class="fg-sub">{_inline(cell.note)}</span>' if cell.note else ""
    )


def _inline(text: str) -> str:
    """Text as markup; text in double braces is kept in one piece."""
    return _LINK.sub(r'<a href="/\2">\1</a>', _BOLD.sub(r"<strong>\1</strong>", escape(text, quote=False)))
