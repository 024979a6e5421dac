"""How far each input moves the gross margin of the scenario in `cost-of-goods`: a tornado in ink, each input 50% lower and 50% higher."""

from __future__ import annotations

import math
from dataclasses import dataclass

from pydantic import Field as Key

from fieldguide.book import Book
from fieldguide.drawing.pictures.cost_of_goods import Scenario
from fieldguide.drawing.pieces import finish
from fieldguide.drawing.sheet import NARROW, Drawing, LinearScale, Sheet, Table, color
from fieldguide.records.base import Strict

SLUG = "margin-sensitivity"
SOURCE = "cost-of-goods"
"""The figure whose record holds the scenario."""
HALF, MORE = .5, 1.5


class Item(Strict):
    name: str
    change: list[str] = Key(min_length=1)
    """Inputs of the scenario that are changed together."""


class Data(Strict):
    items: list[Item] = Key(min_length=4, max_length=10)
    widest: list[str] = Key(min_length=1)
    """The inputs that move the margin most, in order, as the title and text say."""


@dataclass(frozen=True)
class Swing:
    name: str
    half: float
    more: float

    @property
    def width(self) -> float:
        return abs(self.more - self.half)


def swings(items: list[Item], scenario: Scenario) -> list[Swing]:
    """The margins of each item, widest first. Raises ValueError for an input that the scenario does not have."""
    found = []
    for item in items:
        if unknown := set(item.change) - set(Scenario.model_fields):
            raise ValueError(f"{SLUG}: the scenario has no {', '.join(sorted(unknown))}")
        half, more = (scenario.model_copy(update={key: getattr(scenario, key) * factor for key in item.change}).margin for factor in (HALF, MORE))
        found.append(Swing(item.name, half, more))
    return sorted(found, key=lambda swing: -swing.width)


def render(data: Data, book: Book) -> Drawing:
    """Raises ValueError when other inputs move the margin most than the title says."""
    scenario = Scenario.model_validate(book.figures[SOURCE].data["scenario"])
    found = swings(data.items, scenario)
    if [swing.name for swing in found[:len(data.widest)]] != data.widest:
        raise ValueError(f"{SLUG}: the title claims that {' and '.join(data.widest)} move the margin most, the scenario says {', '.join(swing.name for swing in found[:len(data.widest)])}")
    base = scenario.margin
    table = Table(f"Gross margin when one input changes, base {base:.0f}%", ["Input", "Input 50% lower, %", "Input 50% higher, %"], [
        [swing.name, percent(swing.half)[:-1], percent(swing.more)[:-1]] for swing in found
    ])
    return finish(book, SLUG, _draw(found, base, Sheet()), _draw(found, base, Sheet(width=NARROW, kind="narrow")), table)


def percent(value: float) -> str:
    """43%, −11%; halves are rounded up."""
    return f"{math.floor(value + .5)}%".replace("-", "−")


def _hatch(sheet: Sheet) -> str:
    return sheet.define("hatch", f'<pattern id="{sheet.id("hatch")}" width="5" height="5" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">'
                                 f'<rect width="1.7" height="5" fill="{color("ink")}"/></pattern>')


def _bar(sheet: Sheet, start: float, end: float, y: float, height: float, solid: bool) -> None:
    x, width = min(start, end), abs(end - start)
    if solid:
        sheet.rect(x, y, width, height, fill="ink")
    else:
        sheet.rect(x, y, width, height, fill="paper")
        sheet.rect(x, y, width, height, fill=_hatch(sheet), stroke="ink", stroke_width=1)


def _key(sheet: Sheet, x: float, y: float, size: float) -> None:
    for solid, words in ((False, "input 50% lower"), (True, "50% higher")):
        _bar(sheet, x, x + 18, y - 10, 11, solid)
        x += 26 + sheet.text(x + 26, y, words, size=size, fill="ink-2") + 24


def _draw(found: list[Swing], base: float, sheet: Sheet) -> Sheet:
    wide = sheet.kind == "wide"
    size, pitch, thick = (13.5, 36, 20) if wide else (12.5, 48, 16)
    left, right, top = (206, 716, 72) if wide else (38, NARROW - 36, 70)
    ends = [value for swing in found for value in (swing.half, swing.more)]
    x = LinearScale(min(ends), max(ends), left + 34 if wide else left, right)
    bottom = top + pitch * len(found)
    _key(sheet, left if wide else 0, 14, size)
    if wide:
        sheet.line(x(0), top - 10, x(0), bottom, stroke="ink-2", dash="1.5 4")
    sheet.text(x(0), bottom + 18, "0%: nothing left", size=size, fill="muted", anchor="middle" if wide else "start")
    for at, swing in enumerate(found):
        y = top + at * pitch + (0 if wide else 16)
        if wide:
            sheet.text(0, y + thick * .5 + size * .34, swing.name, size=size + .5, weight=600)
        else:
            sheet.text(0, y - 5, swing.name, size=size, weight=600, halo=True)
            sheet.line(x(0), y - 1, x(0), y + thick + 6, stroke="ink-2", dash="1.5 4")  # not through the names
        for value, solid in ((swing.half, False), (swing.more, True)):
            _bar(sheet, x(base), x(value), y, thick, solid)
            side = 7 if value > base else -7
            sheet.text(x(value) + side, y + thick * .5 + size * .34, percent(value), size=size, fill="ink-2", anchor="start" if side > 0 else "end", halo=True)
    sheet.line(x(base), top - 14, x(base), bottom, stroke="paper", stroke_width=4)
    sheet.line(x(base), top - 16, x(base), bottom, stroke="ink", stroke_width=1.8)
    half = sheet.text(x(base), top - 24, f"base {percent(base)}", size=size + 1, weight=600, anchor="middle") / 2
    sheet.text(x(base) - half - 12, top - 24, "← less is left", size=size, fill="muted", anchor="end")
    sheet.text(x(base) + half + 12, top - 24, "more →", size=size, fill="muted")
    sheet.height = bottom + 26
    return sheet
