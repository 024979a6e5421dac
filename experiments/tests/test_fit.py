"""The fit finds what synthetic losses were made from."""

from __future__ import annotations

import math
from collections import Counter
from dataclasses import replace

import numpy as np
import pytest

from experiments.fit import (
    ROBUST,
    SQUARES,
    Law,
    Point,
    bootstrap,
    columns,
    draw_residuals,
    draw_within_budgets,
    fit_law,
    growth,
    interval,
    isoflop,
    objective,
    theta_of,
)
from experiments.grid import all_runs

TRUE = Law(1.2, 60.0, 0.33, 300.0, 0.37, 0)


def made(noise: float, seed: int = 1) -> list[Point]:
    source = np.random.default_rng(seed)
    points = []
    for run in all_runs():
        size = run.shape.parameters
        tokens = run.budget / (6 * size)
        points.append(
            Point(
                size, tokens, TRUE.loss(size, tokens) * math.exp(noise * source.standard_normal()), run.budget
            )
        )
    return points


def test_without_noise_the_constants_are_found() -> None:
    law = fit_law(made(0))
    assert theta_of(law) == pytest.approx(theta_of(TRUE), rel=1e-3)
    assert law.error < 1e-6


def test_one_broken_run_hardly_moves_the_law() -> None:
    points = made(0)
    points[7] = Point(points[7].parameters, points[7].tokens, points[7].loss * 1.5, points[7].budget)
    law = fit_law(points)
    assert law.size_exponent == pytest.approx(TRUE.size_exponent, abs=0.01)
    assert law.data_exponent == pytest.approx(TRUE.data_exponent, abs=0.01)


def test_least_squares_find_the_constants_and_are_moved_by_a_broken_run() -> None:
    points = made(0)
    law = fit_law(points, SQUARES)
    assert theta_of(law) == pytest.approx(theta_of(TRUE), rel=1e-2)
    points[7] = replace(points[7], loss=points[7].loss * 1.5)
    assert abs(fit_law(points, SQUARES).size_exponent - TRUE.size_exponent) > 0.02


def test_draws_within_budgets_keep_the_plan_and_drawn_residuals_keep_the_runs() -> None:
    points = made(0.003)
    for drawn in draw_within_budgets(points, 5):
        assert Counter(point.budget for point in drawn) == Counter(point.budget for point in points)
        assert set(drawn) < set(points)
    misses = {round(point.loss / TRUE.loss(point.parameters, point.tokens), 9) for point in points}
    for drawn in draw_residuals(points, TRUE, 5):
        assert [(point.parameters, point.tokens) for point in drawn] == [
            (point.parameters, point.tokens) for point in points
        ]
        assert {round(point.loss / TRUE.loss(point.parameters, point.tokens), 9) for point in drawn} < misses


def test_with_noise_most_intervals_hold_the_truth() -> None:
    held = {"size_exponent": 0, "data_exponent": 0, "floor": 0, "size_share": 0}
    for seed in range(6):
        points = made(0.003, seed)
        laws = bootstrap(points, fit_law(points), 40)
        for name in held:
            low, high = interval((getattr(one, name) for one in laws), 0.9)
            held[name] += low < getattr(TRUE, name) < high
    assert min(held.values()) >= 3, held


def test_the_same_seed_draws_the_same_runs() -> None:
    points = made(0.003)
    law = fit_law(points)
    assert bootstrap(points, law, 3) == bootstrap(points, law, 3) != bootstrap(points, law, 3, seed=1)


def test_the_gradient_is_that_of_the_objective() -> None:
    points = made(0.01)
    theta = np.array([3.0, 5.0, 0.1, 0.3, 0.4])
    _, gradient = objective(theta, *columns(points))
    _, of_squares = objective(theta, *columns(points), SQUARES)
    for place in range(5):
        step = np.zeros(5)
        step[place] = 1e-6
        for bound, found in ((ROBUST, gradient), (SQUARES, of_squares)):
            above, below = (objective(theta + way * step, *columns(points), bound)[0] for way in (1, -1))
            assert found[place] == pytest.approx((above - below) / 2e-6, rel=1e-4)


def test_the_best_size_is_where_the_loss_is_least() -> None:
    flop = 1e13
    sizes = np.geomspace(1e4, 1e7, 20001)
    least = min(sizes, key=lambda size: TRUE.loss(size, flop / (6 * size)))
    assert TRUE.best_size(flop) == pytest.approx(least, rel=1e-3)
    assert TRUE.ratio(flop) == pytest.approx(flop / (6 * least) / least, rel=2e-3)


def test_the_valleys_grow_as_the_law_says() -> None:
    valleys = isoflop(made(0))
    assert [valley.budget for valley in valleys] == [3e11, 1e12, 3e12, 1e13, 3e13]
    assert growth(valleys) == pytest.approx(TRUE.size_share, abs=0.05)
    for valley in valleys:
        assert valley.parameters == pytest.approx(TRUE.best_size(valley.budget), rel=0.25)


def test_a_single_valley_has_no_growth() -> None:
    assert math.isnan(growth(isoflop([point for point in made(0) if point.budget == 1e12])))
