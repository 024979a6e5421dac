"""From raw text to a tested model: four stages, what each makes, and what each takes in compute, data and people."""

from __future__ import annotations

import re
from typing import Literal

from pydantic import Field as Key

from fieldguide.book import Book
from fieldguide.drawing.pieces import data_sheet, finish, infrastructure_field, model_bar, step
from fieldguide.drawing.sheet import NARROW, Drawing, Sheet, Table
from fieldguide.drawing.values import checked, number, plain
from fieldguide.records.base import Strict

SLUG = "training-pipeline"
COINS = ("Compute", "Data", "People")
_REFERENCE = re.compile(r"(\$?)\{([a-z0-9-]+\.[a-z0-9-]+)\}(%?)")
LEAST = 2.0
"""Units of width below which no bar is drawn; the context line says so."""


class Cell(Strict):
    value: str = Key(max_length=120)
    """Words; {…} is a fact reference."""
    note: str = Key(max_length=140)


class Stage(Strict):
    name: str
    does: str = Key(max_length=60)
    makes: str
    picture: Literal["text", "train", "shape", "test"]
    hours: str | None = None
    """A fact reference: GPU-hours, drawn as a bar."""
    more: str | None = None
    """A fact reference: GPU-hours of another run of this stage, drawn as a second bar beside the first."""
    compute: Cell
    data: Cell
    people: Cell

    def cells(self) -> tuple[Cell, Cell, Cell]:
        return self.compute, self.data, self.people


class Data(Strict):
    stages: list[Stage] = Key(min_length=4, max_length=4)
    point: str
    """The annotation; {…} are fact references."""


def fill(text: str, book: Book, mark: bool = False) -> str:
    """The text with its references written out, as checked numbers where `mark`."""
    def written(match: re.Match[str]) -> str:
        value = number(book, match[2])
        digits = f"{value:,.0f}" if match[1] else plain(value) if value >= 1000 else f"{value:.3g}"
        digits = match[1] + digits + match[3]
        return checked(match[2], digits) if mark else digits

    return _REFERENCE.sub(written, text)


def render(data: Data, book: Book) -> Drawing:
    """Wide: four columns over three rows. Narrow: one stage under the other."""
    table = Table("What each stage of training takes", ["Stage", "Makes", *COINS], [
        [stage.name, stage.makes, *(fill(f"{cell.value}: {cell.note}", book, True) for cell in stage.cells())] for stage in data.stages
    ])
    hours = [number(book, stage.hours) if stage.hours else None for stage in data.stages]
    point = fill(data.point, book)
    return finish(book, SLUG, _wide(data, book, hours, point), _narrow(data, book, hours, point), table)


def _bars(sheet: Sheet, x: float, y: float, width: float, height: float, hours: float, more: float | None, most: float) -> None:
    """The stage's GPU-hours, and those of another run beside them."""
    span = max(width * hours / most, LEAST)
    infrastructure_field(sheet, x + .6, y, span, height)
    if more is not None:
        infrastructure_field(sheet, x + .6 + span + 5, y, max(width * more / most, LEAST), height)


def _picture(sheet: Sheet, x: float, y: float, width: float, kind: str) -> None:
    """What happens in the stage, 52 units tall."""
    if kind == "text":
        for at, sort in enumerate(("text", "code", "text")):
            for depth in (1, 0):
                data_sheet(sheet, x + .6 + at * 46 + depth * 4, y + 2 + (1 - depth) * 4, 36, 44, sort, stroke="ink-2" if depth == 0 else "rule-strong")  # type: ignore[arg-type]
    elif kind == "train":
        model_bar(sheet, x, y + 2, width, 22)
        infrastructure_field(sheet, x + .6, y + 28, width - 1.2, 21, gap=5)
    elif kind == "shape":
        model_bar(sheet, x, y + 2, width, 22)
        for at in range(3):
            data_sheet(sheet, x + .6 + at * 26, y + 31, 18, 19, "text")
            sheet.arrow(x + 9.6 + at * 26, y + 30, x + 9.6 + at * 26, y + 25, head=2.6)
        infrastructure_field(sheet, x + 84, y + 34, 10, 14, gap=5)
    else:
        model_bar(sheet, x, y + 2, width, 22)
        for at, fate in enumerate((True, True, False, True)):
            left = x + .6 + at * 26
            sheet.rect(left, y + 31, 18, 18, fill="paper", stroke="ink-2", stroke_width=1.1)
            sheet.path(f"M{left + 4:.1f} {y + 40}l4 4.5l7 -9" if fate else f"M{left + 5:.1f} {y + 36}l8 8m0 -8l-8 8", stroke="ink", stroke_width=1.4)


def _wide(data: Data, book: Book, hours: list[float | None], point: str) -> Sheet:
    sheet, size, left = Sheet(), 13.5, 78
    pitch = (760 - left + 20) / 4
    column = pitch - 20
    most = max(value for value in hours if value)
    for at, stage in enumerate(data.stages):
        x = left + at * pitch
        step(sheet, x + 11, 11, at + 1, size)
        sheet.text(x + 28, 16, stage.name, size=17, weight=520, face="display")
        sheet.paragraph(x, 40, stage.does, column, size=size, fill="muted", leading=1.25)
        _picture(sheet, x, 66, column, stage.picture)
        sheet.text(x, 138, stage.makes, size=size, weight=600)
        if at < 3:
            sheet.arrow(x + column - 8, 133.5, x + column + 10, 133.5)
    y = 156.0
    for row, coin in enumerate(COINS):
        sheet.line(0, y, 760, y, stroke="ink" if row == 0 else "rule-strong")
        sheet.text(0, y + 24, coin, size=size + .5, weight=600)
        foot = y
        for at, stage in enumerate(data.stages):
            x, cell, top = left + at * pitch, stage.cells()[row], y + 24
            tall = sheet.paragraph(x, top, fill(cell.value, book), column, size=size + .5, weight=600, leading=1.25)
            if row == 0:
                value = hours[at]
                if value is not None:
                    _bars(sheet, x, top + tall - 10, column - 1.2, 11, value, number(book, stage.more) if stage.more else None, most)
                else:
                    sheet.line(x, top + tall - 4.5, x + column, top + tall - 4.5, stroke="rule-strong", dash="1.5 4")
                tall += 18
            tall += sheet.paragraph(x, top + tall, fill(cell.note, book), column, size=size, fill="ink-2", leading=1.28)
            foot = max(foot, top + tall)
        y = foot + 4
    sheet.line(0, y, 760, y, stroke="ink")
    first, _, rest = point.partition(". ")
    width = sheet.text(0, y + 24, first + ".", size=size + .5, weight=600)
    sheet.text(width + 8, y + 24, rest, size=size, fill="ink-2")
    sheet.height = y + 32
    return sheet


def _narrow(data: Data, book: Book, hours: list[float | None], point: str) -> Sheet:
    sheet, size, left = Sheet(width=NARROW, kind="narrow"), 12.5, 66
    column = NARROW - left
    most = max(value for value in hours if value)
    y = 0.0
    for at, stage in enumerate(data.stages):
        step(sheet, 10, y + 11, at + 1, 12.5)
        sheet.text(26, y + 16, stage.name, size=17, weight=520, face="display")
        sheet.text(0, y + 36, stage.does, size=size, fill="muted")
        _picture(sheet, 0, y + 44, 150, stage.picture)
        sheet.arrow(158, y + 70, 176, y + 70)
        sheet.paragraph(184, y + 74.5, stage.makes, NARROW - 184, size=13, weight=600, leading=1.25)
        y += 108
        for row, coin in enumerate(COINS):
            cell = stage.cells()[row]
            sheet.line(0, y, NARROW, y, stroke="rule")
            sheet.text(0, y + 19, coin, size=size, fill="muted")
            top = y + 19
            top += sheet.paragraph(left, top, fill(cell.value, book), column, size=13.5, weight=600, leading=1.25)
            value = hours[at]
            if row == 0 and value is not None:
                _bars(sheet, left, top - 10, column - 1.2, 10, value, number(book, stage.more) if stage.more else None, most)
                top += 16
            top += sheet.paragraph(left, top, fill(cell.note, book), column, size=size, fill="ink-2", leading=1.28)
            y = top - 4
        y += 26
    sheet.line(0, y - 14, NARROW, y - 14, stroke="ink")
    first, _, rest = point.partition(". ")
    y += 8 + sheet.paragraph(0, y + 8, first + ".", NARROW, size=13.5, weight=600, leading=1.3)
    y += sheet.paragraph(0, y, rest, NARROW, size=size, fill="ink-2", leading=1.3)
    sheet.height = y - 6
    return sheet
