"""What each tenfold of compute takes off the predicted loss, under two fits, and what all later ones could."""

from __future__ import annotations

import math
from typing import Any

from fieldguide.book import Book
from fieldguide.drawing.amounts import Reference
from fieldguide.drawing.fits import FitNames, read_fit
from fieldguide.drawing.sheet import power_of_ten
from fieldguide.drawing.values import number
from fieldguide.records.base import Strict


class Inputs(Strict):
    low: float
    high: float
    """FLOP, both powers of ten."""
    measured_to: Reference
    used: FitNames
    other: FitNames
    rest: str
    """What all later ones are called."""


def fill(inputs: Inputs, book: Book) -> dict[str, Any]:
    """The part `steps`: a panel for each tenfold and one, `rest`, for all later, with {used} and {other} in nats a token; in the figure their sums in the measured range and beyond, and how many are {measured}."""
    limit, fits = number(book, inputs.measured_to), {"used": read_fit(book, inputs.used), "other": read_fit(book, inputs.other)}
    steps: list[dict[str, Any]] = []
    for exponent in range(round(math.log10(inputs.low)), round(math.log10(inputs.high)) + 1):
        low, high = 10.0**exponent, 10.0 ** (exponent + 1)
        rest, kind = low >= inputs.high, "measured" if high <= limit else "later"
        name = f"beyond {power_of_ten(low)}" if rest else f"{power_of_ten(low)} → {power_of_ten(high)}"
        opens = not steps or steps[-1]["texts"]["kind"] != kind
        steps.append({
            "id": "rest" if rest else f"e{exponent}", "name": name, "values": {key: fit.best(low) - (fit.floor if rest else fit.best(high)) for key, fit in fits.items()},
            "texts": {"kind": kind, f"opens_{kind}": "yes" if opens else "", "short": inputs.rest if rest else name, "basis": "measured range" if kind == "measured" else "distance to the floor" if rest else "extrapolated"},
        })
    sums = {f"{key}_{kind}": sum(step["values"][key] for step in steps if step["texts"]["kind"] == kind) for key in fits for kind in ("measured", "later")}
    sums["measured"] = sum(step["texts"]["kind"] == "measured" for step in steps)
    most = max(value for step in steps for value in step["values"].values())
    return {"values": sums, "parts": [{"id": "steps", "scale": {"high": most}, "panels": steps}]}
