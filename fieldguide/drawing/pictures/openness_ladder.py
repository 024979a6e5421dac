"""The openness ladder: what is handed over at each rung, what that lets others do, and examples from the model records."""

from __future__ import annotations

from typing import Literal

from pydantic import Field as Key

from fieldguide.book import Book
from fieldguide.drawing.pieces import finish, model_bar, short_name
from fieldguide.drawing.sheet import NARROW, Drawing, Sheet, Table, wrap
from fieldguide.records.base import Strict

SLUG = "openness-ladder"
Piece = Literal["outputs", "weights", "license", "code", "data"]


class Rung(Strict):
    name: str
    gives: list[Piece] = Key(min_length=1)
    lets: list[str] = Key(min_length=1, max_length=3)
    limit: str
    access: list[str] = Key(min_length=1)
    """What the record of an example must say; an example that says otherwise is left out."""
    examples: list[str] = Key(max_length=3)


class Data(Strict):
    rungs: list[Rung] = Key(min_length=4, max_length=4)


LABELS: dict[str, str] = {"outputs": "its outputs", "weights": "weights", "license": "open-source license", "code": "training code", "data": "data information"}


def render(data: Data, book: Book) -> Drawing:
    """Wide: four columns, each handing over one thing more. Narrow: four entries, from the lowest rung up."""
    examples = [
        [short_name(book.models[slug].name) for slug in rung.examples if slug in book.models and book.models[slug].access in rung.access]
        for rung in data.rungs
    ]
    rows = [
        [f"{at + 1} {rung.name}", ", ".join(LABELS[piece] for piece in rung.gives), "; ".join(rung.lets), rung.limit, ", ".join(names)]
        for at, (rung, names) in enumerate(zip(data.rungs, examples, strict=True))
    ]
    table = Table("Four rungs of openness", ["Rung", "Handed over", "Lets you", "Still missing", "Examples"], rows)
    return finish(book, SLUG, _wide(data, examples), _narrow(data, examples), table)


def _piece(sheet: Sheet, x: float, y: float, width: float, height: float, piece: Piece) -> None:
    """Weights are the model's bar; what surrounds them is outlined in ink, with a line style of its own."""
    if piece == "weights":
        model_bar(sheet, x, y, width, height)
    elif piece == "outputs":
        sheet.rect(x, y, width, height, fill="paper", stroke="ink-2", stroke_width=1.2, stroke_dasharray="1.5 3.5")
    elif piece == "license":
        sheet.rect(x, y, width, height, fill="paper", stroke="ink-2", stroke_width=1.2)
        sheet.path(f"M{x + 5:.1f} {y + height / 2:.1f}l3.4 3.4l6-7.2", stroke="ink-2", stroke_width=1.5)
    else:
        sheet.rect(x, y, width, height, fill="paper", stroke="ink-2", stroke_width=1.2)
        for at in range(3):
            sheet.line(x + 6 + at * 7, y + 4, x + 6 + at * 7, y + height - 4, stroke="ink-2", stroke_width=1.2)


def _wide(data: Data, examples: list[list[str]]) -> Sheet:
    sheet, size, gap = Sheet(), 13.5, 26
    column = (760 - 3 * gap) / 4
    bar, between = 18, 23
    deepest = max(len(rung.gives) for rung in data.rungs)
    foot = 18 + deepest * (bar + between)
    for at, rung in enumerate(data.rungs):
        x = at * (column + gap)
        for level, piece in enumerate(rung.gives):
            y = foot - bar - level * (bar + between)
            new = at == 0 or piece not in data.rungs[at - 1].gives
            sheet.text(x, y - 6, LABELS[piece], size=size, weight=600 if new else 400, fill="model-text" if piece == "weights" else "ink" if new else "muted")
            _piece(sheet, x, y, column, bar, piece)
    sheet.line(0, foot + 10, 760, foot + 10, stroke="ink", stroke_width=1.5)
    tops = foot + 34
    heads = [wrap(rung.name, column, 17, 520, "display") for rung in data.rungs]
    for at, lines in enumerate(heads):
        x = at * (column + gap)
        for index, line in enumerate(lines):
            sheet.text(x, tops + index * 21, line, size=17, weight=520, face="display")
    y = tops + max(map(len, heads)) * 21 + 8
    y = _row(sheet, y, "Lets you", [rung.lets for rung in data.rungs], column, gap, size)
    y = _row(sheet, y, "Still missing", [[rung.limit] for rung in data.rungs], column, gap, size)
    y = _row(sheet, y, "Examples", [[", ".join(names)] for names in examples], column, gap, size)
    sheet.height = y - 6
    return sheet


def _row(sheet: Sheet, y: float, label: str, cells: list[list[str]], column: float, gap: float, size: float) -> float:
    sheet.line(0, y - 4, 760, y - 4, stroke="rule")
    tall = 0.0
    for at, lines in enumerate(cells):
        x, inner = at * (column + gap), y + 34
        sheet.text(x, y + 14, label, size=size, fill="muted")
        for line in lines:
            inner += sheet.paragraph(x, inner, line, column, size=size, leading=1.3) + 3 if line else 0
        tall = max(tall, inner - y)
    return y + tall - 2


def _narrow(data: Data, examples: list[list[str]]) -> Sheet:
    sheet, size = Sheet(width=NARROW, kind="narrow"), 12.5
    y, icon, x = 4.0, 52, 70
    for at, (rung, names) in enumerate(zip(data.rungs, examples, strict=True)):
        sheet.line(0, y, NARROW, y, stroke="ink" if at == 0 else "rule-strong", stroke_width=1.5 if at == 0 else 1)
        top = y + 22
        head = sheet.paragraph(x, top, rung.name, NARROW - x, size=16, weight=520, face="display", leading=1.22)
        for level, piece in enumerate(reversed(rung.gives)):
            _piece(sheet, 1, y + 12 + level * 16, icon, 11, piece)
        inner = top + head + 2
        given = ", ".join(LABELS[piece] for piece in rung.gives)
        parts = [("Gives", given), ("Lets you", "; ".join(rung.lets)), ("Missing", rung.limit), ("Examples", ", ".join(names))]
        for label, text in parts:
            if not text:
                continue
            sheet.text(x, inner, label, size=size, fill="muted")
            inner += sheet.paragraph(x + 62, inner, text, NARROW - x - 62, size=size, leading=1.28) + 5
        y = max(inner, y + 12 + len(rung.gives) * 16 + 8)
    sheet.height = y
    return sheet
