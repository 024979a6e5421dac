"""What a long context keeps in memory in real models, by the kind of attention: bars on one linear scale beside one chip's memory."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from pydantic import Field as Key

from fieldguide.book import Book
from fieldguide.drawing.pieces import finish, short_name
from fieldguide.drawing.sheet import NARROW, Drawing, LinearScale, Sheet, Table
from fieldguide.drawing.values import checked, date, number, rounded
from fieldguide.records.base import Strict

SLUG = "kv-cache"
Kind = Literal["own", "one", "shared", "latent"]


class Item(Strict):
    model: str
    cache: str
    """A fact reference: bytes for each token."""
    kind: Kind
    shape: str
    """How the bytes come about; {…} are fact references."""


class Data(Strict):
    context: int
    """Tokens of the long context; illustrative."""
    memory: str
    memory_name: str
    kinds: dict[Kind, str]
    items: list[Item] = Key(min_length=3, max_length=6)
    point: str
    """The annotation; {ratio}, {first} and {last} are filled in."""
    claim_at_least: float


@dataclass(frozen=True)
class Row:
    item: Item
    name: str
    year: str
    size: float
    shape: str


def bytes_text(size: float) -> str:
    """4.7 MB, 516 kB, 70 kB, 52 GB: decimal units."""
    for unit, name in ((1e9, "GB"), (1e6, "MB"), (1e3, "kB")):
        if size >= unit:
            short = size / unit
            return f"{short:.0f} {name}" if short >= 10 else f"{short:.1f} {name}"
    return f"{size:.0f} bytes"


def _shape(book: Book, text: str) -> str:
    """The record's text with its {references} filled in."""
    parts = text.split("{")
    filled = parts[0]
    for part in parts[1:]:
        reference, _, rest = part.partition("}")
        filled += f"{number(book, reference):,.0f}{rest}"
    return filled


def render(data: Data, book: Book) -> Drawing:
    rows = [
        Row(item, short_name(book.models[item.model].name), date(book, f"{item.model}.released")[:4], number(book, item.cache), _shape(book, item.shape))
        for item in data.items
    ]
    largest, smallest = max(row.size for row in rows), min(row.size for row in rows)
    if largest / smallest < data.claim_at_least:
        raise ValueError(f"{SLUG}: the title claims {data.claim_at_least:g} times, the records give {largest / smallest:.3g}")
    first = next(row for row in rows if row.size == largest)
    last = next(row for row in rows if row.size == smallest)
    point = data.point.replace("{ratio}", f"{rounded(largest / smallest, 2):g}").replace("{first}", first.name).replace("{last}", last.name)
    memory = number(book, data.memory) * 1e9
    table = Table("Key-value cache for each token of context", ["Model", "Released", "Attention", "Made of", "Bytes a token", f"{data.context:,} tokens"], [
        [row.name, row.year, data.kinds[row.item.kind], row.shape, checked(row.item.cache, f"{row.size:,.0f}"), bytes_text(row.size * data.context)] for row in rows
    ])
    return finish(book, SLUG, _wide(data, rows, memory, point), _narrow(data, rows, memory, point), table)


def _heads(sheet: Sheet, x: float, y: float, kind: Kind) -> None:
    """The kind as a small drawing: four query heads above, what is kept below."""
    for at in range(4):
        sheet.circle(x + 5 + at * 12, y, 3.4, stroke="ink-2", stroke_width=1.2)
    kept = {"own": [(0, 8), (12, 8), (24, 8), (36, 8)], "shared": [(4, 12), (28, 12)], "one": [(16, 12)], "latent": [(19, 6)]}[kind]
    owners = {"own": [0, 1, 2, 3], "shared": [0, 0, 1, 1], "one": [0, 0, 0, 0], "latent": [0, 0, 0, 0]}[kind]
    for at in range(4):
        left, width = kept[owners[at]]
        sheet.line(x + 5 + at * 12, y + 3.6, x + 1 + left + width / 2, y + 15, stroke="ink-2", stroke_width=.9)
    for left, width in kept:
        sheet.rect(x + 1 + left, y + 15, width, 9, fill="model")


def _chips(data: Data, total: float, memory: float) -> str:
    chips = total / memory
    return f"{chips:.1f} × {data.memory_name}" if chips >= 1 else f"{100 * chips:.0f}% of one {data.memory_name}"


def _wide(data: Data, rows: list[Row], memory: float, point: str) -> Sheet:
    sheet, size, tall = Sheet(), 13.5, 66
    left, right, top = 214, 540, 48
    most = max(row.size for row in rows) * data.context
    scale = LinearScale(0, most, left, right)
    bottom = top + tall * len(rows)
    chip = scale(memory)
    sheet.text(left, 16, f"kept for {data.context:,} tokens", size=size, weight=600)
    sheet.text(760, 16, "for each token", size=size, weight=600, anchor="end")
    sheet.text(chip + 7, 38, f"one {data.memory_name}, {bytes_text(memory)}", size=size, fill="ink-2")
    sheet.line(chip, 26, chip, top, stroke="ink", dash="1.5 4", stroke_width=1.3)
    for at, row in enumerate(rows):
        y = top + at * tall
        sheet.text(0, y + 24, row.name, size=size + 1.5, weight=600)
        sheet.text(0, y + 43, row.year, size=size, fill="muted")
        _heads(sheet, 144, y + 17, row.item.kind)
        total = row.size * data.context
        end = scale(total)
        sheet.rect(left, y + 10, end - left, 18, fill="model")
        sheet.line(chip, y, chip, y + 32, stroke="paper" if end > chip else "ink", dash="1.5 4", stroke_width=1.3)
        place = max(end, chip) + 8
        place += sheet.text(place, y + 24, bytes_text(total), size=size + .5, weight=600) + 8
        sheet.text(place, y + 24, _chips(data, total, memory), size=size, fill="muted")
        sheet.text(left, y + 47, f"{data.kinds[row.item.kind]}: {row.shape}", size=size, fill="ink-2")
        sheet.text(760, y + 26, bytes_text(row.size), size=18, face="display", weight=490, anchor="end")
        sheet.line(0, y + tall - 8, 760, y + tall - 8, stroke="rule")
    head, _, rest = point.partition(". ")
    width = sheet.text(0, bottom + 18, head + ".", size=size + 1, weight=600)
    sheet.text(width + 10, bottom + 18, rest, size=size, fill="ink-2")
    sheet.height = bottom + 26
    return sheet


def _narrow(data: Data, rows: list[Row], memory: float, point: str) -> Sheet:
    sheet, size = Sheet(width=NARROW, kind="narrow"), 12.5
    most = max(row.size for row in rows) * data.context
    scale = LinearScale(0, most, 0, NARROW - 62)
    chip = scale(memory)
    sheet.text(0, 14, f"kept for {data.context:,} tokens", size=size, weight=600)
    sheet.text(NARROW, 14, "for each token", size=size, weight=600, anchor="end")
    y = 26.0
    for row in rows:
        sheet.line(0, y, NARROW, y, stroke="rule-strong")
        sheet.text(0, y + 22, row.name, size=14.5, weight=600)
        sheet.text(NARROW, y + 23, bytes_text(row.size), size=18, face="display", weight=490, anchor="end")
        total = row.size * data.context
        end = scale(total)
        sheet.rect(0, y + 33, end, 15, fill="model")
        sheet.line(chip, y + 29, chip, y + 52, stroke="paper" if end > chip else "ink", dash="1.5 3", stroke_width=1.3)
        sheet.text(max(end, chip) + 8, y + 45, bytes_text(total), size=size, weight=600)
        _heads(sheet, 0, y + 62, row.item.kind)
        sheet.text(60, y + 67, f"{data.kinds[row.item.kind]}, {row.year}", size=size, fill="ink-2")
        sheet.text(60, y + 84, row.shape, size=size, fill="muted")
        y += 100
    sheet.line(0, y, NARROW, y, stroke="rule-strong")
    head, _, rest = point.partition(". ")
    y += 24
    y += sheet.paragraph(0, y, head + ".", NARROW, size=size + 1, weight=600, leading=1.3)
    y += sheet.paragraph(0, y, f"{rest} The dotted line is one {data.memory_name}, {bytes_text(memory)}.", NARROW, size=size, fill="ink-2", leading=1.3)
    sheet.height = y - 8
    return sheet
