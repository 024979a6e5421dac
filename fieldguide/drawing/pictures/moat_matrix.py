"""Moats: what each rests on, what a better model does to it, and one dated case for and against, with the kind of evidence."""

from __future__ import annotations

from typing import Literal

from pydantic import Field as Key

from fieldguide.book import Book
from fieldguide.drawing.pieces import finish
from fieldguide.drawing.sheet import NARROW, Drawing, Sheet, Table
from fieldguide.drawing.values import field
from fieldguide.records.base import Strict

SLUG = "moat-matrix"
Effect = Literal["weaker", "same", "stronger", "both"]
Basis = Literal["own", "press", "measured"]
EFFECTS: dict[str, str] = {"weaker": "weaker", "same": "little change", "stronger": "stronger", "both": "either way"}
BASES: dict[str, str] = {"own": "a company’s own account", "press": "press account or survey", "measured": "filing, law or study"}
GRADES: dict[str, int] = {"own": 1, "press": 2, "measured": 3}
MONTHS = ("", "Jan ", "Feb ", "Mar ", "Apr ", "May ", "Jun ", "Jul ", "Aug ", "Sep ", "Oct ", "Nov ", "Dec ")


class Case(Strict):
    what: str
    date: str
    """The field whose own date, or the day for which it holds, dates the case."""
    basis: Basis


class Moat(Strict):
    name: str
    rests: str
    effect: Effect
    why: str
    for_: Case = Key(alias="for")
    against: Case


class Data(Strict):
    moats: list[Moat] = Key(min_length=5)


def render(data: Data, book: Book) -> Drawing:
    """Wide: a row a moat. Narrow: an entry a moat. Raises KeyError for an unknown field, ValueError for a title that the rows refute."""
    effects = {moat.effect for moat in data.moats}
    if not {"weaker", "stronger"} <= effects:
        raise ValueError("the title says that some moats weaken and others strengthen")
    dates = [(_month(book, moat.for_.date), _month(book, moat.against.date)) for moat in data.moats]
    rows = [
        [moat.name, moat.rests, f"{EFFECTS[moat.effect]}: {moat.why}", *(f"{case.what}, {date} ({BASES[case.basis]})" for case, date in zip((moat.for_, moat.against), pair, strict=True))]
        for moat, pair in zip(data.moats, dates, strict=True)
    ]
    table = Table("Nine moats", ["Moat", "Rests on", "With a much better model", "A case for", "A case against"], rows)
    return finish(book, SLUG, _wide(data, dates), _narrow(data, dates), table)


def _month(book: Book, reference: str) -> str:
    """“Jun 2026”: the field's value where it is a date, else the day for which it holds."""
    found = field(book, reference)
    year, *rest = str(found.value if found.unit == "date" else found.as_of).split("-")
    return MONTHS[int(rest[0]) if rest else 0] + year


def _effect(sheet: Sheet, x: float, y: float, effect: Effect) -> None:
    """An arrow down, along, up, or both up and down, 14 units tall."""
    if effect == "same":
        sheet.line(x, y, x + 14, y, stroke="ink", stroke_width=1.6)
        return
    sheet.line(x + 7, y - 7, x + 7, y + 7, stroke="ink", stroke_width=1.6)
    if effect in ("stronger", "both"):
        sheet.path(f"M{x + 3:.1f} {y - 3:.1f}L{x + 7:.1f} {y - 7:.1f}L{x + 11:.1f} {y - 3:.1f}", stroke="ink", stroke_width=1.6)
    if effect in ("weaker", "both"):
        sheet.path(f"M{x + 3:.1f} {y + 3:.1f}L{x + 7:.1f} {y + 7:.1f}L{x + 11:.1f} {y + 3:.1f}", stroke="ink", stroke_width=1.6)


def _grade(sheet: Sheet, x: float, y: float, basis: Basis) -> None:
    """One to three bars on a common foot: the kind of evidence."""
    for at in range(3):
        height = 4 + at * 3.5
        filled = at < GRADES[basis]
        sheet.rect(x + at * 5, y - height, 3.4, height, fill="ink" if filled else "rule-strong")


def _key(sheet: Sheet, y: float, size: float, step: float, down: float) -> float:
    """The kinds of evidence, side by side or below one another."""
    x = 0.0
    for basis, text in BASES.items():
        _grade(sheet, x, y, basis)
        sheet.text(x + 22, y, text, size=size, fill="muted")
        x, y = x + step, y + down
    return y


def _wide(data: Data, dates: list[tuple[str, str]]) -> Sheet:
    sheet, size = Sheet(), 13.5
    columns, widths = (0, 126, 276, 436, 606), (118, 138, 148, 156, 154)
    for x, label in zip(columns, ("Moat", "Rests on", "Much better model", "A case for", "A case against"), strict=True):
        sheet.text(x, 16, label, size=size, fill="muted")
    y = 26.0
    for moat, pair in zip(data.moats, dates, strict=True):
        sheet.line(0, y, 760, y, stroke="ink" if moat is data.moats[0] else "rule", stroke_width=1.5 if moat is data.moats[0] else 1)
        top, tall = y + 20, 0.0
        tall = max(tall, sheet.paragraph(columns[0], top, moat.name, widths[0], size=16, weight=520, face="display", leading=1.2))
        tall = max(tall, sheet.paragraph(columns[1], top, moat.rests, widths[1], size=size, leading=1.3))
        _effect(sheet, columns[2], top - 5, moat.effect)
        sheet.text(columns[2] + 20, top, EFFECTS[moat.effect], size=size, weight=600)
        tall = max(tall, 18 + sheet.paragraph(columns[2] + 20, top + 18, moat.why, widths[2] - 20, size=size, fill="ink-2", leading=1.3))
        for x, width, case, date in zip(columns[3:], widths[3:], (moat.for_, moat.against), pair, strict=True):
            _grade(sheet, x, top, case.basis)
            sheet.text(x + 22, top, date, size=size, fill="muted")
            tall = max(tall, 18 + sheet.paragraph(x, top + 18, case.what, width, size=size, leading=1.3))
        y = top + tall - 4
    sheet.line(0, y, 760, y, stroke="rule-strong")
    sheet.height = _key(sheet, y + 24, size, 236, 0) + 8
    return sheet


def _narrow(data: Data, dates: list[tuple[str, str]]) -> Sheet:
    sheet, size, left = Sheet(width=NARROW, kind="narrow"), 13.5, 76
    y = 4.0
    for moat, pair in zip(data.moats, dates, strict=True):
        sheet.line(0, y, NARROW, y, stroke="rule-strong")
        sheet.text(0, y + 22, moat.name, size=16, weight=520, face="display")
        inner = y + 43
        sheet.text(0, inner, "Rests on", size=size, fill="muted")
        inner += sheet.paragraph(left, inner, moat.rests, NARROW - left, size=size, leading=1.28) + 5
        sheet.text(0, inner, "Model", size=size, fill="muted")
        _effect(sheet, 52, inner - 4, moat.effect)
        inner += sheet.paragraph(left, inner, f"{EFFECTS[moat.effect]}: {moat.why}", NARROW - left, size=size, leading=1.28) + 5
        for label, case, date in zip(("For", "Against"), (moat.for_, moat.against), pair, strict=True):
            sheet.text(0, inner, label, size=size, fill="muted")
            _grade(sheet, 54, inner, case.basis)
            inner += sheet.paragraph(left, inner, f"{case.what}, {date}", NARROW - left, size=size, leading=1.28) + 5
        y = inner - 4
    sheet.line(0, y, NARROW, y, stroke="rule-strong")
    sheet.height = _key(sheet, y + 22, size, 0, 19) - 8
    return sheet
