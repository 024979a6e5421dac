"""L(N, D) = E + A/N^α + B/D^β, fitted as Hoffmann et al. (2022, approach 3) fitted it and Besiroglu et al.
(2024) repaired it.

The logarithm of the loss is compared by a Huber loss with δ = 10⁻³, summed (an average made the first fit
stop too early), minimized by L-BFGS from a grid of starts. Beyond δ that loss grows in a straight line, and δ
is so small that nearly every run lies beyond it; so the same fit can be made by least squares too.
Intervals are percentiles over resampled runs. The second method, IsoFLOP minima, fits a parabola in ln N to
each budget.
"""

from __future__ import annotations

import itertools
import math
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize

DELTA = 1e-3
STARTS = {
    "a": (0, 5, 10, 15, 20, 25),
    "b": (0, 5, 10, 15, 20, 25),
    "e": (-1, -0.5, 0, 0.5, 1),
    "alpha": (0, 0.5, 1, 1.5, 2),
    "beta": (0, 0.5, 1, 1.5, 2),
}
"""The paper's grid, of logarithms where the letter is small. The objective is computed at each of its 4,500
points, and the descent begins at the best of them.
"""
DESCENTS = 40
ROBUST = 1.0
"""The Huber loss's bound in units of δ."""
SQUARES = math.inf
"""The bound with which it is half the square everywhere."""


@dataclass(frozen=True)
class Point:
    parameters: float
    tokens: float
    loss: float
    budget: float


@dataclass(frozen=True)
class Law:
    floor: float
    size_factor: float
    size_exponent: float
    data_factor: float
    data_exponent: float
    error: float
    """Sum of the Huber losses in units of δ²."""

    def loss(self, parameters: float, tokens: float) -> float:
        return float(
            self.floor
            + self.size_factor / parameters**self.size_exponent
            + self.data_factor / tokens**self.data_exponent
        )

    @property
    def size_share(self) -> float:
        """By which power of compute the best size grows: β/(α+β)."""
        return self.data_exponent / (self.size_exponent + self.data_exponent)

    def best_size(self, flop: float) -> float:
        """Parameters with the least loss for 6ND FLOP."""
        both = self.size_exponent + self.data_exponent
        lead = (self.size_exponent * self.size_factor / (self.data_exponent * self.data_factor)) ** (1 / both)
        return float(lead * (flop / 6) ** self.size_share)

    def ratio(self, flop: float) -> float:
        """Tokens per parameter at the best size."""
        return flop / 6 / self.best_size(flop) ** 2


def objective(
    theta: NDArray[np.float64],
    log_n: NDArray[np.float64],
    log_d: NDArray[np.float64],
    log_loss: NDArray[np.float64],
    bound: float = ROBUST,
) -> tuple[float, NDArray[np.float64]]:
    """Summed Huber loss and its gradient; theta is ln A, ln B, ln E, α, β."""
    a, b, e, alpha, beta = theta
    terms = np.stack([a - alpha * log_n, b - beta * log_d, np.full_like(log_n, e)])
    top = terms.max(axis=0)
    predicted = top + np.log(np.exp(terms - top).sum(axis=0))
    residual = (log_loss - predicted) / DELTA
    clipped = np.clip(residual, -bound, bound)
    value = (clipped * (residual - clipped / 2)).sum()
    slope = -clipped / DELTA
    shares = np.exp(terms - predicted)
    gradient = np.array(
        [
            slope @ shares[0],
            slope @ shares[1],
            slope @ shares[2],
            -slope @ (shares[0] * log_n),
            -slope @ (shares[1] * log_d),
        ]
    )
    return float(value), gradient


def columns(points: Sequence[Point]) -> tuple[NDArray[np.float64], NDArray[np.float64], NDArray[np.float64]]:
    """Logarithms of size, data and loss."""
    log_n, log_d, log_loss = (
        np.log([getattr(point, name) for point in points]) for name in ("parameters", "tokens", "loss")
    )
    return log_n, log_d, log_loss


def descend(
    points: Sequence[Point], starts: Iterable[Sequence[float]], bound: float = ROBUST
) -> tuple[float, NDArray[np.float64]]:
    """The best of the descents from these starts.

    On the way ln A and ln B are those of the middle of the runs, not of one parameter and one token: far from
    the data a factor and its exponent are nearly one variable, which takes ten times as long.
    """
    log_n, log_d, log_loss = columns(points)
    middle_n, middle_d = log_n.mean(), log_d.mean()
    data = (log_n - middle_n, log_d - middle_d, log_loss)
    best: tuple[float, NDArray[np.float64]] | None = None
    for start in starts:
        theta = np.array(start, dtype=float)
        theta[:2] -= theta[3] * middle_n, theta[4] * middle_d
        value, theta = step_down(theta, data, bound, 300)
        if best is None or value < best[0]:
            best = (value, theta)
    if best is None:
        raise ValueError("no start given")
    value, theta = best
    for _ in range(
        20
    ):  # a fresh memory, until nothing is gained: a kink of the Huber loss can end a descent early
        before = value
        value, theta = step_down(theta, data, bound, 1000)
        if before - value < 1e-7 * (1 + value):
            break
    theta[:2] += theta[3] * middle_n, theta[4] * middle_d
    return value, theta


def step_down(
    theta: NDArray[np.float64], data: tuple[NDArray[np.float64], ...], bound: float, most: int
) -> tuple[float, NDArray[np.float64]]:
    found = minimize(
        objective,
        theta,
        (*data, bound),
        "L-BFGS-B",
        jac=True,
        options={"maxiter": most, "maxfun": most, "ftol": 1e-12, "gtol": 1e-7},
    )
    return float(found.fun), found.x


def law_of(value: float, theta: NDArray[np.float64]) -> Law:
    a, b, e, alpha, beta = (float(one) for one in theta)
    return Law(math.exp(e), math.exp(a), alpha, math.exp(b), beta, value)


def theta_of(law: Law) -> list[float]:
    return [
        math.log(law.size_factor),
        math.log(law.data_factor),
        math.log(law.floor),
        law.size_exponent,
        law.data_exponent,
    ]


def fit_law(points: Sequence[Point], bound: float = ROBUST) -> Law:
    data = columns(points)
    starts = sorted(
        itertools.product(*STARTS.values()), key=lambda start: objective(np.array(start), *data, bound)[0]
    )
    return law_of(*descend(points, starts[:DESCENTS], bound))


def bootstrap(points: Sequence[Point], law: Law, resamples: int = 1000, seed: int = 0) -> list[Law]:
    """The law fitted again to runs drawn with replacement."""
    return refit(draw_runs(points, resamples, seed), points, law)


def draw_runs(points: Sequence[Point], resamples: int, seed: int = 0) -> Iterator[list[Point]]:
    """Runs drawn with replacement from all."""
    source = np.random.default_rng(seed)
    for _ in range(resamples):
        yield [points[place] for place in source.integers(len(points), size=len(points))]


def draw_within_budgets(points: Sequence[Point], resamples: int, seed: int = 0) -> Iterator[list[Point]]:
    """As many runs of each budget as there are, drawn with replacement from that budget's own: the plan of
    the runs stays as it is.
    """
    source = np.random.default_rng(seed)
    groups = [
        [point for point in points if point.budget == budget]
        for budget in sorted({point.budget for point in points})
    ]
    for _ in range(resamples):
        yield [group[place] for group in groups for place in source.integers(len(group), size=len(group))]


def draw_residuals(points: Sequence[Point], law: Law, resamples: int, seed: int = 0) -> Iterator[list[Point]]:
    """Every run as it was planned, with the law's loss times a miss drawn with replacement from those of all
    runs.
    """
    source = np.random.default_rng(seed)
    losses = [law.loss(point.parameters, point.tokens) for point in points]
    misses = [point.loss / loss for point, loss in zip(points, losses, strict=True)]
    for _ in range(resamples):
        drawn = source.integers(len(points), size=len(points))
        yield [
            replace(point, loss=loss * misses[place])
            for point, loss, place in zip(points, losses, drawn, strict=True)
        ]


def refit(
    samples: Iterable[Sequence[Point]], points: Sequence[Point], law: Law, bound: float = ROBUST
) -> list[Law]:
    """The law fitted again to each sample of the points; each fit starts at the law and at four bent forms of
    it.
    """
    middle = theta_of(law)
    log_n = float(np.mean(np.log([point.parameters for point in points])))
    log_d = float(np.mean(np.log([point.tokens for point in points])))
    starts = [middle]
    for size, data, floor in ((1.4, 1, -0.3), (1, 1.4, -0.3), (0.7, 1, 0.1), (1, 0.7, 0.1)):
        alpha, beta = middle[3] * size, middle[4] * data
        starts.append(
            [
                middle[0] + (alpha - middle[3]) * log_n,
                middle[1] + (beta - middle[4]) * log_d,
                middle[2] + floor,
                alpha,
                beta,
            ]
        )
    return [law_of(*descend(sample, starts, bound)) for sample in samples]


def interval(values: Iterable[float], level: float = 0.9) -> tuple[float, float]:
    """Percentiles that hold this share of the values between them."""
    low, high = np.quantile(list(values), [(1 - level) / 2, (1 + level) / 2])
    return float(low), float(high)


@dataclass(frozen=True)
class Valley:
    budget: float
    parameters: float
    """At the parabola's lowest point."""
    loss: float
    bend: float
    """The parabola is loss + bend × (ln N − ln parameters)²."""
    inside: bool
    """Whether that point lies between the smallest and the largest model of the budget."""


def isoflop(points: Sequence[Point]) -> list[Valley]:
    """For each budget of at least four runs, the lowest point of a parabola through loss over ln N; budgets
    whose parabola opens downward have none.
    """
    found = []
    for budget in sorted({point.budget for point in points}):
        here = [point for point in points if point.budget == budget]
        sizes = np.log([point.parameters for point in here])
        if len(set(sizes)) < 4:
            continue
        bend, slope, level = np.polyfit(sizes, [point.loss for point in here], 2)
        if bend > 0:
            lowest = -slope / (2 * bend)
            found.append(
                Valley(
                    budget,
                    float(math.exp(lowest)),
                    float(level - slope**2 / (4 * bend)),
                    float(bend),
                    bool(sizes.min() <= lowest <= sizes.max()),
                )
            )
    return found


def growth(valleys: Sequence[Valley]) -> float:
    """The power of compute by which the best size grows: the slope of ln N over ln C through valleys that lie
    inside their budgets' sizes.
    """
    used = [valley for valley in valleys if valley.inside]
    if len(used) < 2:
        return math.nan
    return float(
        np.polyfit(
            [math.log(valley.budget) for valley in used], [math.log(valley.parameters) for valley in used], 1
        )[0]
    )
