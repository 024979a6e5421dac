"""What the table of runs says: `results/fit.json`."""

from __future__ import annotations

import json
import math
import statistics
from collections.abc import Callable
from pathlib import Path
from typing import Any

from experiments.fit import Law, Point, bootstrap, fit_law, growth, interval, isoflop
from experiments.grid import FORECAST, all_runs
from experiments.table import RESULTS, TrainingRun, load_rows

FIT = RESULTS / "fit.json"
RESAMPLES = 1000
AT = 1e13
"""FLOP at which the best size is reported; in the middle of the measured budgets."""
QUANTITIES: dict[str, Callable[[Law], float]] = {
    "floor": lambda law: law.floor,
    "size_factor": lambda law: law.size_factor,
    "size_exponent": lambda law: law.size_exponent,
    "data_factor": lambda law: law.data_factor,
    "data_exponent": lambda law: law.data_exponent,
    "size_share": lambda law: law.size_share,
    "best_size": lambda law: law.best_size(AT),
    "tokens_per_parameter": lambda law: law.ratio(AT),
}
LEAST = 8
"""Runs without which five constants are not fitted."""


class ReportError(ValueError):
    """Too few runs."""


def points_of(rows: list[TrainingRun], table_counted: bool = True, loss: str = "loss") -> list[Point]:
    return [
        Point(
            row.parameters - (0 if table_counted else row.vocabulary * row.width),
            row.tokens,
            getattr(row, loss),
            row.budget,
        )
        for row in rows
    ]


def digits(value: float) -> float:
    return float(f"{value:.6g}")


def summary(law: Law, laws: list[Law]) -> dict[str, Any]:
    """Each quantity with its 90% interval."""
    found = {}
    for name, quantity in QUANTITIES.items():
        low, high = interval(quantity(one) for one in laws)
        found[name] = {"value": digits(quantity(law)), "low": digits(low), "high": digits(high)}
    return found


def exponents(law: Law) -> dict[str, float]:
    """What one way of counting is compared with another by."""
    return {
        name: digits(QUANTITIES[name](law))
        for name in ("floor", "size_exponent", "data_exponent", "size_share")
    }


def spread(rows: list[TrainingRun]) -> list[dict[str, Any]]:
    """Runs that differ in their seed alone."""
    cells: dict[tuple[float, int], list[TrainingRun]] = {}
    for row in rows:
        cells.setdefault((row.budget, row.width), []).append(row)
    return [
        {
            "runs": [row.run for row in cell],
            "relative_deviation": digits(
                statistics.stdev(row.loss for row in cell) / statistics.mean(row.loss for row in cell)
            ),
        }
        for cell in cells.values()
        if len(cell) > 1
    ]


def forecast(rows: list[TrainingRun], resamples: int) -> list[dict[str, Any]]:
    """The loss of each planned run of the largest budget, foretold from all smaller runs, with its 90%
    interval; `measured` and `miss`, the share by which the loss lies above the forecast, are None until the
    run has ended. The tokens are those of the plan: its steps, by what a step of the smaller runs read on
    average.
    """
    small = [row for row in rows if row.budget < FORECAST]
    ended = {row.run: row for row in rows}
    a_step = sum(row.tokens for row in small) / sum(row.steps for row in small)
    law = fit_law(points_of(small))
    laws = bootstrap(points_of(small), law, resamples)
    found = []
    for run in all_runs():
        if run.budget != FORECAST:
            continue
        size, tokens = run.shape.parameters, run.steps * a_step
        foretold, row = law.loss(size, tokens), ended.get(run.name)
        low, high = interval(one.loss(size, tokens) for one in laws)
        found.append(
            {
                "run": run.name,
                "parameters": size,
                "tokens": round(tokens),
                "foretold": digits(foretold),
                "low": digits(low),
                "high": digits(high),
                "measured": row.loss if row else None,
                "miss": digits(row.loss / foretold - 1) if row else None,
            }
        )
    return found


def valleys_of(points: list[Point], laws_growth: list[float]) -> dict[str, Any]:
    known = [value for value in laws_growth if not math.isnan(value)]
    valleys = isoflop(points)
    power = growth(valleys)
    found: dict[str, Any] = {
        "valleys": [
            {
                **vars(valley),
                "parameters": round(valley.parameters),
                "loss": digits(valley.loss),
                "bend": digits(valley.bend),
            }
            for valley in valleys
        ]
    }
    if not math.isnan(power) and known:
        low, high = interval(known)
        found["growth"] = {"value": digits(power), "low": digits(low), "high": digits(high)}
    return found


def valley_growths(points: list[Point], residual: float, resamples: int) -> list[float]:
    """The growth again, with every loss moved by as much as the law misses: a budget has too few runs to draw
    from them.
    """
    import numpy as np

    source = np.random.default_rng(1)
    moved = (
        [
            Point(
                point.parameters,
                point.tokens,
                point.loss * math.exp(residual * source.standard_normal()),
                point.budget,
            )
            for point in points
        ]
        for _ in range(resamples)
    )
    return [growth(isoflop(one)) for one in moved]


def report(rows: list[TrainingRun], resamples: int = RESAMPLES) -> dict[str, Any]:
    if len(rows) < LEAST:
        raise ReportError(
            f"results/runs.csv has {len(rows)} runs and the law needs {LEAST} — make more: python -m"
            " experiments scaling"
        )
    points = points_of(rows)
    law = fit_law(points)
    laws = bootstrap(points, law, resamples)
    misses = [math.log(row.loss / law.loss(row.parameters, row.tokens)) for row in rows]
    deviation = statistics.pstdev(misses)
    return {
        "runs": len(rows),
        "to_come": [run.name for run in all_runs() if run.name not in {row.run for row in rows}],
        "budgets": sorted({row.budget for row in rows}),
        "resamples": resamples,
        "interval": 0.9,
        "at_flop": AT,
        "law": summary(law, laws),
        "miss": {
            "relative_deviation": digits(deviation),
            "largest": digits(max(misses, key=abs)),
            "of": (
                max(rows, key=lambda row: abs(math.log(row.loss / law.loss(row.parameters, row.tokens)))).run
            ),
        },
        "isoflop": valleys_of(points, valley_growths(points, deviation, resamples)),
        "seeds": spread(rows),
        "forecast": forecast(rows, resamples),
        "without_the_table": exponents(fit_law(points_of(rows, table_counted=False))),
        "definitions_alone": exponents(fit_law(points_of(rows, loss="definition_loss"))),
    }


def write_report(path: Path = FIT) -> dict[str, Any]:
    found = report(load_rows())
    path.write_text(json.dumps(found, indent=1) + "\n", encoding="utf-8")
    return found
