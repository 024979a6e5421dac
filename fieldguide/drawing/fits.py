"""A fit of training runs as records hold it: predicted loss by size, data and compute."""

from __future__ import annotations

from dataclasses import dataclass

from fieldguide.book import Book
from fieldguide.drawing.amounts import Reference
from fieldguide.drawing.values import number
from fieldguide.records.base import Strict
from fieldguide.records.formulas.scaling import fitted_loss, optimal_loss


class FitNames(Strict):
    """Where the five numbers of a fit stand, and what the reader calls it."""

    name: str = ""
    short: str = ""
    floor: Reference
    a: Reference
    b: Reference
    alpha: Reference
    beta: Reference


@dataclass(frozen=True)
class Fit:
    floor: float
    a: float
    b: float
    alpha: float
    beta: float

    def best(self, compute: float) -> float:
        """Nats a token at the best split of `compute` FLOP."""
        return optimal_loss(compute, self.floor, self.a, self.b, self.alpha, self.beta)

    def at(self, parameters: float, tokens: float) -> float:
        """Nats a token of a model of that size after so many tokens."""
        return fitted_loss(parameters, tokens, self.floor, self.a, self.b, self.alpha, self.beta)


def read_fit(book: Book, names: FitNames) -> Fit:
    return Fit(*(number(book, getattr(names, key)) for key in ("floor", "a", "b", "alpha", "beta")))
