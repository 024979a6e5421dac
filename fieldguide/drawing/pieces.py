"""Pieces: what stands for the same thing in every figure.

A model is a solid bar, an application a dotted block, infrastructure a field of lines, as in the emblem. Data
belongs to no
layer and is drawn in ink.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterable
from typing import Literal

from fieldguide.drawing.shapes import Drawing, Table
from fieldguide.drawing.sheet import Sheet
from fieldguide.records.figure import Figure

DataKind = Literal["text", "image", "sound", "code", "table"]


def drawing_of(
    record: Figure,
    wide: Sheet,
    narrow: Sheet,
    table: Table | None = None,
    slide: Sheet | None = None,
    fold_gap: float | None = None,
) -> Drawing:
    """The sheets as the drawing of a record, named by its title and alternative text."""
    slug = record.slug
    return Drawing(
        wide=wide.drawn(f"{slug}-wide", record.title, record.alt),
        narrow=narrow.drawn(f"{slug}-narrow", record.title, record.alt),
        table=table,
        fold_gap=fold_gap,
        slide=slide.drawn(f"{slug}-slide", record.title, record.alt) if slide else None,
    )


def short_name(name: str) -> str:
    """A model's name as a label: "GPT-2 (1.5B)" is GPT-2."""
    return re.sub(r"\s*\([^)]*\)$", "", name)


def model_bar(sheet: Sheet, x: float, y: float, width: float, height: float) -> None:
    sheet.rect(x, y, width, height, fill="model")


def application_block(sheet: Sheet, x: float, y: float, width: float, height: float) -> None:
    sheet.rect(x, y, width, height, fill="paper")
    sheet.rect(x, y, width, height, fill=sheet.pattern("application"), stroke="app", stroke_width=1.25)


def infrastructure_field(
    sheet: Sheet, x: float, y: float, width: float, height: float, gap: float = 3.6
) -> None:
    sheet.rect(
        x, y, width, height, fill=sheet.pattern("infrastructure", gap, y=y), stroke="infra", stroke_width=1.25
    )


def data_sheet(
    sheet: Sheet,
    x: float,
    y: float,
    width: float,
    height: float,
    kind: DataKind = "text",
    *,
    stroke: str = "ink-2",
) -> None:
    """Draws one item of data: a sheet with an icon of its kind."""
    sheet.rect(x, y, width, height, fill="paper", stroke=stroke, stroke_width=1.1)
    inner, top, floor = x + width * 0.18, y + height * 0.24, y + height * 0.8
    right = x + width * 0.82
    if kind in ("text", "code"):
        shares = (1, 1, 0.6) if kind == "text" else (0.5, 0.9, 0.7)
        for index, share in enumerate(shares):
            place = top + (floor - top) * index / 2
            start = inner + (0 if kind == "text" or index == 0 else (right - inner) * 0.2)
            sheet.line(start, place, start + (right - start) * share, place, stroke=stroke, stroke_width=1.2)
    elif kind == "image":
        sheet.circle(
            x + width * 0.68, y + height * 0.3, min(width, height) * 0.09, stroke=stroke, stroke_width=1.1
        )
        sheet.polyline(
            [
                (inner, floor),
                (x + width * 0.4, y + height * 0.42),
                (x + width * 0.56, y + height * 0.64),
                (x + width * 0.66, y + height * 0.52),
                (right, floor),
            ],
            stroke=stroke,
            stroke_width=1.2,
        )
    elif kind == "sound":
        bars = 7
        for index in range(bars):
            place = inner + (right - inner) * index / (bars - 1)
            tall = height * (0.1 + 0.22 * abs(math.sin(index * 1.35 + 0.6)))
            sheet.line(
                place, y + height / 2 - tall, place, y + height / 2 + tall, stroke=stroke, stroke_width=1.2
            )
    else:
        for share in (0.36, 0.58, 0.8):
            sheet.line(inner, y + height * share, right, y + height * share, stroke=stroke)
        for share in (0.34, 0.66):
            sheet.line(x + width * share, top, x + width * share, floor, stroke=stroke)


def vector(sheet: Sheet, x: float, y: float, width: float, height: float, heavy: bool = False) -> None:
    """Draws the vector of one token: five cells along the longer side."""
    sheet.rect(x, y, width, height, fill="model-wash", stroke="model", stroke_width=2 if heavy else 1.1)
    for index in range(1, 5):
        ends = (
            (x, y + height * index / 5, x + width, y + height * index / 5)
            if height > width
            else (x + width * index / 5, y, x + width * index / 5, y + height)
        )
        sheet.line(*ends, stroke="model", stroke_width=0.8)


def in_rows(widths: Iterable[float], room: float, gap: float) -> list[tuple[float, int]]:
    """(left edge, number of the row from 0) of boxes of these widths, `gap` units apart, in rows no wider
    than `room`.
    """
    places, x, row = [], 0.0, 0
    for width in widths:
        if x + width > room:
            x, row = 0.0, row + 1
        places.append((x, row))
        x += width + gap
    return places


def step(sheet: Sheet, x: float, y: float, number: int, size: float = 13.5) -> None:
    """Draws a small numbered ring, which gives the order of reading."""
    sheet.circle(x, y, size * 0.72, fill="paper", stroke="ink", stroke_width=1.1)
    sheet.text(x, y + size * 0.34, str(number), size=size, weight=600, anchor="middle")


def crossed(sheet: Sheet, x: float, y: float, size: float = 5) -> None:
    """Draws the mark of a fault: a small cross in a circle."""
    sheet.circle(x, y, size + 3, fill="paper", stroke="ink", stroke_width=1.3)
    sheet.path(
        f"M{x - size * 0.55:.2f} {y - size * 0.55:.2f}L{x + size * 0.55:.2f} {y + size * 0.55:.2f}"
        f"M{x + size * 0.55:.2f} {y - size * 0.55:.2f}L{x - size * 0.55:.2f} {y + size * 0.55:.2f}",
        stroke="ink",
        stroke_width=1.5,
    )
