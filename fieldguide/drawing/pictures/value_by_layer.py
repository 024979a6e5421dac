"""A quarter's revenue and gross profit by layer, company by company, beside what customers pay in a quarter."""

from __future__ import annotations

from pydantic import Field as Key

from fieldguide.book import Book
from fieldguide.drawing.pictures.margins_along_the_stack import BASIS, basis
from fieldguide.drawing.pieces import finish
from fieldguide.drawing.sheet import NARROW, Basis, Drawing, Layer, LinearScale, Sheet, Table, layer_color, text_width
from fieldguide.drawing.values import checked, number
from fieldguide.records.base import Strict

SLUG = "value-by-layer"
BAR = 16.0


class Row(Strict):
    name: str
    when: str
    revenue: str
    """A fact in USD for one quarter."""
    source: str = ""
    """The fact that says who gave the figure, where the revenue is computed."""
    profit: str = ""
    """The gross profit of the same quarter, where a margin is recorded."""
    leads: bool = False
    """Its gross profit exceeds every row of customers."""


class Group(Strict):
    name: str
    layer: Layer | None = None
    gap: str = ""
    """What is said instead of rows."""
    customers: bool = False
    rows: list[Row] = []


class Data(Strict):
    most: float
    ticks: list[float] = Key(min_length=2)
    groups: list[Group] = Key(min_length=4)


def billions(value: float) -> str:
    return f"${value / 1e9:.3g}B"


def paid(data: Data, book: Book) -> float:
    """The most that any row of customers pays in a quarter."""
    return max(number(book, row.revenue) for group in data.groups if group.customers for row in group.rows)


def render(data: Data, book: Book) -> Drawing:
    """Raises ValueError unless a leading gross profit exceeds what customers pay, and when a profit exceeds its revenue."""
    customers = paid(data, book)
    for group in data.groups:
        for row in group.rows:
            profit = number(book, row.profit) if row.profit else 0
            if profit > number(book, row.revenue):
                raise ValueError(f"{SLUG}: the gross profit of {row.name} exceeds its revenue")
            if row.leads and profit <= customers:
                raise ValueError(f"{SLUG}: the title sets {row.name} above customers, the records give {profit:g} and {customers:g}")
    table = Table("Revenue and gross profit of one quarter, USD", ["Layer", "Who", "Quarter", "Revenue", "Gross profit", "Revenue given by"], [
        [
            group.name, row.name, row.when, checked(row.revenue, f"${number(book, row.revenue) / 1e9:.3g} billion"),
            checked(row.profit, f"${number(book, row.profit) / 1e9:.3g} billion") if row.profit else "not recorded",
            BASIS[basis(book, row.source or row.revenue)],
        ]
        for group in data.groups for row in group.rows
    ])
    return finish(book, SLUG, _draw(data, book, Sheet()), _draw(data, book, Sheet(width=NARROW, kind="narrow")), table)


def _draw(data: Data, book: Book, sheet: Sheet) -> Sheet:
    wide = sheet.kind == "wide"
    size = 14.0 if wide else 12.5
    left, right = (250.0, 594.0) if wide else (4.0, NARROW - 52.0)
    x = LinearScale(0, data.most, left, right)
    places: list[tuple[Group, Row | None, float]] = []
    y = 24.0
    for group in data.groups:
        places.append((group, None, y))
        y += 26 if wide else 24
        if group.gap:
            y += 4 if wide else 10
        for row in group.rows:
            places.append((group, row, y + (0 if wide else 22)))
            y += 29 if wide else 50
        y += 16
    end = y - 14
    for value in data.ticks:
        sheet.line(x(value), 8, x(value), end, stroke="rule")
        sheet.text(x(value), end + 6 + size, billions(value) if value else "0", size=size, fill="muted", anchor="middle" if value else "start")
    sheet.line(left, end, right, end)
    _reference(sheet, data, book, x, places, size)
    for group, row, at in places:
        ink = layer_color(group.layer, "text") if group.layer else "ink"
        if row:
            _row(sheet, group, row, book, x, at, size)
            continue
        sheet.text(0 if wide else left + 4, at + 4, group.name, size=size + 1, weight=600, fill=ink, halo=True)
        if group.gap:
            sheet.text(left + 6 if wide else left + 4, at + (4 if wide else 22), group.gap, size=size, fill="muted", halo=True)
    sheet.height = end + 56 + _key(sheet, end + 50, size)
    return sheet


def _reference(sheet: Sheet, data: Data, book: Book, x: LinearScale, places: list[tuple[Group, Row | None, float]], size: float) -> None:
    """The most that customers pay, as a line down the picture; named in the free space beside the first group of a layer with rows."""
    most = paid(data, book)
    start = next(at for group, row, at in places if row and group.customers and number(book, row.revenue) == most)
    named = next(at for group, row, at in places if row is None and group.layer and group.rows)
    words = [at for group, row, at in places if row and _crossed(sheet, row, book, x, most, size)]
    top = start + BAR / 2
    for at in [*words, places[-1][2] + BAR + 8]:  # the line stops above words that lie across it, and goes on below them
        bottom = at - (size * .6 if sheet.kind == "wide" else 14 + size) if at in words else at - BAR / 2 - 4
        if bottom > top:
            sheet.line(x(most), top, x(most), bottom, stroke="ink-2", dash="5 4")
        top = at + size * .6
    sheet.text(x(most) + 7, named + 4, f"customers’ pace: {billions(most)}", size=size, fill="ink-2", halo=True)


def _crossed(sheet: Sheet, row: Row, book: Book, x: LinearScale, most: float, size: float) -> bool:
    """Whether the words of a row lie across the line at `most`; a narrow row has its name above its bar."""
    after = x(number(book, row.revenue)) + 18
    ends = after + text_width(_words(row, book, sheet.kind == "wide"), size, 600)
    name = x.start + 4 + text_width(f"{row.name}  {row.when}", size) + 12
    return after - 18 < x(most) < ends or (sheet.kind != "wide" and (x.start < x(most) < name or bool(row.profit)))


def _words(row: Row, book: Book, wide: bool) -> str:
    """What stands right of a bar: the revenue, and on the wide sheet the gross profit after it."""
    revenue = billions(number(book, row.revenue))
    return f"{revenue}, {billions(number(book, row.profit))} gross profit" if row.profit and wide else revenue


def _row(sheet: Sheet, group: Group, row: Row, book: Book, x: LinearScale, y: float, size: float) -> None:
    wide = sheet.kind == "wide"
    stroke = layer_color(group.layer) if group.layer else "ink"
    revenue = number(book, row.revenue)
    base = 0.0 if wide else x.start + 4
    at = y + size * .34 if wide else y - 14
    first = sheet.text(base, at, row.name, size=size, halo=not wide)
    sheet.text(base + first + 7, at, row.when, size=size, fill="muted", halo=not wide)
    ink = layer_color(group.layer, "text") if group.layer else "ink"
    sheet.rect(x.start, y - BAR / 2, max(x(revenue) - x.start, 1), BAR, fill="paper", stroke=stroke, stroke_width=1.2)
    if row.profit:
        profit = number(book, row.profit)
        sheet.rect(x.start, y - BAR / 2, x(profit) - x.start, BAR, fill=ink)
        if not wide:
            sheet.text(sheet.width, at, f"{billions(profit)} gross profit", size=size, fill=ink, anchor="end", halo=True)
    kind: Basis = basis(book, row.source or row.revenue)
    sheet.mark(x(revenue) + 9, y, kind, radius=4.2, stroke=stroke)
    sheet.text(x(revenue) + 18, y + size * .34, _words(row, book, wide), size=size, weight=600, fill=ink, halo=True)


def _key(sheet: Sheet, y: float, size: float) -> float:
    """What outline, filling and marks mean; returns the height it took below its first line."""
    x, down = 0.0, 0.0
    for name, words in (("revenue", "revenue"), ("profit", "gross profit, where a margin is recorded"), *BASIS.items()):
        across = 24 + text_width(words, size)
        if x + across > sheet.width:
            x, down = 0.0, down + size * 1.6
        if name in ("revenue", "profit"):
            sheet.rect(x, y + down - size * .34 - 5, 16, 10, fill="ink-2" if name == "profit" else "paper", stroke="ink-2", stroke_width=1.2)
        else:
            sheet.mark(x + 8, y + down - size * .34, "estimate" if name == "estimate" else "disclosed", radius=4.2, stroke="ink-2")
        sheet.text(x + 22, y + down, words, size=size, fill="ink-2")
        x += across + 18
    return down
