"""The price of a fixed ability against that of a maker's leading model, by date on one logarithmic scale, and published rates of fall."""

from __future__ import annotations

import math
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from typing import Literal

from pydantic import Field as Key

from fieldguide.book import Book
from fieldguide.drawing.pieces import finish
from fieldguide.drawing.sheet import NARROW, Drawing, LinearScale, LogScale, Sheet, Table, text_width, wrap
from fieldguide.drawing.values import checked, date, field, number
from fieldguide.records.base import Strict
from fieldguide.text.dates import fractional_year, show_date

SLUG = "price-of-fixed-ability"


class Lead(Strict):
    """A leading model of its day."""

    name: str
    price: str
    """A price record; the mean of input and output is drawn."""
    date: str
    """A fact reference."""
    place: Literal["above", "high", "below", "low", "left", "unnamed"] = "above"
    """Where its name stands; `high` and, with a line, `low` clear a neighbor, `left` is for the wide sheet only."""


class Rate(Strict):
    name: str
    fact: str
    """Times a year."""


class Data(Strict):
    fixed: list[str] = Key(min_length=4, max_length=4)
    """Fact references: first date, first price, last date, last price of the fixed ability."""
    fixed_name: str
    leads: list[Lead] = Key(min_length=4)
    leads_name: str
    rates: list[Rate] = Key(min_length=2)
    low: float
    high: float
    start: int
    end: int
    at_least: float
    """How many times the fixed ability fell, at least, by the title."""
    dearer_since: int
    """The year since which the leading model grew dearer, by the title."""
    point: str
    """The annotation; {times} is that fall, {first} and {last} the prices of the first and last leading model."""


@dataclass(frozen=True)
class Dot:
    name: str
    when: float
    day: str
    price: float
    lead: Lead | None = None


def money(value: float) -> str:
    """$60, $5.63, $17.50: whole dollars or two decimals, a half rounded up."""
    return f"${Decimal(str(value)).quantize(Decimal('0.01'), ROUND_HALF_UP)}".removesuffix(".00")


def mean_price(book: Book, record: str) -> float:
    """The mean of what the record lists for input and output: the blend that the source of the fixed ability uses."""
    return (number(book, f"{record}.input") + number(book, f"{record}.output")) / 2


def render(data: Data, book: Book) -> Drawing:
    """Raises ValueError when the ability fell less than the title says, or the leading model is no dearer than in the year that it names."""
    first_date, first_price, last_date, last_price = data.fixed
    fixed = [Dot("", fractional_year(date(book, day)), date(book, day), number(book, price)) for day, price in ((first_date, first_price), (last_date, last_price))]
    leads = [Dot(item.name, fractional_year(date(book, item.date)), date(book, item.date), mean_price(book, item.price), item) for item in data.leads]
    leads.sort(key=lambda dot: dot.when)
    times = fixed[0].price / fixed[1].price
    then = min((dot.price for dot in leads if int(dot.when) == data.dearer_since), default=math.inf)
    if times < data.at_least or leads[-1].price <= then:
        raise ValueError(f"{SLUG}: the title claims a fall of {data.at_least:g} times for the ability and a rise for the leading model since {data.dearer_since}; the records give {times:.3g}, and {money(then)} to {money(leads[-1].price)}")
    rates = [(rate.name, field(book, rate.fact).value) for rate in data.rates]
    point = data.point.replace("{times}", f"{times:,.0f}").replace("{first}", money(leads[0].price)).replace("{last}", money(leads[-1].price))
    rows = [[data.fixed_name, show_date(dot.day), "", "", checked(price, money(dot.price))] for dot, price in zip(fixed, (first_price, last_price), strict=True)]
    for dot in leads:
        assert dot.lead is not None
        prices = [checked(f"{dot.lead.price}.{part}", f"${number(book, f'{dot.lead.price}.{part}'):g}") for part in ("input", "output")]
        rows.append([dot.name, show_date(dot.day), *prices, money(dot.price)])
    rows += [[rate.name, "rate", "", "", checked(rate.fact, f"{_times(found)} times a year")] for rate, (_, found) in zip(data.rates, rates, strict=True)]
    table = Table("USD per million tokens", ["Model or study", "Date", "Input", "Output", "Drawn: mean of the two"], rows)
    return finish(book, SLUG, *(_sheet(sheet, data, fixed, leads, [(name, _times(found)) for name, found in rates], point) for sheet in (Sheet(), Sheet(width=NARROW, kind="narrow"))), table)


def _times(found: object) -> str:
    return f"{found[0]:g} to {found[1]:g}" if isinstance(found, list | tuple) else f"{found:.2g}"


def _sheet(sheet: Sheet, data: Data, fixed: list[Dot], leads: list[Dot], rates: list[tuple[str, str]], point: str) -> Sheet:
    wide, width = sheet.kind == "wide", sheet.width
    size, left, top, bottom = (13.5, 52.0, 30.0, 372.0) if wide else (12.5, 44.0, 30.0, 330.0)
    x, y = LinearScale(data.start, data.end, left, width - 10), LogScale(data.low, data.high, bottom, top)
    sheet.text(0, 14, "USD per million tokens", size=size, fill="muted")
    sheet.log_axis(y, left, size=size, grid_to=width - 10, label=lambda value: f"${value:g}")
    for year in range(data.start, data.end + 1):
        sheet.line(x(year), bottom, x(year), bottom + 6)
        if year < data.end and (wide or year % 2):
            sheet.text((x(year) + x(year + 1)) / 2, bottom + 8 + size, str(year), size=size, fill="muted", anchor="middle")
    sheet.line(left, bottom, width - 10, bottom)
    sheet.text(width - 10, 14, data.leads_name, size=size, fill="ink-2", anchor="end")
    sample = width - 10 - text_width(data.leads_name, size) - 8
    sheet.line(sample - 26, 10, sample, 10, stroke="rule-strong", stroke_width=1.6)
    sheet.mark(sample - 13, 10, "disclosed", radius=3.6, stroke="ink-2")
    sheet.polyline([(x(dot.when), y(dot.price)) for dot in leads], stroke="rule-strong", stroke_width=1.6)
    (x1, y1), (x2, y2) = ((x(dot.when), y(dot.price)) for dot in fixed)
    sheet.line(x1, y1, x2, y2, stroke="ink", stroke_width=2.6, dash="6 4")
    for dot in leads:
        sheet.mark(x(dot.when), y(dot.price), "disclosed", radius=4, stroke="ink-2")
    for dot in fixed:
        sheet.mark(x(dot.when), y(dot.price), "estimate", radius=5)
    for dot in leads:
        assert dot.lead is not None
        place = dot.lead.place
        if place == "unnamed" or (place == "left" and not wide):
            continue
        label = f"{dot.name} {money(dot.price)}" if wide else dot.name
        if place == "left":
            sheet.text(x(dot.when) - 9, y(dot.price) + size * .34, label, size=size, fill="ink-2", anchor="end", halo=True)
            continue
        half = text_width(label, size) / 2
        px = min(max(x(dot.when), left + half + 3), width - 10 - half)
        drop = 58 if wide else 82
        if place == "low":
            sheet.line(x(dot.when), y(dot.price) + 7, x(dot.when), y(dot.price) + drop, stroke="rule-strong")
        sheet.text(px, y(dot.price) + {"below": size + 8, "low": drop + size + 2, "high": -24}.get(place, -10), label, size=size, fill="ink-2", anchor="middle", halo=True)
    sheet.text(x2 + 11, y2 + size * .34, money(fixed[1].price), size=size, weight=600, halo=True)
    for at, line in enumerate(wrap(data.fixed_name, 190 if wide else 108, size, 600)):
        sheet.text((x1 + x2) / 2 - 14, (y1 + y2) / 2 + 30 + at * 17, line, size=size, weight=600, anchor="end", halo=True)
    y0 = bottom + 50
    sheet.text(0, y0, "The fall in a year, by study", size=size + .5, weight=600)
    for name, times in rates:
        y0 += 20
        lines = wrap(name, width - 112, size)
        for at, line in enumerate(lines):
            sheet.text(0, y0 + at * 17, line, size=size, fill="ink-2")
        sheet.text(width, y0, f"{times} times", size=size, weight=600, anchor="end")
        y0 += 17 * (len(lines) - 1)
        sheet.line(0, y0 + 7, width, y0 + 7, stroke="rule")
    y0 += 32
    head, _, rest = point.partition(". ")
    for line in wrap(head + ".", width, size + .5, 600):
        sheet.text(0, y0, line, size=size + .5, weight=600)
        y0 += 17
    for line in wrap(rest, width, size):
        sheet.text(0, y0, line, size=size, fill="ink-2")
        y0 += 17
    sheet.height = y0 - 8
    return sheet
