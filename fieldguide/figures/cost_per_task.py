"""What a task costs after a fall of the price and a growth of its tokens: for each task an arrow from the old bill to the new, log scale."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from pydantic import Field as Key

from fieldguide.figures.drawing import NARROW, Drawing, LogScale, Sheet, Table, text_width
from fieldguide.figures.pieces import finish
from fieldguide.figures.values import checked, number
from fieldguide.records import Strict

if TYPE_CHECKING:
    from fieldguide.book import Book

SLUG = "cost-per-task"


class Item(Strict):
    name: str
    note: str
    tokens: str
    """A fact reference: how many times the tokens of the first item's task."""


class Data(Strict):
    low: float
    high: float
    fall: str
    """A fact reference: old price over new, in times."""
    old: str
    new: str
    items: list[Item] = Key(min_length=3, max_length=5)
    even: int
    """Which item the title says comes out even."""
    even_within: tuple[float, float]
    claim_fall: tuple[float, float]
    point: str


@dataclass(frozen=True)
class Row:
    item: Item
    before: float

    def after(self, fall: float) -> float:
        return self.before / fall


def times(value: float) -> str:
    """0.27, 1.1, 4, 270: two digits."""
    return f"{float(f'{value:.2g}'):,g}"


def render(data: Data, book: Book) -> Drawing:
    """Raises ValueError when the fall, or the item that the title calls even, is not what the records give."""
    fall = number(book, data.fall)
    rows = [Row(item, number(book, item.tokens)) for item in data.items]
    low, high = data.claim_fall
    if not low <= fall <= high:
        raise ValueError(f"{SLUG}: the title claims a fall of {low:g} to {high:g} times, the records give {fall:.3g}")
    low, high = data.even_within
    if not low <= rows[data.even].after(fall) <= high or any(row.after(fall) <= high for row in rows[data.even + 1:]):
        raise ValueError(f"{SLUG}: the title claims that only {rows[data.even].item.name} comes out even, the records say otherwise")
    table = Table("Bill for a task, in chat answers at the old price", ["Task", "Tokens, chat = 1", f"Bill {data.old}", f"Bill {data.new}"], [
        [row.item.name, checked(row.item.tokens, f"{row.before:,.0f}") + " times", f"{row.before:,.0f}", times(row.after(fall))] for row in rows
    ])
    return finish(book, SLUG, _chart(data, rows, fall, Sheet()), _chart(data, rows, fall, Sheet(width=NARROW, kind="narrow")), table)


def _key(sheet: Sheet, x: float, y: float, size: float, data: Data, fall: float, stacked: bool) -> float:
    """Both marks and the arrow between them; returns the height used."""
    sheet.mark(x + 6, y - size * .34, "disclosed", radius=4.4)
    width = 17 + sheet.text(x + 17, y, data.old, size=size, fill="ink-2")
    second, line = (x, y + 20) if stacked else (x + width + 24, y)
    sheet.mark(second + 6, line - size * .34, "derived", radius=4.4)
    sheet.text(second + 17, line, f"{data.new}, {fall:.3g} times lower", size=size, fill="ink-2")
    return 20.0 if stacked else 0.0


def _chart(data: Data, rows: list[Row], fall: float, sheet: Sheet) -> Sheet:
    wide = sheet.kind == "wide"
    size, pitch = (13.5, 58) if wide else (12.5, 74)
    left, right = (150, 700) if wide else (12, NARROW - 46)
    y = 14 + _key(sheet, 0 if not wide else left - 6, 14, size, data, fall, not wide)
    top = y + (52 if wide else 46)
    bottom = top + pitch * len(rows) - (6 if wide else 0)
    x = LogScale(data.low, data.high, left, right)
    sheet.log_axis(x, bottom, side="bottom", size=size, grid_to=top - 4, label=lambda value: f"{value:,g}")
    sheet.rect(left, top - 4, x(1) - left, bottom - top + 4, fill="sunk")
    sheet.line(x(1), top - 14, x(1), bottom, stroke="ink", stroke_width=1.4)
    sheet.text(x(1), top - 20, data.point, size=size, weight=600, anchor="middle" if wide else "start", halo=True)
    for at, row in enumerate(rows):
        place = top + at * pitch + (pitch / 2 if wide else 44)
        before, after = x(row.before), x(row.after(fall))
        if wide:
            sheet.text(0, place - 2, row.item.name, size=size + 1, weight=600)
            sheet.text(0, place + 16, row.item.note, size=size, fill="muted")
        else:
            width = sheet.text(0, place - 22, row.item.name, size=size + 1, weight=600, halo=True)
            sheet.text(width + 8, place - 22, row.item.note, size=size, fill="muted", halo=True)
        sheet.arrow(before - 7, place, after + 8, place, stroke="ink-2", stroke_width=1.6)
        sheet.mark(before, place, "disclosed", radius=4.8)
        sheet.mark(after, place, "derived", radius=5)
        sheet.text(before + 12, place + size * .34, f"{row.before:,.0f}", size=size, fill="muted", halo=True)
        words = times(row.after(fall))
        spot = after - 12 - text_width(words, size + 1, 600)
        sheet.text(spot, place + size * .34, words, size=size + 1, weight=600, halo=True)
    if wide:
        sheet.text(right, bottom + 48, "Bill for the task, one chat answer at the old price = 1", size=size, fill="muted", anchor="end")
        sheet.text(x(1) - 10, bottom + 48, "← cheaper than before", size=size, fill="muted", anchor="end")
    else:
        sheet.text(left, bottom + 46, "← cheaper than before", size=size, fill="muted")
    sheet.height = bottom + 56
    return sheet
