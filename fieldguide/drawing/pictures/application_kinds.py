"""Kinds of application: what each adds around a model, how it is usually sold, and who bears the bill for tokens."""

from __future__ import annotations

from pydantic import Field as Key

from fieldguide.book import Book
from fieldguide.drawing.pieces import application_block, finish, model_bar
from fieldguide.drawing.sheet import NARROW, Drawing, Sheet, Table, wrap
from fieldguide.records.base import Strict

SLUG = "application-kinds"


class Piece(Strict):
    id: str
    name: str = Key(max_length=24)


class Kind(Strict):
    name: str = Key(max_length=22)
    adds: list[str] = Key(min_length=1)
    """Ids of the pieces around the model."""
    sold: str = Key(max_length=40)
    bill: str = Key(max_length=70)
    """Who pays when an answer takes more tokens."""
    example: str
    """Id of a company record."""
    when: str = Key("", max_length=10)
    """Where the example was of this kind at an earlier time."""


class Data(Strict):
    pieces: list[Piece] = Key(min_length=3, max_length=5)
    kinds: list[Kind] = Key(min_length=3, max_length=5)
    heads: list[str] = Key(min_length=3, max_length=3)
    """Over what is added, how it is sold, and who bears the bill."""
    bought: str = Key(max_length=40)
    """Beside the bar below each kind."""
    point: str


def _example(kind: Kind, book: Book) -> str:
    return f"{book.companies[kind.example].name} {kind.when}".strip()


def render(data: Data, book: Book) -> Drawing:
    known = [piece.id for piece in data.pieces]
    for kind in data.kinds:
        if set(kind.adds) - set(known):
            raise ValueError(f"{SLUG}: {kind.name} adds {sorted(set(kind.adds) - set(known))}, which is no piece")
        if kind.example not in book.companies:
            raise ValueError(f"{SLUG}: the example {kind.example!r} is no company record")
    counts = [len(kind.adds) for kind in data.kinds]
    if counts != sorted(counts):
        raise ValueError(f"{SLUG}: the kinds stand from what adds least to what adds most")
    names = {piece.id: piece.name for piece in data.pieces}
    table = Table("Kinds of application", ["Kind", "Adds around the model", "Usually sold by", "Who pays for more tokens", "Example"], [
        [kind.name, ", ".join(names[piece] for piece in kind.adds), kind.sold, kind.bill, _example(kind, book)] for kind in data.kinds
    ])
    return finish(book, SLUG, _wide(data, book), _narrow(data, book), table)


def _blocks(sheet: Sheet, data: Data, kind: Kind, x: float, y: float, width: float, height: float) -> None:
    """The pieces as blocks in a row over the model's bar; what is missing is a hairline outline."""
    step = width / len(data.pieces)
    for at, piece in enumerate(data.pieces):
        left = x + at * step
        if piece.id in kind.adds:
            application_block(sheet, left, y, step - 6, height, scale=.8)
        else:
            sheet.rect(left, y, step - 6, height, stroke="rule", stroke_width=1)
    model_bar(sheet, x, y + height + 5, width - 6, 7)


def _wide(data: Data, book: Book) -> Sheet:
    sheet, size, left, across = Sheet(), 13.5, 150, 318
    step = across / len(data.pieces)
    sheet.text(left, 15, data.heads[0], size=size, weight=600)
    sheet.text(left + across + 14, 15, data.heads[1], size=size, weight=600)
    sheet.text(left + across + 122, 15, data.heads[2], size=size, weight=600)
    lines = max(len(wrap(piece.name, step - 8, size)) for piece in data.pieces)
    for at, piece in enumerate(data.pieces):
        sheet.paragraph(left + at * step, 38, piece.name, step - 8, size=size, fill="ink-2", leading=1.22)
    y = 38 + lines * 16.5 - 2
    for kind in data.kinds:
        sheet.line(0, y, 760, y, stroke="rule-strong")
        sheet.text(0, y + 27, kind.name, size=16, weight=600)
        sheet.text(0, y + 47, _example(kind, book), size=size, fill="muted")
        _blocks(sheet, data, kind, left, y + 15, across, 24)
        sheet.paragraph(left + across + 14, y + 27, kind.sold, 100, size=size, fill="ink-2", leading=1.26)
        tall = sheet.paragraph(left + across + 122, y + 27, kind.bill, 760 - left - across - 126, size=size, leading=1.26)
        y += max(68, tall + 30)
    sheet.line(0, y, 760, y, stroke="rule-strong")
    model_bar(sheet, 0, y + 15, 26, 7)
    sheet.text(34, y + 23, data.bought, size=size, fill="muted")
    sheet.text(760, y + 23, data.point, size=size, fill="muted", anchor="end")
    sheet.height = y + 32
    return sheet


def _narrow(data: Data, book: Book) -> Sheet:
    sheet, size = Sheet(width=NARROW, kind="narrow"), 12.5
    y = 4.0
    for kind in data.kinds:
        sheet.line(0, y, NARROW, y, stroke="rule-strong")
        sheet.text(0, y + 24, kind.name, size=15.5, weight=600)
        sheet.text(NARROW, y + 24, _example(kind, book), size=size, fill="muted", anchor="end")
        _blocks(sheet, data, kind, 0, y + 35, NARROW + 6, 20)
        names = ", ".join(piece.name for piece in data.pieces if piece.id in kind.adds)
        y += 84
        y += sheet.paragraph(0, y, f"adds {names}", NARROW, size=size, fill="ink-2", leading=1.3)
        y += sheet.paragraph(0, y + 3, f"sold by {kind.sold}", NARROW, size=size, fill="ink-2", leading=1.3) + 3
        y += sheet.paragraph(0, y + 3, f"{data.heads[2]}: {kind.bill}", NARROW, size=size, weight=600, leading=1.3) + 3
        y -= 1
    sheet.line(0, y, NARROW, y, stroke="rule-strong")
    model_bar(sheet, 0, y + 14, 24, 7)
    sheet.text(32, y + 22, data.bought, size=size, fill="muted")
    y += 42
    y += sheet.paragraph(0, y, data.point, NARROW, size=size, fill="muted", leading=1.3)
    sheet.height = y - 4
    return sheet
