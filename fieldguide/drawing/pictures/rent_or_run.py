"""Cost per million tokens of a rented machine against how much of it is used, with the list price of the same model as a line."""

from __future__ import annotations

from dataclasses import dataclass

from pydantic import Field as Key

from fieldguide.book import Book
from fieldguide.drawing.pieces import finish
from fieldguide.drawing.sheet import NARROW, Drawing, LinearScale, LogScale, Sheet, Table
from fieldguide.drawing.values import checked, number
from fieldguide.records.base import Strict
from fieldguide.records.formulas.money import rental_cost_per_million

SLUG = "rent-or-run"


class Line(Strict):
    name: str
    short: str
    what: str
    speed: str
    """A fact reference: tokens per second at full use."""
    hour: str
    share: str
    """A fact reference: the break-even, percent; above 100 it is never reached."""


class Data(Strict):
    price: str
    price_name: str
    low: float
    high: float
    ticks: list[float] = Key(min_length=3)
    lines: list[Line] = Key(min_length=2, max_length=4)
    open_hours: float
    """Hours a week in which there is work; illustrative."""
    open_name: str
    least: float
    most: float
    """The smallest and the largest break-even that the title names, percent."""
    point: str


@dataclass(frozen=True)
class Curve:
    line: Line
    speed: float
    hour: float
    share: float

    def cost(self, used: float) -> float:
        return rental_cost_per_million(self.hour, self.speed, used)

    @property
    def reached(self) -> bool:
        return self.share <= 100


def money(value: float) -> str:
    """$0.02, $0.42, $10.98, $5."""
    return f"${value:g}" if value >= 1 and float(value).is_integer() else f"${value:.2f}"


def render(data: Data, book: Book) -> Drawing:
    """Raises ValueError when the break-evens are not those of the title."""
    curves = [Curve(line, number(book, line.speed), number(book, line.hour), number(book, line.share)) for line in data.lines]
    price = number(book, data.price)
    reached = [round(curve.share) for curve in curves if curve.reached]
    if not reached or (min(reached), max(reached)) != (data.least, data.most) or len(reached) == len(curves):
        raise ValueError(f"{SLUG}: the title claims {data.least:g} to {data.most:g}% and one that never does, the records give {reached}")
    table = Table("Break-even of one rented GPU against the list price", ["Work and rent", "Tokens per second", "USD an hour", "USD per million at 100%", "Break-even"], [
        [f"{c.line.name}: {c.line.what}", checked(c.line.speed, f"{c.speed:,.0f}"), checked(c.line.hour, money(c.hour)), money(c.cost(100)), checked(c.line.share, f"{c.share:.0f}%") + ("" if c.reached else ", never")]
        for c in curves
    ])
    return finish(book, SLUG, _wide(data, curves, price), _narrow(data, curves, price), table)


def _plot(sheet: Sheet, data: Data, curves: list[Curve], price: float, x: LinearScale, y: LogScale, size: float) -> None:
    left, right, top, floor = x.start, x.end, y.end, y.start
    sheet.rect(left, y(price), right - left, floor - y(price), fill="sunk")
    for tick in data.ticks:
        sheet.line(left, y(tick), right, y(tick), stroke="rule")
        sheet.text(left - 7, y(tick) + size * .34, money(tick), size=size, fill="muted", anchor="end")
    for share in range(0, 101, 20):
        sheet.line(x(share), floor, x(share), floor + 5)
        sheet.text(x(share), floor + 8 + size, f"{share}%", size=size, fill="muted", anchor="middle" if share < 100 else "end")
    sheet.line(left, floor, right, floor)
    opened = data.open_hours / 168 * 100
    sheet.line(x(opened), top, x(opened), floor, stroke="ink-2", dash="1.5 4", stroke_width=1.3)
    for curve in curves:
        first = max(2.0, curve.cost(100) / data.high * 100)
        steps = [first + (100 - first) * (at / 60) ** 2 for at in range(61)]
        sheet.polyline([(x(used), y(curve.cost(used))) for used in steps], stroke="ink" if curve.reached else "rule-strong", stroke_width=2.2 if curve.reached else 1.6)
    sheet.line(left, y(price), right, y(price), stroke="ink", dash="6 4", stroke_width=1.4)
    for curve in curves:
        if curve.reached:
            sheet.mark(x(curve.share), y(price), "derived", radius=4.6)
            sheet.text(x(curve.share) + 7, y(price) - 5, f"{curve.share:.0f}%", size=size, weight=600)


def _wide(data: Data, curves: list[Curve], price: float) -> Sheet:
    sheet, size = Sheet(), 13.5
    x, y = LinearScale(0, 100, 54, 520), LogScale(data.low, data.high, 392, 52)
    sheet.text(0, 16, "USD per million tokens, in and out together", size=size, fill="muted")
    _plot(sheet, data, curves, price, x, y, size)
    opened = data.open_hours / 168 * 100
    sheet.text(x(opened) + 8, 64, f"{data.open_name}: {opened:.0f}% at most", size=size, fill="ink-2", halo=True)
    sheet.text(516, y(price) - 7, f"{data.price_name}, {money(price)}", size=size, weight=600, anchor="end", halo=True)
    sheet.text(x(opened) + 8, 382, "Under the dashed line the rented GPU is cheaper", size=size, fill="ink-2")
    places = sorted((y(curve.cost(100)), at, curve) for at, curve in enumerate(curves))
    last = -1e9
    for end, _, curve in places:
        place = max(end, last + 44)
        last = place
        sheet.polyline([(522, end), (534, place - 4)], stroke="ink-2", stroke_width=1)
        sheet.text(540, place - 2, curve.line.name, size=size, weight=600)
        sheet.text(540, place + 15, f"{money(curve.hour)} an hour; {money(curve.cost(100))} when full", size=size, fill="ink-2")
    sheet.text(287, 436, "share of the GPU’s capacity that is used", size=size, fill="muted", anchor="middle")
    head, _, rest = data.point.partition(". ")
    width = sheet.text(0, 470, head + ".", size=size + 1, weight=600)
    sheet.height = 470 + sheet.paragraph(width + 10, 470, rest, 750 - width, size=size, fill="ink-2", leading=1.3) - 8
    return sheet


def _narrow(data: Data, curves: list[Curve], price: float) -> Sheet:
    sheet, size = Sheet(width=NARROW, kind="narrow"), 12.5
    x, y = LinearScale(0, 100, 44, NARROW - 2), LogScale(data.low, data.high, 372, 44)
    sheet.text(0, 14, "USD per million tokens", size=size, fill="muted")
    _plot(sheet, data, curves, price, x, y, size)
    opened = data.open_hours / 168 * 100
    sheet.text(x(opened) + 6, 56, f"{data.open_name}: {opened:.0f}% at most", size=size, fill="ink-2", halo=True)
    sheet.text(NARROW - 4, y(price) - 6, f"{data.price_name}, {money(price)}", size=size, weight=600, anchor="end")
    for curve in curves:
        sheet.text(NARROW - 4, y(curve.cost(100)) - (17 if curve.reached else 27), curve.line.short, size=size, anchor="end", halo=True)
    sheet.text((x.start + x.end) / 2, 412, "share of capacity used", size=size, fill="muted", anchor="middle")
    top = 440.0
    for curve in curves:
        sheet.text(0, top, curve.line.name, size=size, weight=600)
        top += sheet.paragraph(0, top + 16, f"{curve.line.what}; {money(curve.hour)} an hour, {money(curve.cost(100))} when full", NARROW, size=size, fill="ink-2", leading=1.28) + 24
    head, _, rest = data.point.partition(". ")
    sheet.line(0, top - 10, NARROW, top - 10, stroke="rule")
    top += sheet.paragraph(0, top + 10, head + ".", NARROW, size=size + 1, weight=600, leading=1.25) + 8
    sheet.height = top + sheet.paragraph(0, top + 6, rest, NARROW, size=size, fill="ink-2", leading=1.3)
    return sheet
