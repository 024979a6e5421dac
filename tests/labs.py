"""What a lab is tried with: anything that a reader may put in, and when two answers are the same."""

from __future__ import annotations

import math
import random
from typing import Any

from fieldguide.records.lab import Input

CASES = 1000
"""How many a lab is tried with."""


def _number(item: Input, draw: random.Random) -> float:
    """A number that the field takes: from its slider, from all that it takes, or an end."""
    low, high, start, end = (float(value or 0) for value in (item.low, item.high, item.from_, item.to))
    kind = draw.random()
    if kind < 0.2:
        value = draw.choice((low, high, start, end))
    else:
        first, last = (start, end) if kind < 0.7 else (low, high)
        value = (
            math.exp(draw.uniform(math.log(first or start / 1000), math.log(last)))
            if item.scale == "log"
            else draw.uniform(first, last)
        )
    return float(round(value)) if item.whole else value


def drawn_values(inputs: dict[str, Input], ids: dict[str, list[str]], draw: random.Random) -> dict[str, Any]:
    """Something for every input; `ids` are the options or rows of each that is no number."""
    return {
        name: _number(item, draw) if item.kind == "number" else draw.choice(ids[name])
        for name, item in inputs.items()
    }


def close(a: Any, b: Any, largest: float = 0.0) -> bool:
    """Equal, and numbers to 1e-9 of themselves or of the largest beside them in a list."""
    if a == b:
        return True
    if isinstance(a, bool) or isinstance(b, bool) or isinstance(a, str) or a is None or b is None:
        return False
    if isinstance(a, int | float) and isinstance(b, int | float):
        return abs(a - b) <= 1e-9 * max(abs(a), abs(b), largest)
    if isinstance(a, list | tuple) and isinstance(b, list):
        most = max([abs(value) for value in a if isinstance(value, int | float)], default=0.0)
        return len(a) == len(b) and all(close(one, other, most) for one, other in zip(a, b, strict=True))
    return (
        isinstance(a, dict)
        and isinstance(b, dict)
        and a.keys() == b.keys()
        and all(close(a[key], b[key]) for key in a)
    )
