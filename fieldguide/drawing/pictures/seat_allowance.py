"""What a seat includes: model use at list price for each dollar of a plan's price, one bar a plan."""

from __future__ import annotations

from dataclasses import dataclass

from pydantic import Field as Key

from fieldguide.book import Book
from fieldguide.drawing.pieces import finish
from fieldguide.drawing.sheet import NARROW, Drawing, LinearScale, Sheet, Table
from fieldguide.drawing.values import checked, number
from fieldguide.records.base import Strict

SLUG = "seat-allowance"


class Item(Strict):
    seller: str = Key(max_length=18)
    plan: str = Key(max_length=12)
    price: str
    included: str
    ratio: str
    """Fact references: dollars of a month, and the one divided by the other."""


class Data(Strict):
    items: list[Item] = Key(min_length=4, max_length=8)
    least: float
    most: float
    """The bounds that the title claims, in dollars of use for a dollar of price."""
    price_line: str
    point: str


@dataclass(frozen=True)
class Row:
    item: Item
    price: float
    included: float
    ratio: float


def dollars(value: float) -> str:
    return f"${value:,.0f}" if value == round(value) else f"${value:,.2f}"


def render(data: Data, book: Book) -> Drawing:
    rows = [Row(item, *(number(book, ref) for ref in (item.price, item.included, item.ratio))) for item in data.items]
    for row in rows:
        if not data.least <= row.ratio <= data.most:
            raise ValueError(f"{SLUG}: the title claims {data.least:g} to {data.most:g} times the price; {row.item.seller} {row.item.plan} has {row.ratio:.2f}")
    table = Table("Model use included in plans for one person", ["Seller", "Plan", "Price a month, USD", "Included use a month, USD", "Use for each dollar of price"], [
        [row.item.seller, row.item.plan, checked(row.item.price, dollars(row.price)), checked(row.item.included, dollars(row.included)), checked(row.item.ratio, f"{row.ratio:.2f}")] for row in rows
    ])
    return finish(book, SLUG, _wide(data, rows), _narrow(data, rows), table)


def _groups(rows: list[Row]) -> list[tuple[str, list[Row]]]:
    groups: dict[str, list[Row]] = {}
    for row in rows:
        groups.setdefault(row.item.seller, []).append(row)
    return list(groups.items())


def _wide(data: Data, rows: list[Row]) -> Sheet:
    sheet, size, left, right, y = Sheet(), 13.5, 330, 690, 44.0
    scale = LinearScale(0, data.most, left, right)
    one = scale(1)
    sheet.text(136, 18, "plan", size=size, fill="muted")
    for x, text in ((236, "price"), (306, "includes")):
        sheet.text(x, 18, text, size=size, fill="muted", anchor="end")
    sheet.text(left, 18, "included use for each $1 of price", size=size, weight=600)
    bottom = y + 34 * len(rows) + 12 * len(_groups(rows)) - 24
    sheet.line(one, y - 6, one, bottom, stroke="ink", stroke_width=1.3, dash="1.5 4")
    top = y
    for seller, group in _groups(rows):
        sheet.line(0, y - 12, 760, y - 12, stroke="rule-strong")
        sheet.text(0, y + 13, seller, size=15.5, weight=600)
        for row in group:
            sheet.text(136, y + 13, row.item.plan, size=size + 1)
            sheet.text(236, y + 13, dollars(row.price), size=size + 1, fill="ink-2", anchor="end")
            sheet.text(306, y + 13, dollars(row.included), size=size + 1, fill="ink-2", anchor="end")
            end = scale(row.ratio)
            sheet.rect(left, y, end - left, 17, fill="model")
            sheet.text(end + 9, y + 14, f"${row.ratio:.2f}", size=size + 1.5, weight=600)
            y += 34
        y += 12
    sheet.line(left, top - 6, left, bottom, stroke="ink")
    sheet.line(0, bottom + 4, 760, bottom + 4, stroke="rule-strong")
    sheet.text(one, bottom + 24, data.price_line, size=size, fill="muted", anchor="middle")
    sheet.text(0, bottom + 50, data.point, size=size, fill="ink-2")
    sheet.height = bottom + 58
    return sheet


def _narrow(data: Data, rows: list[Row]) -> Sheet:
    sheet, size, y = Sheet(width=NARROW, kind="narrow"), 12.5, 30.0
    scale = LinearScale(0, data.most, 0, NARROW - 52)
    one = scale(1)
    sheet.text(0, 13, "included use for each $1 of price", size=size, weight=600)
    for seller, group in _groups(rows):
        sheet.line(0, y - 6, NARROW, y - 6, stroke="rule-strong")
        sheet.text(0, y + 16, seller, size=14.5, weight=600)
        y += 34
        for row in group:
            sheet.text(0, y + 4, row.item.plan, size=size, weight=600)
            sheet.text(72, y + 4, f"{dollars(row.price)}, includes {dollars(row.included)}", size=size, fill="ink-2")
            end = scale(row.ratio)
            sheet.line(one, y + 9, one, y + 33, stroke="ink", stroke_width=1.3, dash="1.5 3")
            sheet.rect(0, y + 12, end, 14, fill="model")
            sheet.text(end + 8, y + 24, f"${row.ratio:.2f}", size=size + 1, weight=600)
            y += 48
        y += 4
    sheet.line(0, y - 8, NARROW, y - 8, stroke="rule-strong")
    y += 12
    y += sheet.paragraph(0, y, f"Dotted: {data.price_line}.", NARROW, size=size, fill="muted", leading=1.3)
    y += sheet.paragraph(0, y + 4, data.point, NARROW, size=size, fill="ink-2", leading=1.3)
    sheet.height = y
    return sheet
