"""Who pays whom, from customers down to foundries and power: named flows between bands, each with its sum and date, what comes back up, and whom capital pays."""

from __future__ import annotations

from dataclasses import dataclass

from pydantic import Field as Key

from fieldguide.book import Book
from fieldguide.drawing.pieces import finish
from fieldguide.drawing.sheet import NARROW, WIDE, Basis, Drawing, Layer, Sheet, Table, layer_color, text_width, wrap
from fieldguide.drawing.values import basis, checked, field
from fieldguide.records.base import Strict
from fieldguide.text.dates import show_date

SLUG = "money-flow"
UNKNOWN = "not disclosed"
BASIS: dict[str, str] = {"disclosed": "filed or said by a party to it", "estimate": "press account or estimate"}
QUALIFIERS = {"at most": "up to ", "more than": "over ", "at least": "at least ", "about": "about "}


class Flow(Strict):
    """One payment. Without a fact its sum is drawn as unknown."""

    parties: str
    fact: str | None = None
    note: str
    when: str = ""
    into: str = ""
    """The band that the payment reaches when that is not the next one."""


class Stage(Strict):
    """A band, and the payments that leave it downward or return to the band above it."""

    name: str
    role: str
    layer: Layer | None = None
    apart: bool = False
    """Pays into several bands: it stands below the others, and each of its rows names the band it reaches."""
    down: list[Flow] = []
    back: list[Flow] = []


class Data(Strict):
    stages: list[Stage] = Key(min_length=4)
    returns: int
    """How many flows with a sum must come back up for the title to hold."""


@dataclass(frozen=True)
class Line:
    flow: Flow
    sum: str
    basis: Basis | None
    qualifier: str = ""

    @property
    def amount(self) -> str:
        """The sum with how exact it is: "up to $5B"."""
        return self.qualifier + self.sum

    @property
    def detail(self) -> str:
        return ", ".join(part for part in (self.flow.note, self.flow.when) if part)

    def way(self, going: str) -> str:
        """"paid down", "comes back to labs"."""
        return f"{going} to {self.flow.into}" if self.flow.into else going


def amount(value: float, unit: str) -> str:
    """$1.4T, $250B, 160M shares, 27%."""
    if unit == "USD":
        step, letter = next((step, letter) for step, letter in ((1e12, "T"), (1e9, "B"), (1e6, "M")) if value >= 0.9995 * step or letter == "M")
        return f"${value / step:.3g}{letter}"
    if unit == "%":
        return f"{value:g}%"
    return f"{value / 1e6:g}M {unit}" if value >= 1e6 else f"{value:,.0f} {unit}"


def line(book: Book, flow: Flow) -> Line:
    if flow.fact is None:
        return Line(flow, UNKNOWN, None)
    found = field(book, flow.fact)
    if not isinstance(found.value, int | float):
        raise ValueError(f"{SLUG}: `{flow.fact}` is no number")
    return Line(flow, amount(float(found.value), found.unit or ""), basis(book, found.source), QUALIFIERS.get(found.qualifier or "", ""))


def render(data: Data, book: Book) -> Drawing:
    """Raises ValueError when fewer sums come back up than the title needs, and when a band apart does not say whom it pays."""
    for stage in data.stages:
        if stage.apart and (stage.back or not all(flow.into for flow in stage.down)):
            raise ValueError(f"{SLUG}: `{stage.name}` stands apart, so each payment needs `into`, and none comes back")
    stages = [(stage, [line(book, flow) for flow in stage.down], [line(book, flow) for flow in stage.back]) for stage in data.stages]
    known = sum(item.basis is not None for _, _, back in stages for item in back)
    if known < data.returns:
        raise ValueError(f"{SLUG}: the title needs {data.returns} sums that come back, the records give {known}")
    rows = [
        [f"{stage.name}: {item.way(way)}", item.flow.parties, item.qualifier + checked(item.flow.fact, item.sum) if item.flow.fact else UNKNOWN, _purpose(book, item), BASIS[item.basis] if item.basis else ""]
        for stage, down, back in stages for way, items in (("paid" if stage.apart else "paid down", down), ("comes back", back)) for item in items
    ]
    table = Table("Payments along the stack", ["From which band", "Who pays whom", "Sum", "For what, and as of when", "Basis"], rows)
    return finish(book, SLUG, _wide(stages), _narrow(stages), table, slide=_narrow(stages, 360))


def _purpose(book: Book, item: Line) -> str:
    """"five years, Sep 2025"; the record's date, where there is a record."""
    date = show_date(str(field(book, item.flow.fact).as_of)) if item.flow.fact else item.flow.when
    return ", ".join(part for part in (item.flow.note, date) if part)


def _band(sheet: Sheet, stage: Stage, y: float, size: float) -> float:
    """A band with its role beside the name where there is room, else below it. Returns its height."""
    width, left = sheet.width, 34 if sheet.kind == "wide" else 22
    start = left + text_width(stage.name.upper(), size + 1, 560, "display", 0.12) + 10
    one_line = width > NARROW and start + text_width(stage.role, size) < width - 10
    height = (42 if sheet.kind == "wide" else 34) if one_line else 52
    if stage.layer is None:
        sheet.rect(.6, y, width - 1.2, height, fill="paper", stroke="ink", stroke_width=1.25)
    else:
        sheet.band(.6, y, width - 1.2, height, stage.layer, column=18 if sheet.kind == "wide" else 11, border=6)
    fill = layer_color(stage.layer, "text") if stage.layer else "ink"
    base = y + (height / 2 + 6 if one_line else 22)
    sheet.text(left, base, stage.name.upper(), size=size + 1, weight=560, face="display", tracking=0.12, fill=fill)
    sheet.text(*((start, base) if one_line else (left, y + 40)), stage.role, size=size, fill="muted")
    return height


def _beside(item: Line) -> str:
    """"for shares, Nov 2025, to labs"."""
    return ", ".join(part for part in (item.detail, f"to {item.flow.into}" if item.flow.into else "") if part)


def _mark(sheet: Sheet, x: float, y: float, item: Line, size: float) -> None:
    if item.basis is None:
        sheet.line(x - 6, y - size * .34, x + 6, y - size * .34, stroke="ink-2", stroke_width=1.4, dash="2 3")
    else:
        sheet.mark(x, y - size * .34, item.basis, radius=4, stroke="ink-2")


def _wide(stages: list[tuple[Stage, list[Line], list[Line]]]) -> Sheet:
    """Down on the left, one line a payment; back up on the right, two lines each."""
    sheet, size, y = Sheet(WIDE), 13.5, 1.0
    row, split = 23.5, 506
    for stage, down, back in stages:
        y += 30 if stage.apart else 0
        y += _band(sheet, stage, y, size)
        height = max(len(down) * row, len(back) * 42.0) + 26
        if down:
            if not stage.apart:
                sheet.arrow(14, y + 4, 14, y + height - 4, stroke="ink", stroke_width=2.2, head=6)
            top = y + 28 + (height - 26 - len(down) * row) / 2 - 4
            for at, item in enumerate(down):
                base = top + at * row
                _mark(sheet, 36, base, item, size)
                sheet.text(48, base, item.flow.parties, size=size)
                sheet.text(236, base, item.amount, size=size, weight=600 if item.basis else 400, fill="ink" if item.basis else "muted")
                start = 236 + max(text_width(item.amount, size, 600), 84) + 10
                sheet.text(start, base, item.detail, size=size, fill="muted")
                if stage.apart:
                    sheet.arrow(split + 26, base - size * .34, split + 60, base - size * .34, stroke="ink", stroke_width=1.6, head=4.5)
                    sheet.text(split + 70, base, item.flow.into, size=size)
        if back:
            sheet.arrow(split + 10, y + height - 4, split + 10, y + 4, stroke="ink", stroke_width=2.2, head=6)
            top = y + 24 + (height - 26 - len(back) * 42) / 2 - 4
            for at, item in enumerate(back):
                base = top + at * 42
                _mark(sheet, split + 32, base, item, size)
                used = sheet.text(split + 44, base, item.flow.parties, size=size)
                sheet.text(split + 44 + used + 8, base, item.amount, size=size, weight=600)
                sheet.text(split + 44, base + 17.5, _beside(item), size=size, fill="muted")
        y += height if down or back else 0
    _key(sheet, y + 24, size, wide=True)
    sheet.height = y + 34
    return sheet


def _narrow(stages: list[tuple[Stage, list[Line], list[Line]]], width: float = NARROW) -> Sheet:
    """Everything below each other; what comes back has its own arrow and heading. In a wider column what a payment is for stands beside it."""
    sheet, size, y = Sheet(width, kind="narrow"), 12.5, 1.0
    left, pitch = (44, 24) if width == NARROW else (38, 21)
    for stage, down, back in stages:
        y += 26 if stage.apart else 0
        y += _band(sheet, stage, y, size)
        for items, heading in ((down, ""), (back, "Comes back up")):
            if not items:
                continue
            start = y
            y += 24
            if heading:
                sheet.text(left, y, heading, size=size, weight=600, fill="ink-2")
                y += 22
            for item in items:
                _mark(sheet, left - 12, y, item, size)
                sheet.text(left, y, item.flow.parties, size=size)
                words = item.detail if stage.apart else _beside(item)
                after, free = left + text_width(item.flow.parties, size), width - 10 - text_width(item.amount, size, 600)
                beside = width > NARROW and not stage.apart and after + 8 + text_width(words, size) < free
                if beside:
                    sheet.text(after + 8, y, words, size=size, fill="muted")
                elif after > free:
                    y += 17
                sheet.text(width - 2, y, item.amount, size=size, weight=600 if item.basis else 400, fill="ink" if item.basis else "muted", anchor="end")
                for part in [] if beside else wrap(words, width - left - 4, size):
                    y += 17
                    sheet.text(left, y, part, size=size, fill="muted")
                if stage.apart:
                    x = left + text_width(item.detail, size) + 8
                    sheet.arrow(x, y - size * .34, x + 18, y - size * .34, stroke="ink", stroke_width=1.5, head=4)
                    sheet.text(x + 24, y, item.flow.into, size=size)
                y += pitch
            if stage.apart:
                continue
            ends = (start + 5, y - 16) if not heading else (y - 16, start + 12)
            sheet.arrow(13, ends[0], 13, ends[1], stroke="ink", stroke_width=2, head=5)
            y -= 10
        y += 6 if down or back else 0
    _key(sheet, y + 24, size, wide=False)
    sheet.height = y + 70
    return sheet


def _key(sheet: Sheet, y: float, size: float, *, wide: bool) -> None:
    x = 8.0
    for kind, name in (*BASIS.items(), ("", f"sum {UNKNOWN}")):
        if kind:
            sheet.mark(x, y - size * .34, kind, radius=4, stroke="ink-2")
        else:
            sheet.line(x - 6, y - size * .34, x + 6, y - size * .34, stroke="ink-2", stroke_width=1.4, dash="2 3")
        sheet.text(x + 12, y, name, size=size, fill="ink-2")
        if wide:
            x += 12 + text_width(name, size) + 30
        else:
            y += 18
