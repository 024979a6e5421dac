"""Plots as plain data, the scene that the kind `xy` draws and that a lab draws in the page: scales, series,
marks.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal
from typing import Any

from fieldguide.text.spoken import count

Scene = Mapping[str, Any]


def tens(value: float) -> int:
    """The power of ten of a number's first digit, as the number is written in the fewest digits that give it
    back.
    """
    return Decimal(repr(float(value))).adjusted()


def axis(most: float, name: str, say: Callable[[float], str]) -> dict[str, Any]:
    """A scale from zero to the first round number at or above `most`, in five to ten steps."""
    power = float(f"1e{tens(most)}")
    step = power * next(step for step in (0.2, 0.5, 1) if most / power <= step * 10 * (1 + 1e-9))
    number = math.ceil(most / step - 1e-9)
    return {
        "low": 0,
        "high": number * step,
        "type": "linear",
        "name": name,
        "ticks": [{"at": at * step, "label": say(at * step)} for at in range(number + 1)],
    }


def decades(numbers: Sequence[float], name: str) -> dict[str, Any]:
    """A logarithmic scale between the powers of ten around some numbers."""
    ends = [float(f"1e{power}") for power in range(tens(min(numbers)), tens(max(numbers)) + 2)]
    return {
        "low": ends[0],
        "high": ends[-1],
        "type": "log",
        "name": name,
        "ticks": [{"at": at, "label": count(at)} for at in ends],
    }


def mark(x: float, y: float, label: str) -> dict[str, Any]:
    return {"x": x, "y": y, "basis": "derived", "name": label, "label": label}


def series(
    name: str, curve: Sequence[Sequence[float]], marks: Sequence[Scene], **look: Any
) -> dict[str, Any]:
    return {"id": name, "name": name, "curve": curve, "join": bool(curve), "marks": marks, **look}


def chart(
    title: str, context: str, x: Scene, y: Scene, series: Sequence[Scene], rules: Sequence[Scene] = ()
) -> dict[str, Any]:
    return {
        "title": title,
        "context": context,
        "scene": {
            "kind": "xy",
            "panels": [
                {"title": "", "x": x, "y": y, "series": series, "rules": rules, "regions": [], "said": []}
            ],
            "key": {},
            "point": "",
        },
    }
