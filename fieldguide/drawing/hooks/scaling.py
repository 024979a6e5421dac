"""Scaling laws: predicted loss by size, data and compute, under two fits of the same training runs."""

from __future__ import annotations

import math
from typing import Any

from fieldguide.book import Book
from fieldguide.book.numbers import number
from fieldguide.drawing.figure_values import FieldReference
from fieldguide.drawing.hooks.base import Filling, Hook
from fieldguide.drawing.pieces import short_name
from fieldguide.records.base import Strict
from fieldguide.records.formulas.scaling import fitted_loss, optimal_loss
from fieldguide.text.formats import power_of_ten


class FitNames(Strict):
    """Where the five numbers of a fit stand, and what the reader calls it."""

    name: str = ""
    short: str = ""
    floor: FieldReference
    a: FieldReference
    b: FieldReference
    alpha: FieldReference
    beta: FieldReference

    def numbers(self, book: Book) -> tuple[float, float, float, float, float]:
        """The five as the formulas of scaling take them, which give nats a token."""
        return (
            number(book, self.floor),
            number(book, self.a),
            number(book, self.b),
            number(book, self.alpha),
            number(book, self.beta),
        )


STEPS = 60


class TwoFits(Strict):
    """Two fits of the same training runs, between two budgets."""

    used: FitNames
    other: FitNames
    low: float
    high: float
    """FLOP, both powers of ten."""
    measured_to: FieldReference

    def read(
        self, book: Book
    ) -> tuple[float, dict[str, tuple[float, float, float, float, float]], list[int]]:
        """The budget in FLOP up to which runs were measured, the parameters of both fits, and the exponents
        of the powers of ten from the lowest budget to the highest.
        """
        return (
            number(book, self.measured_to),
            {"used": self.used.numbers(book), "other": self.other.numbers(book)},
            [*range(round(math.log10(self.low)), round(math.log10(self.high)) + 1)],
        )


class ScalingFits(Hook, TwoFits):
    """Two fits of the same training runs: predicted loss at the best split of each budget, and where models
    stand by the first.
    """

    models: list[str]

    def compute(self, book: Book) -> Filling:
        """Curves of both fits, solid to where runs were measured and beyond, with the points `used` and
        `other` of each power of ten, named by its budget; the models that disclose size, data and compute.
        """
        limit, fits, exponents = self.read(book)
        curves = [
            {
                "id": f"{key}-{part}",
                "curve": [
                    (flop, optimal_loss(flop, *fit))
                    for flop in (low * (high / low) ** (step / STEPS) for step in range(STEPS + 1))
                ],
            }
            for key, fit in fits.items()
            for part, low, high in (("measured", self.low, limit), ("beyond", limit, self.high))
        ]
        points: list[dict[str, Any]] = []
        for slug in self.models:
            model = book.models.get(slug)
            if model is None or any(
                (quantity := getattr(model, key)) is None or quantity.status
                for key in ("parameters", "tokens", "compute")
            ):
                continue
            size, tokens = number(book, f"{slug}.parameters"), number(book, f"{slug}.tokens")
            own = {
                "parameters": f"{slug}.parameters",
                "tokens": f"{slug}.tokens",
                "compute": f"{slug}.compute",
                "other": fitted_loss(size, tokens, *fits["other"]),
            }
            points.append(
                {
                    "id": slug,
                    "name": short_name(model.name),
                    "x": f"{slug}.compute",
                    "value": fitted_loss(size, tokens, *fits["used"]),
                    "values": own,
                }
            )
        points.sort(key=lambda point: number(book, point["x"]))
        budgets = [
            {
                "id": key,
                "points": [
                    {
                        "id": f"{key}-{exponent}",
                        "name": power_of_ten(10.0**exponent),
                        "x": 10.0**exponent,
                        "value": optimal_loss(10.0**exponent, *fit),
                        "values": {"other": optimal_loss(10.0**exponent, *fits["other"])},
                        "texts": {"status": "measured range" if 10**exponent <= limit else "extrapolated"},
                        "row": f"used-{exponent}",
                    }
                    for exponent in exponents
                ],
            }
            for key, fit in fits.items()
        ]
        panel = {
            "id": "fits",
            "y": {"high": optimal_loss(self.low, *fits["used"]) * 1.02},
            "series": [*curves, *budgets, {"id": "models", "points": points}],
        }
        return {"panels": [panel]}


class TenfoldGains(Hook, TwoFits):
    """What each tenfold of compute takes off the predicted loss, under two fits, and what all later ones
    could.
    """

    rest: str
    """What all later ones are called."""

    def compute(self, book: Book) -> Filling:
        """The part `steps`: a panel for each tenfold and one, `rest`, for all later, with {used} and {other}
        in nats a token; in the figure their sums in the measured range and beyond, and how many are
        {measured}.
        """
        limit, fits, exponents = self.read(book)
        steps: list[dict[str, Any]] = []
        for exponent in exponents:
            low, high = 10.0**exponent, 10.0 ** (exponent + 1)
            rest, kind = low >= self.high, "measured" if high <= limit else "later"
            name = f"beyond {power_of_ten(low)}" if rest else f"{power_of_ten(low)} → {power_of_ten(high)}"
            opens = not steps or steps[-1]["texts"]["kind"] != kind
            steps.append(
                {
                    "id": "rest" if rest else f"e{exponent}",
                    "name": name,
                    "values": {
                        key: optimal_loss(low, *fit) - (fit[0] if rest else optimal_loss(high, *fit))
                        for key, fit in fits.items()
                    },
                    "texts": {
                        "kind": kind,
                        f"opens_{kind}": "yes" if opens else "",
                        "short": self.rest if rest else name,
                        "basis": (
                            "measured range"
                            if kind == "measured"
                            else "distance to the floor"
                            if rest
                            else "extrapolated"
                        ),
                    },
                }
            )
        sums = {
            f"{key}_{kind}": sum(step["values"][key] for step in steps if step["texts"]["kind"] == kind)
            for key in fits
            for kind in ("measured", "later")
        }
        sums["measured"] = sum(step["texts"]["kind"] == "measured" for step in steps)
        most = max(value for step in steps for value in step["values"].values())
        return {"values": sums, "parts": [{"id": "steps", "scale": {"high": most}, "panels": steps}]}
