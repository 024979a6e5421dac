"""Tokens of all users together against the speed of each: a bound computed from formulas, and a vendor's measurements beside it."""

from __future__ import annotations

from dataclasses import dataclass

from pydantic import Field as Key

from fieldguide.book import Book
from fieldguide.drawing.pieces import finish
from fieldguide.drawing.sheet import NARROW, Drawing, LinearScale, Sheet, Table
from fieldguide.drawing.values import checked, number
from fieldguide.records.base import Strict
from fieldguide.records.formulas.serving import serving_bound

SLUG = "batch-curve"


class Inputs(Strict):
    """Fact references for the bound."""

    prompt: str
    answer: str
    cache_per_token: str
    weights: str
    parameters: str
    rate: str
    bandwidth: str


class Data(Strict):
    measured: str
    """The record with the fields users-N, between-N, first-N and total-N."""
    users: list[int] = Key(min_length=3)
    inputs: Inputs
    seats: str
    """A fact reference: how many users' caches fit."""
    speed_ticks: list[float] = Key(min_length=3)
    total_ticks: list[float] = Key(min_length=3)
    many: int
    """The users of the title; its ratios are checked."""
    at_least: float
    """How many times the tokens of one user."""
    at_most: float
    """Percent of one user's speed."""
    full: str
    """What is said at the end of the bound; {seats} is filled in."""
    note: str


@dataclass(frozen=True)
class Point:
    users: int
    speed: float
    total: float
    first: float


def words(users: int) -> str:
    return "1 user" if users == 1 else f"{users} users"


def wait_text(first: float) -> str:
    return f"first token after {first / 1000:.1f} s"


def render(data: Data, book: Book) -> Drawing:
    """Raises ValueError when the measurements do not support the title."""
    measured = [
        Point(users, number(book, f"{data.measured}.total-{users}") / users, number(book, f"{data.measured}.total-{users}"), number(book, f"{data.measured}.first-{users}"))
        for users in data.users
    ]
    one, many = measured[0], next(point for point in measured if point.users == data.many)
    if many.total / one.total < data.at_least or 100 * many.speed / one.speed > data.at_most:
        raise ValueError(f"{SLUG}: the title claims {data.at_least:g} times the tokens at {data.at_most:g}% of the speed, "
                         f"the records give {many.total / one.total:.3g} and {100 * many.speed / one.speed:.3g}%")
    inputs = {name: number(book, reference) for name, reference in data.inputs.model_dump().items()}
    seats = round(number(book, data.seats))
    totals = [serving_bound(users, **inputs) for users in range(1, seats + 1)]
    bound = [(total / users, total) for users, total in enumerate(totals, 1)]
    table = Table("Speed for each user and tokens of all", ["Users at once", "Tokens/s, all, measured", "Tokens/s for each", "First token", "Bound if reading and writing take turns"], [
        [str(point.users), checked(f"{data.measured}.total-{point.users}", f"{point.total:.2f}"), f"{point.speed:.1f}", f"{point.first / 1000:.2f} s",
         f"{totals[point.users - 1]:.0f}" if point.users <= seats else "more than the memory holds"]
        for point in measured
    ])
    return finish(book, SLUG, _chart(data, measured, bound, seats, Sheet(height=436)), _chart(data, measured, bound, seats, Sheet(width=NARROW, height=400, kind="narrow")), table)


def _chart(data: Data, measured: list[Point], bound: list[tuple[float, float]], seats: int, sheet: Sheet) -> Sheet:
    wide = sheet.kind == "wide"
    size = 13.5 if wide else 12.5
    left, right, top, bottom = (56, 740, 34, 366) if wide else (44, 318, 34, 300)
    x = LinearScale(0, data.speed_ticks[-1], left, right)
    y = LinearScale(0, data.total_ticks[-1], bottom, top)
    sheet.linear_axis(y, left, data.total_ticks, side="left", size=size, grid_to=right, label=lambda value: f"{value:,g}")
    sheet.linear_axis(x, bottom, data.speed_ticks if wide else data.speed_ticks[::2], size=size)
    sheet.text(0, 14, "tokens a second, all users together", size=size, fill="muted")
    sheet.text(right, bottom + 30 + size, "tokens a second for each user", size=size, fill="muted", anchor="end")
    sheet.polyline([(x(speed), y(total)) for speed, total in bound], stroke="ink-2", stroke_width=1.6, dash="6 4")
    end = bound[-1]
    sheet.line(x(end[0]) - 6, y(end[1]), x(end[0]) + 6, y(end[1]), stroke="ink-2", stroke_width=2)
    full = data.full.replace("{seats}", str(seats))
    sheet.text(x(end[0]) + 12, y(end[1]) - 4, full if wide else full.partition(",")[0], size=size, fill="ink-2", halo=True)
    start = bound[0]
    sheet.text(x(start[0]) - 10, y(start[1]) + 4, words(1), size=size, fill="ink-2", anchor="end", halo=True)
    middle = bound[len(bound) // 6]
    sheet.text(x(middle[0]) + 12, y(middle[1]) - 4, "bound if reading and writing take turns" if wide else "bound", size=size, fill="ink-2", halo=True)
    sheet.polyline([(x(point.speed), y(point.total)) for point in measured], stroke="ink", stroke_width=2.6)
    for point in measured:
        px, py = x(point.speed), y(point.total)
        sheet.mark(px, py, "disclosed")
        if wide:
            waiting = f"{words(point.users)}, {wait_text(point.first)}" if point.users in (measured[0].users, data.many, measured[-1].users) else words(point.users)
            last = point.users == measured[-1].users
            sheet.text(px + (-50 if last else 11), py - (25 if last else 6), waiting, size=size, weight=600 if point.users in (1, data.many) else 400, halo=True)
        else:
            last = point.users == measured[-1].users
            sheet.text(px + (-2 if last else 9), py - (11 if last else 5), str(point.users) if point.users != 1 else words(1), size=size, weight=600, halo=True)
    if wide:
        sheet.mark(62, 424, "disclosed")
        sheet.text(74, 429, data.note, size=size, fill="ink-2")
    else:
        foot = bottom + 58 + size
        foot += sheet.paragraph(0, foot, f"Numbers at the marks: users at once, {data.note}", NARROW, size=size, fill="ink-2", leading=1.3)
        sheet.height = foot - 4
    return sheet
