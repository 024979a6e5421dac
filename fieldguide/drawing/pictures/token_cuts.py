"""One meaning in three languages, cut by one tokenizer: every token in a box of its own.

The site's typeface has no Devanagari, and a reader's device may not either. The Hindi pieces are therefore
kept as outlines in outlines.json, drawn from Noto
Sans Devanagari (SIL Open Font License) by `python -m fieldguide fonts`.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TypedDict

from pydantic import Field as Key

from fieldguide.book import Book
from fieldguide.book.numbers import field, number
from fieldguide.drawing.canvas import NARROW
from fieldguide.drawing.measure import text_width
from fieldguide.drawing.pieces import drawing_of, in_rows
from fieldguide.drawing.record_values import checked
from fieldguide.drawing.shapes import Drawing, Table
from fieldguide.drawing.sheet import Sheet
from fieldguide.records.base import Strict

SLUG = "token-cuts"
PAD, LEAD = 4.5, 4.0
"""Units beside a piece in its box, and those that stand for the space it begins with."""
OUTLINES = Path(__file__).with_name("outlines.json")


class CutRow(Strict):
    name: str
    note: str = Key(max_length=70)
    text: str = Key(examples=["token-cuts-o200k.english-text"])
    pieces: str
    count: str


class TokenCutsData(Strict):
    rows: list[CutRow] = Key(min_length=2, max_length=4)
    before: str
    ratio: str
    point: str
    """The annotation; {before} and {ratio} are filled in from the records."""


DATA = TokenCutsData


@dataclass(frozen=True)
class CutText:
    row: CutRow
    text: str
    pieces: list[str]


class Outline(TypedDict):
    """A piece in thousandths of the size: its width, and its path with y upward."""

    width: float
    d: str


def cut(row: CutRow, book: Book) -> CutText:
    """The pieces of a row. Raises ValueError when they do not spell the text or are not as many as the record
    counts.
    """
    text, joined = str(field(book, row.text).value), str(field(book, row.pieces).value)
    pieces = joined.split(" | ")
    if "".join(pieces) != text:
        raise ValueError(f"{SLUG}: the pieces in {row.pieces} do not spell {row.text}")
    if len(pieces) != number(book, row.count):
        raise ValueError(
            f"{SLUG}: {len(pieces)} pieces are drawn, the record {row.count} says {number(book, row.count):g}"
        )
    return CutText(row, text, pieces)


def render(data: TokenCutsData, book: Book) -> Drawing:
    """Wide: each text on its lines at right of its name. Narrow: under its name."""
    cuts = [cut(row, book) for row in data.rows]
    table = Table(
        "One instruction cut into tokens",
        ["Language", "Text", "Pieces", "Tokens"],
        [
            [
                item.row.name,
                item.text,
                " | ".join(item.pieces),
                checked(item.row.count, f"{len(item.pieces)}"),
            ]
            for item in cuts
        ],
    )
    point = data.point.replace("{before}", f"{number(book, data.before):g}").replace(
        "{ratio}", f"{number(book, data.ratio):.1f}"
    )
    return drawing_of(book.figures[SLUG], _wide(cuts, point), _narrow(cuts, point), table)


# Pieces


@cache
def _outlines() -> dict[str, Outline]:
    stored: dict[str, Outline] = json.loads(OUTLINES.read_text(encoding="utf-8"))
    return stored


def foreign(piece: str) -> bool:
    """Whether the typeface lacks its script."""
    return any(ord(character) >= 0x250 for character in piece)


def boxes(sheet: Sheet, x: float, y: float, width: float, pieces: list[str], size: float) -> float:
    """Draws pieces in boxes, wrapped to the width; a space at the start of a piece shows as a gap inside its
    box. Returns the y coordinate of the foot.

    Raises KeyError for a piece of another script without an outline.
    """
    shown = [(piece.strip(), LEAD if piece.startswith(" ") else 0) for piece in pieces]
    widths = [
        (_outlines()[words]["width"] * size / 1000 if foreign(words) else text_width(words, size))
        + 2 * PAD
        + lead
        for words, lead in shown
    ]
    line, tall = y, size * 1.95
    for (left, row), wide, (words, lead) in zip(in_rows(widths, width + 0.5, 3), widths, shown, strict=True):
        left, line = x + left, y + row * (tall + 6)
        sheet.rect(left, line, wide, tall, fill="paper", stroke="ink-2", stroke_width=1.1)
        if lead:
            sheet.path(
                f"M{left + 3:.1f} {line + tall - 5:.1f}v2.4h{lead + 1.5:.1f}v-2.4",
                stroke="rule-strong",
                stroke_width=1,
            )
        text_x, base = left + PAD + lead, line + size * 1.32
        if foreign(words):
            sheet.path(
                _outlines()[words]["d"],
                fill="ink",
                stroke="none",
                transform=f"translate({text_x:.2f} {base:.2f}) scale({size / 1000:.5f} {-size / 1000:.5f})",
            )
        else:
            sheet.text(text_x, base, words, size=size)
    return line + tall


def _wide(cuts: list[CutText], point: str) -> Sheet:
    sheet, size, left, y = Sheet(), 13.5, 186, 4.0
    for index, item in enumerate(cuts):
        if index:
            sheet.line(0, y - 16, 760, y - 16, stroke="rule")
        sheet.text(0, y + 22, item.row.name, size=19, weight=520, face="display")
        sheet.text(150, y + 24, f"{len(item.pieces)}", size=26, weight=490, face="display", anchor="end")
        sheet.text(0, y + 46, item.row.note, size=size, fill="muted")
        sheet.text(150, y + 46, "tokens", size=size, fill="muted", anchor="end")
        y = max(boxes(sheet, left, y, 760 - left - 0.6, item.pieces, 16), y + 50) + 32
    _close(sheet, point, y, size, 20)
    return sheet


def _narrow(cuts: list[CutText], point: str) -> Sheet:
    sheet, size, y = Sheet(width=NARROW, kind="narrow"), 12.5, 0.0
    for index, item in enumerate(cuts):
        if index:
            sheet.line(0, y - 16, NARROW, y - 16, stroke="rule")
        width = sheet.text(0, y + 18, item.row.name, size=17, weight=520, face="display")
        sheet.text(width + 10, y + 18, item.row.note, size=size, fill="muted")
        sheet.text(
            NARROW, y + 18, f"{len(item.pieces)} tokens", size=16, weight=490, face="display", anchor="end"
        )
        y = boxes(sheet, 0.6, y + 30, NARROW - 1.2, item.pieces, 15) + 34
    _close(sheet, point, y, size, 0)
    return sheet


def _close(sheet: Sheet, point: str, y: float, size: float, apart: float) -> None:
    """The point at the foot: its first sentence bold, the rest below, `apart` from it where not on its next
    line.
    """
    sheet.line(0, y - 16, sheet.width, y - 16, stroke="rule-strong")
    first, _, rest = point.partition(". ")
    used = sheet.paragraph(0, y + 6, first + ".", sheet.width, size=size + 1, weight=600, leading=1.3)
    y += 6 + (apart or used)
    sheet.height = y + sheet.paragraph(0, y, rest, sheet.width, size=size, fill="ink-2", leading=1.3) - 6
