"""What a task costs after a fall of the price and a growth of its tokens: for each task an arrow from the old bill to the new, log scale.

The new bill is a range where the new model may cut the same text into more tokens than the old one.
"""

from __future__ import annotations

from dataclasses import dataclass

from pydantic import Field as Key

from fieldguide.book import Book
from fieldguide.drawing.pieces import finish
from fieldguide.drawing.sheet import NARROW, Drawing, LogScale, Sheet, Table, text_width
from fieldguide.drawing.values import checked, number
from fieldguide.records.base import Strict

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
    """A fact reference: old price of a token over the new, in times."""
    fall_text: str
    """A fact reference: the same for one text, where the new model takes the most tokens for it."""
    old: str
    new: str
    items: list[Item] = Key(min_length=3, max_length=5)
    nearly: int
    """Which item the title says the fall nearly pays for."""
    nearly_within: tuple[float, float]
    """Its new bills, least and most, lie between these; those of all later items lie above."""
    claim_fall: tuple[float, float]
    point: str


@dataclass(frozen=True)
class Row:
    item: Item
    before: float


@dataclass(frozen=True)
class Falls:
    token: float
    text: float

    def words(self, before: float) -> str:
        return f"{times(before / self.token)} to {times(before / self.text)}"


def times(value: float) -> str:
    """0.27, 1.1, 4, 270: two digits."""
    return f"{float(f'{value:.2g}'):,g}"


def render(data: Data, book: Book) -> Drawing:
    """Raises ValueError when the fall, or the item that the title says is nearly paid for, is not what the records give."""
    falls = Falls(number(book, data.fall), number(book, data.fall_text))
    rows = [Row(item, number(book, item.tokens)) for item in data.items]
    low, high = data.claim_fall
    if not low <= falls.token <= high:
        raise ValueError(f"{SLUG}: the title claims a fall of {low:g} to {high:g} times, the records give {falls.token:.3g}")
    low, high = data.nearly_within
    bills = [(row.before / falls.token, row.before / falls.text) for row in rows]
    if not low < bills[data.nearly][0] <= bills[data.nearly][1] <= high or any(least <= high for least, _ in bills[data.nearly + 1:]):
        raise ValueError(f"{SLUG}: the title claims that only {rows[data.nearly].item.name} is nearly paid for, the records say otherwise")
    table = Table("Bill for a task, in chat answers at the old price", ["Task", "Tokens, chat = 1", f"Bill {data.old}", f"Bill {data.new}, a token for a token", "The same, if the text takes the most tokens"], [
        [row.item.name, checked(row.item.tokens, f"{row.before:,.0f}") + " times", f"{row.before:,.0f}", times(least), times(most)] for row, (least, most) in zip(rows, bills, strict=True)
    ])
    return finish(book, SLUG, _chart(data, rows, falls, Sheet()), _chart(data, rows, falls, Sheet(width=NARROW, kind="narrow")), table)


def _key(sheet: Sheet, x: float, y: float, size: float, data: Data, falls: Falls, stacked: bool) -> float:
    """Both marks, the second with its range; returns the height used."""
    sheet.mark(x + 6, y - size * .34, "disclosed", radius=4.4)
    width = 17 + sheet.text(x + 17, y, data.old, size=size, fill="ink-2")
    second, line = (x, y + 20) if stacked else (x + width + 24, y)
    sheet.line(second + 6, line - size * .34, second + 26, line - size * .34, stroke="ink", stroke_width=3)
    sheet.mark(second + 6, line - size * .34, "derived", radius=4.4)
    sheet.text(second + 33, line, f"{data.new}: {falls.token:.3g} to {falls.text:.2g} times lower", size=size, fill="ink-2")
    return 20.0 if stacked else 0.0


def _chart(data: Data, rows: list[Row], falls: Falls, sheet: Sheet) -> Sheet:
    wide = sheet.kind == "wide"
    size, pitch = (13.5, 58) if wide else (12.5, 74)
    left, right = (150, 700) if wide else (12, NARROW - 30)
    y = 14 + _key(sheet, 0 if not wide else left - 6, 14, size, data, falls, not wide)
    top = y + (52 if wide else 46)
    bottom = top + pitch * len(rows) - (6 if wide else 0)
    x = LogScale(data.low, data.high, left, right)
    sheet.log_axis(x, bottom, side="bottom", size=size, grid_to=top - 4 if wide else None, label=lambda value: f"{value:,g}")
    sheet.text(x(1), top - 20, data.point, size=size, weight=600, anchor="middle", halo=True)
    for at, row in enumerate(rows):
        start = top + at * pitch
        place = start + (pitch / 2 if wide else 48)
        before, least, most = x(row.before), x(row.before / falls.token), x(row.before / falls.text)
        sheet.line(x(1), top - 14 if not at else place - (pitch / 2 if wide else 16), x(1), bottom if at + 1 == len(rows) else place + (pitch / 2 if wide else 16), stroke="ink", stroke_width=1.4)
        if wide:
            sheet.text(0, place - 2, row.item.name, size=size + 1, weight=600)
            sheet.text(0, place + 16, row.item.note, size=size, fill="muted")
        else:
            width = sheet.text(0, place - 25, row.item.name, size=size + 1, weight=600)
            sheet.text(width + 8, place - 25, row.item.note, size=size, fill="muted")
        sheet.arrow(before - 7, place, most + 5, place, stroke="ink-2", stroke_width=1.6)
        sheet.line(least, place, most, place, stroke="ink", stroke_width=3)
        sheet.mark(before, place, "disclosed", radius=4.8)
        sheet.mark(least, place, "derived", radius=5)
        sheet.text(before + 12, place + size * .34, f"{row.before:,.0f}", size=size, fill="muted", halo=True)
        words = falls.words(row.before)
        if least - 12 - text_width(words, size + 1, 600) >= left - 10:
            sheet.text(least - 12, place + size * .34, words, size=size + 1, weight=600, anchor="end", halo=True)
        else:
            sheet.text(max(least - 6, left), place + size * .34 + 18, words, size=size + 1, weight=600, halo=True)
    note = "Bill for the task, one chat answer at the old price = 1"
    sheet.text(right if wide else left, bottom + 46, note, size=size, fill="muted", anchor="end" if wide else "start")
    sheet.height = bottom + 56
    return sheet
