"""Widths of text, and lines broken to a width.

The advance widths of both faces are in widths.json, which `python -m fieldguide fonts` writes: the build
needs no font.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from functools import cache
from itertools import pairwise
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
    words = text.split()
    gap = text_width(" ", size, weight, face)
    return break_lines(
        words, [text_width(word, size, weight, face) for word in words], [gap] * len(words), width
    )


def cut(text: str, room: float, size: float, weight: int = 400, face: Face = "text") -> str:
    """The text, shortened to what fits on a line `room` units wide."""
    if text_width(text, size, weight, face) <= room:
        return text
    while text and text_width(f"{text}…", size, weight, face) > room:
        text = text[:-1].rstrip(" ,;:.")
    return f"{text}…"


def break_lines(
    words: Sequence[str], widths: Sequence[float], gaps: Sequence[float], room: float
) -> list[str]:
    """The words in lines, broken where `line_starts` says."""
    starts = line_starts(widths, gaps, room)
    return [" ".join(words[start:end]) for start, end in pairwise((*starts, len(words)))]


def line_starts(widths: Sequence[float], gaps: Sequence[float], room: float) -> list[int]:
    """The index of the first word of each line, where words of these widths are set in a column as wide as
    `room`.

    A gap is the space before a word inside a line. A word that is wider than the room stands alone.
    """
    starts: list[int] = []
    end = 0.0
    for index, (width, gap) in enumerate(zip(widths, gaps, strict=True)):
        if starts and end + gap + width <= room:
            end += gap + width
        else:
            starts.append(index)
            end = width
    return starts


def balanced_room(widths: Sequence[float], gaps: Sequence[float], room: float, step: float = 8) -> float:
    """The narrowest room, in steps from `room` down, in which the words take as few lines as in `room`: no
    word stands alone on the last.
    """
    count = len(line_starts(widths, gaps, room))
    while count > 1 and room - step >= max(widths) and len(line_starts(widths, gaps, room - step)) == count:
        room -= step
    return room
