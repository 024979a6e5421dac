"""What an agent sends with each call: new tokens on top of all that was sent before, and the saw that compaction makes of it."""

from __future__ import annotations

from pydantic import Field as Key

from fieldguide.book import Book
from fieldguide.drawing.canvas import NARROW
from fieldguide.drawing.drawn import Drawing, Table
from fieldguide.drawing.measure import text_width
from fieldguide.drawing.pieces import drawing_of
from fieldguide.drawing.scales import LinearScale
from fieldguide.drawing.sheet import Sheet
from fieldguide.records.base import Strict
from fieldguide.records.formulas.agents import agent_input_tokens, agent_resent_tokens, compacted_input_tokens

SLUG = "agent-context-growth"


class Data(Strict):
    first: int
    """Tokens of the first call; this and the others are illustrative."""
    growth: int
    """Tokens that each call adds: written by the model and brought back by tools."""
    calls: int = Key(ge=10, le=60)
    marks: list[int] = Key(min_length=2, max_length=3)
    """Numbers of calls whose totals are written; the last two are what the title compares."""
    limit: int
    """Context at which the agent compacts."""
    kept: int
    """Tokens of the summary it goes on with."""
    claim_between: tuple[float, float]


def contexts(data: Data, compacted: bool = False) -> list[float]:
    """The context of each call, in tokens."""
    found = [float(data.first)]
    while len(found) < data.calls:
        grown = found[-1] + data.growth
        found.append(data.kept if compacted and grown > data.limit else grown)
    return found


def render(data: Data, book: Book) -> Drawing:
    """Raises ValueError when the last two marks are further apart or closer than the title says."""
    totals = [agent_input_tokens(calls, data.first, data.growth) for calls in data.marks]
    times, (low, high) = totals[-1] / totals[-2], data.claim_between
    if data.marks[-1] != 2 * data.marks[-2] or not low <= times <= high:
        raise ValueError(f"{SLUG}: the title claims {low:g} to {high:g} times for twice the calls, the formula gives {times:.3g}")
    saw = compacted_input_tokens(data.calls, data.first, data.growth, data.limit, data.kept)
    rows = [
        [f"{calls}", f"{contexts(data)[calls - 1]:,.0f}", f"{total:,.0f}", f"{agent_resent_tokens(calls, data.first, data.growth):,.0f}",
         f"{100 * agent_resent_tokens(calls, data.first, data.growth) / total:.0f}%",
         f"{compacted_input_tokens(calls, data.first, data.growth, data.limit, data.kept):,.0f}"]
        for calls, total in zip(data.marks, totals, strict=True)
    ]
    table = Table("Tokens that an agent reads, illustrative", ["Calls", "Context of the last call", "Read in all calls", "Of these, sent before", "Share sent before", "Read with compaction"], rows)
    return drawing_of(book, SLUG, _chart(data, totals, saw, Sheet(height=400)), _chart(data, totals, saw, Sheet(width=NARROW, height=420, kind="narrow")), table)


def _key(sheet: Sheet, x: float, y: float, size: float, rows: list[tuple[str, str, str]]) -> None:
    for at, (kind, name, note) in enumerate(rows):
        place = y + at * (size + 8)
        if kind == "saw":
            sheet.polyline([(x, place + 1), (x + 8, place - 9), (x + 8, place + 1), (x + 16, place - 9)], stroke="ink", stroke_width=1.8)
        else:
            sheet.rect(x, place - 10, 16, 11, fill="model" if kind == "new" else "off")
        width = sheet.text(x + 24, place, name, size=size, weight=600)
        sheet.text(x + 30 + width, place, note, size=size, fill="muted")


def _chart(data: Data, totals: list[float], saw: float, sheet: Sheet) -> Sheet:
    wide = sheet.kind == "wide"
    size = 13.5 if wide else 12.5
    left, right, top = (58, 756, 24) if wide else (40, 326, 104)
    bottom = sheet.height - (34 + 30 * len(data.marks))
    plain = contexts(data)
    y = LinearScale(0, max(plain), bottom, top)
    step = 10_000 if max(plain) > 20_000 else 5_000
    sheet.linear_axis(y, left, [float(value) for value in range(0, int(max(plain)) + 1, step)], side="left", size=size, grid_to=right,
                      label=lambda value: f"{value:,.0f}" if wide else (f"{value / 1000:.0f}K" if value else "0"))
    pitch = (right - left - 6) / data.calls
    thick = pitch * (.74 if wide else .7)
    for at, value in enumerate(plain):
        x = left + 6 + at * pitch
        fresh = data.growth if at else data.first
        if at:
            sheet.rect(x, y(value - fresh), thick, bottom - y(value - fresh), fill="off")
        sheet.rect(x, y(value), thick, y(value - fresh) - y(value) - (1 if at else 0), fill="model")
    points: list[tuple[float, float]] = []
    for at, (value, uncut) in enumerate(zip(contexts(data, compacted=True), plain, strict=True)):
        if value == uncut and at + 1 < len(plain) and contexts(data, compacted=True)[at + 1] == plain[at + 1]:
            continue  # before the first compaction both are the same
        x = left + 6 + at * pitch
        points += [(x, y(value)), (x + pitch if at + 1 < len(plain) else x + thick, y(value))]
    sheet.polyline(points, stroke="paper", stroke_width=4.4)
    sheet.polyline(points, stroke="ink", stroke_width=1.9)
    rows = [("new", "new with this call", ""), ("old", "sent before, read again", ""), ("saw", f"compacted at {data.limit:,}", f"{saw:,.0f} tokens in all {data.calls} calls")]
    if wide:
        _key(sheet, left + 22, top + 16, size, rows)
    else:
        _key(sheet, 0, 14, size, [*rows[:2], ("saw", rows[2][1], "")])
        sheet.text(24, 14 + 3 * (size + 8), rows[2][2], size=size, fill="muted")
    for at, (calls, total) in enumerate(zip(data.marks, totals, strict=True)):
        place = bottom + 22 + at * 30
        end = left + 6 + (calls - 1) * pitch + thick
        words = f"{calls} calls: {total:,.0f} tokens"
        width = text_width(words, size, 600)
        beside = end + 12 + width <= sheet.width
        start, stop = (end, end) if beside else ((left + end - width) / 2 - 8, (left + end + width) / 2 + 8)
        sheet.polyline([(left + 6, place - 7), (left + 6, place), (start, place)], stroke="ink", stroke_width=1.1)
        sheet.polyline([(stop, place), (end, place), (end, place - 7)], stroke="ink", stroke_width=1.1)
        if beside:
            sheet.text(end + 10, place + size * .3, words, size=size, weight=600)
        else:
            sheet.text((left + end) / 2, place + size * .3, words, size=size, weight=600, anchor="middle", halo=True)
    return sheet
