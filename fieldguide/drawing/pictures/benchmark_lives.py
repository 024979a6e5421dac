"""Benchmarks from their first score to a late one, on one time axis: how much room each had, and how fast it went."""

from __future__ import annotations

from dataclasses import dataclass

from pydantic import Field as Key

from fieldguide.book import Book
from fieldguide.drawing.canvas import NARROW
from fieldguide.drawing.drawn import Drawing, Table
from fieldguide.drawing.measure import text_width
from fieldguide.drawing.pieces import drawing_of
from fieldguide.drawing.scales import LinearScale
from fieldguide.drawing.sheet import Sheet
from fieldguide.drawing.values import checked, date, number
from fieldguide.records.base import Strict
from fieldguide.text.dates import fractional_year, show_date

SLUG = "benchmark-lives"


class Person(Strict):
    score: str
    who: str = Key(max_length=24)


class Benchmark(Strict):
    name: str
    what: str = Key(max_length=28)
    first: str
    late: str
    first_date: str
    late_date: str
    first_note: str
    late_note: str
    human: Person | None = None
    at_most: bool = False
    """The first score is an upper bound."""
    fate: str = Key("", max_length=20)
    """What became of it, where that is more than how much room is left."""


class Claim(Strict):
    """What the title says: so many benchmarks went from below `start` to above `end` in under `years`."""

    count: int
    start: float
    end: float
    years: float


class Data(Strict):
    start: int
    end: int
    claim: Claim
    full: str
    room: str
    benchmarks: list[Benchmark] = Key(min_length=4)


@dataclass(frozen=True)
class Life:
    name: str
    what: str
    born: float
    late: float
    low: float
    high: float
    at_most: bool
    human: float | None
    who: str
    fate: str

    @property
    def years(self) -> float:
        return self.late - self.born

    @property
    def first(self) -> str:
        return f"{'under ' if self.at_most else ''}{self.low:g}%"


def read(book: Book, data: Data) -> list[Life]:
    """By first score's date, oldest first."""
    found = [
        Life(item.name, item.what, fractional_year(date(book, item.first_date)), fractional_year(date(book, item.late_date)), number(book, item.first), number(book, item.late),
             item.at_most, number(book, item.human.score) if item.human else None, item.human.who if item.human else "", item.fate)
        for item in data.benchmarks
    ]
    return sorted(found, key=lambda life: life.born)


def render(data: Data, book: Book) -> Drawing:
    """One row a benchmark. Raises ValueError when the title's claim does not hold."""
    lives, claim = read(book, data), data.claim
    proof = [life.name for life in lives if life.low < claim.start and life.high > claim.end and life.years < claim.years]
    if len(proof) != claim.count:
        raise ValueError(f"{SLUG}: the title claims {claim.count} benchmarks, the records give {len(proof)}: {', '.join(proof)}")
    rows = [
        [item.name, ("under " if item.at_most else "") + checked(item.first, f"{number(book, item.first):g}%"), f"{item.first_note}, {show_date(date(book, item.first_date))}",
         checked(item.late, f"{number(book, item.late):g}%"), f"{item.late_note}, {show_date(date(book, item.late_date))}",
         f"{checked(item.human.score, f'{number(book, item.human.score):g}%')}, {item.human.who}" if item.human else "not recorded"]
        for item in data.benchmarks
    ]
    table = Table("First and late scores", ["Benchmark", "First score", "By", "Late score", "By", "People"], rows)
    return drawing_of(book, SLUG, _wide(data, lives), _narrow(data, lives), table, slide=_wide(data, lives, 14.8))


def _life(sheet: Sheet, life: Life, x: LinearScale, top: float, tall: float, size: float, left: float, right: float) -> None:
    """One benchmark: 0 to 100% in its row, people dotted, the two scores joined."""
    y = LinearScale(0, 100, top + tall, top)
    sheet.line(left, y(0), right, y(0), stroke="rule-strong")
    sheet.line(left, y(100), right, y(100), stroke="rule")
    if life.human is not None:
        sheet.line(left, y(life.human), right, y(life.human), stroke="ink-2", stroke_width=1.3, dash="1.5 4")
        sheet.text(right, y(life.human) + size + 4, f"people {life.human:g}%", size=size, fill="ink-2", anchor="end", halo=True)
    a, b = (x(life.born), y(life.low)), (x(life.late), y(life.high))
    sheet.polyline([a, b], stroke="model", stroke_width=2.6)
    for px, py in (a, b):
        sheet.circle(px, py, 4, fill="model")
    if a[0] - 12 - text_width(life.first, size, 600) > left:
        sheet.text(a[0] - 9, min(a[1] + size * .34, top + tall - 3), life.first, size=size, weight=600, fill="model-text", anchor="end", halo=True)
    else:
        sheet.text(a[0] + 10, min(a[1] + size * .9, top + tall - 3), life.first, size=size, weight=600, fill="model-text", halo=True)
    late = f"{life.high:g}%"
    fits = b[0] + 10 + text_width(late, size, 600) < right + 2
    sheet.text(b[0] + (9 if fits else -9), b[1] + size * .34 + (2 if b[1] < top + 8 else 0), late, size=size, weight=600, fill="model-text", anchor="start" if fits else "end", halo=True)


def _wide(data: Data, lives: list[Life], size: float = 13.5) -> Sheet:
    sheet, tall, pitch = Sheet(), 62, 82
    left, right, top = 168, 622, 24
    x = LinearScale(data.start, data.end, left, right)
    bottom = top + len(lives) * pitch
    for year in range(data.start, data.end + 1):
        sheet.line(x(year), top - 8, x(year), bottom - 8, stroke="rule")
    sheet.text(sheet.width, top - 10, "from first to late score", size=size, fill="muted", anchor="end")
    for at, life in enumerate(lives):
        y = top + at * pitch
        sheet.text(0, y + 16, life.name, size=size + 1, weight=600)
        sheet.text(0, y + 34, life.what, size=size, fill="muted")
        _life(sheet, life, x, y, tall, size, left, right)
        done = life.high > data.claim.end
        sheet.text(sheet.width, y + 16, f"{life.years:.1f} years", size=size, weight=600 if done else 400, fill="ink" if done else "ink-2", anchor="end")
        sheet.text(sheet.width, y + 34, life.fate or (data.full if done else data.room), size=size, fill="muted", anchor="end")
    sheet.linear_axis(x, bottom - 8, [float(year) for year in range(data.start, data.end + 1)], size=size, label=lambda value: f"{value:.0f}")
    _key(sheet, left, bottom + 46, size)
    sheet.height = bottom + 56
    return sheet


def _narrow(data: Data, lives: list[Life]) -> Sheet:
    sheet, size, tall, pitch = Sheet(width=NARROW, kind="narrow"), 12.5, 58, 118
    left, right, top = 0, NARROW, 8
    x = LinearScale(data.start, data.end, left + 4, right - 22)
    bottom = top + len(lives) * pitch
    for year in range(data.start, data.end + 1):
        for at in range(len(lives)):
            sheet.line(x(year), top + at * pitch + 44, x(year), top + at * pitch + 44 + tall, stroke="rule")
    for at, life in enumerate(lives):
        y = top + at * pitch
        done = life.high > data.claim.end
        sheet.text(0, y + 14, life.name, size=size + 1, weight=600)
        sheet.text(0, y + 31, life.what, size=size, fill="muted")
        sheet.text(NARROW, y + 14, f"{life.years:.1f} years", size=size, weight=600 if done else 400, anchor="end")
        sheet.text(NARROW, y + 31, life.fate or (data.full if done else data.room), size=size, fill="muted", anchor="end")
        _life(sheet, life, x, y + 44, tall, size, left, right)
    sheet.linear_axis(x, bottom - 6, [float(year) for year in range(data.start + 1, data.end, 2)], size=size, label=lambda value: f"{value:.0f}")
    _key(sheet, 0, bottom + 44, size)
    sheet.height = bottom + 54
    return sheet


def _key(sheet: Sheet, left: float, y: float, size: float) -> None:
    """What a row's height and its dotted line mean."""
    sheet.line(left, y - 4, left + 26, y - 4, stroke="ink-2", stroke_width=1.3, dash="1.5 4")
    sheet.text(left + 34, y, "people, where measured; each row runs from 0 to 100%" if sheet.kind == "wide" else "people, where measured; rows: 0 to 100%", size=size, fill="muted")
