"""Gross margins as surveys report them: one dot a value on a scale of percent, grouped by who asked."""

from __future__ import annotations

from pydantic import Field as Key

from fieldguide.book import Book
from fieldguide.drawing.pieces import finish
from fieldguide.drawing.sheet import NARROW, Basis, Drawing, LinearScale, Sheet, Table, text_width
from fieldguide.drawing.values import checked, field, number
from fieldguide.records.base import Strict
from fieldguide.text.dates import show_date

SLUG = "survey-margins"


class Item(Strict):
    name: str
    fact: str
    """A fact reference: percent."""


class Group(Strict):
    name: str
    note: str
    items: list[Item] = Key(min_length=1, max_length=5)


class Data(Strict):
    groups: list[Group] = Key(min_length=2)
    """The first holds the companies that the others are compared with."""
    yardstick: str
    claim_range: tuple[float, float]
    """Least and greatest value of all groups but the first, as the title says."""
    claim_yardstick: float


def render(data: Data, book: Book) -> Drawing:
    """Raises ValueError when the range or the yardstick is not what the title says."""
    others = [number(book, item.fact) for group in data.groups[1:] for item in group.items]
    if (min(others), max(others)) != data.claim_range or number(book, data.yardstick) != data.claim_yardstick:
        raise ValueError(f"{SLUG}: the title claims {data.claim_range} against {data.claim_yardstick:g}, "
                         f"the records give ({min(others):g}, {max(others):g}) against {number(book, data.yardstick):g}")
    table = Table("Gross margins as surveys report them, percent of revenue", ["Who", "Survey", "What", "Gross margin", "As of"], [
        [group.name, group.note, item.name, checked(item.fact, f"{number(book, item.fact):g}%"), show_date(str(field(book, item.fact).as_of))]
        for group in data.groups for item in group.items
    ])
    return finish(book, SLUG, _draw(data, book, Sheet()), _draw(data, book, Sheet(width=NARROW, kind="narrow")), table)


def _basis(book: Book, reference: str) -> Basis:
    return "estimate" if field(book, reference).kind == "estimate" else "disclosed"


def _label(book: Book, reference: str) -> str:
    return f"{'about ' if field(book, reference).qualifier == 'about' else ''}{number(book, reference):g}%"


def _yardstick(sheet: Sheet, x: float, top: float, bottom: float, rows: list[float]) -> None:
    """A dotted line that stops at the rows whose value would be written on it."""
    start = top
    for at in [*sorted(rows), bottom + 11]:
        sheet.line(x, start, x, at - 11, stroke="ink", dash="1.5 4", stroke_width=1.3)
        start = at + 11


def _draw(data: Data, book: Book, sheet: Sheet) -> Sheet:
    wide = sheet.kind == "wide"
    size, pitch = (13.5, 27) if wide else (12.5, 38)
    left, right = (230, 730) if wide else (10, NARROW - 18)
    x = LinearScale(0, 100, left, right)
    top, y = 36.0, 36.0
    marks: list[tuple[float, Item]] = []
    headers: list[tuple[float, Group]] = []
    for group in data.groups:
        headers.append((y, group))
        y += 24 if wide else 42
        for item in group.items:
            y += pitch
            marks.append((y, item))
        y += 30
    bottom = y - (8 if wide else 2)
    sheet.linear_axis(x, bottom, [0, 20, 40, 60, 80, 100], size=size, grid_to=top - 6, label=lambda value: f"{value:g}%")
    place = x(number(book, data.yardstick))
    struck = [at + (0 if wide else 8) for at, item in marks if 4 <= place - x(number(book, item.fact)) <= 16 + text_width(_label(book, item.fact), size, 600)]
    _yardstick(sheet, place, top - 10, bottom, struck)
    sheet.text(place, top - 18, f"software, {data.claim_yardstick:g}%", size=size, weight=600, anchor="middle")
    for at, group in headers:
        sheet.line(0, at - 2, sheet.width, at - 2, stroke="rule-strong")
        width = sheet.text(0, at + 18, group.name, size=size + 1, weight=600, halo=True)
        if wide:
            sheet.text(width + 10, at + 18, group.note, size=size, fill="muted", halo=True)
        else:
            sheet.text(0, at + 35, group.note, size=size, fill="muted", halo=True)
    for at, item in marks:
        value, basis = number(book, item.fact), _basis(book, item.fact)
        end, middle = x(value), at + (0 if wide else 8)
        sheet.line(left, middle, end - 6, middle, stroke="rule-strong", stroke_width=1.4, dash="4 3" if basis == "estimate" else None)
        sheet.mark(end, middle, basis, radius=5)
        sheet.text(end + 12, middle + size * .34, _label(book, item.fact), size=size, weight=600, halo=True)
        if wide:
            sheet.text(left - 16, middle + size * .34, item.name, size=size, fill="ink-2", anchor="end")
        else:
            sheet.text(0, middle - 11, item.name, size=size, fill="ink-2", halo=True)
    sheet.height = bottom + 32
    return sheet
