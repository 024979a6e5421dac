"""What the table of runs says: `results/fit.json`."""

from __future__ import annotations

import itertools
import json
import math
import statistics
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

from experiments.fit import (
    SQUARES,
    Law,
    Point,
    bootstrap,
    draw_residuals,
    draw_runs,
    draw_within_budgets,
    fit_law,
    growth,
    interval,
    isoflop,
    refit,
)
from experiments.grid import FORECAST, all_runs
from experiments.table import RESULTS, TrainingRun, load_rows

FIT = RESULTS / "fit.json"
HELD_OUT = RESULTS / "held_out.json"
"""The standard error of a held-out loss (held_out.py), where it was measured."""
RESAMPLES = 1000
OFTEN = 3
"""A run that read each line more often than this reads repeated data."""
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


def summary(law: Law, laws: list[Law], names: Iterable[str] = tuple(QUANTITIES)) -> dict[str, Any]:
    """Each quantity with its 90% interval."""
    found = {}
    for name in names:
        quantity = QUANTITIES[name]
        low, high = interval(quantity(one) for one in laws)
        found[name] = {"value": digits(quantity(law)), "low": digits(low), "high": digits(high)}
    return found


COMPARED = ("floor", "size_exponent", "data_exponent", "size_share")
"""What one way of counting or fitting is compared with another by."""


def exponents(law: Law) -> dict[str, float]:
    return {name: digits(QUANTITIES[name](law)) for name in COMPARED}


def other_ways(rows: list[TrainingRun], law: Law, resamples: int) -> dict[str, Any]:
    """The law by other choices: {way: {quantity: value with its 90% interval}}. With other resamples of the
    same fit, with least squares in place of the robust loss, and without the runs that read each line more
    than three times.
    """
    points = points_of(rows)
    fresh = points_of([row for row in rows if row.epochs <= OFTEN])
    squares, unrepeated = fit_law(points, SQUARES), fit_law(fresh)
    ways = {
        "within_budgets": (law, refit(draw_within_budgets(points, resamples), points, law)),
        "residuals": (law, refit(draw_residuals(points, law, resamples), points, law)),
        "least_squares": (squares, refit(draw_runs(points, resamples), points, squares, SQUARES)),
        "without_repeats": (unrepeated, bootstrap(fresh, unrepeated, resamples)),
    }
    return {way: summary(one, laws, COMPARED) for way, (one, laws) in ways.items()}


def backtests(rows: list[TrainingRun], resamples: int) -> list[dict[str, Any]]:
    """The law fitted to the budgets up to one, with its 90% intervals, and by what share the runs of the next
    budget lie above it: the least, the mean and the most of these misses.
    """
    budgets = sorted({row.budget for row in rows})
    found = []
    for budget, following in itertools.pairwise(budgets):
        earlier = [row for row in rows if row.budget <= budget]
        if len(earlier) < LEAST:
            continue
        law = fit_law(points_of(earlier))
        laws = bootstrap(points_of(earlier), law, resamples)
        misses = [
            row.loss / law.loss(row.parameters, row.tokens) - 1 for row in rows if row.budget == following
        ]
        found.append(
            {
                "up_to": budget,
                "runs": len(earlier),
                **summary(law, laws, ("floor", "size_share")),
                "next": following,
                "least": digits(min(misses)),
                "mean": digits(statistics.mean(misses)),
                "most": digits(max(misses)),
            }
        )
    return found


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


def forecast(rows: list[TrainingRun], law: Law, laws: list[Law]) -> list[dict[str, Any]]:
    """The loss of each planned run of the largest budget, foretold by a law of all smaller runs, with its 90%
    interval by the law's resamples; `measured` and `miss`, the share by which the loss lies above the
    forecast, are None until the run has ended. The tokens are those of the plan: its steps, by what a step of
    the smaller runs read on average.
    """
    small = [row for row in rows if row.budget < FORECAST]
    ended = {row.run: row for row in rows}
    a_step = sum(row.tokens for row in small) / sum(row.steps for row in small)
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
    small = points_of([row for row in rows if row.budget < FORECAST])
    foretells = (law, laws)
    if len(small) < len(points):
        before = fit_law(small)
        foretells = (before, bootstrap(small, before, resamples))
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
        "forecast": forecast(rows, *foretells),
        "backtests": backtests(rows, resamples),
        "often": OFTEN,
        "held_out": json.loads(HELD_OUT.read_text(encoding="utf-8")) if HELD_OUT.exists() else None,
        "ways": other_ways(rows, law, resamples),
        "without_the_table": exponents(fit_law(points_of(rows, table_counted=False))),
        "definitions_alone": exponents(fit_law(points_of(rows, loss="definition_loss"))),
    }


def write_report(path: Path = FIT) -> dict[str, Any]:
    found = report(load_rows())
    path.write_text(json.dumps(found, indent=1) + "\n", encoding="utf-8")
    return found
