"""The fit finds what synthetic losses were made from."""

from __future__ import annotations

import math

import numpy as np
import pytest

from experiments.fit import (
    Law,
    Point,
    bootstrap,
    columns,
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
    for place in range(5):
        step = np.zeros(5)
        step[place] = 1e-6
        slope = (
            objective(theta + step, *columns(points))[0] - objective(theta - step, *columns(points))[0]
        ) / 2e-6
        assert gradient[place] == pytest.approx(slope, rel=1e-4)


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
