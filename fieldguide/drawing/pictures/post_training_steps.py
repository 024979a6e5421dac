"""Post-training methods as purchases: what each changes in the model, what it needs as data and what it costs, with compute to scale."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

from pydantic import Field as Key

from fieldguide.book import Book
from fieldguide.drawing.pieces import crossed, data_sheet, finish, model_bar
from fieldguide.drawing.sheet import NARROW, Drawing, LinearScale, Sheet, Table, text_width, wrap
from fieldguide.drawing.values import checked, number, words
from fieldguide.records.base import Strict

SLUG = "post-training-steps"
REFERENCE = re.compile(r"\{([a-z0-9-]+\.[a-z0-9-]+)\}")
UNKNOWN = "compute not disclosed"
COLUMNS = ("Method", "What it changes", "What it needs", "What it costs")


class Share(Strict):
    """Compute of the method over that of the base model's pre-training."""

    part: str
    whole: str
    run: str = Key(max_length=26)


class Method(Strict):
    name: str = Key(max_length=28)
    sign: Literal["answer", "ranked", "pair", "rule", "check", "copy"]
    changes: str = Key(max_length=90)
    needs: str = Key(max_length=150)
    costs: str = Key(max_length=90)
    share: Share | None = None


class Data(Strict):
    scale: float
    """Percent of pre-training at the right end of the bars."""
    methods: list[Method] = Key(min_length=4)


@dataclass(frozen=True)
class Row:
    method: Method
    changes: str
    needs: str
    costs: str
    share: float | None


def fill(text: str, book: Book, link: bool = False) -> str:
    """References in braces as words: {deepseek-r1-recipe.samples} is 800,000; as checked numbers for the table."""
    def value(match: re.Match[str]) -> str:
        shown = words(number(book, match[1]))
        return checked(match[1], shown) if link else shown

    return REFERENCE.sub(value, text)


def percent(share: float) -> str:
    return f"{share:.2g}%"


def render(data: Data, book: Book) -> Drawing:
    rows = []
    for method in data.methods:
        share = 100 * number(book, method.share.part) / number(book, method.share.whole) if method.share else None
        if share is not None and share > data.scale:
            raise ValueError(f"{SLUG}: {method.name} takes {share:.3g}% of pre-training, the bars end at {data.scale:g}%")
        rows.append(Row(method, *(fill(text, book) for text in (method.changes, method.needs, method.costs)), share))
    table = Table("Post-training methods", [*COLUMNS, "Compute, share of pre-training"], [
        [row.method.name, *(fill(text, book, link=True) for text in (row.method.changes, row.method.needs, row.method.costs)),
         f"{percent(row.share)} ({row.method.share.run})" if row.share is not None and row.method.share else UNKNOWN]
        for row in rows
    ])
    return finish(book, SLUG, _wide(data, rows), _narrow(data, rows), table)


def _sign(sheet: Sheet, x: float, y: float, kind: str) -> None:
    """The method in 92 × 38 units: what the model is shown, and the model that changes."""
    def answer(at: float, top: float, mark: bool = False) -> None:
        data_sheet(sheet, x + at, y + top, 20, 26)
        if mark:
            sheet.path(f"M{x + at + 12:.1f} {y + top + 22:.1f}l4 4l8-9", stroke="ink", stroke_width=1.8)

    def ahead(at: float) -> None:
        sheet.arrow(x + at, y + 19, x + at + 15, y + 19)

    if kind == "answer":
        answer(14, 6, True)
        ahead(43)
    elif kind in ("ranked", "pair"):
        answer(0, 6, True)
        sheet.path(f"M{x + 26:.1f} {y + 14:.1f}l6 5l-6 5", stroke="ink-2", stroke_width=1.4)
        answer(38, 6)
        if kind == "pair":
            ahead(63)
    elif kind == "rule":
        sheet.rect(x, y + 5, 34, 28, fill="paper", stroke="ink-2", stroke_width=1.2)
        for at in range(3):
            sheet.line(x + 12, y + 11 + at * 8, x + 29, y + 11 + at * 8, stroke="ink-2", stroke_width=1.2)
            sheet.circle(x + 7, y + 11 + at * 8, 1.4, fill="ink-2")
        ahead(43)
    elif kind == "check":
        for at in range(2):
            crossed(sheet, x + 9 + at * 21, y + 19, 4)
        sheet.circle(x + 51, y + 19, 7, fill="paper", stroke="ink", stroke_width=1.3)
        sheet.path(f"M{x + 47.5:.1f} {y + 19:.1f}l2.8 2.8l5-6", stroke="ink", stroke_width=1.6)
    if kind == "copy":
        model_bar(sheet, x, y + 9, 48, 20)
        ahead(53)
        model_bar(sheet, x + 74, y + 14, 18, 10)
        return
    if kind == "ranked":
        sheet.rect(x + 64, y + 12, 7, 14, fill="paper", stroke="model", stroke_width=1.3)
        model_bar(sheet, x + 75, y + 12, 17, 14)
        return
    if kind == "check":
        ahead(61)
        model_bar(sheet, x + 80, y + 12, 12, 14)
        return
    model_bar(sheet, x + (80 if kind == "pair" else 64), y + 12, 12 if kind == "pair" else 28, 14)


def _bar(sheet: Sheet, x: LinearScale, y: float, row: Row, size: float) -> None:
    sheet.rect(x.start, y, x.end - x.start, 9, fill="sunk")
    if row.share is None or row.method.share is None:
        return
    sheet.rect(x.start, y, max(x(row.share) - x.start, 2), 9, fill="model")


def _wide(data: Data, rows: list[Row]) -> Sheet:
    sheet, size, lead = Sheet(), 13.5, 17.5
    xs, widths = (112, 252, 420, 600), (126, 152, 164, 160)
    for x, title in zip(xs, COLUMNS, strict=True):
        sheet.text(x if x > 112 else 0, 14, title, size=size, weight=600)
    sheet.line(0, 25, 760, 25, stroke="ink", stroke_width=1.5)
    y = 25.0
    for at, row in enumerate(rows):
        if at:
            sheet.line(0, y, 760, y, stroke="rule")
        top = y + 24
        _sign(sheet, 0.7, top - 15, row.method.sign)
        heights = []
        for index, (x, width, text) in enumerate(zip(xs, widths, (row.method.name, row.changes, row.needs, row.costs), strict=True)):
            lines = wrap(text, width, size, 600 if index == 0 else 400)
            for line, content in enumerate(lines):
                sheet.text(x, top + line * lead, content, size=size, weight=600 if index == 0 else 400, fill="ink" if index == 0 else "ink-2")
            heights.append(len(lines) * lead)
        foot = top + max(heights[:3])
        base = top + heights[3]
        if row.share is not None and row.method.share is not None:
            scale = LinearScale(0, data.scale, xs[3], 760)
            _bar(sheet, scale, base - 4, row, size)
            sheet.text(xs[3], base + 23, percent(row.share), size=size, weight=600, fill="model-text")
            beside = xs[3] + text_width(percent(row.share), size, 600) + 7
            under = beside + text_width(row.method.share.run, size) > 760
            sheet.text(xs[3] if under else beside, base + 23 + under * lead, row.method.share.run, size=size, fill="muted")
            foot = max(foot, base + 30 + under * lead)
        else:
            sheet.text(xs[3], base + 6, UNKNOWN, size=size, fill="muted")
            foot = max(foot, base + 13)
        y = max(foot, base, top + 32) + 8
    sheet.line(0, y, 760, y, stroke="rule-strong")
    sheet.text(0, y + 22, f"Bars: compute of the method, from 0 to {data.scale:g}% of what pre-trained the base model. Open box: a reward model, trained first.", size=size, fill="muted")
    sheet.height = y + 30
    return sheet


def _narrow(data: Data, rows: list[Row]) -> Sheet:
    sheet, size, lead = Sheet(width=NARROW, kind="narrow"), 12.5, 16.0
    y = 2.0
    for at, row in enumerate(rows):
        sheet.line(0, y, NARROW, y, stroke="ink" if at == 0 else "rule-strong", stroke_width=1.5 if at == 0 else 1)
        sheet.text(0, y + 27, row.method.name, size=15.5, weight=520, face="display")
        _sign(sheet, NARROW - 94, y + 5, row.method.sign)
        top = y + 60
        for label, text in zip(("Changes", "Needs", "Costs"), (row.changes, row.needs, row.costs), strict=True):
            sheet.text(0, top, label, size=size, fill="muted")
            lines = wrap(text, NARROW - 62, size)
            for line, content in enumerate(lines):
                sheet.text(62, top + line * lead, content, size=size, fill="ink-2")
            top += len(lines) * lead + 5
        if row.share is not None and row.method.share is not None:
            _bar(sheet, LinearScale(0, data.scale, 62, NARROW), top - 8, row, size)
            width = sheet.text(62, top + 18, percent(row.share), size=size, weight=600, fill="model-text")
            sheet.text(69 + width, top + 18, row.method.share.run, size=size, fill="muted")
            top += 38
        else:
            sheet.text(62, top + 1, UNKNOWN, size=size, fill="muted")
            top += lead + 5
        y = top - 2
    sheet.line(0, y, NARROW, y, stroke="rule-strong")
    note = f"Bars: compute, from 0 to {data.scale:g}% of the base model’s pre-training. Open box: a reward model, trained first."
    sheet.height = y + 22 + sheet.paragraph(0, y + 20, note, NARROW, size=size, fill="muted", leading=1.3)
    return sheet
