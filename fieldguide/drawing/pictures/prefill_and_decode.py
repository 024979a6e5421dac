"""One request as a timeline: the prompt is read in one pass, the answer written in as many passes as it has tokens."""

from __future__ import annotations

from pydantic import Field as Key

from fieldguide.book import Book
from fieldguide.drawing.pieces import finish
from fieldguide.drawing.sheet import NARROW, Drawing, LinearScale, Sheet, Table
from fieldguide.drawing.values import checked, number
from fieldguide.records.base import Strict

SLUG = "prefill-and-decode"


class Phase(Strict):
    name: str
    says: str
    passes: str
    """{prompt} and {answer} are filled in."""
    weights: str
    waits: str
    felt: str
    least: str
    """A fact reference: the bound in ms, for the prompt or for one token."""
    measured: str
    """A fact reference: what was measured, in ms."""
    each: str


class Data(Strict):
    prompt: str
    answer: str
    first: str
    between: str
    phases: list[Phase] = Key(min_length=2, max_length=2)
    ticks: list[float] = Key(min_length=3)
    """Seconds on the axis."""
    every: int
    """One stroke for so many tokens of the answer."""
    first_claim: float
    rest_claim: float
    """The seconds of the title, to one decimal."""


def seconds(milliseconds: float) -> str:
    return f"{milliseconds / 1000:.1f} s"


def milli(value: float) -> str:
    return f"{value:.0f} ms" if value >= 100 else f"{value:.1f} ms"


def render(data: Data, book: Book) -> Drawing:
    """Raises ValueError when the title's seconds are not those of the records."""
    prompt, answer, first, between = (number(book, reference) for reference in (data.prompt, data.answer, data.first, data.between))
    writing = answer * between
    if round(first / 1000, 1) != data.first_claim or round(writing / 1000, 1) != data.rest_claim:
        raise ValueError(f"{SLUG}: the title claims {data.first_claim:g} and {data.rest_claim:g} seconds, the records give {first / 1000:.2f} and {writing / 1000:.2f}")
    named = {"{prompt}": f"{prompt:,.0f}", "{answer}": f"{answer:,.0f}"}
    rows = [
        ("tokens in a pass", [_fill(phase.passes, named) for phase in data.phases]),
        ("weights are read", [_fill(phase.weights, named) for phase in data.phases]),
        ("waits for", [phase.waits for phase in data.phases]),
        ("least time", [f"{milli(number(book, phase.least))} {phase.each}" for phase in data.phases]),
        ("measured", [f"{milli(number(book, phase.measured))} {phase.each}" for phase in data.phases]),
        ("the user feels", [phase.felt for phase in data.phases]),
    ]
    marked = {"least time": "least", "measured": "measured"}
    table = Table("The two phases of one request", ["What", *(phase.name for phase in data.phases)], [
        [label, *(f"{checked(getattr(phase, marked[label]), milli(number(book, getattr(phase, marked[label]))))} {phase.each}" if label in marked else cell
                  for phase, cell in zip(data.phases, cells, strict=True))]
        for label, cells in rows
    ])
    times = (first, writing, answer)
    return finish(book, SLUG, _wide(data, rows, times), _narrow(data, rows, times), table)


def _fill(text: str, named: dict[str, str]) -> str:
    for name, value in named.items():
        text = text.replace(name, value)
    return text


def _timeline(sheet: Sheet, data: Data, times: tuple[float, float, float], left: float, right: float, y: float, tall: float, size: float) -> LinearScale:
    """The prompt as one block, the answer as strokes, on an axis of seconds."""
    first, writing, answer = times
    scale = LinearScale(0, data.ticks[-1] * 1000, left, right)
    sheet.rect(scale(0), y, scale(first) - left, tall, fill="model")
    count = round(answer / data.every)
    for at in range(1, count + 1):
        place = scale(first + writing * at / count)
        sheet.line(place, y, place, y + tall, stroke="model", stroke_width=1.4)
    sheet.line(left, y + tall + 8, right, y + tall + 8)
    for value in data.ticks:
        place = scale(value * 1000)
        sheet.line(place, y + tall + 8, place, y + tall + 14)
        sheet.text(place, y + tall + 18 + size, f"{value:g} s" if value else "0", size=size, fill="muted", anchor="start" if not value else "end" if value == data.ticks[-1] else "middle")
    return scale


def _wide(data: Data, rows: list[tuple[str, list[str]]], times: tuple[float, float, float]) -> Sheet:
    sheet, size = Sheet(), 13.5
    first, writing, _ = times
    scale = _timeline(sheet, data, times, 0, 760, 44, 40, size)
    end = scale(first)
    sheet.text(0, 16, data.phases[0].name, size=17, face="display", weight=520)
    sheet.text(0, 34, seconds(first), size=size, weight=600)
    middle = (end + scale(first + writing)) / 2
    sheet.text(middle, 16, data.phases[1].name, size=17, face="display", weight=520, anchor="middle")
    sheet.text(middle, 34, seconds(writing), size=size, weight=600, anchor="middle")
    sheet.text(760, 34, f"one stroke is {data.every} tokens" if data.every > 1 else "one stroke is one token", size=size, fill="muted", anchor="end")
    y = 150.0
    columns = (150, 460)
    for x, phase in zip(columns, data.phases, strict=True):
        sheet.text(x, y, phase.name, size=size + 1.5, weight=600)
        sheet.text(x, y + 19, phase.says, size=size, fill="ink-2")
    y += 32
    for label, cells in rows:
        sheet.line(0, y, 760, y, stroke="ink" if label == rows[0][0] else "rule")
        sheet.text(0, y + 20, label, size=size, fill="muted")
        for x, cell in zip(columns, cells, strict=True):
            sheet.text(x, y + 20, cell, size=size, weight=600 if label in ("waits for", "measured") else 400)
        y += 29
    sheet.line(0, y, 760, y, stroke="ink")
    sheet.height = y + 2
    return sheet


def _narrow(data: Data, rows: list[tuple[str, list[str]]], times: tuple[float, float, float]) -> Sheet:
    sheet, size = Sheet(width=NARROW, kind="narrow"), 12.5
    first, writing, _ = times
    sheet.text(0, 13, f"{data.phases[0].name} {seconds(first)}", size=size, weight=600)
    sheet.text(NARROW, 13, f"{data.phases[1].name} {seconds(writing)}", size=size, weight=600, anchor="end")
    _timeline(sheet, data, times, 0, NARROW, 22, 30, size)
    y = 106.0
    sheet.text(NARROW, y, f"one stroke is {data.every} tokens", size=size, fill="muted", anchor="end")
    y += 14
    for at, phase in enumerate(data.phases):
        sheet.line(0, y, NARROW, y)
        sheet.text(0, y + 22, phase.name, size=15, weight=600)
        y += 40
        y += sheet.paragraph(0, y, phase.says, NARROW, size=size, fill="ink-2", leading=1.3)
        for label, cells in rows:
            sheet.text(0, y + 4, label, size=size, fill="muted")
            y += sheet.paragraph(106, y + 4, cells[at], NARROW - 106, size=size, weight=600 if label in ("waits for", "measured") else 400, leading=1.3) + 5
        y += 8
    sheet.line(0, y, NARROW, y)
    sheet.height = y + 2
    return sheet
