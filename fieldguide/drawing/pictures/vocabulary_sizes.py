"""Vocabulary sizes of published tokenizers by the release of the first recorded model that uses them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from pydantic import Field as Key

from fieldguide.book import Book
from fieldguide.drawing.pieces import finish
from fieldguide.drawing.sheet import NARROW, Drawing, LinearScale, Sheet, Table
from fieldguide.drawing.values import checked, date, field, number
from fieldguide.records.base import Strict
from fieldguide.text.dates import fractional_year, show_date

SLUG = "vocabulary-sizes"
Side = Literal["left", "right", "above", "below", "lower right", "upper left"]
OFFSETS = {"left": (-11, .34, "end"), "right": (11, .34, "start"), "above": (0, -.85, "middle"), "below": (0, 1.6, "middle"), "lower right": (6, 1.5, "start"), "upper left": (-6, -.75, "end")}


class Item(Strict):
    name: str
    maker: str
    size: str
    """A fact reference: entries."""
    released: str
    """A fact reference: a date."""
    side: Side
    narrow_side: Side | Literal["none"] | None = None
    """Another side on the narrow drawing; "none" leaves the point to the wide one and the table."""


class Step(Strict):
    maker: str
    ratio: str
    """A fact reference: the growth that the line shows."""
    first: str
    last: str


class Data(Strict):
    start: int
    end: int
    high: float
    items: list[Item] = Key(min_length=5)
    lines: list[Step] = Key(min_length=1, max_length=2)
    """Makers whose tokenizers are joined; the first is drawn as the main series."""
    claim_at_least: float
    """The growth that the title claims for every line; less is an error."""


@dataclass(frozen=True)
class Point:
    item: Item
    date: str
    size: float
    about: bool


def render(data: Data, book: Book) -> Drawing:
    found = sorted(
        (Point(item, date(book, item.released), number(book, item.size), field(book, item.size).qualifier == "about") for item in data.items),
        key=lambda point: point.date,
    )
    for line in data.lines:
        if number(book, line.ratio) < data.claim_at_least:
            raise ValueError(f"{SLUG}: the title claims {data.claim_at_least:g} times, {line.ratio} gives {number(book, line.ratio):.3g}")
    table = Table("Vocabulary sizes of published tokenizers", ["Released", "First recorded model", "Maker", "Entries"], [
        [show_date(point.date), point.item.name, point.item.maker, ("about " if point.about else "") + checked(point.item.size, f"{point.size:,.0f}")] for point in found
    ])
    return finish(book, SLUG, _chart(data, book, found, Sheet(height=376)), _chart(data, book, found, Sheet(width=NARROW, height=410, kind="narrow")), table)


def _span(first: str, last: str) -> str:
    """How long between two dates, in words: "five years", "nine months"."""
    months = round((fractional_year(last) - fractional_year(first)) * 12)
    numbers = ["no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven"]
    count, unit = (months, "month") if months < 12 else (round(months / 12), "year")
    return f"{numbers[count] if count < len(numbers) else count} {unit}{'' if count == 1 else 's'}"


def _chart(data: Data, book: Book, found: list[Point], sheet: Sheet) -> Sheet:
    wide = sheet.kind == "wide"
    size = 13.5 if wide else 12.5
    left, right, top = (64, 748, 22) if wide else (48, 322, 20)
    bottom = sheet.height - (34 if wide else 92)
    x, y = LinearScale(data.start, data.end, left, right), LinearScale(0, data.high, bottom, top)
    values = [float(step) for step in range(0, int(data.high) + 1, 50_000)]
    sheet.linear_axis(y, left, values, side="left", size=size, grid_to=right, label=lambda value: f"{value:,.0f}" if wide else (f"{value / 1000:.0f}K" if value else "0"))
    ticks = [float(year) for year in range(data.start, data.end, 1 if wide else 2)]
    sheet.linear_axis(x, bottom, ticks, size=size, label=lambda value: f"{value:.0f}")

    def place(point: Point) -> tuple[float, float]:
        return x(fractional_year(point.date)), y(point.size)

    notes = []
    for index, line in enumerate(data.lines):
        steps = [point for point in found if point.item.maker == line.maker]
        sheet.polyline([place(point) for point in steps], stroke="ink" if index == 0 else "rule-strong", stroke_width=2.6 if index == 0 else 1.6)
        first, last = date(book, line.first), date(book, line.last)
        ratio = number(book, line.ratio)
        notes.append((line.maker, f"{ratio:.2g} times in {_span(first, last)}", index))
    for point in found:
        px, py = place(point)
        side = point.item.side if wide else point.item.narrow_side or point.item.side
        if side == "none":
            continue
        sheet.circle(px, py, 6.6, fill="paper")
        sheet.mark(px, py, "disclosed", radius=4.5 if wide else 4, stroke="ink")
        dx, dy, anchor = OFFSETS[side]
        main = point.item.maker in [line.maker for line in data.lines]
        sheet.text(px + dx, py + dy * size, point.item.name, size=size, weight=600 if main else 400, anchor=anchor, halo=True)  # type: ignore[arg-type]
    if wide:
        for maker, note, index in notes:
            first, second = [place(point) for point in found if point.item.maker == maker][:2]
            middle = ((first[0] + second[0]) / 2, (first[1] + second[1]) / 2)
            if index == 0:
                sheet.text(middle[0] - 10, middle[1] - 14, f"{maker}: {note}", size=size, anchor="end", weight=600, halo=True)
            else:
                sheet.text(middle[0] + 14, middle[1] + size * .5, f"{maker}: {note}", size=size, weight=600, fill="ink-2", halo=True)
        return sheet
    foot = bottom + 58
    for maker, note, index in notes:
        sheet.line(0, foot - 4.5, 26, foot - 4.5, stroke="ink" if index == 0 else "rule-strong", stroke_width=2.6 if index == 0 else 1.6)
        width = sheet.text(34, foot, f"{maker}:", size=size, weight=600)
        sheet.text(39 + width, foot, note, size=size, fill="ink-2")
        foot += 20
    return sheet
