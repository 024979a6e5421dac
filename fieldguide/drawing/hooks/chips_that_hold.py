"""How many chips of each design hold a model's weights, as squares whose area is memory, filled from the first."""

from __future__ import annotations

import math
from typing import Any

from pydantic import Field as Key

from fieldguide.book import Book
from fieldguide.drawing.amounts import Reference
from fieldguide.drawing.values import number
from fieldguide.records.base import Strict
from fieldguide.records.formulas.serving import chips_to_hold


class Inputs(Strict):
    weights: Reference
    """GB to hold."""
    side: float = Key(gt=0)
    """Units on a side for one GB of memory."""
    columns: dict[str, tuple[int, int]]
    """For each accelerator how many stand side by side on the wide and on the narrow sheet."""


def fill(inputs: Inputs, book: Book) -> dict[str, Any]:
    """The part `designs`, with a panel for each accelerator and its drawing `squares`. Raises KeyError for an accelerator that there is not."""
    return {"parts": [{"id": "designs", "panels": [_panel(chip, inputs, book) for chip in inputs.columns]}]}


def _panel(chip: str, inputs: Inputs, book: Book) -> dict[str, Any]:
    item, weights, memory = book.hardware[chip], number(book, inputs.weights), number(book, f"{chip}.memory")
    count = int(chips_to_hold(weights, memory))
    left = count * memory - weights
    return {
        "id": chip, "name": item.name, "values": {"memory": f"{chip}.memory", "bandwidth": f"{chip}.bandwidth", "count": count},
        "texts": {
            "kind": "on-chip SRAM" if item.memory_type.startswith("SRAM") else item.memory_type, "size": f"{memory * 1000:.0f} MB" if memory < 1 else f"{memory:g} GB",
            "left": f"{left:g} GB left for caches" if left >= 1 else "next to nothing left",
        },
        "draw": {"squares": [piece for columns, only in zip(inputs.columns[chip], ("wide", "narrow"), strict=True)
                             for piece in _squares(count, 1 - left / memory, columns, inputs.side * math.sqrt(memory), only)]},
    }


def _squares(count: int, last: float, columns: int, side: float, only: str) -> list[dict[str, Any]]:
    """Rows of squares, outlined where there is room; the last one is filled to that part."""
    gap = max(1.6, min(8, side * .12))
    step, made = side + gap, []
    for line in range(math.ceil(count / columns)):
        here = min(columns, count - line * columns)
        full = here - (line * columns + here == count)
        row = {"piece": "box", "only": only, "step": [step, 0]}
        if side > 12:
            made.append({**row, "at": [0, line * step, side, side], "repeat": here, "fill": "paper", "stroke": "infra", "thick": 1.25})
        made.append({**row, "at": [0, line * step, side, side], "repeat": full, "fill": "infra"})
    x, y = (count - 1) % columns * step, (count - 1) // columns * step
    return [*made, {"piece": "box", "only": only, "at": [x, y + side * (1 - last), side, side * last], "fill": "infra"}]
