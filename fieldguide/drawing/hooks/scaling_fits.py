"""Two fits of the same training runs: predicted loss at the best split of each budget, and where models stand by the first."""

from __future__ import annotations

import math
from typing import Any

from fieldguide.book import Book
from fieldguide.drawing.amounts import Reference
from fieldguide.drawing.fits import FitNames, read_fit
from fieldguide.drawing.pieces import short_name
from fieldguide.drawing.values import number, power
from fieldguide.records.base import Strict

STEPS = 60


class Inputs(Strict):
    used: FitNames
    other: FitNames
    low: float
    high: float
    """FLOP."""
    measured_to: Reference
    models: list[str]


def fill(inputs: Inputs, book: Book) -> dict[str, Any]:
    """Curves of both fits, solid to where runs were measured and beyond; the models that disclose size, data and compute; rows of the table for each power of ten."""
    limit, fits = number(book, inputs.measured_to), {"used": read_fit(book, inputs.used), "other": read_fit(book, inputs.other)}
    curves = [
        {"id": f"{key}-{part}", "curve": [(at, fit.best(at)) for at in (low * (high / low) ** (step / STEPS) for step in range(STEPS + 1))]}
        for key, fit in fits.items() for part, low, high in (("measured", inputs.low, limit), ("beyond", limit, inputs.high))
    ]
    points: list[dict[str, Any]] = []
    for slug in inputs.models:
        model = book.models.get(slug)
        if model is None or any((found := getattr(model, key)) is None or found.status for key in ("parameters", "tokens", "compute")):
            continue
        size, tokens = number(book, f"{slug}.parameters"), number(book, f"{slug}.tokens")
        own = {"parameters": f"{slug}.parameters", "tokens": f"{slug}.tokens", "compute": f"{slug}.compute", "other": fits["other"].at(size, tokens)}
        points.append({"id": slug, "name": short_name(model.name), "x": f"{slug}.compute", "value": fits["used"].at(size, tokens), "values": own})
    points.sort(key=lambda point: number(book, point["x"]))
    steps = [10.0**exponent for exponent in range(round(math.log10(inputs.low)), round(math.log10(inputs.high)) + 1)]
    rows = [[f"Best split of {power(at, 1).removeprefix('1×')} FLOP", *(f"{fit.best(at):.3f}" for fit in fits.values()), "measured range" if at <= limit else "extrapolated"] for at in steps]
    panel = {"id": "fits", "y": {"high": fits["used"].best(inputs.low) * 1.02}, "series": [*curves, {"id": "models", "points": points}]}
    return {"panels": [panel], "table": {"before": rows}}
