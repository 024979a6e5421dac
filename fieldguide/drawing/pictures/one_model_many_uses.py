"""One model, many uses: what spreads upward as leverage spreads as a defect by the same paths."""

from __future__ import annotations

from pydantic import Field as Key

from fieldguide.book import Book
from fieldguide.drawing.pieces import application_block, crossed, finish, model_bar
from fieldguide.drawing.sheet import NARROW, Drawing, Sheet, Table
from fieldguide.records.base import Strict

SLUG = "one-model-many-uses"


class Side(Strict):
    name: str
    note: str
    effect: str


class Data(Strict):
    uses: list[str] = Key(min_length=6, max_length=8)
    leverage: Side
    defect: Side
    point: str


def render(data: Data, book: Book) -> Drawing:
    """Wide: gain above the bar, defect below it. Narrow: the same, read downward."""
    rows = [[use, data.leverage.effect, data.defect.effect] for use in data.uses]
    table = Table("What each use receives from the shared model", ["Use", data.leverage.name, data.defect.name], rows)
    return finish(book, SLUG, _draw(data, Sheet()), _draw(data, Sheet(width=NARROW, kind="narrow")), table)


def _draw(data: Data, sheet: Sheet) -> Sheet:
    wide = sheet.kind == "wide"
    uses = data.uses if wide else data.uses[:5]
    size = 14 if wide else 12.5
    left, right = (0, 760) if wide else (1, 327)
    gap = 14 if wide else 8
    block = (right - left - gap * (len(uses) - 1)) / len(uses)
    tall = 40 if wide else 26
    reach = 84 if wide else 58
    y = 18.0
    sheet.text(left, y, data.leverage.name, size=19 if wide else 16, weight=560, face="display")
    y += 7 + sheet.paragraph(left, y + 22, data.leverage.note, right - left, size=size, fill="ink-2", leading=1.34)
    y += 34
    places = [left + at * (block + gap) for at in range(len(uses))]
    for place, use in zip(places, uses, strict=True):
        sheet.text(place, y - 9, use, size=size, weight=600)
        application_block(sheet, place, y, block, tall)
    y += tall
    bar = y + reach
    high = 36 if wide else 26
    source = left + (right - left) * 0.5
    # Upward: every use draws on the whole bar.
    for place in places:
        middle = place + block / 2
        sheet.arrow(middle, bar - 5, middle, y + 5, stroke="model", stroke_width=2, head=5 if wide else 4)
    model_bar(sheet, left, bar, right - left, high)
    y = bar + high
    # Downward: one fault, every use.
    top = y + reach + (14 if wide else 8)
    for place in places:
        middle = place + block / 2
        knee = y + (38 if wide else 30)
        sheet.polyline([(source, y + 16), (source, knee), (middle, knee), (middle, top - 5)], stroke="ink", stroke_width=1.4, dash="5 4")
    for place, _use in zip(places, uses, strict=True):
        sheet.rect(place, top, block, tall, fill="paper", stroke="app", stroke_width=1.25)
        crossed(sheet, place + block / 2, top + tall / 2, 5.5 if wide else 4)
    sheet.line(source, y - high / 2, source, y + 16, stroke="paper", stroke_width=5)
    sheet.line(source, y - 2, source, y + 16, stroke="ink", stroke_width=1.4, dash="5 4")
    crossed(sheet, source, y - high / 2, 6 if wide else 5)
    y = top + tall + (30 if wide else 26)
    sheet.text(left, y, data.defect.name, size=19 if wide else 16, weight=560, face="display")
    y += sheet.paragraph(left, y + 22, data.defect.note, right - left, size=size, fill="ink-2", leading=1.34)
    y += 18
    sheet.line(left, y, right, y, stroke="rule-strong")
    y += size + 10
    sheet.height = y + sheet.paragraph(left, y, data.point, right - left, size=size, weight=600, leading=1.34) - size * 0.8
    return sheet
