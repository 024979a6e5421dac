"""From the machine that prints chips to the cloud that rents them: stations on one line, a strand for each supplier that is named."""

from __future__ import annotations

from itertools import pairwise

from pydantic import Field as Key

from fieldguide.book import Book
from fieldguide.drawing.pieces import finish
from fieldguide.drawing.sheet import NARROW, Drawing, Sheet, Table
from fieldguide.records.base import Strict

SLUG = "chip-supply-chain"
COLUMNS = (0, 132, 280, 412, 530, 656)
"""Left edge of each station of the upper line, in wide units; memory stands below the second."""
STRAND = 5.0


class Station(Strict):
    name: str
    what: str = Key(max_length=60)
    names: list[str] = []
    """Companies that the source names; none where buyers are many."""
    claimed: int | None = None
    """How many the title says; another number of names is an error."""
    says: str
    """Who names them, for the table."""


class Data(Strict):
    machines: Station
    wafers: Station
    memory: Station
    packaging: Station
    design: Station
    assembly: Station
    buyers: Station
    point: str
    """A first sentence in bold, then the rest."""

    def stations(self) -> list[Station]:
        return [self.machines, self.wafers, self.memory, self.packaging, self.design, self.assembly, self.buyers]


def render(data: Data, book: Book) -> Drawing:
    """Raises ValueError when a station has another number of names than the title says."""
    for station in data.stations():
        if station.claimed is not None and station.claimed != len(station.names):
            raise ValueError(f"{SLUG}: the title says {station.claimed} for {station.name.lower()}, the record names {len(station.names)}")
    table = Table("Stations of the chain", ["Station", "What it makes", "Named", "Who names them"], [
        [station.name, station.what, ", ".join(station.names) or "many", station.says] for station in data.stations()
    ])
    return finish(book, SLUG, _wide(data), _narrow(data), table)


def _strands(sheet: Sheet, points: list[tuple[float, float]], count: int, sideways: bool = False) -> None:
    """As many parallel lines as suppliers."""
    for at in range(count):
        off = (at - (count - 1) / 2) * STRAND
        sheet.polyline([(x + off, y) if sideways else (x, y + off) for x, y in points], stroke="infra", stroke_width=2)


def _station(sheet: Sheet, x: float, y: float) -> None:
    sheet.circle(x, y, 9, fill="paper", stroke="infra", stroke_width=2)


def _wide(data: Data) -> Sheet:
    sheet, size, track, low = Sheet(), 13.5, 142, 226
    upper = [data.machines, data.wafers, data.packaging, data.design, data.assembly, data.buyers]
    for at, (left, following) in enumerate(pairwise(COLUMNS)):
        _strands(sheet, [(left + 10, track), (following + 10, track)], len(upper[at].names))
    _strands(sheet, [(COLUMNS[0] + 10, track), (COLUMNS[0] + 60, low), (COLUMNS[1] + 10, low)], len(data.machines.names))
    _strands(sheet, [(COLUMNS[1] + 10, low), (COLUMNS[2] - 40, low), (COLUMNS[2] + 10, track)], len(data.memory.names))
    for at, (station, left) in enumerate(zip(upper, COLUMNS, strict=True)):
        width = (COLUMNS[at + 1] if at + 1 < len(COLUMNS) else 760) - left - 12
        sheet.text(left, 15, station.name, size=15.5, weight=600)
        y = 35 + sheet.paragraph(left, 35, station.what, width, size=size, fill="ink-2", leading=1.28)
        for name in station.names:
            sheet.text(left, y + 3, name, size=size, weight=600, fill="infra-text")
            y += 17.5
        _station(sheet, left + 10, track)
    _station(sheet, COLUMNS[1] + 10, low)
    left = COLUMNS[1]
    sheet.text(left, low + 32, data.memory.name, size=15.5, weight=600)
    y = low + 52 + sheet.paragraph(left, low + 52, data.memory.what, 190, size=size, fill="ink-2", leading=1.28)
    sheet.text(left, y + 3, ", ".join(data.memory.names), size=size, weight=600, fill="infra-text")
    head, _, rest = data.point.partition(". ")
    sheet.line(COLUMNS[3], low - 26, 760, low - 26, stroke="rule-strong")
    sheet.text(COLUMNS[3], low - 4, head + ".", size=size + .5, weight=600)
    sheet.paragraph(COLUMNS[3], low + 16, rest, 760 - COLUMNS[3], size=size, fill="ink-2", leading=1.34)
    sheet.height = y + 12
    return sheet


def _narrow(data: Data) -> Sheet:
    sheet, size, first, second, text = Sheet(width=NARROW, kind="narrow"), 12.5, 16, 44, 72
    width = NARROW - text
    tops: list[float] = []
    y = 6.0
    blocks = []
    for station in data.stations():
        tops.append(y + 8)
        blocks.append((station, y + 12))
        lines = len(", ".join(station.names))
        y += 66 if lines <= 34 else 82
    machines, wafers, memory, packaging, design, assembly, buyers = tops
    _strands(sheet, [(first, machines), (first, wafers)], len(data.machines.names), True)
    _strands(sheet, [(first, machines + 16), (second, machines + 40), (second, memory)], len(data.machines.names), True)
    _strands(sheet, [(first, wafers), (first, packaging)], len(data.wafers.names), True)
    _strands(sheet, [(second, memory), (second, packaging - 34), (first, packaging)], len(data.memory.names), True)
    _strands(sheet, [(first, packaging), (first, design)], len(data.packaging.names), True)
    _strands(sheet, [(first, design), (first, assembly)], len(data.design.names), True)
    _strands(sheet, [(first, assembly), (first, buyers)], len(data.assembly.names), True)
    for at, (station, line) in enumerate(blocks):
        _station(sheet, second if station is data.memory else first, tops[at])
        sheet.text(text, line, station.name, size=14, weight=600)
        sheet.text(text, line + 18, station.what, size=size, fill="ink-2")
        sheet.paragraph(text, line + 35, ", ".join(station.names), width, size=size, weight=600, fill="infra-text", leading=1.28)
    y = tops[-1] + 40
    sheet.line(0, y, NARROW, y, stroke="rule-strong")
    head, _, rest = data.point.partition(". ")
    y += 20 + sheet.paragraph(0, y + 20, head + ".", NARROW, size=13.5, weight=600, leading=1.3)
    y += sheet.paragraph(0, y, rest, NARROW, size=size, fill="ink-2", leading=1.3)
    sheet.height = y - 4
    return sheet
