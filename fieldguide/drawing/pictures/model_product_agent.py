"""Model, product, agent: three boxes, each inside the next, with what each adds and who answers when it fails."""

from __future__ import annotations

from pydantic import Field as Key

from fieldguide.book import Book
from fieldguide.drawing.pieces import finish, model_bar
from fieldguide.drawing.sheet import NARROW, Drawing, Sheet, Table
from fieldguide.records.base import Strict

SLUG = "model-product-agent"
ROWS = (("takes", "Takes in, gives back"), ("adds", "Adds"), ("fails", "Fails when"), ("answers", "Who answers"))


class Kind(Strict):
    name: str
    inside: list[str] = Key(max_length=4)
    takes: str
    adds: str
    fails: str
    answers: str


class Data(Strict):
    kinds: list[Kind] = Key(min_length=3, max_length=3)
    alone: str
    """What to know of a model before anything is built around it."""


def render(data: Data, book: Book) -> Drawing:
    """Wide: three columns that grow outward. Narrow: the same three, one under another."""
    header = ["", *(kind.name for kind in data.kinds)]
    rows = [[label, *(getattr(kind, key) for kind in data.kinds)] for key, label in ROWS]
    rows.insert(0, ["Parts drawn", *("; ".join(kind.inside) for kind in data.kinds)])
    return finish(book, SLUG, _wide(data), _narrow(data), Table("Model, product and agent", header, rows))


def _model(sheet: Sheet, x: float, y: float, width: float, height: float, size: float, name: str) -> None:
    sheet.text(x, y - 7, name, size=size, weight=600, fill="model-text")
    model_bar(sheet, x, y, width, height)


def _product(sheet: Sheet, x: float, y: float, width: float, height: float, size: float, kind: Kind, model: str, *, parts: bool, border: float = 6) -> None:
    """The product's frame with the model at its foot and its parts above."""
    column = 12 if parts else 8
    sheet.band(x, y, width, height, "application", column=column, border=border)
    inner, line = x + column + border + 10, size * 1.42
    sheet.text(inner, y + border + size + 6, kind.name, size=size, weight=600, fill="app-text")
    if parts:
        for at, part in enumerate(kind.inside):
            sheet.text(inner, y + border + size + 6 + line * (at + 1), part, size=size, fill="ink-2")
    bar = 18 if sheet.kind == "wide" else 15
    _model(sheet, inner, y + height - border - 10 - bar, width - column - 2 * border - 20, bar, size, model)


def _agent(sheet: Sheet, x: float, y: float, width: float, height: float, size: float, data: Data) -> None:
    """The loop around the product: goal in, product inside, tools acted on, result read, again."""
    model, product, agent = data.kinds
    sheet.rect(x, y, width, height, fill="paper", stroke="app", stroke_width=1.25)
    sheet.rect(x, y, 12, height, fill=sheet.pattern("application"), stroke="app")
    x, width = x + 12, width - 12
    sheet.text(x + 10, y + size + 8, agent.name, size=size, weight=600, fill="app-text")
    wide = sheet.kind == "wide"
    plan, act, read = (agent.inside + ["", "", ""])[:3]
    top, left, right = y + size + 22, x + 26, x + width - 26
    inner_height = 88 if wide else 80
    product_y = top + 24
    _product(sheet, left + 14, product_y, right - left - 28, inner_height, size, product, model.name, parts=False, border=5)
    floor = product_y + inner_height + 34
    # The loop: over the top, down the right side, back below, up the left side.
    sheet.text(left + 14, top + 12, plan, size=size, fill="ink-2")
    sheet.arrow_path([(right - 10, product_y + 20), (right + 12, product_y + 20), (right + 12, floor), (x + width * .62, floor)], stroke="ink-2", head=4)
    sheet.arrow_path([(x + width * .38, floor), (left - 12, floor), (left - 12, product_y + 20), (left + 8, product_y + 20)], stroke="ink-2", head=4)
    middle = x + width / 2
    sheet.rect(middle - width * .11, floor - 12, width * .22, 24, fill="paper", stroke="ink-2", stroke_width=1.2)
    sheet.text(middle, floor + size * .34, "Tools", size=size, weight=600, anchor="middle")
    sheet.text(right + 4, floor + 30, act, size=size, fill="ink-2", anchor="end")
    sheet.text(left - 4, floor + 30, read, size=size, fill="ink-2")


def _wide(data: Data) -> Sheet:
    sheet, size, gap = Sheet(), 13.5, 26
    column = (760 - 2 * gap) / 3
    model, product, _ = data.kinds
    foot = 284
    for at, kind in enumerate(data.kinds):
        x = at * (column + gap)
        sheet.text(x, 20, kind.name, size=20, weight=520, face="display")
    sheet.paragraph(0, 46, data.alone, column - 20, size=size, fill="muted", leading=1.34)
    _model(sheet, 0, foot - 30, column, 22, size, model.inside[0])
    x = column + gap
    _product(sheet, x, foot - 8 - 184, column, 184, size, product, model.name, parts=True)
    x = 2 * (column + gap)
    _agent(sheet, x, 34, column, foot - 34 - 8, size, data)
    y = foot + 16
    for key, label in ROWS:
        sheet.line(0, y - 4, 760, y - 4, stroke="rule-strong" if key == "takes" else "rule")
        strong = key == "answers"
        tall = 0.0
        for at, kind in enumerate(data.kinds):
            x = at * (column + gap)
            sheet.text(x, y + 15, label, size=size, fill="muted")
            tall = max(tall, sheet.paragraph(x, y + 34, getattr(kind, key), column - 4, size=size + .5, weight=600 if strong else 400, leading=1.32))
        y += 30 + tall
    sheet.height = y + 2
    return sheet


def _narrow(data: Data) -> Sheet:
    sheet, size, width = Sheet(width=NARROW, kind="narrow"), 12.5, NARROW - 2
    model, product, _ = data.kinds
    y = 18.0
    for at, kind in enumerate(data.kinds):
        sheet.text(0, y, kind.name, size=18, weight=520, face="display")
        y += 12
        if at == 0:
            y += 8 + sheet.paragraph(0, y + 10, data.alone, width, size=size, fill="muted", leading=1.34)
            _model(sheet, 1, y + 14, width, 18, size, model.inside[0])
            y += 46
        elif at == 1:
            _product(sheet, 1, y, width, 158, size, product, model.name, parts=True)
            y += 170
        else:
            _agent(sheet, 1, y, width, 214, size, data)
            y += 228
        for key, label in ROWS:
            sheet.line(0, y, NARROW, y, stroke="rule")
            sheet.text(0, y + 17, label, size=size, fill="muted")
            tall = sheet.paragraph(124, y + 17, getattr(kind, key), NARROW - 124, size=size, weight=600 if key == "answers" else 400, leading=1.3)
            y += tall + 9
        y += 30
    sheet.height = y - 34
    return sheet
