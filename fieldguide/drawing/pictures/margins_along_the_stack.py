"""Reported gross margins by layer, from applications at the top to chips and memory at the base."""

from __future__ import annotations

from dataclasses import dataclass

from pydantic import Field as Key

from fieldguide.book import Book
from fieldguide.drawing.pieces import finish
from fieldguide.drawing.sheet import NARROW, Basis, Drawing, Layer, LinearScale, Sheet, Table, layer_color, text_width
from fieldguide.drawing.values import checked, field, number, rounded
from fieldguide.records.base import Strict
from fieldguide.text.dates import show_date

SLUG = "margins-along-the-stack"
BASIS: dict[str, str] = {"disclosed": "reported by the company", "estimate": "press account or survey"}
OWN = ("filing", "vendor")
"""Kinds of source in which the company itself speaks."""


class Margin(Strict):
    name: str
    fact: str
    when: str
    """What the figure covers: "2025", "quarter to 26 Apr 2026"."""


class Group(Strict):
    name: str
    layer: Layer
    base: bool = False
    """The base of the stack, which the title sets above the groups with `top`."""
    top: bool = False
    margins: list[Margin] = Key(min_length=1)


class Data(Strict):
    groups: list[Group] = Key(min_length=3)


@dataclass(frozen=True)
class Row:
    margin: Margin
    value: float
    basis: Basis


def basis(book: Book, reference: str) -> Basis:
    source = book.sources.get(field(book, reference).source or "")
    return "disclosed" if getattr(source, "kind", "") in OWN else "estimate"


def render(data: Data, book: Book) -> Drawing:
    """Raises ValueError when a margin of the base is no higher than one of the top."""
    rows = [(group, [Row(item, rounded(number(book, item.fact), 3), basis(book, item.fact)) for item in group.margins]) for group in data.groups]
    low = min(row.value for group, items in rows if group.base for row in items)
    high = max(row.value for group, items in rows if group.top for row in items)
    if low <= high:
        raise ValueError(f"{SLUG}: the title sets the base above the top, the records give {low:g}% and {high:g}%")
    table = Table("Reported gross margins by layer", ["Layer", "Who", "Gross margin", "Covers", "As of", "Basis"], [
        [group.name, row.margin.name, checked(row.margin.fact, f"{row.value:g}%"), row.margin.when, show_date(str(field(book, row.margin.fact).as_of)), BASIS[row.basis]]
        for group, items in rows for row in items
    ])
    return finish(book, SLUG, _draw(rows, wide=True), _draw(rows, wide=False), table)


def _draw(rows: list[tuple[Group, list[Row]]], *, wide: bool) -> Sheet:
    sheet = Sheet() if wide else Sheet(width=NARROW, kind="narrow")
    size = 14.0 if wide else 12.5
    left, right = (330, 718) if wide else (8, NARROW - 22)
    x = LinearScale(0, 100, left, right)
    pitch, lead = (27, 46) if wide else (46, 66)
    y, places = 24.0, []
    for group, items in rows:
        head = y
        y += 26 if wide else 24
        for row in items:
            places.append((group, row, y + (0 if wide else 22)))
            y += pitch
        y += lead - pitch
        places.append((group, None, head))
    end = y - (8 if wide else 12)
    for value in (0, 25, 50, 75, 100):
        sheet.line(x(value), 8, x(value), end, stroke="rule")
        sheet.text(x(value), end + 6 + size, f"{value}%", size=size, fill="muted", anchor="middle" if value < 100 or wide else "end")
    sheet.line(left, end, right, end)
    for group, row, at in places:
        if row is None:
            sheet.text(0 if wide else x.start + 5, at + 4, group.name, size=size + 1, weight=600, fill=layer_color(group.layer, "text"), halo=True)
            continue
        _row(sheet, group, row, x, at, size, wide)
    _key(sheet, left if wide else 0, end + 54, size)
    sheet.height = end + 66
    return sheet


def _row(sheet: Sheet, group: Group, row: Row, x: LinearScale, y: float, size: float, wide: bool) -> None:
    stroke = layer_color(group.layer)
    label = f"{row.value:g}%"
    if wide:
        first = sheet.text(0, y + size * .34, row.margin.name, size=size)
        sheet.text(first + 8, y + size * .34, row.margin.when, size=size, fill="muted")
    else:
        first = x.start + 5 + sheet.text(x.start + 5, y - 13, row.margin.name, size=size, halo=True)
        sheet.text(first + 7, y - 13, row.margin.when, size=size, fill="muted", halo=True)
    sheet.line(x.start, y, x(row.value), y, stroke=stroke, stroke_width=2.2)
    sheet.mark(x(row.value), y, row.basis, radius=5 if wide else 4.4, stroke=stroke)
    sheet.text(x(row.value) + 11, y + size * .34, label, size=size, weight=600, fill=layer_color(group.layer, "text"), halo=True)


def _key(sheet: Sheet, x: float, y: float, size: float) -> None:
    for kind, name in BASIS.items():
        sheet.mark(x + 6, y - size * .34, "estimate" if kind == "estimate" else "disclosed", radius=4.4, stroke="ink-2")
        sheet.text(x + 16, y, name, size=size, fill="ink-2")
        x += 16 + text_width(name, size) + 20
