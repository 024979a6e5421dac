"""One model's weights in the memory of different chips: area is memory on one scale, so every row has the same area in other pieces."""

from __future__ import annotations

import math
from dataclasses import dataclass

from pydantic import Field as Key

from fieldguide.book import Book
from fieldguide.drawing.pieces import finish
from fieldguide.drawing.sheet import NARROW, Drawing, Sheet, Table
from fieldguide.drawing.values import checked, number
from fieldguide.records.base import Strict
from fieldguide.records.formulas.serving import chips_to_hold

SLUG = "sram-and-hbm"


class Design(Strict):
    chip: str
    """The id of an accelerator."""
    unit: str
    """What one is called, in the plural where more than one is needed."""
    columns: int = Key(ge=1)
    narrow_columns: int = Key(ge=1)
    claimed: int | None = None
    """How many the title says; another count is an error."""


class Data(Strict):
    size: str
    """A fact reference: GB to hold."""
    designs: list[Design] = Key(min_length=3, max_length=5)
    side: float
    """Units on a side for one GB of memory, on the wide sheet."""
    narrow_side: float


@dataclass(frozen=True)
class Row:
    design: Design
    name: str
    memory: float
    bandwidth: float
    kind: str
    count: int
    left: float
    """GB that the weights leave free."""


def memory_text(value: float) -> str:
    return f"{value * 1000:.0f} MB" if value < 1 else f"{value:g} GB"


def bandwidth_text(value: float) -> str:
    return f"{value:,g} TB/s"


def left_text(value: float) -> str:
    return f"{value:g} GB left for caches" if value >= 1 else "next to nothing left"


def render(data: Data, book: Book) -> Drawing:
    """Raises ValueError when a count differs from the title."""
    size = number(book, data.size)
    rows = []
    for design in data.designs:
        item = book.hardware[design.chip]
        memory, bandwidth = number(book, f"{design.chip}.memory"), number(book, f"{design.chip}.bandwidth")
        count = int(chips_to_hold(size, memory))
        if design.claimed is not None and count != design.claimed:
            raise ValueError(f"{SLUG}: the title says {design.claimed} of {item.name}, the records give {count}")
        rows.append(Row(design, item.name, memory, bandwidth, "on-chip SRAM" if item.memory_type.startswith("SRAM") else item.memory_type, count, count * memory - size))
    table = Table(f"What holds {size:g} GB of weights", ["Chip", "Memory", "Kind", "Bandwidth, TB/s", "Needed"], [
        [row.name, checked(f"{row.design.chip}.memory", f"{row.memory:g} GB"), row.kind, checked(f"{row.design.chip}.bandwidth", f"{row.bandwidth:,g}"), f"{row.count} {row.design.unit}"]
        for row in rows
    ])
    return finish(book, SLUG, _wide(data, rows, size), _narrow(data, rows, size), table)


def _pieces(sheet: Sheet, x: float, y: float, row: Row, columns: int, unit: float, size: float) -> float:
    """The chips as squares, filled from the first; returns the height. What the model leaves free in the last one stays empty."""
    side = unit * math.sqrt(row.memory)
    gap = max(1.6, min(8, side * .12))
    left = size
    for at in range(row.count):
        px, py = x + at % columns * (side + gap), y + at // columns * (side + gap)
        part = min(1.0, left / row.memory)
        left -= row.memory
        if side > 12:
            sheet.rect(px, py, side, side, fill="paper", stroke="infra", stroke_width=1.25)
        sheet.rect(px, py + side * (1 - part), side, side * part, fill="infra")
    lines = math.ceil(row.count / columns)
    return lines * side + (lines - 1) * gap


def _wide(data: Data, rows: list[Row], size: float) -> Sheet:
    sheet, y, text = Sheet(), 4.0, 13.5
    sheet.text(0, 14, "one chip", size=text, fill="muted")
    sheet.text(190, 14, f"{size:g} GB of weights; equal areas are equal memory", size=text, fill="muted")
    sheet.text(760, 14, "needed", size=text, fill="muted", anchor="end")
    y = 24.0
    for row in rows:
        sheet.line(0, y, 760, y, stroke="ink" if y == 24 else "rule")
        sheet.text(0, y + 24, row.name, size=text + 1.5, weight=600)
        sheet.text(0, y + 44, f"{memory_text(row.memory)} of {row.kind}", size=text, fill="ink-2")
        sheet.text(0, y + 62, f"read at {bandwidth_text(row.bandwidth)}", size=text, fill="ink-2")
        tall = _pieces(sheet, 190, y + 12, row, row.design.columns, data.side, size)
        sheet.text(760, y + 36, f"{row.count:,}", size=30, face="display", weight=400, anchor="end")
        sheet.text(760, y + 56, row.design.unit, size=text, fill="ink-2", anchor="end")
        sheet.text(760, y + 74, left_text(row.left), size=text, fill="muted", anchor="end")
        y += max(tall + 24, 98)
    sheet.line(0, y, 760, y, stroke="ink")
    sheet.height = y + 2
    return sheet


def _narrow(data: Data, rows: list[Row], size: float) -> Sheet:
    sheet, text = Sheet(width=NARROW, kind="narrow"), 12.5
    sheet.text(0, 13, f"{size:g} GB of weights; equal areas, equal memory", size=text, fill="muted")
    y = 22.0
    for row in rows:
        sheet.line(0, y, NARROW, y, stroke="ink" if y == 22 else "rule")
        sheet.text(0, y + 22, row.name, size=14.5, weight=600)
        count = f"{row.count:,} {row.design.unit}"
        sheet.text(NARROW, y + 22, count, size=16, face="display", weight=490, anchor="end")
        sheet.text(0, y + 41, f"{memory_text(row.memory)} of {row.kind}, read at {bandwidth_text(row.bandwidth)}", size=text, fill="ink-2")
        tall = _pieces(sheet, 0, y + 54, row, row.design.narrow_columns, data.narrow_side, size)
        sheet.text(0, y + 54 + tall + 18, left_text(row.left), size=text, fill="muted")
        y += 54 + tall + 32
    sheet.line(0, y, NARROW, y, stroke="ink")
    sheet.height = y + 2
    return sheet
