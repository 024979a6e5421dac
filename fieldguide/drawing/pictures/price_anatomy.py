"""A bill taken apart: the tokens of one request on one bar, what they cost on another, and the ledger between quantities and sum."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from pydantic import Field as Key

from fieldguide.book import Book
from fieldguide.drawing.pieces import finish
from fieldguide.drawing.sheet import NARROW, Drawing, Sheet, Table, wrap
from fieldguide.drawing.values import checked, field, number
from fieldguide.records.base import Strict
from fieldguide.text.dates import show_date

SLUG = "price-anatomy"
Part = Literal["cached", "input", "output"]


class Line(Strict):
    """One line of the bill."""

    name: str
    what: str
    tokens: int
    """Illustrative."""
    part: Part
    """The field of the price record that it is billed at."""


class Data(Strict):
    price: str
    """The id of a price record."""
    lines: list[Line] = Key(min_length=3, max_length=5)
    read_at_least: float
    """The share of tokens that are read, in percent, that the title claims at least."""
    written_at_least: float
    """The share of the bill that is written, in percent, that the title claims at least."""
    uncached: str
    batch: str
    point: str
    """The annotation; {date} is the price's."""


@dataclass(frozen=True)
class Item:
    line: Line
    price: float
    reference: str

    @property
    def cost(self) -> float:
        return self.line.tokens * self.price / 1e6


FILLS: list[tuple[str, str]] = [("paper", "rule-strong"), ("off", "rule-strong"), ("muted", "none"), ("ink", "none"), ("ink-2", "none")]


def dollars(value: float) -> str:
    return f"${value:.4f}"


def render(data: Data, book: Book) -> Drawing:
    """Raises ValueError when the bill does not divide as the title says."""
    items = [Item(line, number(book, f"{data.price}.{line.part}"), f"{data.price}.{line.part}") for line in data.lines]
    tokens, total = sum(item.line.tokens for item in items), sum(item.cost for item in items)
    read = 100 * sum(item.line.tokens for item in items if item.line.part != "output") / tokens
    written = 100 * sum(item.cost for item in items if item.line.part == "output") / total
    if read < data.read_at_least or written < data.written_at_least:
        raise ValueError(f"{SLUG}: the title claims {data.read_at_least:g}% of tokens read and {data.written_at_least:g}% of the bill written, the records give {read:.1f}% and {written:.1f}%")
    fresh = number(book, f"{data.price}.input")
    plain = sum(item.line.tokens * (fresh if item.line.part == "cached" else item.price) for item in items) / 1e6
    others = [(data.uncached, plain), (data.batch, plain * number(book, f"{data.price}.batch") / 100)]
    point = data.point.replace("{date}", show_date(str(field(book, f"{data.price}.input").as_of)))
    rows = [[item.line.name, f"{item.line.tokens:,}", checked(item.reference, f"${item.price:.2f}"), dollars(item.cost)] for item in items]
    rows += [["Total", f"{tokens:,}", "", dollars(total)], *([name, f"{tokens:,}", "", dollars(value)] for name, value in others)]
    table = Table("One request, billed", ["Line", "Tokens, illustrative", "USD per million", "Cost"], rows)
    return finish(book, SLUG, *(_sheet(sheet, items, tokens, total, others, point) for sheet in (Sheet(), Sheet(width=NARROW, kind="narrow"))), table)


def _bar(sheet: Sheet, shares: list[float], y: float, tall: float, width: float) -> list[float]:
    """A bar divided in the order of the lines; returns where each part ends."""
    x, ends = 0.75, []
    for share, (fill, stroke) in zip(shares, FILLS, strict=False):
        wide = share * (width - 1.5)
        sheet.rect(x, y, wide, tall, fill=fill, stroke=stroke, stroke_width=1.2)
        x += wide
        ends.append(x)
    return ends


def _sheet(sheet: Sheet, items: list[Item], tokens: int, total: float, others: list[tuple[str, float]], point: str) -> Sheet:
    wide, width = sheet.kind == "wide", sheet.width
    size, tall = (13.5, 26.0) if wide else (12.5, 22.0)
    sheet.text(0, 14, f"{tokens:,} tokens", size=size + 1, weight=600)
    sheet.text(width, 14, "illustrative", size=size, fill="muted", anchor="end")
    above = _bar(sheet, [item.line.tokens / tokens for item in items], 24, tall, width)
    low = 24 + tall + (54 if wide else 44)
    below = _bar(sheet, [item.cost / total for item in items], low, tall, width)
    for a, b in zip(above[:-1], below[:-1], strict=True):
        sheet.line(a, 24 + tall + 3, b, low - 3, stroke="rule-strong", stroke_width=1)
    y = low + tall + 18
    sheet.text(0, y, dollars(total), size=size + 1, weight=600)
    sheet.text(width, y, "the same tokens, in money", size=size, fill="muted", anchor="end")
    y += 20 if wide else 16
    sheet.line(0, y, width, y)
    for at, item in enumerate(items):
        y += 28 if wide else 22
        fill, stroke = FILLS[at]
        sheet.rect(1, y - 11, 12, 12, fill=fill, stroke=stroke, stroke_width=1.2)
        end = 22 + sheet.text(22, y, item.line.name, size=size + .5, weight=600)
        sheet.text(width, y, dollars(item.cost), size=size + .5, weight=600, anchor="end")
        how = f"{item.line.tokens:,} × ${item.price:.2f} a million"
        if wide:
            sheet.text(end + 10, y, item.line.what, size=size, fill="muted")
            sheet.text(width - 96, y, how, size=size, fill="ink-2", anchor="end")
        else:
            y += 17
            sheet.text(22, y, how, size=size, fill="ink-2")
        sheet.line(0, y + 9, width, y + 9, stroke="rule")
    y += 9
    sheet.line(0, y, width, y)
    y += 24
    sheet.text(0, y, "The request", size=size + .5, weight=600)
    sheet.text(width, y, dollars(total), size=size + 4, weight=490, face="display", anchor="end")
    sheet.line(width - 88, y + 8, width, y + 8)
    sheet.line(width - 88, y + 11, width, y + 11)
    y += 18
    for name, value in others:
        sheet.text(width, y + 18, dollars(value), size=size, fill="ink-2", anchor="end")
        for line in wrap(name, width - 84, size):
            y += 18
            sheet.text(0, y, line, size=size, fill="ink-2")
    y += 28
    head, _, rest = point.partition(". ")
    for line in wrap(head + ".", width, size + .5, 600):
        sheet.text(0, y, line, size=size + .5, weight=600)
        y += 17
    for line in wrap(rest, width, size):
        sheet.text(0, y, line, size=size, fill="ink-2")
        y += 17
    sheet.height = y - 8
    return sheet
