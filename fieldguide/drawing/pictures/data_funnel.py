"""From a crawl to a training set: each step with what it does and what is left, as bars on one linear scale; then the mixture."""

from __future__ import annotations

from pydantic import Field as Key

from fieldguide.book import Book
from fieldguide.drawing.pieces import data_sheet, finish, step
from fieldguide.drawing.sheet import NARROW, Drawing, Sheet, Table, text_width
from fieldguide.drawing.values import checked, field, number, words
from fieldguide.records.base import Strict

SLUG = "data-funnel"


class Crawl(Strict):
    name: str
    note: str
    snapshots: str
    snapshots_name: str
    pages: str
    size: str
    month: str


class Stage(Strict):
    name: str
    does: str
    left: str | None = None
    """A fact reference: tokens left after the step; without one the step is counted with the next."""
    label: str = ""


class Part(Strict):
    name: str
    share: str


class Mixture(Strict):
    name: str
    of: str
    """Whose mixture it is: another data set than the one above, hence the rule before it."""
    note: str
    parts: list[Part] = Key(min_length=3, max_length=5)


class Data(Strict):
    crawl: Crawl
    stages: list[Stage] = Key(min_length=3, max_length=5)
    mixture: Mixture
    point: str
    """The annotation; {share} is what the record in `share` says."""
    share: str


def render(data: Data, book: Book) -> Drawing:
    """Wide: steps named at left, bars at right. Narrow: the bar under its step."""
    left = [number(book, stage.left) for stage in data.stages if stage.left]
    if left != sorted(left, reverse=True):
        raise ValueError(f"{SLUG}: a step leaves more than the one before it")
    shares = [number(book, part.share) for part in data.mixture.parts]
    if abs(sum(shares) - 100) > .5:
        raise ValueError(f"{SLUG}: the mixture adds up to {sum(shares):g}%")
    crawl = data.crawl
    rows = [["Crawl", crawl.note, f"{checked(crawl.snapshots, words(number(book, crawl.snapshots)))} {crawl.snapshots_name}"],
            ["Crawl", crawl.month, f"{checked(crawl.pages, words(number(book, crawl.pages)))} pages, {checked(crawl.size, f'{number(book, crawl.size):g} TiB')}"]]
    rows += [[stage.name, stage.does, checked(stage.left, words(number(book, stage.left))) + " tokens left" if stage.left else "counted with the next step"] for stage in data.stages]
    rows += [[f"{data.mixture.name}: {data.mixture.of[0].lower()}{data.mixture.of[1:]}", part.name, checked(part.share, f"{share:g}%")] for part, share in zip(data.mixture.parts, shares, strict=True)]
    table = Table("From crawl to training set", ["Step", "What", "Size"], rows)
    point = data.point.replace("{share}", f"{number(book, data.share):.0f}%")
    return finish(book, SLUG, _wide(data, book, shares, point), _narrow(data, book, shares, point), table)


def _about(book: Book, reference: str) -> str:
    return "about " if field(book, reference).qualifier == "about" else ""


def _mixture(sheet: Sheet, x: float, y: float, width: float, tall: float, data: Data, shares: list[float], size: float) -> float:
    """One bar cut by share, names under their parts, or in a list where they do not fit. Returns the foot."""
    at = x
    wide = sheet.kind == "wide"
    for index, (part, share) in enumerate(zip(data.mixture.parts, shares, strict=True)):
        span = width * share / 100
        sheet.rect(at, y, span, tall, fill=("chip", "paper")[index % 2], stroke="ink-2", stroke_width=1.1)
        if span > text_width(f"{share:g}%", size, 600) + 4:
            sheet.text(at + span / 2, y + tall * .5 + size * .36, f"{share:g}%", size=size, weight=600, anchor="middle")
        if wide:
            last = index == len(shares) - 1
            sheet.text(at + span if last else at + 1, y + tall + size + 6, part.name, size=size, fill="ink-2", anchor="end" if last else "start")
        at += span
    if wide:
        return y + tall + size + 10
    return y + tall + sheet.paragraph(x, y + tall + size + 6, ", ".join(f"{part.name} {share:g}%" for part, share in zip(data.mixture.parts, shares, strict=True)), width, size=size, fill="ink-2", leading=1.3) + 10


def _pages(sheet: Sheet, x: float, y: float, count: int, pitch: float, size: float) -> None:
    for at in range(count):
        data_sheet(sheet, x + at * pitch, y, size, size * 1.2, ("text", "text", "code", "text", "table", "text", "image", "text", "text", "code", "sound", "text")[at % 12])  # type: ignore[arg-type]


def _wide(data: Data, book: Book, shares: list[float], point: str) -> Sheet:
    sheet, size, left, right = Sheet(), 13.5, 268, 760
    crawl = data.crawl
    most = max(number(book, stage.left) for stage in data.stages if stage.left)

    def head(y: float, at: int, name: str, note: str) -> None:
        step(sheet, 11, y + 9, at, size)
        sheet.text(28, y + 14, name, size=size + 2, weight=600)
        sheet.paragraph(28, y + 33, note, left - 50, size=size, fill="muted", leading=1.3)

    head(0, 1, crawl.name, crawl.note)
    _pages(sheet, left + .6, 3, 18, 27.3, 22)
    sheet.text(left, 52, f"{number(book, crawl.snapshots):g} {crawl.snapshots_name}", size=size, weight=600)
    width = text_width(f"{number(book, crawl.snapshots):g} {crawl.snapshots_name}", size, 600)
    sheet.text(left + width + 8, 52, f"{crawl.month}: {words(number(book, crawl.pages))} pages, {number(book, crawl.size):g} TiB", size=size, fill="ink-2")
    y, previous = 84.0, right - left
    for at, stage in enumerate(data.stages):
        head(y, at + 2, stage.name, stage.does)
        if stage.left:
            value = number(book, stage.left)
            span = (right - left) * value / most
            sheet.path(f"M{left} {y - 14}L{left} {y + 2}L{left + span:.1f} {y + 2}L{left + previous:.1f} {y - 14}Z", fill="sunk", stroke="none")
            sheet.rect(left, y + 2, span, 24, fill="ink-2")
            text = f"{_about(book, stage.left)}{words(value)} tokens"
            sheet.text(left, y + 45, text, size=size + 1, weight=600)
            if stage.label:
                sheet.text(left + text_width(text, size + 1, 600) + 10, y + 45, stage.label, size=size, fill="ink-2")
            previous = span
            if stage.left == data.stages[-1].left:
                final = (left + span, y + 14)
        y += 76
    sheet.line(0, y - 4, 760, y - 4, stroke="rule-strong")
    y += 22
    head(y, len(data.stages) + 2, data.mixture.name, data.mixture.note)
    sheet.text(left, y + 10, data.mixture.of, size=size, weight=600)
    _mixture(sheet, left + .6, y + 20, right - left - 1.2, 24, data, shares, size)
    x, level = final
    sheet.polyline([(x + 8, level - 2), (x + 52, level - 2)], stroke="ink")
    first, _, rest = point.partition(". ")
    sheet.text(x + 60, level - 4, first + ".", size=size + .5, weight=600)
    sheet.text(x + 60, level + 13, rest, size=size, fill="ink-2")
    sheet.height = y + 76
    return sheet


def _narrow(data: Data, book: Book, shares: list[float], point: str) -> Sheet:
    sheet, size, width = Sheet(width=NARROW, kind="narrow"), 12.5, NARROW - 1.2
    crawl = data.crawl
    most = max(number(book, stage.left) for stage in data.stages if stage.left)
    y = 0.0

    def head(at: int, name: str, note: str) -> None:
        nonlocal y
        step(sheet, 10, y + 9, at, 12.5)
        sheet.text(26, y + 14, name, size=15, weight=600)
        y += 18 + sheet.paragraph(26, y + 32, note, NARROW - 26, size=size, fill="muted", leading=1.3)

    head(1, crawl.name, crawl.note)
    _pages(sheet, .6, y + 8, 12, 27.3, 22)
    sheet.text(0, y + 54, f"{number(book, crawl.snapshots):g} {crawl.snapshots_name}", size=size, weight=600)
    sheet.text(0, y + 71, f"{crawl.month}: {words(number(book, crawl.pages))} pages, {number(book, crawl.size):g} TiB", size=size, fill="ink-2")
    y += 96
    for at, stage in enumerate(data.stages):
        head(at + 2, stage.name, stage.does)
        if stage.left:
            value = number(book, stage.left)
            sheet.rect(0, y + 8, NARROW * value / most, 18, fill="ink-2")
            text = f"{_about(book, stage.left)}{words(value)} tokens"
            sheet.text(0, y + 43, text, size=13.5, weight=600)
            if stage.label:
                sheet.text(text_width(text, 13.5, 600) + 8, y + 43, stage.label, size=size, fill="ink-2")
            y += 52
        y += 18
    first, _, rest = point.partition(". ")
    sheet.text(0, y, first + ".", size=size + 1, weight=600)
    y += 18 + sheet.paragraph(0, y + 18, rest, NARROW, size=size, fill="ink-2", leading=1.3)
    sheet.line(0, y + 2, NARROW, y + 2, stroke="rule-strong")
    y += 24
    head(len(data.stages) + 2, data.mixture.name, data.mixture.note)
    sheet.text(0, y + 20, data.mixture.of, size=size, weight=600)
    sheet.height = _mixture(sheet, .6, y + 30, width, 22, data, shares, size)
    return sheet
