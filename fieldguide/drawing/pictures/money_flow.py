"""Who pays whom, from customers down to foundries and power: every payment is a ribbon as wide as its sum, from its row to the layer that it reaches.

Ribbons are not joined: the sums are of different times and overlap.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from pydantic import Field as Key

from fieldguide.book import Book
from fieldguide.drawing.asserts import Entry
from fieldguide.drawing.canvas import Kind
from fieldguide.drawing.colors import Layer, layer_color
from fieldguide.drawing.drawn import Drawing, Table
from fieldguide.drawing.measure import text_width, wrap
from fieldguide.drawing.pieces import finish
from fieldguide.drawing.sheet import Basis, Sheet
from fieldguide.drawing.values import basis, checked, field
from fieldguide.records.base import Strict
from fieldguide.text.dates import show_date

SLUG = "money-flow"
UNKNOWN = "not disclosed"
BASIS: dict[Basis, str] = {"disclosed": "filed or said by a party to it", "estimate": "press account or estimate"}
QUALIFIERS = {"at most": "up to ", "more than": "over ", "at least": "at least ", "about": "about "}
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
    """Pays into several layers: it stands below the others, and each of its rows names the layer it reaches."""
    down: list[Flow] = []
    back: list[Flow] = []


class Data(Strict):
    stages: list[Stage] = Key(min_length=4)


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

    @property
    def detail(self) -> str:
        return ", ".join(part for part in (self.flow.note, self.flow.when) if part)

    @property
    def beside(self) -> str:
        """"for shares, Nov 2025, to labs"."""
        return ", ".join(part for part in (self.detail, f"to {self.flow.into}" if self.flow.into else "") if part)

    def way(self, going: str) -> str:
        """"paid down", "comes back to labs"."""
        return f"{going} to {self.flow.into}" if self.flow.into else going


Group = tuple[Stage, Sequence[Payment], Sequence[Payment]]
"""A stage, what it pays down, and what comes back to it."""


def amount(value: float, unit: str) -> str:
    """$1.4T, $250B, 160M shares, 27%."""
    if unit == "USD":
        step, letter = next((step, letter) for step, letter in ((1e12, "T"), (1e9, "B"), (1e6, "M")) if value >= 0.9995 * step or letter == "M")
        return f"${value / step:.3g}{letter}"
    if unit == "%":
        return f"{value:g}%"
    return f"{value / 1e6:g}M {unit}" if value >= 1e6 else f"{value:,.0f} {unit}"


def payment(book: Book, flow: Flow) -> Payment:
    """A payment with its sum. Raises ValueError for a fact that is no number."""
    if flow.fact is None:
        return Payment(flow, UNKNOWN, None, None)
    found = field(book, flow.fact)
    if not isinstance(found.value, int | float):
        raise ValueError(f"{SLUG}: `{flow.fact}` is no number")
    billions = float(found.value) / 1e9 if found.unit == "USD" else None
    return Payment(flow, amount(float(found.value), found.unit or ""), billions, basis(book, found.source), QUALIFIERS.get(found.qualifier or "", ""))


def entries(data: Data, book: Book) -> list[Entry]:
    """For assertions: each sum in dollars, under `down` or `back`."""
    ways = [(way, payment(book, flow)) for stage in data.stages for way, flows in (("down", stage.down), ("back", stage.back)) for flow in flows]
    return [Entry(frozenset({way}), {"billions": [item.billions]}) for way, item in ways if item.billions is not None]


def render(data: Data, book: Book) -> Drawing:
    """Raises ValueError when a stage apart does not say whom it pays."""
    for stage in data.stages:
        if stage.apart and (stage.back or not all(flow.into for flow in stage.down)):
            raise ValueError(f"{SLUG}: `{stage.name}` stands apart, so each payment needs `into`, and none comes back")
    groups = [(stage, [payment(book, flow) for flow in stage.down], [payment(book, flow) for flow in stage.back]) for stage in data.stages]
    rows = [
        [f"{stage.name}: {item.way(way)}", item.flow.parties, item.qualifier + checked(item.flow.fact, item.sum) if item.flow.fact else UNKNOWN, _purpose(book, item), BASIS[item.basis] if item.basis else ""]
        for stage, down, back in groups for way, items in (("paid" if stage.apart else "paid down", down), ("comes back", back)) for item in items
    ]
    table = Table("Payments along the stack", ["From which band", "Who pays whom", "Sum", "For what, and as of when", "Basis"], rows)
    return finish(book, SLUG, _sheet(groups, WIDE), _sheet(groups, NARROW), table, slide=_sheet(groups, SLIDE))


def _purpose(book: Book, item: Payment) -> str:
    """"five years, Sep 2025"; the record's date, where there is a record."""
    date = show_date(str(field(book, item.flow.fact).as_of)) if item.flow.fact else item.flow.when
    return ", ".join(part for part in (item.flow.note, date) if part)


# The drawing


@dataclass(frozen=True)
class Spec:
    """Measures of one of the drawings, in its units."""

    width: float
    kind: Kind
    size: float
    line: float
    pad: float
    """Above and below the words of a payment, together."""
    scale: float
    """Width of a ribbon for a billion dollars."""
    gap: float
    """Between two ribbons."""
    down: float
    """Where the words of what is paid down begin."""
    start: float
    """Where its ribbons start."""
    back: float
    """Where the words of what comes back begin; its ribbons rise at their left."""
    end: float
    """Where those words end."""
    name: float
    """Where a stage's name begins."""
    arrows: float
    """How long the arrow at the end of each row is that stands in place of a ribbon, so that a slide can break between rows; 0 for ribbons."""
    beside: bool
    """There is room beside each other: for what comes back beside what is paid down, for the words of a payment on one line where nothing comes back."""


WIDE = Spec(760, "wide", 13.5, 16, 3, .12, 6, 18, 262, 518, 760, 34, 0, True)
LONG_LINE = 458.0
"""Where ribbons start after words on one line."""
NARROW = Spec(328, "narrow", 12.5, 16, 6, .055, 4, 36, 226, 36, 222, 24, 0, False)
SLIDE = Spec(262, "narrow", 12.5, 12.3, 2.6, .1, 4, 23, 226, 23, 222, 24, 22, False)


def _sheet(groups: Sequence[Group], spec: Spec) -> Sheet:
    sheet, y = Sheet(spec.width, kind=spec.kind), 1.0
    for at, (stage, down, back) in enumerate(groups):
        y = _band(sheet, stage, y + (24 if stage.apart else 0), spec)
        if stage.apart:
            y = _apart(sheet, stage, down, y, spec)
        elif down or back:
            y = _between(sheet, groups[at], groups[at + 1][0], y, spec)
    sheet.height = _key(sheet, y + 26, spec) + 8
    return sheet


def _band(sheet: Sheet, stage: Stage, y: float, spec: Spec) -> float:
    """A stage with its role beside the name where there is room, else below it. Returns its foot."""
    size = spec.size + (0 if spec.arrows else 1)
    start = spec.name + text_width(stage.name.upper(), size, 560, "display", 0.12) + 10
    one_line = start + text_width(stage.role, spec.size) < spec.width - 10
    height = (36 if spec.beside else 34 if not spec.arrows else 30) if one_line else 50 if not spec.arrows else 45
    if stage.layer is None:
        sheet.rect(.6, y, spec.width - 1.2, height, fill="paper", stroke="ink", stroke_width=1.25)
    else:
        sheet.band(.6, y, spec.width - 1.2, height, stage.layer, column=spec.name - 13, border=6)
    base = y + (height / 2 + 5 if one_line else height / 2 - 4)
    words = layer_color(stage.layer, "text") if stage.layer else "ink"
    sheet.text(spec.name, base, stage.name.upper(), size=size, weight=560, face="display", tracking=0.12, fill=words)
    sheet.text(*((start, base) if one_line else (spec.name, base + 17)), stage.role, size=spec.size, fill="muted")
    return y + height


def _thick(item: Payment, spec: Spec) -> float:
    return max((item.billions or 0) * spec.scale, THINNEST)


def _notes(item: Payment, room: float, spec: Spec, apart: bool) -> list[str]:
    """What a payment is for, in lines; the first stands beside the sum, and is empty where it has no room there."""
    words = item.detail if apart else item.beside
    return [words] if text_width(item.amount, spec.size, 600) + 6 + text_width(words, spec.size) <= room else ["", *wrap(words, room, spec.size)]


def _height(item: Payment, room: float, spec: Spec, apart: bool = False) -> float:
    lines = 1.3 if room > 400 else len(_notes(item, room, spec, apart)) + 1
    return max(lines * spec.line, _thick(item, spec)) + spec.pad


def _rows(sheet: Sheet, items: Sequence[Payment], x: float, room: float, y: float, spec: Spec, apart: bool = False) -> tuple[list[float], float]:
    """The words of payments below each other from `y`, each on one line where there is room. Returns the middles of their ribbons, and the foot."""
    middles = []
    for item in items:
        notes, height = _notes(item, room, spec, apart), _height(item, room, spec, apart)
        after, down = (176.0, 0.0) if room > 400 else (0.0, spec.line)
        base = y + height / 2 + spec.size * .34 - (0 if room > 400 else len(notes) * spec.line / 2)
        if item.basis:
            sheet.mark(x - 11, base - spec.size * .34, item.basis, radius=4, stroke="ink-2")
        sheet.text(x, base, item.flow.parties, size=spec.size)
        used = sheet.text(x + after, base + down, item.amount, size=spec.size, weight=600 if item.basis else 400, fill="ink" if item.basis else "muted")
        for at, words in enumerate(notes):
            if words:
                sheet.text(x if at else x + after + max(used, 84 if after else 0) + 6, base + down + at * spec.line, words, size=spec.size, fill="muted")
        middles.append(y + height / 2)
        y += height
    return middles, y


def _between(sheet: Sheet, group: Group, below: Stage, y: float, spec: Spec) -> float:
    """What passes between two stages. Returns the top of the lower one."""
    stage, down, back = group
    room, start = spec.end - spec.back, LONG_LINE if spec.beside and not back else spec.start
    high = sum(_height(item, room, spec) for item in back)
    down_at, foot = _rows(sheet, down, spec.down, start - spec.down - 6, y + 6, spec)
    end = foot + (12 if spec.arrows else 18 + _thick(down[-1], spec) if down else 18)
    if back:
        end = max(end, y + 28 + _thick(back[0], spec) + high) if spec.beside else foot + (16 if spec.arrows else 34) + high
    if back and not spec.beside and not spec.arrows:
        sheet.text(spec.back, foot + 17, "Comes back up", size=spec.size, weight=600, fill="ink-2")
    back_at, _ = _rows(sheet, back, spec.back, room, end - high - (12 if spec.arrows else 8), spec)
    if spec.arrows:
        for items, middles, payer, along in ((down, down_at, stage, 1), (back, back_at, below, -1)):
            for item, middle in zip(items, middles, strict=True):
                _ribbon(sheet, item, (spec.width - 20, middle - along * spec.arrows / 2), "", (spec.width - 20, middle + along * spec.arrows / 2), (0, along), payer, spec)
        return end
    x = start + 8
    for item, middle in zip(reversed(down), reversed(down_at), strict=True):  # the lowest row turns first, so that none crosses another
        x += _thick(item, spec) / 2
        _turn(sheet, item, (start, middle), (x, end - 7), stage, spec)
        x += _thick(item, spec) / 2 + spec.gap
    x = spec.back - (30 if spec.beside else 18)
    for item, middle in zip(back, back_at, strict=True):
        x -= _thick(item, spec) / 2
        _turn(sheet, item, (spec.back - 17, middle), (x, y + 6), below, spec)
        x -= _thick(item, spec) / 2 + spec.gap
    return end


def _turn(sheet: Sheet, item: Payment, start: tuple[float, float], end: tuple[float, float], payer: Stage, spec: Spec) -> None:
    """A ribbon from `start` across and then, round a bend, down or up to its point at `end`."""
    (x, y), (turn, tip) = start, end
    across, along = (1 if turn > x else -1), (1 if tip > y else -1)
    radius = min(BEND + _thick(item, spec) / 2, abs(turn - x))
    bend = f"H{turn - across * radius:.2f}A{radius:.2f} {radius:.2f} 0 0 {int(across == along)} {turn:.2f} {y + along * radius:.2f}"
    _ribbon(sheet, item, start, bend, end, (0, along), payer, spec)


def _ribbon(sheet: Sheet, item: Payment, start: tuple[float, float], bend: str, end: tuple[float, float], way: tuple[int, int], payer: Stage, spec: Spec) -> None:
    """A ribbon from `start` by its bend straight on to its point at `end`, which it meets in the direction `way`; dotted where the sum is none in dollars."""
    thick, (x, y), (dx, dy) = _thick(item, spec), end, way
    half = max(thick / 2 + .7, 2.8)
    tip = min(half * 1.4, 9)
    d = f"M{start[0]:.2f} {start[1]:.2f}{bend}L{x - dx * tip:.2f} {y - dy * tip:.2f}"
    line = layer_color(payer.layer) if payer.layer and item.billions else "ink-2"
    if thick < 2.4:
        sheet.path(d, stroke=line, stroke_width=thick if item.billions else 1.2, dash=None if item.billions else "1.5 3")
    else:
        sheet.path(d, stroke=line, stroke_width=thick + .7)
        sheet.path(d, stroke=layer_color(payer.layer, "wash") if payer.layer else "sunk", stroke_width=thick - .7)
        flat = bool(bend) or not dy  # it starts across, or already down or up
        wide, tall = (0.0, half - .35) if flat else (half - .35, 0.0)
        sheet.line(start[0] - wide, start[1] - tall, start[0] + wide, start[1] + tall, stroke=line, stroke_width=.7)
    wing_x, wing_y = dy * half, dx * half
    sheet.path(f"M{x:.2f} {y:.2f}L{x - dx * tip + wing_x:.2f} {y - dy * tip + wing_y:.2f}L{x - dx * tip - wing_x:.2f} {y - dy * tip - wing_y:.2f}Z", fill=line, stroke="none")


def _apart(sheet: Sheet, stage: Stage, items: Sequence[Payment], y: float, spec: Spec) -> float:
    """Payments into several layers: a straight ribbon each, and the layer's name after or below it, or in words. Returns the foot."""
    start, length = (LONG_LINE, 150) if spec.beside else (spec.start, 60) if not spec.arrows else (spec.width - 40, 36)
    middles, foot = _rows(sheet, items, spec.down, start - spec.down - 6, y + 6, spec, apart=not spec.arrows)
    for item, middle in zip(items, middles, strict=True):
        place = middle - (0 if spec.beside or spec.arrows else spec.line / 2)
        _ribbon(sheet, item, (start, place), "", (start + length, place), (1, 0), stage, spec)
        if not spec.arrows:
            sheet.text(*((start + length + 10, middle + spec.size * .34) if spec.beside else (start, middle + spec.line * .75)), item.flow.into, size=spec.size)
    return foot


def _key(sheet: Sheet, y: float, spec: Spec) -> float:
    """What marks, dots and widths mean. Returns the last baseline."""
    half, x = spec.size * .34, 8.0

    def words(x: float, text: str, last: bool = False) -> tuple[float, float]:
        used = sheet.text(x, y, text, size=spec.size, fill="ink-2")
        return (x + used + 26, y) if spec.beside or last else (8.0, y + 18)

    for kind, name in BASIS.items():
        sheet.mark(x, y - half, kind, radius=4, stroke="ink-2")
        x, y = words(x + 12, name)
    sheet.line(x - 6, y - half, x + 10, y - half, stroke="ink-2", stroke_width=1.2, dash="1.5 3")
    x, y = words(x + 16, "no sum in dollars")
    for billions in (100, 10):
        sheet.rect(x - 6, y - half - billions * spec.scale / 2, 18, billions * spec.scale, fill="ink-2")
        x, y = words(x + 18, f"${billions}B", last=True)
    return y
