"""Four ways to adapt a model in the order to try them: what each changes, a band for its first bill, and what it costs every month."""

from __future__ import annotations

from dataclasses import dataclass

from pydantic import Field as Key

from fieldguide.book import Book
from fieldguide.drawing.pieces import finish, step
from fieldguide.drawing.sheet import NARROW, Drawing, LogScale, Sheet, Table, text_width
from fieldguide.drawing.values import number
from fieldguide.records.base import Strict
from fieldguide.records.formulas.money import cost_per_million

SLUG = "adaptation-ladder"


class End(Strict):
    """One end of a band: a price per million tokens times so many tokens, or a bill as it stands."""

    price: str | None = None
    bill: str | None = None
    tokens: float = 0
    """Illustrative."""


class Rung(Strict):
    name: str
    question: str
    changes: str
    low: End | None = None
    high: End | None = None
    how: str
    month_tokens: float | None = None
    """Extra tokens of each request, illustrative; priced at the list price."""
    month_bill: str | None = None
    month_how: str


class Data(Strict):
    rungs: list[Rung] = Key(min_length=4, max_length=4)
    requests: float
    """Requests a month; illustrative."""
    list_price: str
    least: float
    most: float
    ticks: list[float]
    tuned: str
    """The name of the rung that the title speaks of."""
    first_at_most: float
    month_at_least: float
    point: str


@dataclass(frozen=True)
class Step:
    rung: Rung
    low: float | None
    high: float | None
    month: float


def money(value: float) -> str:
    """$0.04, $3.50, $44, $1,964, $17k, $3.5M."""
    if value >= 1e6:
        return f"${value / 1e6:g}M" if value / 1e6 == round(value / 1e6) else f"${value / 1e6:.1f}M"
    if value >= 1e4:
        return f"${value / 1e3:.0f}k"
    return f"${value:,.0f}" if value >= 10 or value == round(value) else f"${value:.2f}"


def _bill(book: Book, end: End | None) -> float | None:
    if end is None:
        return None
    if end.bill is not None:
        return number(book, end.bill)
    if end.price is None:
        raise ValueError(f"{SLUG}: an end of a band has a price or a bill")
    return cost_per_million(end.tokens, number(book, end.price))


def render(data: Data, book: Book) -> Drawing:
    """Raises ValueError when the tuned rung costs more at first, or less every month, than the title says."""
    price = number(book, data.list_price)
    steps = []
    for rung in data.rungs:
        month = number(book, rung.month_bill) if rung.month_bill else cost_per_million((rung.month_tokens or 0) * data.requests, price)
        steps.append(Step(rung, _bill(book, rung.low), _bill(book, rung.high), month))
    tuned = next(step for step in steps if step.rung.name == data.tuned)
    if (tuned.high or 0) > data.first_at_most or tuned.month < data.month_at_least:
        raise ValueError(f"{SLUG}: the title does not fit the records, {money(tuned.high or 0)} at first and {money(tuned.month)} a month")
    table = Table("Ways to adapt a model and their bills, USD", ["Way", "Changes", "First bill", "What it counts", f"Month, {data.requests:,.0f} requests"], [
        [s.rung.name, s.rung.changes, "none" if s.low is None else f"{money(s.low)} to {money(s.high or 0)}", s.rung.how, f"{money(s.month)}: {s.rung.month_how}"] for s in steps
    ])
    return finish(book, SLUG, _wide(data, steps), _narrow(data, steps), table)


def _band(sheet: Sheet, x: LogScale, y: float, tall: float, item: Step, size: float) -> None:
    if item.low is None or item.high is None:
        sheet.circle(x.start + 5, y + tall / 2, 4.5, fill="paper", stroke="ink", stroke_width=1.4)
        sheet.text(x.start + 17, y + tall / 2 + size * .34, "no computing", size=size, weight=600)
        return
    left, right = x(item.low), x(item.high)
    sheet.rect(left, y, right - left, tall, fill="ink")
    low, high = money(item.low), money(item.high)
    if right - left < 24:
        sheet.text(right, y - 6, f"{low} to {high}", size=size, weight=600, anchor="end", halo=True)
        return
    sheet.text(left, y - 6, low, size=size, weight=600, halo=True)
    outside = right + text_width(high, size, 600) > x.end + 40 or right - left > text_width(low + high, size, 600) + 12
    sheet.text(right, y - 6, high, size=size, weight=600, anchor="end" if outside else "start", halo=True)


def _ticks(sheet: Sheet, data: Data, x: LogScale, top: float, floor: float) -> None:
    for tick in data.ticks:
        sheet.line(x(tick), top, x(tick), floor, stroke="rule")


def _wide(data: Data, steps: list[Step]) -> Sheet:
    sheet, size, tall, top = Sheet(), 13.5, 104, 62
    x = LogScale(data.least, data.most, 286, 568)
    floor = top + tall * len(steps) - 12
    sheet.text(286, 16, "first bill, computing only, USD", size=size, weight=600)
    sheet.text(606, 16, "then every month", size=size, weight=600)
    sheet.text(606, 34, f"{data.requests:,.0f} requests", size=size, fill="muted")
    for tick in data.ticks:
        sheet.text(x(tick), top - 15, money(tick), size=size, fill="muted", anchor="middle")
    for at, item in enumerate(steps):
        y = top + at * tall
        _ticks(sheet, data, x, y - 8, y + 43)
        sheet.line(0, y - 8, 760, y - 8, stroke="ink" if at == 0 else "rule")
        if at < len(steps) - 1:
            sheet.arrow(11, y + 30, 11, y + tall - 2)
        step(sheet, 11, y + 14, at + 1, size)
        sheet.text(34, y + 20, item.rung.name, size=18, weight=520, face="display")
        inner = y + 42 + sheet.paragraph(34, y + 42, item.rung.question, 226, size=size, leading=1.28)
        sheet.paragraph(34, inner + 1, item.rung.changes, 226, size=size, fill="muted", leading=1.28)
        _band(sheet, x, y + 24, 13, item, size)
        sheet.paragraph(286, y + 56, item.rung.how, 284, size=size, fill="ink-2", leading=1.28)
        sheet.text(606, y + 20, money(item.month), size=18, weight=490, face="display")
        sheet.paragraph(606, y + 42, item.rung.month_how, 154, size=size, fill="ink-2", leading=1.28)
    y = floor + 34
    sheet.line(0, floor + 6, 760, floor + 6, stroke="ink")
    head, _, rest = data.point.partition(". ")
    width = sheet.text(0, y, head + ".", size=size + 1, weight=600)
    sheet.height = y + sheet.paragraph(width + 10, y, rest, 750 - width, size=size, fill="ink-2", leading=1.3) - 8
    return sheet


def _narrow(data: Data, steps: list[Step]) -> Sheet:
    sheet, size = Sheet(width=NARROW, kind="narrow"), 12.5
    x = LogScale(data.least, data.most, 8, NARROW - 14)
    y = 6.0
    for at, item in enumerate(steps):
        sheet.line(0, y, NARROW, y, stroke="ink" if at == 0 else "rule-strong")
        step(sheet, 11, y + 20, at + 1, size)
        sheet.text(32, y + 26, item.rung.name, size=17, weight=520, face="display")
        inner = y + 46
        inner += sheet.paragraph(0, inner, item.rung.question, NARROW, size=size, leading=1.28) + 1
        inner += sheet.paragraph(0, inner, item.rung.changes, NARROW, size=size, fill="muted", leading=1.28) + 18
        _ticks(sheet, data, x, inner - 3, inner + 14)
        _band(sheet, x, inner, 11, item, size)
        for tick in data.ticks:
            sheet.text(0 if tick == data.ticks[0] else x(tick), inner + 28, money(tick), size=size, fill="muted", anchor="start" if tick == data.ticks[0] else "middle")
        inner += 48
        inner += sheet.paragraph(0, inner, item.rung.how, NARROW, size=size, fill="ink-2", leading=1.28) + 6
        sheet.text(0, inner + 2, f"then {money(item.month)} a month", size=size + 1, weight=600)
        inner += 18 + sheet.paragraph(0, inner + 20, item.rung.month_how, NARROW, size=size, fill="ink-2", leading=1.28)
        y = inner + 4
    sheet.line(0, y, NARROW, y, stroke="ink")
    head, _, rest = data.point.partition(". ")
    y += 22 + sheet.paragraph(0, y + 22, head + ".", NARROW, size=size + 1, weight=600, leading=1.25)
    sheet.height = y + sheet.paragraph(0, y + 2, rest, NARROW, size=size, fill="ink-2", leading=1.3)
    return sheet
