"""One training run as arithmetic: size × data × 6, then FLOP into GPU-hours, and GPU-hours into days."""

from __future__ import annotations

from pydantic import Field as Key

from fieldguide.book import Book
from fieldguide.drawing.pieces import finish, infrastructure_field
from fieldguide.drawing.sheet import NARROW, Drawing, Sheet, Table, text_width
from fieldguide.drawing.values import checked, field, number, plain, power, words
from fieldguide.records.base import Strict

SLUG = "llama-run"


class Data(Strict):
    parameters: str = Key(examples=["llama-31-405b.parameters"])
    tokens: str
    factor: str
    flop: str
    reported_flop: str
    speed: str
    peak_hours: str
    hours: str
    utilization: str
    gpus: str
    days: str
    chip: str
    point: str
    """The annotation; {utilization} is filled in."""


def render(data: Data, book: Book) -> Drawing:
    """Wide: the sum in one line, then two bars of GPU-hours and the days. Narrow: a ledger and the same bars."""
    values = {name: number(book, getattr(data, name)) for name in (
        "parameters", "tokens", "factor", "flop", "reported_flop", "speed", "peak_hours", "hours", "utilization", "gpus", "days")}
    if abs(values["flop"] / values["reported_flop"] - 1) > .05:
        raise ValueError(f"{SLUG}: the rule gives {values['flop']:.3g} FLOP, the maker says {values['reported_flop']:.3g}")

    def row(name: str, what: str, text: str, how: str) -> list[str]:
        return [what, checked(getattr(data, name), text), how]

    table = Table("A training run as arithmetic", ["Quantity", "Value", "How"], [
        row("parameters", "Parameters", plain(values["parameters"]), "disclosed"),
        row("tokens", "Training tokens", plain(values["tokens"]), "disclosed"),
        row("factor", "FLOP per parameter and token", f"{values['factor']:g}", "rule for a dense transformer"),
        row("flop", "Training compute, FLOP", power(values["flop"]), "product of the three"),
        row("reported_flop", "Training compute as reported, FLOP", power(values["reported_flop"], 2), "disclosed"),
        row("speed", f"Peak speed of one {data.chip}, FLOP/s", power(values["speed"]), "dense BF16"),
        row("peak_hours", "GPU-hours at peak speed", plain(values["peak_hours"], 3), "compute ÷ speed"),
        row("hours", "GPU-hours as reported", plain(values["hours"]), "disclosed"),
        row("utilization", "Share of peak, average", f"{values['utilization']:.0f}%", "hours at peak ÷ hours reported"),
        row("gpus", "GPUs, at most", f"{values['gpus']:,.0f}", "disclosed"),
        row("days", "Days, all GPUs in use", f"{values['days']:.0f}", "hours ÷ GPUs ÷ 24"),
    ])
    point = data.point.replace("{utilization}", f"{values['utilization']:.0f}%")
    gpus = ("up to " if field(book, data.gpus).qualifier == "at most" else "") + f"{values['gpus']:,.0f}"
    return finish(book, SLUG, _wide(data, values, point, gpus), _narrow(data, values, point, gpus), table)


def _terms(values: dict[str, float]) -> list[tuple[str, str, str]]:
    """The sum as (sign, value, name)."""
    return [
        ("", words(values["parameters"]), "parameters"),
        ("×", words(values["tokens"]), "tokens"),
        ("×", f"{values['factor']:g}", "FLOP each"),
        ("=", power(values["flop"]), "FLOP"),
    ]


def _bars(sheet: Sheet, x: float, y: float, width: float, data: Data, values: dict[str, float], size: float, tall: float) -> float:
    """GPU-hours at peak speed over GPU-hours reported, on one scale. Returns the foot."""
    least, reported = values["peak_hours"], values["hours"]
    short = width * least / reported
    sheet.text(x, y, f"{plain(least, 3)} GPU-hours", size=size + 1, weight=600)
    label = text_width(f"{plain(least, 3)} GPU-hours", size + 1, 600) + 10
    sheet.text(x + label, y, f"if every {data.chip} ran at its peak" if sheet.kind == "wide" else "at peak speed", size=size, fill="ink-2")
    infrastructure_field(sheet, x + .6, y + 9, short, tall, gap=3.6)
    top = y + 9 + tall + 30
    sheet.text(x, top, f"{plain(reported)} GPU-hours", size=size + 1, weight=600)
    label = text_width(f"{plain(reported)} GPU-hours", size + 1, 600) + 10
    sheet.text(x + label, top, "reported by the maker", size=size, fill="ink-2")
    infrastructure_field(sheet, x + .6, top + 9, width - 1.2, tall, gap=7)
    sheet.rect(x + .6, top + 9, short, tall, fill="paper")
    infrastructure_field(sheet, x + .6, top + 9, short, tall, gap=3.6)
    if sheet.kind == "wide":
        sheet.line(x + short, y + 9 + tall + 4, x + short, top + 5, stroke="ink", dash="1.5 4", stroke_width=1.2)
    return top + 9 + tall


def _wide(data: Data, values: dict[str, float], point: str, gpus: str) -> Sheet:
    sheet, size = Sheet(), 13.5
    at = 0.0
    for sign, value, name in _terms(values):
        if sign:
            sheet.text(at, 32, sign, size=24, fill="muted")
            at += 34
        width = sheet.text(at, 32, value, size=24, weight=490)
        sheet.text(at, 54, name, size=size, fill="muted")
        at += max(width, text_width(name, size)) + 24
    sheet.text(at - 12 + 20, 32, f"reported: {power(values['reported_flop'], 2)}", size=size, fill="ink-2")
    sheet.text(at + 8, 54, "the rule holds" if abs(values["flop"] / values["reported_flop"] - 1) < .01 else "", size=size, fill="muted")
    sheet.arrow(7, 70, 7, 100)
    sheet.text(24, 92, f"÷ {values['speed'] / 1e12:,.0f} trillion FLOP a second, the dense peak of one {data.chip}, ÷ 3,600 seconds", size=size, fill="ink-2")
    foot = _bars(sheet, 0, 124, 760, data, values, size, 30)
    head, _, rest = point.partition(". ")
    x = 760 * values["peak_hours"] / values["hours"]
    sheet.polyline([(x + 6, 152), (x + 46, 152)], stroke="ink")
    sheet.text(x + 54, 150, head + ".", size=size + 1, weight=600)
    sheet.text(x + 54, 168, rest, size=size, fill="ink-2")
    sheet.arrow(7, foot + 12, 7, foot + 42)
    sheet.text(24, foot + 34, f"÷ {gpus} GPUs ÷ 24 hours", size=size, fill="ink-2")
    y = foot + 74
    width = sheet.text(0, y, f"{values['days']:.0f} days", size=24, face="display", weight=490)
    sheet.text(width + 14, y, "if all of them worked on this run throughout", size=size, fill="ink-2")
    _days(sheet, 0, y + 16, 760, values["days"], size)
    sheet.height = y + 16 + 40
    return sheet


def _days(sheet: Sheet, x: float, y: float, width: float, days: float, size: float) -> None:
    """A scale of days by weeks."""
    weeks = int(days // 7)
    sheet.line(x, y + 8, x + width, y + 8, stroke="ink", stroke_width=2)
    for week in range(weeks + 1):
        place = x + width * week * 7 / days
        sheet.line(place, y + (2 if week % 4 == 0 else 5), place, y + 8, stroke="ink")
        if week % 4 == 0:
            sheet.text(place, y + 10 + size, f"week {week}" if week else "start", size=size, fill="muted", anchor="start" if week == 0 else "middle")
    sheet.line(x + width, y + 2, x + width, y + 8, stroke="ink")
    sheet.text(x + width, y + 10 + size, f"{days:.0f} days", size=size, fill="muted", anchor="end")


def _narrow(data: Data, values: dict[str, float], point: str, gpus: str) -> Sheet:
    sheet, size = Sheet(width=NARROW, kind="narrow"), 12.5
    y = 18.0
    for sign, value, name in _terms(values):
        total = sign == "="
        if total:
            sheet.line(0, y - 14, NARROW, y - 14, stroke="ink")
            y += 8
        sheet.text(0, y, "6 × parameters × tokens" if total else name, size=size, fill="ink-2")
        sheet.text(NARROW, y, f"{sign} {value}{' FLOP' if total else ''}".strip(), size=16, weight=600 if total else 490, anchor="end")
        y += 27
    sheet.text(NARROW, y - 6, f"reported: {power(values['reported_flop'], 2)}", size=size, fill="muted", anchor="end")
    y += 10
    sheet.arrow(6, y - 4, 6, y + 22)
    sheet.text(20, y + 8, f"÷ {values['speed'] / 1e12:,.0f} trillion FLOP a second,", size=size, fill="ink-2")
    sheet.text(20, y + 24, f"the dense peak of one {data.chip}, ÷ 3,600", size=size, fill="ink-2")
    foot = _bars(sheet, 0, y + 58, NARROW, data, values, size, 22)
    head, _, rest = point.partition(". ")
    sheet.text(0, foot + 28, head + ".", size=size + 1, weight=600)
    foot += 46 + sheet.paragraph(0, foot + 46, rest, NARROW, size=size, fill="ink-2", leading=1.3)
    sheet.arrow(6, foot - 4, 6, foot + 22)
    sheet.text(20, foot + 14, f"÷ {gpus} GPUs ÷ 24 hours", size=size, fill="ink-2")
    y = foot + 52
    width = sheet.text(0, y, f"{values['days']:.0f} days", size=22, face="display", weight=490)
    sheet.text(width + 12, y, "if all worked throughout", size=size, fill="ink-2")
    _days(sheet, 0, y + 14, NARROW, values["days"], size)
    sheet.height = y + 14 + 34
    return sheet
