"""Which models are trained, and by which recipe. Standard library only: the site's tests read it."""

from __future__ import annotations

import math
from dataclasses import dataclass

CONTEXT = 96
"""Tokens of a row."""
ROWS = 16
"""Rows of a batch; the same in every run."""
VOCABULARY = 512
"""Ids of the scaling runs: the bytes that occur, the end of a text, and the first merges. Small, so that the
smallest models are not all table.

Bytes that no gloss has would be rows of the table that nothing trains, so they have none.
"""


@dataclass(frozen=True)
class Shape:
    """A decoder without biases and without gains: its parameters are a table, tied to the output, and twelve
    squares of the width a layer.
    """

    vocabulary: int
    width: int
    layers: int
    heads: int

    @property
    def parameters(self) -> int:
        return self.vocabulary * self.width + 12 * self.layers * self.width**2


@dataclass(frozen=True)
class Run:
    name: str
    shape: Shape
    steps: int
    seed: int
    budget: float
    """FLOP, as planned; the row has what was spent."""

    @property
    def learning_rate(self) -> float:
        return learning_rate(self.shape.width)


def learning_rate(width: int) -> float:
    """The peak: one over the width, as the pilot's best rates fall (results/pilot.csv), and a little under
    them, since most runs are longer than the pilot's.
    """
    return PEAK / width


PEAK = 0.5
WARM_UP = 0.05
"""Share of a run's steps."""
LAST = 0.1
"""What is left of the peak at the end."""


def rate_at(step: int, steps: int, peak: float) -> float:
    """Up in a straight line, then down a cosine to the run's own end."""
    warm = max(1, round(WARM_UP * steps))
    if step < warm:
        return peak * (step + 1) / warm
    return peak * (LAST + (1 - LAST) * (1 + math.cos(math.pi * (step - warm) / max(1, steps - warm))) / 2)


SHAPES = [
    Shape(VOCABULARY, width, layers, width // 16)
    for width, layers in ((16, 4), (24, 4), (32, 4), (48, 4), (64, 5), (96, 5), (128, 6), (144, 6))
]
BUDGETS = {
    3e11: (16, 24, 32, 48),
    1e12: (16, 24, 32, 48, 64),
    3e12: (16, 24, 32, 48, 64, 96),
    1e13: (24, 32, 48, 64, 96, 128),
    3e13: (32, 48, 64, 96, 128, 144),
    1e14: (64, 96, 144),
}
"""FLOP, and the widths that share it."""
FORECAST = 1e14
"""The largest budget is foretold from the others before it is run."""
REPEATS = [(1e12, 32, 1), (1e12, 32, 2), (3e12, 48, 1), (3e12, 48, 2)]
"""Budget, width and seed of runs that only measure how much a seed moves the loss."""


def planned_steps(shape: Shape, budget: float) -> int:
    return max(1, round(budget / (6 * shape.parameters * ROWS * CONTEXT)))


def run_of(budget: float, width: int, seed: int = 0) -> Run:
    shape = next(shape for shape in SHAPES if shape.width == width)
    power = f"{budget:.0e}".replace("+", "")
    return Run(
        f"c{power}-w{width}" + (f"-s{seed}" if seed else ""),
        shape,
        planned_steps(shape, budget),
        seed,
        budget,
    )


def all_runs() -> list[Run]:
    """In the order in which they are made: small budgets first, so that what is there can always be
    fitted.
    """
    runs = []
    for budget, widths in BUDGETS.items():
        runs += [run_of(budget, width) for width in widths]
        runs += [run_of(at, width, seed) for at, width, seed in REPEATS if at == budget]
    return runs
