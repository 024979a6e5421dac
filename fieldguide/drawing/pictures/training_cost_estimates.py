"""What one training run cost: each estimate on one dollar scale, by what it counts, and the same methods on other models."""

from __future__ import annotations

from dataclasses import dataclass

from pydantic import Field as Key

from fieldguide.book import Book
from fieldguide.drawing.pieces import finish
from fieldguide.drawing.sheet import NARROW, Basis, Drawing, LogScale, Sheet, Table, text_width, wrap
from fieldguide.drawing.values import checked, field, number
from fieldguide.records.base import Strict
from fieldguide.text.dates import show_date

SLUG = "training-cost-estimates"
BASIS: dict[str, str] = {"disclosed": "said by the maker", "estimate": "third-party estimate"}


class Count(Strict):
    """One thing that may be counted, and who put a figure on it."""

    name: str
    what: str
    facts: list[str] = Key(min_length=1, max_length=3)
    at_least: bool = False


class Other(Strict):
    name: str
    facts: list[str] = Key(min_length=2, max_length=4)
    """One for each of the methods of the first model, in their order."""


class Data(Strict):
    low: float
    high: float
    ticks: list[float] = Key(min_length=3)
    model: str
    counts: list[Count] = Key(min_length=3)
    others_title: str
    methods: list[str] = Key(min_length=2, max_length=4)
    others: list[Other] = Key(min_length=1)
    least: str
    most: str
    at_least: float
    """How many times the largest figure of one run is the smallest: less is an error."""
    point: str
    """The annotation; {times} is the largest figure of the run over the smallest."""


@dataclass(frozen=True)
class Dot:
    value: float
    basis: Basis
    date: str
    reference: str


def money(value: float) -> str:
    """$37M, $1.2B."""
    return f"${value / 1e9:g}B" if value >= 1e9 else f"${value / 1e6:.0f}M"


def dot(book: Book, reference: str) -> Dot:
    found = field(book, reference)
    return Dot(number(book, reference), "estimate" if found.kind == "estimate" else "disclosed", show_date(str(found.as_of)), reference)


def render(data: Data, book: Book) -> Drawing:
    """Raises ValueError when the figures lie closer together than the title says."""
    counts = [(count, [dot(book, reference) for reference in count.facts]) for count in data.counts]
    others = [(other, [dot(book, reference) for reference in other.facts]) for other in data.others]
    times = number(book, data.most) / number(book, data.least)
    if times < data.at_least:
        raise ValueError(f"{SLUG}: the title claims {data.at_least:g} times, the records give {times:.3g}")
    point = data.point.replace("{times}", f"{times:.0f}")
    rows = [
        [data.model, count.name, ("more than " if count.at_least else "") + checked(item.reference, f"${item.value / 1e6:.1f} million"), item.date, BASIS[item.basis]]
        for count, dots in counts for item in dots
    ] + [
        [other.name, method, checked(item.reference, f"${item.value / 1e6:.1f} million"), item.date, BASIS[item.basis]]
        for other, dots in others for method, item in zip(data.methods, dots, strict=True)
    ]
    table = Table("Published figures for the cost of a training run, USD", ["Model", "What is counted", "Cost", "As of", "Basis"], rows)
    return finish(book, SLUG, _wide(data, counts, others, point), _narrow(data, counts, others, point), table)


def _axis(sheet: Sheet, data: Data, x: LogScale, top: float, y: float, size: float) -> None:
    for value in data.ticks:
        sheet.line(x(value), top, x(value), y, stroke="rule")
        sheet.line(x(value), y, x(value), y + 6)
        sheet.text(x(value), y + 10 + size, money(value), size=size, fill="muted", anchor="middle")
    sheet.line(x.start, y, x.end, y)


def _row(sheet: Sheet, dots: list[Dot], x: LogScale, y: float, size: float, at_least: bool, stroke: str, words: str) -> None:
    """The figures of one row, joined; an arrow where the figure is a lower bound."""
    places = sorted((x(item.value), item) for item in dots)
    if len(places) > 1:
        sheet.line(places[0][0], y, places[-1][0], y, stroke=stroke, stroke_width=1.6)
    if at_least:
        sheet.arrow(places[0][0] + 7, y, places[0][0] + 46, y, stroke=stroke)
    for px, item in places:
        sheet.mark(px, y, item.basis, radius=5 if sheet.kind == "wide" else 4.4, stroke=stroke)
    label = " and ".join(money(item.value) for _, item in places)
    if at_least:
        label = f"over {label}"
    dates = ", ".join(dict.fromkeys(item.date for _, item in places))
    px, width = places[-1][0] + (54 if at_least else 13), text_width(label, size, 600)
    beside = text_width(dates, size) + 8 if sheet.kind == "wide" else 0
    if px + width + beside > sheet.width - 2:
        px = places[0][0] - 13 - width
        sheet.text(px, y + size * .34, label, size=size, weight=600, fill=words, halo=True)
        if beside:
            sheet.text(px - 8, y + size * .34, dates, size=size, fill="muted", anchor="end", halo=True)
        return
    sheet.text(px, y + size * .34, label, size=size, weight=600, fill=words, halo=True)
    if beside:
        sheet.text(px + width + 8, y + size * .34, dates, size=size, fill="muted", halo=True)


def _span(sheet: Sheet, low: float, high: float, y: float, words: str, size: float) -> None:
    """A bracket over the marks, from the lowest figure of the run to the highest, with how far apart they are."""
    half = text_width(words, size, 600) / 2 + 7
    for end, inner in ((low, (low + high) / 2 - half), (high, (low + high) / 2 + half)):
        sheet.polyline([(end, y + 7), (end, y), (inner, y)], stroke="ink", stroke_width=1)
    sheet.text((low + high) / 2, y + size * .34, words, size=size, weight=600, anchor="middle", halo=True)


def _key(sheet: Sheet, x: float, y: float, size: float) -> None:
    for basis, name in BASIS.items():
        sheet.mark(x + 6, y - size * .34, "estimate" if basis == "estimate" else "disclosed", radius=4.4, stroke="ink-2")
        x += 17 + sheet.text(x + 17, y, name, size=size, fill="ink-2") + 26


def _three(sheet: Sheet, data: Data, other: Other, dots: list[Dot], x: LogScale, y: float, size: float) -> None:
    """Another model: one mark a method on one line, each value above its mark."""
    sheet.line(x(dots[0].value), y, x(dots[-1].value), y, stroke="rule-strong", stroke_width=1.6)
    for item in dots:
        sheet.mark(x(item.value), y, item.basis, radius=4.4, stroke="ink-2")
        sheet.text(x(item.value), y - 11, money(item.value), size=size, fill="ink-2", anchor="middle", halo=True)


def _wide(data: Data, counts: list[tuple[Count, list[Dot]]], others: list[tuple[Other, list[Dot]]], point: str) -> Sheet:
    sheet, size = Sheet(), 13.5
    left, right = 268, 744
    x = LogScale(data.low, data.high, left, right)
    head, _, rest = point.partition(". ")
    y, top = 62.0, 30
    pitch = 54
    end = y + len(counts) * pitch + 38 + len(others) * 44
    _axis(sheet, data, x, top, end, size)
    sheet.text(0, 20, data.model, size=size + 2, weight=600, fill="model-text")
    every = [item.value for _, dots in counts for item in dots]
    _span(sheet, x(min(every)), x(max(every)), 16, head, size)
    for count, dots in counts:
        sheet.text(0, y, count.name, size=size + .5, weight=600)
        sheet.text(0, y + 18, count.what, size=size, fill="muted")
        _row(sheet, dots, x, y + 4, size, count.at_least, "model", "model-text")
        y += pitch
    sheet.line(0, y - 22, 760, y - 22, stroke="rule-strong")
    sheet.text(0, y + 4, data.others_title, size=size + .5, weight=600)
    first = others[0][1]
    for item, method in zip(first, data.methods, strict=True):
        sheet.text(x(item.value), y + 4, method, size=size, fill="muted", anchor="middle", halo=True)
    y += 44
    for other, dots in others:
        sheet.text(0, y + size * .34, other.name, size=size, fill="ink-2")
        _three(sheet, data, other, dots, x, y, size)
        y += 44
    sheet.text(0, end + 22, head + ".", size=size + .5, weight=600)
    for at, words in enumerate(wrap(rest, 230, size)):
        sheet.text(0, end + 41 + at * 18, words, size=size, fill="ink-2")
    _key(sheet, left, end + 58, size)
    sheet.height = end + 84
    return sheet


def _narrow(data: Data, counts: list[tuple[Count, list[Dot]]], others: list[tuple[Other, list[Dot]]], point: str) -> Sheet:
    sheet, size = Sheet(width=NARROW, kind="narrow"), 12.5
    x = LogScale(data.low, data.high, 15, NARROW - 12)
    y, pitch = 66.0, 76
    end = y + len(counts) * pitch + 44 + len(others) * 56
    _axis(sheet, data, x, 46, end, size)
    sheet.text(0, 14, data.model, size=size + 2, weight=600, fill="model-text")
    every = [item.value for _, dots in counts for item in dots]
    _span(sheet, x(min(every)), x(max(every)), 34, point.partition(". ")[0], size)
    for count, dots in counts:
        dates = ", ".join(dict.fromkeys(item.date for item in dots))
        sheet.text(0, y, count.name, size=size + .5, weight=600, halo=True)
        sheet.text(0, y + 17, f"{count.what} ({dates})" if text_width(f"{count.what} ({dates})", size) < NARROW else count.what, size=size, fill="muted", halo=True)
        _row(sheet, dots, x, y + 37, size, count.at_least, "model", "model-text")
        y += pitch
    sheet.line(0, y - 18, NARROW, y - 18, stroke="rule-strong")
    sheet.text(0, y + 4, data.others_title, size=size + .5, weight=600, halo=True)
    sheet.text(0, y + 21, ", ".join(data.methods), size=size, fill="muted", halo=True)
    y += 42
    for other, dots in others:
        sheet.text(0, y + 3, other.name, size=size, fill="ink-2", halo=True)
        _three(sheet, data, other, dots, x, y + 32, size)
        y += 56
    _key(sheet, 0, end + 46, size)
    head, _, rest = point.partition(". ")
    sheet.text(0, end + 74, head + ".", size=size + .5, weight=600)
    rows = wrap(rest, NARROW, size)
    for at, words in enumerate(rows):
        sheet.text(0, end + 92 + at * 16.5, words, size=size, fill="ink-2")
    sheet.height = end + 92 + len(rows) * 16.5
    return sheet
