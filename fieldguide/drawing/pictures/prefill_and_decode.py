"""One request as a timeline: the prompt is read in one pass, the answer written in as many passes as it has tokens."""

from __future__ import annotations

from pydantic import Field as Key

from fieldguide.book import Book
from fieldguide.drawing.asserts import Entry
from fieldguide.drawing.canvas import NARROW
from fieldguide.drawing.drawn import Drawing, Table
from fieldguide.drawing.pieces import finish
from fieldguide.drawing.scales import LinearScale
from fieldguide.drawing.sheet import Sheet
from fieldguide.drawing.values import checked, number, shown
from fieldguide.records.base import Strict

SLUG = "prefill-and-decode"
STRONG = ("waits for", "measured")
"""Rows that are set bold."""


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
    every: int = Key(ge=2)
    """One stroke for so many tokens of the answer."""


Rows = list[list[str]]
"""A label and what it says of each phase."""


def milli(value: float) -> str:
    return f"{value:.0f} ms" if value >= 100 else f"{value:.1f} ms"


def times(data: Data, book: Book) -> tuple[float, float]:
    """Seconds of reading the prompt and of writing the answer."""
    return number(book, data.first) / 1000, number(book, data.answer) * number(book, data.between) / 1000


def entries(data: Data, book: Book) -> list[Entry]:
    """For assertions: the seconds of both phases."""
    return [Entry(frozenset({name}), {"seconds": [seconds]}) for name, seconds in zip(("reading", "writing"), times(data, book), strict=True)]


def render(data: Data, book: Book) -> Drawing:
    named = {"prompt": f"{number(book, data.prompt):,.0f}", "answer": f"{number(book, data.answer):,.0f}"}

    def measure(reference: str, phase: Phase) -> str:
        return f"{checked(reference, milli(number(book, reference)))} {phase.each}"

    rows = [
        ["tokens in a pass", *(phase.passes.format(**named) for phase in data.phases)],
        ["weights are read", *(phase.weights.format(**named) for phase in data.phases)],
        ["waits for", *(phase.waits for phase in data.phases)],
        ["least time", *(measure(phase.least, phase) for phase in data.phases)],
        ["measured", *(measure(phase.measured, phase) for phase in data.phases)],
        ["the user feels", *(phase.felt for phase in data.phases)],
    ]
    table = Table("The two phases of one request", ["What", *(phase.name for phase in data.phases)], rows)
    drawn, strokes = [list(map(shown, row)) for row in rows], round(number(book, data.answer) / data.every)
    return finish(book, SLUG, _wide(data, drawn, times(data, book), strokes), _narrow(data, drawn, times(data, book), strokes), table)


def _timeline(sheet: Sheet, ticks: list[float], seconds: tuple[float, float], strokes: int, y: float, tall: float, size: float) -> LinearScale:
    """The prompt as one block, the answer as strokes, on an axis of seconds across the sheet."""
    (reading, writing), scale, foot = seconds, LinearScale(0, ticks[-1], 0, sheet.width), y + tall + 8
    sheet.rect(0, y, scale(reading), tall, fill="model")
    for at in range(1, strokes + 1):
        place = scale(reading + writing * at / strokes)
        sheet.line(place, y, place, y + tall, stroke="model", stroke_width=1.4)
    sheet.line(0, foot, sheet.width, foot)
    for value in ticks:
        sheet.line(scale(value), foot, scale(value), foot + 6)
        sheet.text(scale(value), foot + 10 + size, f"{value:g} s" if value else "0", size=size, fill="muted", anchor="start" if not value else "end" if value == ticks[-1] else "middle")
    return scale


def _wide(data: Data, rows: Rows, seconds: tuple[float, float], strokes: int) -> Sheet:
    sheet, size, phases, (reading, writing) = Sheet(), 13.5, data.phases, seconds
    scale = _timeline(sheet, data.ticks, seconds, strokes, 44, 40, size)
    middle = scale(reading + writing / 2)
    sheet.text(0, 16, phases[0].name, size=17, face="display", weight=520)
    sheet.text(0, 34, f"{reading:.1f} s", size=size, weight=600)
    sheet.text(middle, 16, phases[1].name, size=17, face="display", weight=520, anchor="middle")
    sheet.text(middle, 34, f"{writing:.1f} s", size=size, weight=600, anchor="middle")
    sheet.text(760, 34, f"one stroke is {data.every} tokens", size=size, fill="muted", anchor="end")
    columns, y = (150, 460), 182.0
    for x, phase in zip(columns, phases, strict=True):
        sheet.text(x, 150, phase.name, size=size + 1.5, weight=600)
        sheet.text(x, 169, phase.says, size=size, fill="ink-2")
    for label, *cells in rows:
        sheet.line(0, y, 760, y, stroke="ink" if label == rows[0][0] else "rule")
        sheet.text(0, y + 20, label, size=size, fill="muted")
        for x, cell in zip(columns, cells, strict=True):
            sheet.text(x, y + 20, cell, size=size, weight=600 if label in STRONG else 400)
        y += 29
    sheet.line(0, y, 760, y, stroke="ink")
    sheet.height = y + 2
    return sheet


def _narrow(data: Data, rows: Rows, seconds: tuple[float, float], strokes: int) -> Sheet:
    sheet, size, y = Sheet(width=NARROW, kind="narrow"), 12.5, 120.0
    for x, phase, taken in zip((0, NARROW), data.phases, seconds, strict=True):
        sheet.text(x, 13, f"{phase.name} {taken:.1f} s", size=size, weight=600, anchor="end" if x else "start")
    _timeline(sheet, data.ticks, seconds, strokes, 22, 30, size)
    sheet.text(NARROW, 106, f"one stroke is {data.every} tokens", size=size, fill="muted", anchor="end")
    for at, phase in enumerate(data.phases):
        sheet.line(0, y, NARROW, y)
        sheet.text(0, y + 22, phase.name, size=15, weight=600)
        y += 40 + sheet.paragraph(0, y + 40, phase.says, NARROW, size=size, fill="ink-2", leading=1.3)
        for label, *cells in rows:
            sheet.text(0, y + 4, label, size=size, fill="muted")
            y += sheet.paragraph(106, y + 4, cells[at], NARROW - 106, size=size, weight=600 if label in STRONG else 400, leading=1.3) + 5
        y += 8
    sheet.line(0, y, NARROW, y)
    sheet.height = y + 2
    return sheet
