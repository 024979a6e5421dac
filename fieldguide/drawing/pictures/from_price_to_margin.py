"""From a price to a margin: four steps joined by arrows, then one illustrative price split into what it pays for, twice.

Every input is illustrative and stands in the figure's record; the split is computed from them.
"""

from __future__ import annotations

from dataclasses import dataclass

from pydantic import Field as Key

from fieldguide.book import Book
from fieldguide.drawing.pieces import finish, infrastructure_field, model_bar
from fieldguide.drawing.sheet import NARROW, Drawing, LinearScale, Sheet, Table
from fieldguide.records.base import Strict

SLUG = "from-price-to-margin"


class Step(Strict):
    name: str = Key(max_length=16)
    what: str = Key(max_length=60)
    moved: str = Key(max_length=44)
    """What moves it."""


class Case(Strict):
    """One kind of work at the same price; tokens of one try, and the share of tries that can be charged, in percent."""

    name: str = Key(max_length=18)
    fresh: float
    cached: float
    out: float
    success: float = Key(gt=0, le=100)
    machines: float
    """Dollars of hosting and tools for one try."""
    people: float
    """Dollars of checking for one sale."""


class Data(Strict):
    steps: list[Step] = Key(min_length=4, max_length=4)
    price: float
    unit: str
    fresh_price: float
    cached_price: float
    out_price: float
    """Dollars per million tokens."""
    cases: list[Case] = Key(min_length=2, max_length=2)
    parts: dict[str, str]
    """Names of model, machines, people and left."""
    short: dict[str, str]
    """The first three in a word, for the narrow drawing."""
    wide_at_least: float
    thin_at_most: float
    """The margins that the title claims, in percent."""


@dataclass(frozen=True)
class Split:
    case: Case
    model: float
    machines: float
    people: float
    left: float
    margin: float


def split(data: Data, case: Case) -> Split:
    """Dollars of one sale, by what they pay for; the margin in percent. Tries that fail are paid for too."""
    share = case.success / 100
    model = (case.fresh * data.fresh_price + case.cached * data.cached_price + case.out * data.out_price) / 1e6 / share
    machines = case.machines / share
    left = data.price - model - machines - case.people
    return Split(case, model, machines, case.people, left, 100 * left / data.price)


def render(data: Data, book: Book) -> Drawing:
    splits = [split(data, case) for case in data.cases]
    if splits[0].margin < data.wide_at_least or splits[1].margin > data.thin_at_most or splits[1].left < 0:
        raise ValueError(f"{SLUG}: the title claims a wide and a thin margin, the inputs give {splits[0].margin:.0f}% and {splits[1].margin:.0f}%")
    table = Table(f"An illustrative price of {_dollars(data.price)} for {data.unit}, split", ["Work", "Tries that succeed", *(f"{data.parts[name]}, USD" for name in ("model", "machines", "people", "left")), "Gross margin"], [
        [item.case.name, f"{item.case.success:g}%", *(f"{value:.3f}" for value in (item.model, item.machines, item.people, item.left)), f"{item.margin:.0f}%"] for item in splits
    ])
    return finish(book, SLUG, _wide(data, splits), _narrow(data, splits), table)


def _dollars(value: float) -> str:
    return f"${value:.2f}"


def _parts(item: Split) -> list[tuple[str, float]]:
    return [("model", item.model), ("machines", item.machines), ("people", item.people), ("left", item.left)]


def _segments(sheet: Sheet, item: Split, scale: LinearScale, y: float, height: float) -> list[tuple[str, float, float, float]]:
    """The price as one bar: model, machines, people, and an empty box for what is left. Returns name, dollars, x and width of each."""
    start, placed = 0.0, []
    for name, value in _parts(item):
        x, width = scale(start), scale(start + value) - scale(start) - 3
        _fill(sheet, name, x, y, width, height)
        placed.append((name, value, x, width))
        start += value
    return placed


def _fill(sheet: Sheet, name: str, x: float, y: float, width: float, height: float) -> None:
    if name == "model":
        model_bar(sheet, x, y, width, height)
    elif name == "machines":
        infrastructure_field(sheet, x, y, width, height)
    elif name == "people":
        sheet.rect(x, y, width, height, fill="rule-strong")
    else:
        sheet.rect(x, y, width, height, fill="paper", stroke="ink", stroke_width=1.4)


def _key(sheet: Sheet, data: Data, x: float, y: float, size: float, step: float | None) -> None:
    """Swatches with their names, in a row, or below one another where `step` is given."""
    for name in ("model", "machines", "people", "left"):
        _fill(sheet, name, x, y - 10, 20, 11)
        width = sheet.text(x + 27, y, data.parts[name], size=size, fill="ink-2")
        if step is None:
            x += 27 + width + 22
        else:
            y += step


def _wide(data: Data, splits: list[Split]) -> Sheet:
    sheet, size = Sheet(), 13.5
    box, gap = 166, 32
    for at, step in enumerate(data.steps):
        x = at * (box + gap)
        sheet.line(x, 1, x + box, 1, stroke="ink", stroke_width=1.6)
        sheet.text(x, 25, step.name, size=18, face="display", weight=490)
        sheet.paragraph(x, 46, step.what, box, size=size, fill="ink-2", leading=1.25)
        sheet.paragraph(x, 90, step.moved, box, size=size, fill="muted", leading=1.25)
        if at:
            sheet.arrow(x - gap + 6, 19, x - 7, 19)
    left, y = 132.0, 150.0
    scale = LinearScale(0, data.price, left, 700)
    for item in splits:
        sheet.text(0, y + 14, item.case.name, size=15.5, weight=600)
        sheet.text(0, y + 34, f"{item.case.success:g}% of tries close", size=size, fill="muted")
        for name, value, x, width in _segments(sheet, item, scale, y, 30):
            if name == "left":
                sheet.text(x + width, y - 7, f"{_dollars(value)} left", size=size, weight=600, anchor="end")
            else:
                sheet.text(x + width / 2, y - 7, _dollars(value), size=size, fill="ink-2", anchor="middle")
        sheet.text(760, y + 24, f"{item.margin:.0f}%", size=24, face="display", weight=490, anchor="end")
        y += 74
    sheet.line(0, y - 22, 760, y - 22, stroke="rule-strong")
    _key(sheet, data, left, y + 2, size, None)
    sheet.text(760, y + 2, "gross margin", size=size, fill="muted", anchor="end")
    sheet.height = y + 12
    return sheet


def _narrow(data: Data, splits: list[Split]) -> Sheet:
    sheet, size, y = Sheet(width=NARROW, kind="narrow"), 12.5, 1.0
    for at, step in enumerate(data.steps):
        if at:
            sheet.arrow(8, y - 2, 8, y + 16)
            y += 26
        sheet.text(0, y + 18, step.name, size=17, face="display", weight=490)
        y += 38
        y += sheet.paragraph(0, y, step.what, NARROW, size=size, fill="ink-2", leading=1.3)
        y += sheet.paragraph(0, y + 1, step.moved, NARROW, size=size, fill="muted", leading=1.3) - 4
    y += 8
    scale = LinearScale(0, data.price, 0, NARROW)
    for item in splits:
        sheet.line(0, y, NARROW, y, stroke="rule-strong")
        sheet.text(0, y + 24, item.case.name, size=14.5, weight=600)
        sheet.text(0, y + 42, f"{item.case.success:g}% of tries close", size=size, fill="muted")
        sheet.text(NARROW, y + 30, f"{item.margin:.0f}%", size=22, face="display", weight=490, anchor="end")
        sheet.text(NARROW, y + 46, "gross margin", size=size, fill="muted", anchor="end")
        _segments(sheet, item, scale, y + 58, 24)
        spent = ", ".join(f"{data.short[name]} {_dollars(value)}" for name, value in _parts(item) if name != "left")
        sheet.text(0, y + 101, spent, size=size, fill="ink-2")
        sheet.text(NARROW, y + 101, f"{_dollars(item.left)} left", size=size, weight=600, anchor="end")
        y += 118
    sheet.line(0, y, NARROW, y, stroke="rule-strong")
    _key(sheet, data, 0, y + 24, size, 21)
    sheet.height = y + 24 + 3 * 21 + 8
    return sheet
