"""What is said of a table of runs."""

from __future__ import annotations

import math

import numpy as np
import pytest

from experiments.fit import Law
from experiments.grid import FORECAST, all_runs
from experiments.report import ReportError, report
from experiments.table import TrainingRun

TRUE = Law(1.6, 40.0, 0.33, 300.0, 0.40, 0)


def rows(noise: float = 0.002) -> list[TrainingRun]:
    source, found = np.random.default_rng(5), []
    for run in all_runs():
        shape = run.shape
        tokens = round(run.budget / (6 * shape.parameters))
        loss = TRUE.loss(shape.parameters, tokens) * math.exp(noise * source.standard_normal())
        found.append(
            TrainingRun(
                run.name,
                run.budget,
                shape.width,
                shape.layers,
                shape.heads,
                shape.vocabulary,
                shape.parameters,
                tokens,
                1.0,
                run.steps,
                run.learning_rate,
                run.seed,
                6.0 * shape.parameters * tokens,
                loss,
                loss - 0.2,
                2.0,
                loss,
                1.0,
                "2026-11-28",
            )
        )
    return found


def test_the_report_finds_the_law_its_spread_and_its_forecast() -> None:
    found = report(rows(), 20)
    law = found["law"]
    assert law["size_exponent"]["value"] == pytest.approx(0.33, abs=0.06)
    assert law["data_exponent"]["value"] == pytest.approx(0.40, abs=0.06)
    for quantity in law.values():
        assert quantity["low"] <= quantity["high"]
    assert found["runs"] == len(all_runs())
    assert [cell["runs"] for cell in found["seeds"]] == [
        ["c1e12-w32", "c1e12-w32-s1", "c1e12-w32-s2"],
        ["c3e12-w48", "c3e12-w48-s1", "c3e12-w48-s2"],
    ]
    assert all(0 < cell["relative_deviation"] < 0.01 for cell in found["seeds"])
    assert [one["run"] for one in found["forecast"]] == [
        run.name for run in all_runs() if run.budget == FORECAST
    ]
    assert all(abs(one["miss"]) < 0.02 for one in found["forecast"])
    assert [one["up_to"] for one in found["backtests"]] == [1e12, 3e12, 1e13, 3e13]
    for one in found["backtests"]:
        assert one["least"] <= one["mean"] <= one["most"] < 0.05 and one["next"] > one["up_to"]
    assert set(found["ways"]) == {"within_budgets", "residuals", "least_squares", "without_repeats"}
    for way in found["ways"].values():
        assert way["size_share"]["value"] == pytest.approx(TRUE.size_share, abs=0.06)
        assert way["size_share"]["low"] <= way["size_share"]["high"]
    assert found["isoflop"]["growth"]["low"] < TRUE.size_share < found["isoflop"]["growth"]["high"]
    assert found["miss"]["relative_deviation"] == pytest.approx(0.002, rel=0.5)


def test_the_largest_budget_is_foretold_before_its_runs_and_the_forecast_stays() -> None:
    every = rows()
    before = report([row for row in every if row.budget < FORECAST], 5)["forecast"]
    after = report(every, 5)["forecast"]
    assert all(one["measured"] is None and one["miss"] is None for one in before)
    for one, other in zip(before, after, strict=True):
        row = next(row for row in every if row.run == one["run"])
        assert one == other | {"measured": None, "miss": None}
        assert other["measured"] == row.loss
        assert other["miss"] == pytest.approx(row.loss / one["foretold"] - 1, abs=1e-5)
        assert one["low"] <= one["high"]


def test_too_few_runs_are_not_fitted() -> None:
    with pytest.raises(ReportError, match="has 7 runs and the law needs 8 — make more"):
        report(rows()[:7], 5)
