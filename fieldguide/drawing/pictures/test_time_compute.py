"""Accuracy against tries a problem: what a vote adds to each model, and what a checker would."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import Literal

from pydantic import Field as Key

from fieldguide.book import Book
from fieldguide.drawing.pieces import finish
from fieldguide.drawing.sheet import NARROW, Drawing, LinearScale, LogScale, Sheet, Table, wrap
from fieldguide.drawing.values import checked, number
from fieldguide.records.base import Strict

SLUG = "test-time-compute"


class Try(Strict):
    """One measured point. `samples` is a fact, or absent for a single answer."""

    samples: str | None = None
    score: str
    how: str


class Line(Strict):
    name: str
    short: str | None = None
    reasons: bool
    tries: list[Try] = Key(min_length=2, max_length=3)
    end: Literal["right", "above", "below"] = "right"
    """Where the last score stands."""
    note: str = ""
    """How the last of three answers was chosen."""


class Panel(Strict):
    title: str
    note: str
    ticks: list[float] = Key(min_length=3)
    lines: list[Line] = Key(min_length=1)


class Limit(Strict):
    fact: str
    name: str
    short: str


class Data(Strict):
    high: float
    vote: Panel
    checked: Panel
    limit: Limit
    middling: str
    weak: str
    adds: tuple[int, int]
    """What the title says a vote adds, in whole points: least and most."""
    point: str
    """The annotation; {weak} and {middling} are the points that the tries add to the two named lines."""


@dataclass(frozen=True)
class Drawn:
    name: str
    short: str
    reasons: bool
    points: list[tuple[float, float]]
    shown: list[str]
    end: str
    note: str

    @property
    def gain(self) -> float:
        return self.points[1][1] - self.points[0][1]


def read(book: Book, panel: Panel) -> list[Drawn]:
    return [
        Drawn(line.name, line.short or line.name, line.reasons, [(number(book, item.samples) if item.samples else 1.0, number(book, item.score)) for item in line.tries],
              [f"{number(book, item.score):g}%" for item in line.tries], line.end, line.note)
        for line in panel.lines
    ]


def render(data: Data, book: Book) -> Drawing:
    """Two panels on one scale, side by side or one under the other. Raises ValueError when a claim does not hold."""
    vote, proof = read(book, data.vote), read(book, data.checked)
    gains = {line.name: line.gain for line in vote}
    if max(gains, key=gains.__getitem__) != data.middling or min(gains, key=gains.__getitem__) != data.weak:
        raise ValueError(f"{SLUG}: the annotation claims {data.middling} gains most and {data.weak} least; the records give {gains}")
    if (round(gains[data.weak]), round(gains[data.middling])) != data.adds:
        raise ValueError(f"{SLUG}: the title claims {data.adds[0]} to {data.adds[1]} points; the records give {gains}")
    point = data.point.replace("{weak}", f"{gains[data.weak]:.0f}").replace("{middling}", f"{gains[data.middling]:.0f}")
    limit = number(book, data.limit.fact)
    rows = [
        [line.name, f"{number(book, item.samples):,.0f}" if item.samples else "1", item.how, checked(item.score, f"{number(book, item.score):g}%"), panel.title]
        for panel in (data.vote, data.checked) for line in panel.lines for item in line.tries
    ]
    rows.append([data.limit.name, "1", "best single attempt by any system then", checked(data.limit.fact, f"{limit:g}%"), data.checked.title])
    table = Table("Share of problems solved by answers tried", ["Model", "Answers a problem", "How one is chosen", "Solved", "Test"], rows)
    wide, narrow = Sheet(height=474), Sheet(width=NARROW, kind="narrow")
    _panel(wide, data, data.vote, vote, (150, 500), (80, 426), 13.5, point, None)
    _panel(wide, data, data.checked, proof, (560, 752), (80, 426), 13.5, "", limit)
    foot = _panel(narrow, data, data.vote, vote, (122, 318), (80, 380), 12.5, point, None)
    foot = _panel(narrow, data, data.checked, proof, (40, 318), (foot + 92, foot + 272), 12.5, "", limit)
    narrow.height = foot
    return finish(book, SLUG, wide, narrow, table)


def _panel(sheet: Sheet, data: Data, panel: Panel, lines: list[Drawn], across: tuple[float, float], down: tuple[float, float], size: float, point: str, limit: float | None) -> float:
    """One panel; the one with a limit carries the scale of both. Returns the foot."""
    wide, vote = sheet.kind == "wide", limit is None
    left, right = across
    top, bottom = down
    start = 0 if vote or not wide else left - 44
    sheet.text(start, top - 62, panel.title, size=size + 1.5, weight=600)
    sheet.text(start, top - 43, panel.note, size=size, fill="muted")
    x, y = LogScale(1, data.high, left, right - 20), LinearScale(0, 100, bottom, top)
    for value in (0, 25, 50, 75, 100):
        sheet.line(left, y(value), right, y(value), stroke="ink" if value == 0 else "rule")
        if not vote:
            sheet.text(left - 9, y(value) + size * .34, f"{value}%" if value else "0", size=size, fill="muted", anchor="end")
        elif not wide and value:
            sheet.text(right, y(value) - 4, f"{value}%", size=size, fill="muted", anchor="end")
    for value in panel.ticks:
        sheet.line(x(value), bottom, x(value), bottom + 6)
        sheet.text(x(value), bottom + 10 + size, f"{value:,.0f}", size=size, fill="muted", anchor="middle")
    sheet.text(right, bottom + 30 + size, "answers a problem", size=size, fill="muted", anchor="end")
    if limit is not None:
        _limit(sheet, data, lines[0], limit, x, y, size)
    starts = spread([y(line.points[0][1]) for line in lines], size * 1.24)
    for line, start_y in zip(lines, starts, strict=True):
        _line(sheet, line, x, y, size, vote, start_y)
    if not point:
        return bottom + 36 + size
    head, _, rest = point.partition(". ")
    tx, ty, room = (left + 106, y(36), right - left - 100) if wide else (0, bottom + 66 + size, NARROW)
    rows = wrap(rest, room, size)
    if wide:  # Paper behind the words, or the grid would run through them.
        sheet.rect(tx - 6, ty - size, room + 6, 26 + len(rows) * size * 1.32, fill="paper")
    sheet.text(tx, ty, head + ".", size=size + .5, weight=600)
    for at, words in enumerate(rows):
        sheet.text(tx, ty + 19 + at * size * 1.32, words, size=size, fill="ink-2", halo=wide)
    return ty + 19 + len(rows) * size * 1.32


def _limit(sheet: Sheet, data: Data, line: Drawn, limit: float, x: LogScale, y: LinearScale, size: float) -> None:
    """What one try of the best system reached, dotted; its name stays clear of the rising line."""
    sheet.line(x.start, y(limit), x.end + 20, y(limit), stroke="ink-2", stroke_width=1.4, dash="1.5 4")
    (_, low), (far, high) = line.points[0], line.points[1]
    room = (x(far) - x.start) * (limit - low) / (high - low) - 14
    rows = wrap(data.limit.short, room, size)
    for at, words in enumerate(rows):
        sheet.text(x.start + 5, y(limit) - 7 - (len(rows) - 1 - at) * size * 1.25, words, size=size, fill="ink-2", halo=True)


def spread(places: list[float], gap: float) -> list[float]:
    """The places moved apart in pairs until no two stand closer than `gap`, each pair about its own middle."""
    moved = list(places)
    order = sorted(range(len(moved)), key=moved.__getitem__)
    for above, below in pairwise(order):
        short = gap - (moved[below] - moved[above])
        if short > 0:
            moved[above] -= short / 2
            moved[below] += short / 2
    return moved


def _line(sheet: Sheet, line: Drawn, x: LogScale, y: LinearScale, size: float, vote: bool, start_y: float) -> None:
    """One model; `start_y` is where its name and first score stand, beside its first point."""
    token, text = ("model", "model-text") if line.reasons else ("rule-strong", "ink-2")
    places = [(x(samples), y(score)) for samples, score in line.points]
    sheet.polyline(places, stroke=token, stroke_width=2.6 if line.reasons else 1.6)
    for px, py in places:
        sheet.circle(px, py, 3.8, fill=token)
    (px, py), first = places[0], line.shown[0]
    if vote:
        width = sheet.text(px - 9, start_y + size * .34, first, size=size, weight=600, fill=text, anchor="end")
        sheet.text(px - 16 - width, start_y + size * .34, line.name if sheet.kind == "wide" else line.short, size=size, fill=text, anchor="end")
    else:
        sheet.text(px + 8, py + size + 3, first, size=size, weight=600, fill=text)
    px, py = places[-1]
    last = line.shown[-1]
    if line.note:
        width = sheet.text(px + 14, py - 9, last, size=size, weight=600, fill=text, anchor="end", halo=True)
        sheet.text(px + 8 - width, py - 9, line.note, size=size, fill=text, anchor="end", halo=True)
    elif line.end == "right":
        sheet.text(px + 9, py + size * .34, last, size=size, weight=600, fill=text, halo=True)
    else:
        sheet.text(px + (6 if line.end == "below" else 0), py + (size + 4 if line.end == "below" else -9), last, size=size, weight=600, fill=text, anchor="start" if line.end == "below" else "middle", halo=True)
