"""Text, image and sound: each is cut into pieces, each piece becomes a vector, and the vectors stand in one row."""

from __future__ import annotations

import math

from pydantic import Field as Key

from fieldguide.book import Book
from fieldguide.drawing.pieces import finish, model_bar
from fieldguide.drawing.sheet import NARROW, Drawing, Sheet, Table, text_width
from fieldguide.records.base import Strict

SLUG = "modalities-one-sequence"


class Cut(Strict):
    name: str
    unit: str
    how: str
    count: str
    """A fact reference: how many pieces this example gives."""
    pieces: list[str] = []


class Data(Strict):
    text: Cut
    image: Cut
    sound: Cut
    sequence: str
    model: str
    ratio: str
    ratio_note: str = Key(max_length=80)


def value(book: Book, reference: str) -> float:
    """The number behind `record.field`. Raises KeyError when there is none."""
    slug, _, name = reference.partition(".")
    found = book.facts[slug].fields[name].value
    if not isinstance(found, int | float):
        raise KeyError(reference)
    return found


def render(data: Data, book: Book) -> Drawing:
    """Wide: three columns into one row. Narrow: three rows into one row."""
    counts = [round(value(book, cut.count)) for cut in (data.text, data.image, data.sound)]
    if data.text.pieces and len(data.text.pieces) != counts[0]:
        raise ValueError(f"{SLUG}: {len(data.text.pieces)} pieces are drawn, the record {data.text.count} says {counts[0]}")
    note = data.ratio_note.replace("{}", f"{value(book, data.ratio):.0f}")
    table = Table("Three kinds of input as one sequence", ["Input", "Cut into", "How", "Vectors in the example"], [
        [cut.name, cut.unit, cut.how, f"{{{{fact:{cut.count}|{count:,}}}}}"]
        for cut, count in zip((data.text, data.image, data.sound), counts, strict=True)
    ])
    return finish(book, SLUG, _wide(data, counts, note), _narrow(data, counts, note), table)


# What is cut


def _sentence(sheet: Sheet, x: float, y: float, width: float, pieces: list[str], size: float) -> float:
    """Pieces of text in boxes, wrapped to the width; a space at the start of a piece is part of it. Returns the foot."""
    left, line, tall, pad = x, y, size * 1.75, 4.5
    for piece in pieces:
        wide = text_width(piece.strip(), size) + 2 * pad + (4 if piece.startswith(" ") else 0)
        if left + wide > x + width:
            left, line = x, line + tall + 6
        sheet.rect(left, line, wide, tall, fill="paper", stroke="ink-2", stroke_width=1.1)
        sheet.text(left + pad + (4 if piece.startswith(" ") else 0), line + size * 1.22, piece.strip(), size=size)
        left += wide + 3
    return line + tall


def _picture(sheet: Sheet, x: float, y: float, side: float) -> None:
    """Moonrise over the hilltops, cut into 14 by 14 patches."""
    sheet.rect(x, y, side, side, fill="paper", stroke="ink-2", stroke_width=1.1)
    sheet.circle(x + side * .66, y + side * .34, side * .13, fill="chip", stroke="ink", stroke_width=1.4)
    def ridge(points: list[tuple[float, float]]) -> str:
        start = f"M{x:.1f} {y + side * points[0][1]:.1f}"
        return start + "".join(f"Q{x + side * a:.1f} {y + side * b:.1f} {x + side * c:.1f} {y + side * d:.1f}" for (a, b), (c, d) in zip(points[1::2], points[2::2], strict=True))
    far = ridge([(0, .62), (.2, .40), (.42, .60), (.7, .42), (1, .66)])
    near = ridge([(0, .84), (.3, .62), (.58, .80), (.8, .68), (1, .78)])
    for d in (far, near):
        sheet.path(f"{d}L{x + side:.1f} {y + side:.1f}L{x:.1f} {y + side:.1f}Z", fill="chip", stroke="none")
        sheet.path(d, stroke="ink", stroke_width=1.4)
    for at in range(1, 14):
        place = side * at / 14
        sheet.line(x + place, y, x + place, y + side, stroke="rule-strong", stroke_width=.7)
        sheet.line(x, y + place, x + side, y + place, stroke="rule-strong", stroke_width=.7)
    sheet.rect(x + side * 9 / 14, y + side * 4 / 14, side / 14, side / 14, stroke="ink", stroke_width=2)


def _wave(sheet: Sheet, x: float, y: float, width: float, height: float) -> None:
    """Thirty seconds of sound, cut by time."""
    middle, count = y + height / 2, 75
    sheet.rect(x, y, width, height, fill="paper", stroke="ink-2", stroke_width=1.1)
    for at in range(count):
        place = x + 4 + (width - 8) * at / (count - 1)
        loud = abs(math.sin(at * .31) * math.sin(at * .083 + .6)) * .78 + .07 + .05 * math.sin(at * 2.3)
        tall = max(loud, .05) * height / 2
        sheet.line(place, middle - tall, place, middle + tall, stroke="ink", stroke_width=1.1)
    for at in range(1, 10):
        place = x + width * at / 10
        sheet.line(place, y, place, y + height, stroke="rule-strong", stroke_width=.8)


# The row of vectors


def _vector(sheet: Sheet, x: float, y: float, width: float, height: float) -> None:
    cells = 5
    sheet.rect(x, y, width, height, fill="model-wash", stroke="model", stroke_width=1.1)
    for at in range(1, cells):
        sheet.line(x, y + height * at / cells, x + width, y + height * at / cells, stroke="model", stroke_width=.8)


def _vectors(sheet: Sheet, x: float, y: float, width: float, height: float, count: int, cell: float) -> None:
    """As many as fit, with an ellipsis where the rest would stand."""
    gap = 3.0
    fit = int((width + gap) // (cell + gap))
    if count <= fit:
        for at in range(count):
            _vector(sheet, x + at * (cell + gap), y, cell, height)
        return
    dots = 20.0
    shown = int((width - dots) // (cell + gap))
    first = shown - 2
    for at in range(first):
        _vector(sheet, x + at * (cell + gap), y, cell, height)
    middle = x + first * (cell + gap) + dots / 2 - gap / 2
    for at in (-1, 0, 1):
        sheet.circle(middle + at * 5.5, y + height / 2, 1.3, fill="ink-2")
    for at in range(2):
        _vector(sheet, x + width - (2 - at) * (cell + gap) + gap, y, cell, height)


def _wide(data: Data, counts: list[int], note: str) -> Sheet:
    sheet, size, gap = Sheet(), 13.5, 34
    widths = [196.0, 196.0, 300.0]
    places = [0.0, widths[0] + gap, widths[0] + widths[1] + 2 * gap]
    cuts = (data.text, data.image, data.sound)
    tall, top = 132, 64
    for x, cut in zip(places, cuts, strict=True):
        sheet.text(x, 18, cut.name, size=19, weight=520, face="display")
        sheet.text(x, 42, cut.unit, size=size, fill="muted")
    _sentence(sheet, places[0], top, widths[0], data.text.pieces, 15)
    _picture(sheet, places[1], top, tall)
    _wave(sheet, places[2], top, widths[2], tall)
    row = 336
    for x, width, cut, count in zip(places, widths, cuts, counts, strict=True):
        base = top + tall + 24
        sheet.text(x, base + 8, f"{count:,} vectors", size=19, face="display", weight=490)
        sheet.paragraph(x, base + 29, cut.how, width, size=size, fill="ink-2", leading=1.3)
        sheet.arrow(x + 7, row - 46, x + 7, row - 8, stroke="ink-2", head=4)
        _vectors(sheet, x, row, width, 50, count, 14)
    sheet.line(0, row + 60, 760, row + 60, stroke="ink")
    for x in (0, 760):
        sheet.line(x, row + 56, x, row + 60, stroke="ink")
    sheet.text(0, row + 80, data.sequence, size=size + .5, weight=600)
    sheet.text(760, row + 80, note, size=size, fill="ink-2", anchor="end")
    sheet.arrow(380, row + 92, 380, row + 112, stroke="ink-2")
    model_bar(sheet, 0, row + 118, 760, 30)
    sheet.text(0, row + 168, data.model, size=size, fill="model-text", weight=600)
    sheet.height = row + 176
    return sheet


def _narrow(data: Data, counts: list[int], note: str) -> Sheet:
    sheet, size, width = Sheet(width=NARROW, kind="narrow"), 12.5, NARROW - 2
    y = 16.0
    for cut, count in zip((data.text, data.image, data.sound), counts, strict=True):
        sheet.text(0, y, cut.name, size=17, weight=520, face="display")
        sheet.text(NARROW, y, f"{count:,} vectors", size=16, weight=490, face="display", anchor="end")
        top = y + 14
        if cut is data.text:
            y = _sentence(sheet, 1, top, width, cut.pieces, 14) + 19
        elif cut is data.image:
            _picture(sheet, 1, top, 104)
            sheet.paragraph(122, top + 14, cut.unit, width - 122, size=size, fill="muted", leading=1.3)
            sheet.paragraph(122, top + 40, cut.how, width - 122, size=size, fill="ink-2", leading=1.3)
            y = top + 120
        else:
            _wave(sheet, 1, top, width, 60)
            y = top + 78
        if cut is not data.image:
            y += sheet.paragraph(0, y, cut.how, width, size=size, fill="ink-2", leading=1.3)
        _vectors(sheet, 1, y, width, 36, count, 11)
        y += 36 + 34
    y -= 16
    sheet.line(0, y, NARROW, y, stroke="ink")
    y += 20
    y += sheet.paragraph(0, y, data.sequence, width, size=size + .5, weight=600, leading=1.3)
    y += sheet.paragraph(0, y, note, width, size=size, fill="ink-2", leading=1.3)
    model_bar(sheet, 0, y, NARROW, 24)
    sheet.text(0, y + 42, data.model, size=size, weight=600, fill="model-text")
    sheet.height = y + 50
    return sheet
