"""From broad data to many products: the pipeline, drawn from the bottom up like the stack."""

from __future__ import annotations

from typing import Literal

from pydantic import Field as Key

from fieldguide.book import Book
from fieldguide.drawing.pieces import DataKind, application_block, data_sheet, finish, infrastructure_field, model_bar, step
from fieldguide.drawing.sheet import NARROW, Drawing, Sheet, Table
from fieldguide.records.base import Strict

SLUG = "broad-data-one-model"


class Item(Strict):
    name: str
    kind: DataKind


class Part(Strict):
    name: str
    note: str


class Way(Part):
    changes: Literal["input", "weights"]


class Data(Strict):
    data: list[Item] = Key(min_length=3, max_length=5)
    training: Part
    model: Part
    adapt: list[Way] = Key(min_length=4, max_length=4)
    products: list[str] = Key(min_length=4, max_length=6)
    product_note: str


def render(data: Data, book: Book) -> Drawing:
    """Wide: steps named at left. Narrow: the same strata under their names, ways of adapting two by two."""
    table = Table("From broad data to products", ["Step", "What", "What it is"], [
        ["1 Data", item.name, "read in pre-training"] for item in data.data
    ] + [["2 " + data.training.name, data.training.name, data.training.note], ["3 " + data.model.name, data.model.name, data.model.note]] + [
        ["4 Adaptation", way.name, f"{way.note}; {'changes the weights' if way.changes == 'weights' else 'weights unchanged'}"] for way in data.adapt
    ] + [["5 Products", name, data.product_note] for name in data.products])
    return finish(book, SLUG, _wide(data), _narrow(data), table)


def _names(sheet: Sheet, x: float, y: float, width: float, number: int, name: str, note: str, size: float) -> None:
    step(sheet, x + 11, y - size * 0.34, number, size)
    sheet.text(x + 28, y, name, size=size + 2, weight=600)
    sheet.paragraph(x + 28, y + size * 1.4, note, width - 28, size=size, fill="muted", leading=1.3)


def _wide(data: Data) -> Sheet:
    sheet, left, right = Sheet(height=496), 214, 758
    span = right - left
    # Products
    count, gap = len(data.products), 18
    block = (span - gap * (count - 1)) / count
    for at, name in enumerate(data.products):
        x = left + at * (block + gap)
        sheet.text(x, 16, name, size=14, weight=600)
        application_block(sheet, x, 26, block, 44)
        sheet.line(x + block / 2, 73, x + block / 2, 96, stroke="rule-strong")
    sheet.line(left + block / 2, 96, right - block / 2, 96, stroke="rule-strong")
    _names(sheet, 0, 40, 190, 5, "Products", data.product_note, 13.5)
    # Ways of adapting
    column = span / len(data.adapt)
    for at, way in enumerate(data.adapt):
        x = left + at * column
        weights = way.changes == "weights"
        stem = x + 5
        sheet.arrow(stem, 214, stem, 100, stroke="model" if weights else "ink-2", stroke_width=2 if weights else 1.2, head=5)
        sheet.text(x + 18, 128, way.name, size=15, weight=600)
        tall = sheet.paragraph(x + 18, 148, way.note, column - 26, size=13.5, fill="ink-2", leading=1.3)
        sheet.paragraph(x + 18, 151 + tall, "weights change" if weights else "weights unchanged", column - 22, size=13.5,
                        weight=600 if weights else 400, fill="model-text" if weights else "muted")
    _names(sheet, 0, 134, 190, 4, "Adaptation", "Cheap, and done again for every product", 13.5)
    # Model
    model_bar(sheet, left, 220, span, 34)
    _names(sheet, 0, 236, 190, 3, data.model.name, data.model.note, 13.5)
    # Pre-training
    infrastructure_field(sheet, left, 262, span, 24, gap=5)
    sheet.arrow(left + span / 2, 352, left + span / 2, 294, stroke="ink-2", head=6)
    infrastructure_note = "Compute: chips and energy"
    sheet.text(right, 304, infrastructure_note, size=13.5, fill="infra-text", anchor="end", weight=600)
    _names(sheet, 0, 316, 196, 2, data.training.name, data.training.note, 13.5)
    # Data
    many = len(data.data)
    place = span / many
    sheet.line(left + 30, 366, left + span - place + 30, 366, stroke="rule-strong")
    sheet.line(left + span / 2, 352, left + span / 2, 366, stroke="rule-strong")
    for at, item in enumerate(data.data):
        x = left + at * place
        sheet.line(x + 30, 366, x + 30, 384, stroke="rule-strong")
        for depth in (2, 1, 0):
            data_sheet(sheet, x + depth * 5, 386 + (2 - depth) * 5, 56, 62, item.kind, stroke="ink-2" if depth == 0 else "rule-strong")
        sheet.text(x, 482, item.name, size=14, weight=600)
    _names(sheet, 0, 420, 190, 1, "Broad data", "Many kinds, from many places, mostly without labels", 13.5)
    return sheet


def _narrow(data: Data) -> Sheet:
    sheet, width = Sheet(width=NARROW, kind="narrow"), NARROW - 2
    y = 16.0

    def head(number: int, name: str, note: str) -> None:
        nonlocal y
        step(sheet, 10, y - 4.5, number, 12.5)
        sheet.text(26, y, name, size=15, weight=600)
        y += 18 + sheet.paragraph(26, y + 18, note, width - 26, size=12.5, fill="muted", leading=1.3) - 4

    head(5, "Products", data.product_note)
    rows = [data.products[:3], data.products[3:]]
    block = (width - 20) / 3
    for row in rows:
        if not row:
            continue
        y += 14
        for at, name in enumerate(row):
            x = at * (block + 10)
            sheet.text(x, y, name, size=12.5, weight=600)
            application_block(sheet, x + .7, y + 7, block - 1.4, 28)
        y += 44
    y += 22
    head(4, "Adaptation", "Cheap, and done again for every product")
    y += 10
    column = width / 2
    for row in (data.adapt[:2], data.adapt[2:]):
        for at, way in enumerate(row):
            x, weights = at * column, way.changes == "weights"
            sheet.arrow(x + 6, y + 62, x + 6, y, stroke="model" if weights else "ink-2", stroke_width=2 if weights else 1.2)
            sheet.text(x + 18, y + 12, way.name, size=13.5, weight=600)
            tall = sheet.paragraph(x + 18, y + 29, way.note, column - 24, size=12.5, fill="ink-2", leading=1.28)
            sheet.text(x + 18, y + 31 + tall, "weights change" if weights else "weights unchanged", size=12.5,
                       weight=600 if weights else 400, fill="model-text" if weights else "muted")
        y += 84
    y += 14
    head(3, data.model.name, data.model.note)
    model_bar(sheet, 0, y + 2, width, 26)
    infrastructure_field(sheet, .7, y + 34, width - 1.4, 18, gap=5)
    y += 70
    sheet.text(width, y + 2, "Compute: chips and energy", size=12.5, weight=600, fill="infra-text", anchor="end")
    y += 32
    head(2, data.training.name, data.training.note)
    y += 26
    head(1, "Broad data", "Many kinds, from many places, mostly without labels")
    y += 6
    place = width / len(data.data)
    for at, item in enumerate(data.data):
        x = at * place
        for depth in (1, 0):
            data_sheet(sheet, x + 1 + depth * 4, y + (1 - depth) * 4, 42, 46, item.kind, stroke="ink-2" if depth == 0 else "rule-strong")
        sheet.text(x, y + 68, item.name, size=12.5)
    sheet.height = y + 76
    return sheet
