"""Tables of figures as cells of text, for slides, spreadsheets and the heights of frames."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import cached_property
from xml.etree import ElementTree as ET
from xml.sax.saxutils import escape

from fieldguide.book import Book
from fieldguide.drawing.shapes import Drawing, Table
from fieldguide.text.inline_marks import mark_words
from fieldguide.text.tree import has_class, parse

_CITES = re.compile(r"\{\{cite:([^}]+)\}\}(?:[ ,;]*\{\{cite:[^}]+\}\})*")


@dataclass(frozen=True)
class CellStyle:
    weight: int = 400
    color: str = "ink"


@dataclass(eq=False)
class GridCell:
    """Paragraphs of (words, style): what the cell says, and notes on it, which are muted."""

    paragraphs: list[list[tuple[str, CellStyle]]] = field(default_factory=lambda: [[]])
    sources: list[str] = field(default_factory=list)
    """Names of the sources cited in the cell, as the guide cites them."""
    right: bool = False
    """A number, which stands at the right of its column."""

    @cached_property
    def plain(self) -> str:
        """The cell as one line of text, its sources left out."""
        lines = (" ".join("".join(words for words, _ in paragraph).split()) for paragraph in self.paragraphs)
        return "; ".join(line for line in lines if line)


@dataclass(frozen=True)
class Grid:
    """A table as cells: a header and rows of equal length."""

    header: list[GridCell]
    rows: list[list[GridCell]]

    def csv_rows(self) -> list[dict[str, str]]:
        """{name of the column: plain text} of each row; where cells cite sources, a last column "Sources" has
        them.
        """
        names = [cell.plain for cell in self.header]
        cited = any(cell.sources for row in self.rows for cell in row) and "Sources" not in names
        result = []
        for row in self.rows:
            cells = [
                cell.plain or "; ".join(cell.sources) if name == "Sources" else cell.plain
                for name, cell in zip(names, row, strict=True)
            ]
            values = dict(zip(names, cells, strict=True))
            if cited:
                values["Sources"] = "; ".join(dict.fromkeys(name for cell in row for name in cell.sources))
            result.append(values)
        return result


def data_of(drawing: Drawing, book: Book) -> Grid | None:
    """The figure's data as a table, or None if it has none. Raises ValueError for several tables of text that
    cannot be joined into one.
    """
    if drawing.html is not None:
        return grid_of_html(drawing.html, book)
    return grid_of_table(drawing.table, book) if drawing.table is not None else None


def grid_of_html(html: str, book: Book) -> Grid:
    """The table of an HtmlFigure. Raises ValueError when it holds none, or more than one."""
    root = parse(_filled(html))
    tables = [root] if root.tag == "table" else root.findall(".//table")
    if len(tables) != 1:
        raise ValueError(
            f"a figure of one table is expected, there are {len(tables)}; draw the others as figures of"
            " their own"
        )
    rows = [[_cell(item, book) for item in row] for row in tables[0].iter("tr")]
    return Grid(rows[0], rows[1:])


def grid_of_table(table: Table, book: Book) -> Grid:
    """The data table of a drawing."""
    header, *rows = (
        [_cell(parse(f"<td>{_filled(escape(text))}</td>"), book) for text in row]
        for row in (table.header, *table.rows)
    )
    return Grid(header, rows)


def _filled(markup: str) -> str:
    """The markup with marks of numbers replaced by their text, and marks of sources by `<cite>` elements."""
    markup = _CITES.sub(
        lambda match: f'<cite data-keys="{" ".join(re.findall(r"cite:([^}]+)", match[0]))}"/>', markup
    )
    return mark_words(markup)


def _cell(element: ET.Element, book: Book) -> GridCell:
    cell = GridCell(right=has_class(element, "fg-num"))
    _read(element, CellStyle(600 if element.tag == "th" else 400, "ink"), cell, book)
    cell.paragraphs = [
        paragraph for paragraph in cell.paragraphs if "".join(words for words, _ in paragraph).strip()
    ] or [[]]
    return cell


def _read(element: ET.Element, style: CellStyle, cell: GridCell, book: Book) -> None:
    if element.text:
        cell.paragraphs[-1].append((element.text, style))
    for child in element:
        if child.tag == "cite":
            cell.sources += [
                book.sources[key].name for key in child.get("data-keys", "").split() if key in book.sources
            ]
        elif child.tag == "br":
            cell.paragraphs.append([])
        elif has_class(child, "fg-sub"):
            cell.paragraphs.append([])
            _read(child, CellStyle(400, "muted"), cell, book)
            cell.paragraphs.append([])
        else:
            _read(child, CellStyle(600, style.color) if child.tag in ("strong", "b") else style, cell, book)
        if child.tail:
            cell.paragraphs[-1].append((child.tail, style))
