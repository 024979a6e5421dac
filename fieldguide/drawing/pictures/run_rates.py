"""Run-rate revenue by date: one line a company, each mark saying who gave the figure."""

from __future__ import annotations

from dataclasses import dataclass

from pydantic import Field as Key

from fieldguide.book import Book
from fieldguide.drawing.pieces import finish
from fieldguide.drawing.sheet import NARROW, Basis, Drawing, LinearScale, Sheet, Table, text_width
from fieldguide.drawing.values import checked, field, number
from fieldguide.records.base import Strict
from fieldguide.text.dates import fractional_year, show_date

SLUG = "lab-run-rates"
MARKS: dict[str, Basis] = {"disclosed": "disclosed", "derived": "derived", "press": "estimate"}
WHO = {"disclosed": "given by the company", "derived": "the company’s month × 12", "press": "press report"}


class Point(Strict):
    fact: str
    below: bool = False
    """Its label stands under the mark."""


class Series(Strict):
    name: str
    rule: str
    """How this company counts, beside its name."""
    strong: bool = False
    points: list[Point] = Key(min_length=2)


class Data(Strict):
    start: str
    end: str
    months: list[str] = Key(min_length=2)
    most: float
    """The top of the scale, USD."""
    ticks: list[float] = Key(min_length=2)
    series: list[Series] = Key(min_length=2, max_length=2)
    """The one that passes first, then the one that is passed."""


@dataclass(frozen=True)
class Dot:
    value: float
    date: str
    who: str
    reference: str
    below: bool
    about: str
    """The record's qualifier and a space, or nothing."""


def billions(value: float) -> str:
    """$14B, $4.7B."""
    return f"${value / 1e9:.3g}B"


def dot(book: Book, point: Point) -> Dot:
    """Raises KeyError for a fact that is not there."""
    found = field(book, point.fact)
    about = f"{found.qualifier} " if found.qualifier else ""
    return Dot(number(book, point.fact), str(found.as_of), str(found.kind or "press"), point.fact, point.below, about)


def render(data: Data, book: Book) -> Drawing:
    """Raises ValueError unless the first company starts below the second and at its last date stands above all that the second had until then."""
    series = [(item, [dot(book, point) for point in item.points]) for item in data.series]
    (_, rising), (_, passed) = series
    until = max(one.value for one in passed if one.date <= rising[-1].date)
    if rising[0].value >= passed[0].value or rising[-1].value <= until:
        raise ValueError(f"{SLUG}: the title says that one passed the other, and the records do not")
    rows = [
        [item.name, show_date(one.date), one.about + checked(one.reference, f"${one.value / 1e9:g} billion"), WHO[one.who]]
        for item, dots in series for one in dots
    ]
    table = Table("Run-rate revenue, USD a year at the pace of the latest month or so", ["Company", "As of", "Run-rate", "Who gave it"], rows)
    return finish(book, SLUG, _sheet(data, series, Sheet()), _sheet(data, series, Sheet(width=NARROW, kind="narrow")), table)


def _key(sheet: Sheet, y: float, size: float) -> float:
    """The three marks in words; returns the height it took."""
    x, line = 6.0, 0.0
    for who, words in WHO.items():
        wide = 17 + text_width(words, size)
        if x + wide > sheet.width:
            x, line = 6.0, line + size * 1.6
        sheet.mark(x, y + line - size * .34, MARKS[who], radius=4.4, stroke="ink-2")
        sheet.text(x + 12, y + line, words, size=size, fill="ink-2")
        x += wide + 18
    return line


def _sheet(data: Data, series: list[tuple[Series, list[Dot]]], sheet: Sheet) -> Sheet:
    wide = sheet.kind == "wide"
    size, left, right = (13.5, 52, sheet.width - 26) if wide else (12.5, 40, sheet.width - 18)
    top, floor = (30, 330) if wide else (92, 372)
    x = LinearScale(fractional_year(data.start), fractional_year(data.end), left + 22, right - 16)
    y = LinearScale(0, data.most, floor, top)
    for value in data.ticks:
        sheet.line(left, y(value), right, y(value), stroke="rule")
        sheet.text(left - 8, y(value) + size * .34, billions(value) if value else "0", size=size, fill="muted", anchor="end")
    sheet.line(left, floor, right, floor)
    for month in data.months:
        place = x(fractional_year(month))
        sheet.line(place, floor, place, floor + 6)
        sheet.text(place, floor + 10 + size, show_date(month) if wide else show_date(month).replace(" 20", " ’"), size=size, fill="muted", anchor="middle")
    for item, dots in series:
        places = [(x(fractional_year(one.date)), y(one.value)) for one in dots]
        sheet.polyline(places, stroke="ink" if item.strong else "ink-2", stroke_width=2.4, dash=None if item.strong else "6 3")
    for item, dots in series:
        for one in dots:
            px, py = x(fractional_year(one.date)), y(one.value)
            sheet.mark(px, py, MARKS[one.who], radius=4.6, stroke="ink" if item.strong else "ink-2")
            label = billions(one.value) + ("+" if one.about == "more than " else "")
            place, anchor = (px, "middle") if one.below or not item.strong else (px + 4, "end")
            sheet.text(place, py + (10 + size * .9 if one.below else -11), label, size=size, weight=600, fill="ink" if item.strong else "ink-2", anchor=anchor, halo=True)
    for at, (item, _) in enumerate(series):
        px, py = (left + 4, y(data.ticks[-1]) + 22 + at * 40) if wide else (0.0, 16.0 + at * 38)
        sheet.line(px, py - 5, px + 20, py - 5, stroke="ink" if item.strong else "ink-2", stroke_width=2.4, dash=None if item.strong else "6 3")
        sheet.text(px + 27, py, item.name, size=size + 1, weight=600, fill="ink" if item.strong else "ink-2", halo=True)
        sheet.text(px + 27, py + 16, item.rule, size=size, fill="muted", halo=True)
    foot = floor + 10 + size + 30
    sheet.height = foot + _key(sheet, foot, size) + 8
    return sheet
