"""Widths of text, and lines broken to a width.

The advance widths of both faces are in widths.json, which `python -m fieldguide fonts` writes: the build
needs no font.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Literal

Face = Literal["text", "display"]

WIDTHS = Path(__file__).with_name("widths.json")
"""Advance widths in thousandths of the size, by face, weight and character."""


@cache
def _advances() -> dict[str, dict[int, dict[str, int]]]:
    stored = json.loads(WIDTHS.read_text(encoding="utf-8"))
    return {face: {int(weight): row for weight, row in rows.items()} for face, rows in stored.items()}


@cache
def _advance(character: str, weight: int, face: Face) -> float:
    rows = _advances()[face]
    low, high = min(rows), max(rows)
    share = min(max((weight - low) / (high - low), 0), 1)

    def at(row: dict[str, int]) -> float:
        known = row.get(character)
        return known if known is not None else sum(row.values()) / len(row)

    return (at(rows[low]) * (1 - share) + at(rows[high]) * share) / 1000


def text_width(text: str, size: float, weight: int = 400, face: Face = "text", tracking: float = 0) -> float:
    """Width of one line of text in the units of `size`; `tracking` is in em, after every character."""
    return sum(_advance(character, weight, face) + tracking for character in text) * size


def wrap(text: str, width: float, size: float, weight: int = 400, face: Face = "text") -> list[str]:
    """Lines of `text` no wider than `width`; a single word that is wider stands alone."""
    return break_lines(text, width, lambda line: text_width(line, size, weight, face))


def break_lines(text: str, width: float, measure: Callable[[str], float]) -> list[str]:
    """The same for any way to measure a line, which gives its width in the units of `width`."""
    lines: list[str] = []
    for word in text.split():
        longer = f"{lines[-1]} {word}" if lines else word
        if lines and measure(longer) <= width:
            lines[-1] = longer
        else:
            lines.append(word)
    return lines
