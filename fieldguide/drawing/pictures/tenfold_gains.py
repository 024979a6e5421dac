"""What each tenfold step of compute takes off the predicted loss, under two fits, and what all later steps could."""

from __future__ import annotations

import math
from dataclasses import dataclass

from pydantic import Field as Key

from fieldguide.book import Book
from fieldguide.drawing.fits import Fit, FitNames, read_fit
from fieldguide.drawing.pieces import finish
from fieldguide.drawing.sheet import NARROW, Drawing, LinearScale, Sheet, Table, power_of_ten, text_width
from fieldguide.drawing.values import number
from fieldguide.records.base import Strict

SLUG = "tenfold-gains"
DASH = "4 3"


class Data(Strict):
    low: float
    high: float
    measured_to: str
    used: FitNames
    other: FitNames
    used_note: str
    measured: str = Key(max_length=40)
    """Over the steps inside the measured range; {sum} is what they took off together."""
    later: str = Key(max_length=70)
    """Over all that follow; {sum} is what no number of further steps can exceed."""
    rest: str
    kept_used: str
    kept_other: str


@dataclass(frozen=True)
class Step:
    """One tenfold; `high` is None for all that come after the last one drawn."""

    low: float
    high: float | None
    used: float
    other: float
    measured: bool

    @property
    def name(self) -> str:
        return f"{power_of_ten(self.low)} → {power_of_ten(self.high)}" if self.high else f"beyond {power_of_ten(self.low)}"


def steps(data: Data, used: Fit, other: Fit, limit: float) -> list[Step]:
    found = []
    for exponent in range(round(math.log10(data.low)), round(math.log10(data.high))):
        low, high = 10.0**exponent, 10.0 ** (exponent + 1)
        found.append(Step(low, high, used.best(low) - used.best(high), other.best(low) - other.best(high), high <= limit))
    return [*found, Step(data.high, None, used.best(data.high) - used.floor, other.best(data.high) - other.floor, False)]


def render(data: Data, book: Book) -> Drawing:
    """Wide: pairs of columns. Narrow: pairs of bars. Raises ValueError when the later steps could exceed the measured ones."""
    found = steps(data, read_fit(book, data.used), read_fit(book, data.other), number(book, data.measured_to))
    for fit in ("used", "other"):
        measured, later = (sum(getattr(step, fit) for step in found if step.measured is inside) for inside in (True, False))
        if later >= measured:
            raise ValueError(f"{SLUG}: under one fit the later steps together exceed the measured ones ({later:.3f} against {measured:.3f})")
    kept = [f"{number(book, reference):.0f}%" for reference in (data.kept_used, data.kept_other)]
    table = Table("Loss removed by each tenfold of compute, nats a token", ["Training compute, FLOP", data.used.name, data.other.name, "Basis"], [
        [step.name, f"{step.used:.3f}", f"{step.other:.3f}", "measured range" if step.measured else "extrapolated" if step.high else "distance to the floor"] for step in found
    ])
    return finish(book, SLUG, _wide(data, found, kept), _narrow(data, found, kept), table)


def _sums(data: Data, found: list[Step]) -> tuple[str, str]:
    inside, beyond = (sum(step.used for step in found if step.measured is which) for which in (True, False))
    return data.measured.replace("{sum}", f"{inside:.2f}"), data.later.replace("{sum}", f"{beyond:.2f}")


def _bar(sheet: Sheet, x: float, y: float, width: float, height: float, stroke: str, measured: bool) -> None:
    """Solid where measured, an outline where extrapolated."""
    if measured:
        sheet.rect(x, y, width, height, fill=stroke)
    else:
        sheet.rect(x + 0.7, y + 0.7, width - 1.4, max(height - 0.7, 0.6), fill="paper", stroke=stroke, stroke_width=1.4, stroke_dasharray=DASH)


def _wide(data: Data, found: list[Step], kept: list[str]) -> Sheet:
    sheet, size = Sheet(height=432), 13.5
    left, right, top, bottom = 0, 760, 96, 372
    group = (right - left) / len(found)
    y = LinearScale(0, max(max(step.used, step.other) for step in found), bottom, top + 22)
    inside = sum(step.measured for step in found)
    sheet.rect(left, top - 34, inside * group - 6, bottom - top + 34, fill="sunk")
    bar, gap = 34, 4
    for at, step in enumerate(found):
        middle = left + at * group + group / 2 - (3 if step.measured else 0)
        for value, x, token, text, weight in ((step.used, middle - bar - gap / 2, "model", "model-text", 600), (step.other, middle + gap / 2, "rule-strong", "muted", 400)):
            _bar(sheet, x, y(value), bar, bottom - y(value), token, step.measured)
            sheet.text(x + bar / 2, y(value) - 6, f"{value:.3f}", size=size, weight=weight, fill=text, anchor="middle")
        label = step.name if step.high else data.rest
        sheet.text(middle, bottom + 22, label, size=size, fill="ink-2", anchor="middle")
    sheet.line(left, bottom, right, bottom, stroke="ink")
    first, later = _sums(data, found)
    edges = ((left + 2, inside * group - 8, first), (inside * group + 6, right - 1, later))
    for start, end, words in edges:
        sheet.polyline([(start, top - 42), (start, top - 48), (end, top - 48), (end, top - 42)], stroke="ink", stroke_width=1)
        sheet.text(start, top - 57, words, size=size + 0.5, weight=600)
    sheet.text(left + 8, top - 16, "fitted runs", size=size, fill="muted")
    sheet.text(inside * group + 6, top - 16, "extrapolated →", size=size, fill="muted")
    sheet.text(right, bottom + 50, "Step in training compute, FLOP", size=size, fill="muted", anchor="end")
    at = 400.0
    for line, (name, note, token, text) in enumerate(((data.used.name, f"{data.used_note}: each step keeps {kept[0]} of the one before", "model", "model-text"), (data.other.name, f"each step keeps {kept[1]}", "rule-strong", "ink-2"))):
        place = top + 28 + line * 24
        sheet.rect(at - 46, place - 11, 12, 12, fill=token)
        width = sheet.text(at - 27, place, name, size=size, weight=600 if line == 0 else 400, fill=text)
        sheet.text(at - 27 + width + 8, place, note, size=size, fill=text)
    return sheet


def _narrow(data: Data, found: list[Step], kept: list[str]) -> Sheet:
    sheet, size = Sheet(width=NARROW, kind="narrow"), 12.5
    y = 12.0
    for name, note, token, text in ((f"{data.used.name}, {data.used_note}", f"keeps {kept[0]} a step", "model", "model-text"), (data.other.name, f"keeps {kept[1]} a step", "rule-strong", "ink-2")):
        sheet.rect(0, y - 10, 12, 12, fill=token)
        sheet.text(20, y, name, size=size, weight=600 if token == "model" else 400, fill=text)
        sheet.text(NARROW, y, note, size=size, fill=text, anchor="end")
        y += 21
    start = max(text_width(step.name if step.high else data.rest, size) for step in found) + 12
    x = LinearScale(0, max(max(step.used, step.other) for step in found), start, NARROW - 40)
    first, later = _sums(data, found)
    y += 10
    tall, pitch = 11, 42
    for at, step in enumerate(found):
        if at == 0 or step.measured is not found[at - 1].measured:
            words = first if step.measured else later
            sheet.line(0, y - 8, NARROW, y - 8, stroke="rule-strong")
            y += sheet.paragraph(0, y + 10, words, NARROW, size=size + 0.5, weight=600, leading=1.3) + 8
            sheet.text(0, y + 2, "fitted runs, solid" if step.measured else "extrapolated, outlined", size=size, fill="muted")
            y += 14
            if step.measured:
                count = sum(item.measured for item in found)
                sheet.rect(0, y - 4, NARROW, count * pitch - 4, fill="sunk")
        sheet.text(4 if step.measured else 0, y + 19, step.name if step.high else data.rest, size=size, fill="ink-2")
        for value, top, token, text, weight in ((step.used, y + 2, "model", "model-text", 600), (step.other, y + 4 + tall + 2, "rule-strong", "muted", 400)):
            _bar(sheet, start, top, max(x(value) - start, 2), tall, token, step.measured)
            sheet.text(max(x(value), start + 2) + 6, top + tall - 1.5, f"{value:.3f}", size=size, weight=weight, fill=text)
        y += pitch
        if at + 1 < len(found) and found[at + 1].measured is not step.measured:
            y += 14
    sheet.line(start, y - 2, NARROW, y - 2, stroke="rule")
    sheet.text(NARROW, y + 16, "Loss removed, nats a token", size=size, fill="muted", anchor="end")
    sheet.height = y + 24
    return sheet
