"""What each layer sells, to whom and in which unit, and what it buys from below: a ledger in three bands.

It is drawn from the layers of data/stack.yml, so the record's `data:` stays empty.
"""

from __future__ import annotations

from dataclasses import dataclass

from fieldguide.book import Book
from fieldguide.drawing.pieces import finish
from fieldguide.drawing.sheet import NARROW, WIDE, Drawing, Sheet, Table, layer_color, wrap
from fieldguide.records.base import Strict
from fieldguide.records.stack import Layer, Stack

LEADING = 19
COLUMNS = ((112, 206), (330, 206), (546, 194))
"""x and width of what is traded, with whom, and the unit; in wide units."""


class Data(Strict):
    """Nothing: the stack knows it all."""


@dataclass(frozen=True)
class Trade:
    """One line of the ledger."""

    verb: str
    what: str
    joint: str
    party: str
    unit: str

    @property
    def partner(self) -> str:
        """With whom, as it stands after the verb: "from the model layer"."""
        party = f"the {self.party.lower()}" if self.party.endswith(" layer") else self.party
        return f"{self.joint} {party}"


def trades(layer: Layer) -> tuple[Trade, Trade]:
    """What a layer sells upward, then what it buys from below."""
    return (
        Trade("Sells", layer.sells.what, "to", layer.sells.to, layer.sells.unit),
        Trade("Buys", layer.buys.what, "from", layer.buys.from_, layer.buys.unit),
    )


def render(data: Data, book: Book) -> Drawing:
    if book.stack is None:
        raise ValueError("data/stack.yml is missing or has errors; this figure is drawn from it")
    wide, narrow = draw_wide(book.stack), draw_narrow(book.stack)
    return finish(book, "what-each-layer-buys", wide, narrow, table(book.stack))


def table(stack: Stack) -> Table:
    rows = [
        [layer.name, trade.verb.lower(), trade.what, trade.partner, trade.unit]
        for layer in stack.layers
        for trade in trades(layer)
    ]
    return Table(
        "What each layer sells and buys", ["Layer", "Trade", "What", "With whom", "Unit of payment"], rows
    )


def draw_wide(stack: Stack) -> Sheet:
    sheet = Sheet(WIDE)
    for (x, _), head in zip(COLUMNS, ("What", "With whom", "Unit of payment"), strict=True):
        sheet.text(x, 16, head, size=13.5, weight=600, fill="muted")
    top = 30.0
    for index, layer in enumerate(stack.layers):
        if index:
            _flows(sheet, layer, COLUMNS[0][0], COLUMNS[1][0] + 40, top + 25)
            top += 38
        lines = [
            max(len(wrap(text, width, 15.5)) for text, (_, width) in zip(_cells(trade), COLUMNS, strict=True))
            for trade in trades(layer)
        ]
        height = 61 + LEADING * sum(lines) + 20 + 10
        sheet.band(0, top, WIDE, height, layer.id, rows=(height / 4,) * 4)
        sheet.text(
            46,
            top + 36,
            layer.name.upper(),
            size=18,
            weight=560,
            face="display",
            tracking=0.2,
            fill=layer_color(layer.id, "text"),
        )
        y = top + 68
        for trade, count in zip(trades(layer), lines, strict=True):
            if trade.verb == "Buys":
                sheet.line(46, y - 22, WIDE - 20, y - 22, stroke="rule")
            sheet.text(46, y, trade.verb, size=15.5, fill="muted")
            for number, (text, (x, width)) in enumerate(zip(_cells(trade), COLUMNS, strict=True)):
                strong = number != 1
                fill = layer_color(layer.id, "text") if number == 2 else "ink" if strong else "ink-2"
                sheet.paragraph(
                    x,
                    y,
                    text,
                    width,
                    size=15.5,
                    weight=600 if strong else 400,
                    fill=fill,
                    leading=LEADING / 15.5,
                )
            y += LEADING * count + 18
        top += height
    sheet.height = round(top + 2)
    return sheet


def draw_narrow(stack: Stack) -> Sheet:
    sheet = Sheet(NARROW, kind="narrow")
    top, x, width = 1.0, 30.0, NARROW - 44.0
    for index, layer in enumerate(stack.layers):
        if index:
            _flows(sheet, layer, x, None, top + 24)
            top += 58 if layer.returns else 38
        blocks = [
            (
                trade,
                len(wrap(f"{trade.verb} {trade.partner}", width, 13.5)),
                len(wrap(trade.what, width, 14.5, 600)),
                len(wrap(_paid(trade), width, 13.5)),
            )
            for trade in trades(layer)
        ]
        height = 55 + sum(LEADING * (a + b + c) + 14 for _, a, b, c in blocks) - 8
        sheet.band(0.5, top, NARROW - 1, height, layer.id, column=13, border=6, rows=(height / 4,) * 4)
        sheet.text(
            x,
            top + 31,
            layer.name.upper(),
            size=15,
            weight=560,
            face="display",
            tracking=0.2,
            fill=layer_color(layer.id, "text"),
        )
        y = top + 57
        for trade, *_ in blocks:
            step = LEADING / 13.5
            y += sheet.paragraph(
                x, y, f"{trade.verb} {trade.partner}", width, size=13.5, fill="muted", leading=step
            )
            y += sheet.paragraph(x, y, trade.what, width, size=14.5, weight=600, leading=LEADING / 14.5)
            y += sheet.paragraph(
                x,
                y,
                _paid(trade),
                width,
                size=13.5,
                weight=600,
                fill=layer_color(layer.id, "text"),
                leading=step,
            )
            y += 14
        top += height
    sheet.height = round(top + 2)
    return sheet


def _cells(trade: Trade) -> tuple[str, str, str]:
    return trade.what, trade.partner, trade.unit


def _paid(trade: Trade) -> str:
    return f"{'paid' if trade.verb == 'Sells' else 'pays'} in {trade.unit}"


def _flows(sheet: Sheet, layer: Layer, x: float, x_up: float | None, y: float) -> None:
    """Money down, and what comes back, between two bands; one below the other where there is no second
    place.
    """
    size = 14.5 if x_up else 13.5
    lines = [(x, y, layer.paid, False)]
    if layer.returns:
        lines.append((x_up or x, y if x_up else y + 20, layer.returns, True))
    for left, at, text, up in lines:
        ends = (at + 3, at - 13) if up else (at - 13, at + 3)
        sheet.arrow(left + 3.5, ends[0], left + 3.5, ends[1], head=3)
        sheet.text(left + 15, at, text, size=size, fill="ink-2")
