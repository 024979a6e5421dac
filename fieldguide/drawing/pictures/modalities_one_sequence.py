"""Text, image and sound: each is cut into pieces, each piece becomes a vector, and the vectors stand in one
row.
"""

from __future__ import annotations

import math

from pydantic import Field as Key

from fieldguide.book import Book
from fieldguide.book.numbers import number
from fieldguide.drawing.canvas import NARROW
from fieldguide.drawing.pictures.token_cuts import boxes
from fieldguide.drawing.pieces import drawing_of, model_bar, vector
from fieldguide.drawing.record_values import checked
from fieldguide.drawing.shapes import Drawing, Table
from fieldguide.drawing.sheet import Sheet
from fieldguide.records.base import Strict

SLUG = "modalities-one-sequence"


class ModalityCut(Strict):
    name: str
    unit: str
    how: str
    count: str
    """A fact reference: how many pieces this example gives."""
    pieces: list[str] = []


class ModalitiesData(Strict):
    text: ModalityCut
    image: ModalityCut
    sound: ModalityCut
    sequence: str
    model: str
    ratio: str
    ratio_note: str = Key(max_length=80)


DATA = ModalitiesData


def render(data: ModalitiesData, book: Book) -> Drawing:
    """Wide: three columns into one row. Narrow: three rows into one row. Raises ValueError for another number
    of pieces than the record has.
    """
    cuts = (data.text, data.image, data.sound)
    counts = [round(number(book, cut.count)) for cut in cuts]
    if data.text.pieces and len(data.text.pieces) != counts[0]:
        raise ValueError(
            f"{SLUG}: {len(data.text.pieces)} pieces are drawn, the record {data.text.count} says {counts[0]}"
        )
    note = data.ratio_note.replace("{}", f"{number(book, data.ratio):.0f}")
    rows = [
        [cut.name, cut.unit, cut.how, checked(cut.count, f"{count:,}")]
        for cut, count in zip(cuts, counts, strict=True)
    ]
    table = Table(
        "Three kinds of input as one sequence", ["Input", "Cut into", "How", "Vectors in the example"], rows
    )
    return drawing_of(book.figures[SLUG], _wide(data, counts, note), _narrow(data, counts, note), table)


# What is cut


def _picture(sheet: Sheet, x: float, y: float, side: float) -> None:
    """Draws the picture of a moonrise over hills, cut into 14 by 14 patches."""
    sheet.rect(x, y, side, side, fill="paper", stroke="ink-2", stroke_width=1.1)
    sheet.circle(x + side * 0.66, y + side * 0.34, side * 0.13, fill="chip", stroke="ink", stroke_width=1.4)
    for start, *points in (
        (0.62, 0.2, 0.40, 0.42, 0.60, 0.7, 0.42, 1, 0.66),
        (0.84, 0.3, 0.62, 0.58, 0.80, 0.8, 0.68, 1, 0.78),
    ):  # ridges: a height, then control points and ends
        places = [
            f"{x + side * across:.1f} {y + side * down:.1f}"
            for across, down in zip(points[::2], points[1::2], strict=True)
        ]
        d = f"M{x:.1f} {y + side * start:.1f}" + "".join(
            f"Q{bend} {end}" for bend, end in zip(places[::2], places[1::2], strict=True)
        )
        sheet.path(f"{d}L{x + side:.1f} {y + side:.1f}L{x:.1f} {y + side:.1f}Z", fill="chip", stroke="none")
        sheet.path(d, stroke="ink", stroke_width=1.4)
    for index in range(1, 14):
        place = side * index / 14
        sheet.line(x + place, y, x + place, y + side, stroke="rule-strong", stroke_width=0.7)
        sheet.line(x, y + place, x + side, y + place, stroke="rule-strong", stroke_width=0.7)
    sheet.rect(x + side * 9 / 14, y + side * 4 / 14, side / 14, side / 14, stroke="ink", stroke_width=2)


def _wave(sheet: Sheet, x: float, y: float, width: float, height: float) -> None:
    """Draws the wave of thirty seconds of sound, cut into equal times."""
    middle, count = y + height / 2, 75
    sheet.rect(x, y, width, height, fill="paper", stroke="ink-2", stroke_width=1.1)
    for index in range(count):
        place = x + 4 + (width - 8) * index / (count - 1)
        loud = (
            abs(math.sin(index * 0.31) * math.sin(index * 0.083 + 0.6)) * 0.78
            + 0.07
            + 0.05 * math.sin(index * 2.3)
        )
        tall = max(loud, 0.05) * height / 2
        sheet.line(place, middle - tall, place, middle + tall, stroke="ink", stroke_width=1.1)
    for index in range(1, 10):
        sheet.line(
            x + width * index / 10,
            y,
            x + width * index / 10,
            y + height,
            stroke="rule-strong",
            stroke_width=0.8,
        )


def _vectors(sheet: Sheet, x: float, y: float, width: float, height: float, count: int, cell: float) -> None:
    """Draws as many vectors as fit, with an ellipsis in place of the rest."""
    pitch, dots = cell + 3.0, 20.0
    all_fit = count <= int((width + 3) // pitch)
    first = count if all_fit else int((width - dots) // pitch) - 2
    for index in range(first):
        vector(sheet, x + index * pitch, y, cell, height)
    for index in () if all_fit else (1, 0):
        vector(sheet, x + width - (index + 1) * pitch + 3, y, cell, height)
    for offset in () if all_fit else (-1, 0, 1):
        sheet.circle(x + first * pitch + dots / 2 - 1.5 + offset * 5.5, y + height / 2, 1.3, fill="ink-2")


# Both widths


def _wide(data: ModalitiesData, counts: list[int], note: str) -> Sheet:
    sheet, size, top, tall, row = Sheet(), 13.5, 64, 132, 336
    places, widths = (0.0, 230.0, 460.0), (196.0, 196.0, 300.0)
    boxes(sheet, places[0], top, widths[0], data.text.pieces, 15)
    _picture(sheet, places[1], top, tall)
    _wave(sheet, places[2], top, widths[2], tall)
    for x, width, cut, count in zip(places, widths, (data.text, data.image, data.sound), counts, strict=True):
        sheet.text(x, 18, cut.name, size=19, weight=520, face="display")
        sheet.text(x, 42, cut.unit, size=size, fill="muted")
        sheet.text(x, top + tall + 32, f"{count:,} vectors", size=19, face="display", weight=490)
        sheet.paragraph(x, top + tall + 53, cut.how, width, size=size, fill="ink-2", leading=1.3)
        sheet.arrow(x + 7, row - 46, x + 7, row - 8, stroke="ink-2", head=4)
        _vectors(sheet, x, row, width, 50, count, 14)
    sheet.polyline([(0, row + 56), (0, row + 60), (760, row + 60), (760, row + 56)])
    sheet.text(0, row + 80, data.sequence, size=size + 0.5, weight=600)
    sheet.text(760, row + 80, note, size=size, fill="ink-2", anchor="end")
    sheet.arrow(380, row + 92, 380, row + 112, stroke="ink-2")
    model_bar(sheet, 0, row + 118, 760, 30)
    sheet.text(0, row + 168, data.model, size=size, fill="model-text", weight=600)
    sheet.height = row + 176
    return sheet


def _narrow(data: ModalitiesData, counts: list[int], note: str) -> Sheet:
    sheet, size, width, y = Sheet(width=NARROW, kind="narrow"), 12.5, NARROW - 2, 16.0
    for cut, count in zip((data.text, data.image, data.sound), counts, strict=True):
        sheet.text(0, y, cut.name, size=17, weight=520, face="display")
        sheet.text(NARROW, y, f"{count:,} vectors", size=16, weight=490, face="display", anchor="end")
        if cut is data.image:
            _picture(sheet, 1, y + 14, 104)
            sheet.paragraph(122, y + 28, cut.unit, width - 122, size=size, fill="muted", leading=1.3)
            sheet.paragraph(122, y + 54, cut.how, width - 122, size=size, fill="ink-2", leading=1.3)
            y += 134
        else:
            if cut is data.text:
                y = boxes(sheet, 1, y + 14, width, cut.pieces, 14) + 19
            else:
                _wave(sheet, 1, y + 14, width, 60)
                y += 92
            y += sheet.paragraph(0, y, cut.how, width, size=size, fill="ink-2", leading=1.3)
        _vectors(sheet, 1, y, width, 36, count, 11)
        y += 70
    y -= 16
    sheet.line(0, y, NARROW, y, stroke="ink")
    y += 20
    y += sheet.paragraph(0, y, data.sequence, width, size=size + 0.5, weight=600, leading=1.3)
    y += sheet.paragraph(0, y, note, width, size=size, fill="ink-2", leading=1.3)
    model_bar(sheet, 0, y, NARROW, 24)
    sheet.text(0, y + 42, data.model, size=size, weight=600, fill="model-text")
    sheet.height = y + 50
    return sheet
