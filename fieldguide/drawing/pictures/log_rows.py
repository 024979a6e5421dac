"""Rows on one logarithmic scale: a value or an interval each, in groups, with what stands behind it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

from pydantic import Field as Key

from fieldguide.book import Book
from fieldguide.drawing.pieces import finish
from fieldguide.drawing.sheet import NARROW, Basis, Drawing, LogScale, Sheet, Table, power_of_ten, text_width, wrap
from fieldguide.drawing.values import checked, field, number, power
from fieldguide.records.base import Strict
from fieldguide.text.dates import show_date

BASIS: dict[str, str] = {"disclosed": "disclosed", "derived": "computed from what was disclosed", "estimate": "third-party estimate"}


class Row(Strict):
    name: str
    detail: str
    facts: list[str] = Key(min_length=1, max_length=2)
    """One value, or the two ends of an interval."""
    bound: Literal["", "up to", "at least"] = ""


class Group(Strict):
    title: str
    rows: list[Row] = Key(min_length=1)


class Claim(Strict):
    """What the title says: `larger` is so many times `smaller`."""

    larger: str
    smaller: str
    least: float
    most: float


class Data(Strict):
    low: float
    high: float
    unit: Literal["FLOP", "times"]
    axis: str
    groups: list[Group] = Key(min_length=1)
    claim: Claim


@dataclass(frozen=True)
class Entry:
    row: Row
    values: list[float]
    basis: Basis
    date: str
    label: str


def amount(book: Book, reference: str) -> float:
    """The number behind a reference; a percentage becomes a part of one."""
    return number(book, reference) / (100 if field(book, reference).unit == "%" else 1)


def written(value: float, unit: str) -> str:
    """4.75×10²³; 0.01, 0.07, 1, 713."""
    return re.sub(r"\.?0+×", "×", power(value)) if unit == "FLOP" else f"{value:.2g}" if value < 10 else f"{value:,.0f}"


def entry(row: Row, data: Data, book: Book) -> Entry:
    found = field(book, row.facts[0])
    values = [amount(book, reference) for reference in row.facts]
    label = "–".join(written(float(f"{value:.2g}") if len(values) > 1 else value, data.unit) for value in values)
    label += " times" if data.unit == "times" and label != "1" else " time" if data.unit == "times" else ""
    basis: Basis = found.kind or "disclosed"
    return Entry(row, values, basis, show_date(str(found.as_of)), f"{row.bound} {label}".strip())


def render(data: Data, book: Book) -> Drawing:
    """Raises ValueError when the records do not bear the title."""
    times = amount(book, data.claim.larger) / amount(book, data.claim.smaller)
    if not data.claim.least <= times <= data.claim.most:
        raise ValueError(f"the title says {data.claim.least:g} to {data.claim.most:g} times, the records give {times:.3g}")
    groups = [(group.title, [entry(row, data, book) for row in group.rows]) for group in data.groups]
    rows = [
        [title, item.row.name, item.row.detail, f"{item.row.bound} {_cell(item, data, book)}".strip(), item.date, BASIS[item.basis]]
        for title, items in groups for item in items
    ]
    head = ["Group", "Row", "What stands behind it", data.axis, "As of (oldest input)", "Basis"]
    table = Table(book.figures[_slug(book, data)].context, head, rows)
    return finish(book, _slug(book, data), _wide(data, groups), _narrow(data, groups), table)


def _slug(book: Book, data: Data) -> str:
    """The figure that holds these data: the renderer draws more than one."""
    return next(slug for slug, record in book.figures.items() if record.renderer == "log-rows" and record.data["axis"] == data.axis)


def _cell(item: Entry, data: Data, book: Book) -> str:
    texts = []
    for reference, value in zip(item.row.facts, item.values, strict=True):
        own = f"{value * 100:g}%" if field(book, reference).unit == "%" else written(value, data.unit)
        texts.append(checked(reference, own if own.endswith("%") else f"{own} {data.unit}"))
    return " to ".join(texts)


def _draw(sheet: Sheet, item: Entry, x: LogScale, y: float, size: float) -> None:
    places = [x(value) for value in item.values]
    if len(places) > 1:
        sheet.line(places[0], y, places[-1], y, stroke="ink", stroke_width=2)
    for place in places:
        sheet.mark(place, y, item.basis)
    width = text_width(item.label, size, 600)
    if places[-1] + 12 + width <= sheet.width - 2:
        sheet.text(places[-1] + 12, y + size * .34, item.label, size=size, weight=600, halo=True)
    else:
        sheet.text(places[0] - 12, y + size * .34, item.label, size=size, weight=600, anchor="end", halo=True)


def _key(sheet: Sheet, groups: list[tuple[str, list[Entry]]], x: float, y: float, size: float) -> float:
    """The marks in use, one a line where they do not fit side by side; returns where it ends."""
    used = {item.basis for _, items in groups for item in items}
    place = x
    for basis, name in BASIS.items():
        if basis not in used:
            continue
        width = text_width(name, size) + 17
        if place > x and place + width > sheet.width:
            place, y = x, y + size * 1.5
        sheet.mark(place + 6, y - size * .34, basis, radius=4.2, stroke="ink-2")  # type: ignore[arg-type]
        sheet.text(place + 17, y, name, size=size, fill="ink-2")
        place += width + 22
    return y


def _label(value: float, data: Data) -> str:
    return power_of_ten(value) if data.unit == "FLOP" else f"{value:,g}"


def _wide(data: Data, groups: list[tuple[str, list[Entry]]]) -> Sheet:
    sheet, size, column = Sheet(), 13.5, 268
    x = LogScale(data.low, data.high, column + 18, 742)
    end = 14 + sum(34 + sum(_height(item, column, size) for item in items) for _, items in groups)
    sheet.log_axis(x, end, side="bottom", size=size, grid_to=14, label=lambda value: _label(value, data))
    y = 26.0
    for title, items in groups:
        sheet.text(0, y, title, size=size, weight=600, fill="muted")
        sheet.line(0, y + 8, 760, y + 8, stroke="rule-strong")
        y += 34
        for item in items:
            sheet.text(0, y, item.row.name, size=size + .5, weight=600)
            for at, line in enumerate(wrap(item.row.detail, column, size)):
                sheet.text(0, y + 18 + at * 17, line, size=size, fill="muted")
            _draw(sheet, item, x, y + 6, size)
            y += _height(item, column, size)
    sheet.text(x.start, end + 46, data.axis, size=size, fill="ink-2")
    sheet.height = _key(sheet, groups, x.start, end + 70, size) + 10
    return sheet


def _height(item: Entry, width: float, size: float) -> float:
    return 32 + 17 * len(wrap(item.row.detail, width, size))


def _narrow(data: Data, groups: list[tuple[str, list[Entry]]]) -> Sheet:
    sheet, size = Sheet(width=NARROW, kind="narrow"), 12.5
    x = LogScale(data.low, data.high, 14, NARROW - 16)
    tall = [[60 + 16 * len(wrap(item.row.detail, NARROW, size)) for item in items] for _, items in groups]
    end = 8 + sum(30 + sum(heights) for heights in tall)
    sheet.log_axis(x, end, side="bottom", size=size, grid_to=8, label=lambda value: _label(value, data), every=2)
    y = 20.0
    for (title, items), heights in zip(groups, tall, strict=True):
        sheet.text(0, y, title, size=size, weight=600, fill="muted", halo=True)
        sheet.line(0, y + 7, NARROW, y + 7, stroke="rule-strong")
        y += 30
        for item, height in zip(items, heights, strict=True):
            sheet.text(0, y, item.row.name, size=size + .5, weight=600, halo=True)
            lines = wrap(item.row.detail, NARROW, size)
            for at, line in enumerate(lines):
                sheet.text(0, y + 17 + at * 16, line, size=size, fill="muted", halo=True)
            _draw(sheet, item, x, y + 20 + 16 * len(lines), size)
            y += height
    for at, line in enumerate(wrap(data.axis, NARROW, size)):
        sheet.text(0, end + 44 + at * 16, line, size=size, fill="ink-2")
    last = end + 44 + 16 * len(wrap(data.axis, NARROW, size))
    sheet.height = _key(sheet, groups, 0, last + 6, size) + 8
    return sheet
