"""List price against measured speed of one open model by host: what is known of both, and what is known of one of them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from pydantic import Field as Key

from fieldguide.book import Book
from fieldguide.drawing.pieces import finish
from fieldguide.drawing.sheet import NARROW, Drawing, LinearScale, LogScale, Sheet, Table, text_width
from fieldguide.drawing.values import checked, field, number
from fieldguide.records.base import Strict
from fieldguide.text.dates import show_date

SLUG = "price-and-speed"
SPEEDS = (300, 500, 1000, 2000)


class Host(Strict):
    """One host. Without a price or without a speed it stands on the rim of the chart."""

    name: str
    price: str | None = None
    """Its price record."""
    speed: str | None = None
    """A fact: tokens per second; a range is drawn as one."""
    side: Literal["left", "right"] = "right"
    note: str = ""


class Data(Strict):
    hosts: list[Host] = Key(min_length=3)
    top_price: float
    prices: list[float] = Key(min_length=3)
    against: str
    """The host that the point of the chart compares the fastest with."""
    measured: int
    """How many hosts have a price and a speed, as the title says."""
    point: str
    """{times}: the fastest over it in speed; {more} and {more_read}: percent more for a token written and read."""


@dataclass(frozen=True)
class Spot:
    host: Host
    price: float | None
    speed: float | None
    band: tuple[float, float] | None
    about: str = ""
    """How exact the source is: "about "."""

    @property
    def figure(self) -> str:
        """The speed in digits, to the whole token."""
        if self.band is not None:
            return f"{self.band[0]:,.0f}–{self.band[1]:,.0f}"
        return f"{int(self.speed + 0.5):,}" if self.speed is not None else ""

    @property
    def label(self) -> str:
        return self.about + self.figure


def spots(data: Data, book: Book) -> list[Spot]:
    found = []
    for host in data.hosts:
        price = number(book, f"{host.price}.output") if host.price else None
        measured = field(book, host.speed) if host.speed else None
        value = measured.value if measured else None
        band = (float(value[0]), float(value[1])) if isinstance(value, list) else None
        found.append(Spot(host, price, float(value) if isinstance(value, int | float) else None, band, f"{measured.qualifier} " if measured and measured.qualifier else ""))
    return found


def render(data: Data, book: Book) -> Drawing:
    """Raises ValueError when the fastest of the measured hosts does not list the highest price, or their number is not the title's."""
    found = spots(data, book)
    both = [spot for spot in found if spot.price is not None and spot.speed is not None]
    if len(both) != data.measured:
        raise ValueError(f"{SLUG}: the title claims {data.measured} hosts with both numbers, the records give {len(both)}")
    fastest = max(both, key=lambda spot: spot.speed or 0)
    if any((spot.price or 0) >= (fastest.price or 0) for spot in both if spot is not fastest):
        raise ValueError(f"{SLUG}: the title claims that the fastest lists the highest price; {fastest.host.name} does not")
    other = next(spot for spot in both if spot.host.name == data.against)
    times = (fastest.speed or 0) / (other.speed or 1)
    read, written = (100 * (number(book, f"{fastest.host.price}.{name}") / number(book, f"{other.host.price}.{name}") - 1) for name in ("input", "output"))
    point = data.point.replace("{times}", f"{times:.1f}").replace("{more}", f"{written:.0f}%").replace("{more_read}", f"{read:.0f}%")
    return finish(book, SLUG, _draw(data, found, fastest, point, wide=True), _draw(data, found, fastest, point, wide=False), _table(book, found))


def _table(book: Book, found: list[Spot]) -> Table:
    rows = []
    for spot in found:
        price = checked(f"{spot.host.price}.output", f"${spot.price:g}") if spot.price is not None else "no price in the records"
        speed = spot.about + checked(str(spot.host.speed), spot.figure) if spot.figure else "no measurement read"
        day = show_date(str(field(book, f"{spot.host.price}.date").value)) if spot.host.price else ""
        when = show_date(str(field(book, spot.host.speed).as_of)) if spot.host.speed else ""
        rows.append([spot.host.name, price, day, speed, when])
    return Table("gpt-oss-120b by host", ["Host", "Output price, USD per million tokens", "Price as of", "Speed, tokens per second", "Speed as of"], rows)


def _draw(data: Data, found: list[Spot], fastest: Spot, point: str, *, wide: bool) -> Sheet:
    sheet = Sheet() if wide else Sheet(width=NARROW, kind="narrow")
    size = 13.5 if wide else 12.5
    left, right, top, base = (62, 748, 40, 400) if wide else (44, NARROW - 10, 40, 404)
    zero = left + (64 if wide else 56)
    x, y = LinearScale(0, data.top_price, zero, right), LogScale(240, 2400, base, top)
    sheet.text(0, 14, "Output tokens a second, one stream, log scale", size=size, fill="muted")
    for value in SPEEDS:
        sheet.line(left, y(value), right, y(value), stroke="rule")
        sheet.text(left - 8, y(value) + size * .34, f"{value:,}", size=size, fill="muted", anchor="end")
    sheet.line(left, top, left, base)
    sheet.linear_axis(x, base, data.prices, size=size, label=lambda value: f"${value:.2f}" if value else "$0")
    sheet.line(left, base, zero, base)
    sheet.line(zero, top, zero, base, stroke="rule-strong", dash="2 4")
    sheet.text((left + zero) / 2, base + 10 + size, "none", size=size, fill="muted", anchor="middle")
    sheet.text(right, base + 46, "list price, USD per million tokens written", size=size, fill="muted", anchor="end")
    for spot in found:
        if spot.price is not None and spot.label:
            _spot(sheet, spot, x(spot.price), y, size, wide)
        elif spot.speed is not None:
            sheet.mark((left + zero) / 2, y(spot.speed), "estimate", radius=4.6 if wide else 4)
            _words(sheet, zero + 6, y(spot.speed) - size, spot.host.name, f"{spot.label}, {spot.host.note}" if wide else spot.label, size, "right")
        else:
            px = x(spot.price or 0)
            sheet.line(px, base, px, base - 14, stroke="ink-2", stroke_width=1.6)
            _words(sheet, px + 8, base - (5 + size * .34 if wide else 8 + size), spot.host.name, spot.host.note, size, "right")
    px, py = x(fastest.price or 0), y(fastest.speed or 1)
    lines = point.split("; ")
    tx = px - 196 if wide else zero + 8
    ty = py + (46 if wide else 58)
    sheet.polyline([(px - 6, py + 7), (px - 22, ty - size - 2)], stroke="ink", stroke_width=1)
    for at, words in enumerate(lines):
        sheet.text(tx, ty + at * (size + 4.5), words, size=size, weight=600 if at == 0 else 400, fill="ink" if at == 0 else "ink-2", halo=True)
    sheet.height = base + 56
    return sheet


def _spot(sheet: Sheet, spot: Spot, px: float, y: LogScale, size: float, wide: bool) -> None:
    if spot.band is not None:
        px -= 15 if wide else 11
        sheet.whisker(px, y(spot.band[0]), px, y(spot.band[1]))
        _words(sheet, px - 8, y(360), spot.host.name, f"{spot.label}{', ' + spot.host.note if spot.host.note and wide else ''}", size, "left")
        return
    sheet.mark(px, y(spot.speed or 1), "estimate", radius=4.6 if wide else 4)
    _words(sheet, px + (11 if spot.host.side == "right" else -11), y(spot.speed or 1), spot.host.name, f"{spot.label}{', ' + spot.host.note if spot.host.note and wide else ''}", size, spot.host.side)


def _words(sheet: Sheet, x: float, y: float, name: str, value: str, size: float, side: Literal["left", "right"]) -> None:
    """Name in bold with its value: on one line where there is room, else below."""
    if sheet.kind == "narrow":
        anchor: Literal["start", "end"] = "start" if side == "right" else "end"
        sheet.text(x, y - 1, name, size=size, weight=600, anchor=anchor, halo=True)
        sheet.text(x, y + size + 1, value, size=size, fill="ink-2", anchor=anchor, halo=True)
        return
    first, gap = text_width(name, size, 600), 6
    start = x if side == "right" else x - first - gap - text_width(value, size)
    sheet.text(start, y + size * .34, name, size=size, weight=600, halo=True)
    sheet.text(start + first + gap, y + size * .34, value, size=size, fill="ink-2", halo=True)
