"""Who pays whom, from customers down to foundries and power: every payment is a ribbon as wide as its sum,
from its row to the layer that it reaches.

Ribbons are not joined: the sums are of different times and overlap.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from pydantic import Field as Key

from fieldguide.book import Book
from fieldguide.book.numbers import field, number
from fieldguide.drawing.asserts import DrawnPart
from fieldguide.drawing.canvas import Kind
from fieldguide.drawing.colors import Layer, layer_color
from fieldguide.drawing.figure_values import SHORT
from fieldguide.drawing.measure import text_width, wrap
from fieldguide.drawing.pieces import drawing_of
from fieldguide.drawing.record_values import basis, checked
from fieldguide.drawing.shapes import Drawing, Table
from fieldguide.drawing.sheet import Basis, Sheet
from fieldguide.records.base import Strict
from fieldguide.text.dates import show_date
from fieldguide.text.formats import write

SLUG = "money-flow"
UNKNOWN = "not disclosed"
BASIS: dict[Basis, str] = {
    "disclosed": "filed or said by a party to it",
    "estimate": "press account or estimate",
}
THINNEST = 0.8
"""Units of the thinnest ribbon: a smaller one would not be seen."""
BEND = 5.0
"""Radius of a ribbon's inner edge where it turns."""


class Flow(Strict):
    """One payment. Without a fact its sum is drawn as unknown."""

    parties: str
    fact: str | None = None
    note: str
    when: str = ""
    into: str = ""
    """The layer that the payment reaches when that is not the next one."""


class Stage(Strict):
    """A layer, and the payments that leave it downward or return to it from below."""

    name: str
    role: str
    layer: Layer | None = None
    apart: bool = False
    """Pays into several layers: it stands below the others, and each of its rows names the layer it
    reaches.
    """
    down: list[Flow] = []
    back: list[Flow] = []


class MoneyFlowData(Strict):
    stages: list[Stage] = Key(min_length=4)


DATA = MoneyFlowData


@dataclass(frozen=True)
class Payment:
    flow: Flow
    sum: str
    billions: float | None
    """Of dollars; None for a sum that is unknown, or of shares."""
    basis: Basis | None
    qualifier: str = ""

    @property
    def amount(self) -> str:
        """The sum with how exact it is: "up to $5B"."""
        return self.qualifier + self.sum

    def note(self, into: bool) -> str:
        """ "for shares, Nov 2025, to labs"."""
        return ", ".join(
            part
            for part in (
                self.flow.note,
                self.flow.when,
                f"to {self.flow.into}" if into and self.flow.into else "",
            )
            if part
        )


StageGroup = tuple[Stage, Sequence[Payment], Sequence[Payment]]
"""A stage, what it pays down, and what comes back to it."""
FlowPoint = tuple[float, float]


def amount(value: float, unit: str) -> str:
    """$1.4T, $250B, 160M shares."""
    if unit == "USD":
        return write(value, "money")
    return f"{value / 1e6:g}M {unit}" if value >= 1e6 else f"{value:,.0f} {unit}"


def payment(book: Book, flow: Flow) -> Payment:
    """A payment with its sum. Raises KeyError for a fact that is no number."""
    if flow.fact is None:
        return Payment(flow, UNKNOWN, None, None)
    record, value = field(book, flow.fact), number(book, flow.fact)
    return Payment(
        flow,
        amount(value, record.unit or ""),
        value / 1e9 if record.unit == "USD" else None,
        basis(book, record.source),
        SHORT.get(record.qualifier or "", ""),
    )


def entries(data: MoneyFlowData, book: Book) -> list[DrawnPart]:
    """For assertions: each sum in dollars, under `down` or `back`."""
    ways = [
        (way, payment(book, flow))
        for stage in data.stages
        for way, flows in (("down", stage.down), ("back", stage.back))
        for flow in flows
    ]
    return [
        DrawnPart(frozenset({way}), {"billions": [item.billions]})
        for way, item in ways
        if item.billions is not None
    ]


def render(data: MoneyFlowData, book: Book) -> Drawing:
    """Raises ValueError when a stage apart does not say whom it pays."""
    for stage in data.stages:
        if stage.apart and (stage.back or not all(flow.into for flow in stage.down)):
            raise ValueError(
                f"{SLUG}: `{stage.name}` stands apart, so each payment needs `into`, and none comes back"
            )
    groups = [
        (stage, [payment(book, flow) for flow in stage.down], [payment(book, flow) for flow in stage.back])
        for stage in data.stages
    ]
    rows = [
        _row(book, way, item)
        for stage, down, back in groups
        for way, items in (
            ("paid in by investors or lenders" if stage.apart else "paid to a supplier", down),
            ("invested in a customer", back),
        )
        for item in items
    ]
    table = Table(
        "Payments along the stack",
        ["Direction", "Who pays whom", "Sum", "For what, and as of when", "Basis"],
        rows,
    )
    wide, narrow, slide = (_Flow(spec).draw(groups) for spec in (WIDE, NARROW, SLIDE))
    return drawing_of(book.figures[SLUG], wide, narrow, table, slide=slide, fold_gap=10)


def _row(book: Book, way: str, item: Payment) -> list[str]:
    """A payment in the table; where there is a record, of its date."""
    flow = item.flow
    total, when = (
        (item.qualifier + checked(flow.fact, item.sum), show_date(str(field(book, flow.fact).as_of)))
        if flow.fact
        else (UNKNOWN, flow.when)
    )
    return [
        way,
        flow.parties,
        total,
        ", ".join(part for part in (flow.note, when) if part),
        BASIS[item.basis] if item.basis else "",
    ]


# The drawing


@dataclass(frozen=True)
class FlowSpec:
    """Measures of one of the drawings, in its units."""

    width: float
    kind: Kind
    size: float
    line: float
    pad: float  # above and below the words of a payment, together
    scale: float  # width of a ribbon for a billion dollars
    gap: float  # between two ribbons
    down: float  # where the words of what is paid down begin
    start: float  # where its ribbons start
    back: float  # where the words of what comes back begin; its ribbons rise at their left
    end: float  # where those words end
    name: float  # where a stage's name begins
    # how long the arrow at the end of each row is that stands in place of a ribbon, so that a slide can break
    # between rows; 0 for ribbons
    arrows: float
    beside: bool
    """There is room beside each other: for what comes back beside what is paid down, for the words of a
    payment on one line where nothing comes back.
    """


WIDE = FlowSpec(760, "wide", 13.5, 16, 3, 0.12, 6, 18, 262, 518, 760, 34, 0, True)
LONG_LINE = 458.0
"""Where ribbons start after words on one line."""
ONE_LINE = 400.0
"""Units that such words need."""
NARROW = FlowSpec(328, "narrow", 12.5, 16, 6, 0.055, 4, 36, 226, 36, 222, 24, 0, False)
SLIDE = FlowSpec(262, "narrow", 12.5, 12.3, 2.6, 0.1, 4, 23, 226, 23, 222, 24, 22, False)


class _Flow:
    """One drawing being made."""

    def __init__(self, spec: FlowSpec) -> None:
        self.spec, self.size, self.half = spec, spec.size, spec.size * 0.34
        self.sheet = Sheet(spec.width, kind=spec.kind)

    def draw(self, groups: Sequence[StageGroup]) -> Sheet:
        y = 1.0
        for index, (stage, down, back) in enumerate(groups):
            y = self.band(stage, y + (24 if stage.apart else 0))
            if stage.apart:
                y = self.apart(stage, down, y)
            elif down or back:
                y = self.between(groups[index], groups[index + 1][0], y)
        self.sheet.height = self.key(y + 26) + 8
        return self.sheet

    def band(self, stage: Stage, y: float) -> float:
        """Draws a stage with its role beside its name where there is room, else below. Returns the y
        coordinate of its foot.
        """
        sheet, spec, tight = self.sheet, self.spec, bool(self.spec.arrows)
        size = self.size + (not tight)
        start = spec.name + text_width(stage.name.upper(), size, 560, "display", 0.12) + 10
        one_line = start + text_width(stage.role, self.size) < spec.width - 10
        height = (36 if spec.beside else 30 if tight else 34) if one_line else 45 if tight else 50
        if stage.layer is None:
            sheet.rect(0.6, y, spec.width - 1.2, height, fill="paper", stroke="ink", stroke_width=1.25)
        else:
            sheet.band(0.6, y, spec.width - 1.2, height, stage.layer, column=spec.name - 13, border=6)
        base = y + height / 2 + (5 if one_line else -5)
        words = layer_color(stage.layer, "text") if stage.layer else "ink"
        sheet.text(
            spec.name,
            base,
            stage.name.upper(),
            size=size,
            weight=560,
            face="display",
            tracking=0.12,
            fill=words,
        )
        sheet.text(
            *((start, base) if one_line else (spec.name, base + 16)), stage.role, size=self.size, fill="muted"
        )
        return y + height

    def thick(self, item: Payment) -> float:
        return max((item.billions or 0) * self.spec.scale, THINNEST)

    def notes(self, item: Payment, room: float, into: bool) -> list[str]:
        """The lines that say what a payment is for. The first is beside the sum, and is empty where it has no
        room there.
        """
        words = item.note(into)
        return (
            [words]
            if text_width(item.amount, self.size, 600) + 6 + text_width(words, self.size) <= room
            else ["", *wrap(words, room, self.size)]
        )

    def height(self, item: Payment, room: float, into: bool = True) -> float:
        lines = 1.3 if room > ONE_LINE else len(self.notes(item, room, into)) + 1
        return max(lines * self.spec.line, self.thick(item)) + self.spec.pad

    def rows(
        self, items: Sequence[Payment], x: float, room: float, y: float, into: bool = True
    ) -> tuple[list[float], float]:
        """Draws the words of payments below each other from `y`, each on one line where there is room.
        Returns the y coordinates of the middles of their ribbons, and of the foot.
        """
        sheet, line, middles = self.sheet, self.spec.line, []
        for item in items:
            notes, height = self.notes(item, room, into), self.height(item, room, into)
            across, down, up = (176.0, 0.0, 0.0) if room > ONE_LINE else (0.0, line, len(notes) * line / 2)
            base = y + height / 2 + self.half - up
            if item.basis:
                sheet.mark(x - 11, base - self.half, item.basis, radius=4, stroke="ink-2")
            sheet.text(x, base, item.flow.parties, size=self.size)
            used = sheet.text(
                x + across,
                base + down,
                item.amount,
                size=self.size,
                weight=600 if item.basis else 400,
                fill="ink" if item.basis else "muted",
            )
            for index, words in enumerate(notes):
                if words:
                    sheet.text(
                        x if index else x + across + max(used, 84 if across else 0) + 6,
                        base + down + index * line,
                        words,
                        size=self.size,
                        fill="muted",
                    )
            middles.append(y + height / 2)
            y += height
        return middles, y

    def between(self, group: StageGroup, below: Stage, y: float) -> float:
        """Draws the payments between two stages. Returns the y coordinate of the lower stage's top."""
        (stage, down, back), spec = group, self.spec
        room, start = spec.end - spec.back, LONG_LINE if spec.beside and not back else spec.start
        high = sum(self.height(item, room) for item in back)
        down_at, foot = self.rows(down, spec.down, start - spec.down - 6, y + 6)
        end = foot + 12 if spec.arrows else foot + 18 + (self.thick(down[-1]) if down else 0)
        if back:
            end = (
                max(end, y + 28 + self.thick(back[0]) + high)
                if spec.beside
                else foot + (16 if spec.arrows else 34) + high
            )
        if back and not spec.beside and not spec.arrows:
            self.sheet.text(spec.back, foot + 17, "Comes back up", size=self.size, weight=600, fill="ink-2")
        back_at, _ = self.rows(back, spec.back, room, end - high - (12 if spec.arrows else 8))
        ways: tuple[tuple[Stage, Sequence[Payment], list[float], float, float, float, int], ...] = (
            (
                stage,
                down[::-1],
                down_at[::-1],
                start,
                start + 8,
                end - 7,
                1,
            ),  # the lowest row turns first, so that none crosses another
            (below, back, back_at, spec.back - 17, spec.back - (30 if spec.beside else 18), y + 6, -1),
        )
        for payer, items, middles, left, x, tip, way in ways:
            for item, middle in zip(items, middles, strict=True):
                thick, arrow_x = self.thick(item), spec.width - 20
                if spec.arrows:
                    self.ribbon(
                        item,
                        payer,
                        (arrow_x, middle - way * spec.arrows / 2),
                        (arrow_x, middle + way * spec.arrows / 2),
                    )
                else:
                    self.ribbon(item, payer, (left, middle), (x + way * thick / 2, tip))
                x += way * (thick + spec.gap)
        return end

    def ribbon(self, item: Payment, payer: Stage, start: FlowPoint, end: FlowPoint) -> None:
        """Draws a ribbon from `start` across the sheet; where `end` is on another level, it bends down or up
        to that point. It is dotted where the sum is not in dollars.
        """
        (x, y), (turn, tip), thick, sheet = start, end, self.thick(item), self.sheet
        half = max(thick / 2 + 0.7, 2.8)
        point = min(half * 1.4, 9)
        line = layer_color(payer.layer) if payer.layer and item.billions else "ink-2"
        d, across, along = f"M{x:.2f} {y:.2f}", 1 if turn > x else -1, 1 if tip > y else -1
        if y == tip:  # straight across
            d += f"H{turn - point:.2f}"
            head = f"M{turn:.2f} {y:.2f}l{-point:.2f} {half:.2f}v{-2 * half:.2f}Z"
        else:
            if x != turn:
                radius = min(BEND + thick / 2, abs(turn - x))
                d += (
                    f"H{turn - across * radius:.2f}A{radius:.2f} {radius:.2f} 0 0 {int(across == along)}"
                    f" {turn:.2f} {y + along * radius:.2f}"
                )
            d += f"V{tip - along * point:.2f}"
            head = f"M{turn:.2f} {tip:.2f}l{half:.2f} {-along * point:.2f}h{-2 * half:.2f}Z"
        sheet.path(head, fill=line, stroke="none")
        if thick < 2.4:
            sheet.path(
                d,
                stroke=line,
                stroke_width=thick if item.billions else 1.2,
                dash=None if item.billions else "1.5 3",
            )
            return
        sheet.path(d, stroke=line, stroke_width=thick + 0.7)
        sheet.path(
            d, stroke=layer_color(payer.layer, "wash") if payer.layer else "sunk", stroke_width=thick - 0.7
        )
        wide, tall = (thick / 2 + 0.35, 0) if x == turn else (0, thick / 2 + 0.35)
        sheet.line(x - wide, y - tall, x + wide, y + tall, stroke=line, stroke_width=0.7)

    def apart(self, stage: Stage, items: Sequence[Payment], y: float) -> float:
        """Draws payments into several layers: a straight ribbon for each, with the layer's name after or
        below it, or in words. Returns the y coordinate of the foot.
        """
        spec = self.spec
        start, length = (
            (LONG_LINE, 150) if spec.beside else (spec.width - 40, 36) if spec.arrows else (spec.start, 60)
        )
        middles, foot = self.rows(items, spec.down, start - spec.down - 6, y + 6, into=bool(spec.arrows))
        for item, middle in zip(items, middles, strict=True):
            place = middle - (0 if spec.beside or spec.arrows else spec.line / 2)
            self.ribbon(item, stage, (start, place), (start + length, place))
            if not spec.arrows:
                self.sheet.text(
                    *(
                        (start + length + 10, middle + self.half)
                        if spec.beside
                        else (start, middle + spec.line * 0.75)
                    ),
                    item.flow.into,
                    size=self.size,
                )
        return foot

    def key(self, y: float) -> float:
        """Draws the key of marks, dots and widths. Returns the y coordinate of the last baseline."""
        sheet, half, x = self.sheet, self.half, 8.0

        def words(x: float, text: str, last: bool = False) -> FlowPoint:
            used = sheet.text(x, y, text, size=self.size, fill="ink-2")
            return (x + used + 26, y) if self.spec.beside or last else (8.0, y + 18)

        for kind, name in BASIS.items():
            sheet.mark(x, y - half, kind, radius=4, stroke="ink-2")
            x, y = words(x + 12, name)
        sheet.line(x - 6, y - half, x + 10, y - half, stroke="ink-2", stroke_width=1.2, dash="1.5 3")
        x, y = words(x + 16, "no sum in dollars")
        for billions in (100, 10):
            thick = billions * self.spec.scale
            sheet.rect(x - 6, y - half - thick / 2, 18, thick, fill="ink-2")
            x, y = words(x + 18, f"${billions}B", last=True)
        return y
