"""Arithmetic that pages, figures and labs share. Each formula is a plain function of plain numbers.

A record names one in `computed:`; its `inputs:` give the argument names.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence

Number = float | int


def ratio(numerator: Number, denominator: Number) -> float:
    """numerator / denominator, in times. Raises ZeroDivisionError."""
    return numerator / denominator


def product(a: Number, b: Number) -> float:
    """a × b."""
    return a * b


def total(a: Number, b: Number) -> float:
    """a + b, in the unit of both."""
    return a + b


def difference(a: Number, b: Number) -> float:
    """a − b, in the unit of both."""
    return a - b


def share(part: Number, whole: Number) -> float:
    """part of whole, in percent. Raises ZeroDivisionError."""
    return 100 * part / whole


def growth_per_year(start: Number, end: Number, years: Number) -> float:
    """The constant yearly factor that turns start into end in so many years, in times a year."""
    return (end / start) ** (1 / years)


def training_flop(parameters: Number, tokens: Number) -> float:
    """Training compute of a dense transformer, FLOP: C ≈ 6ND (Kaplan et al. 2020, section 2.1).

    For a mixture of experts pass the active parameters.
    """
    return 6 * parameters * tokens


def inference_flop(parameters: Number) -> float:
    """Forward-pass compute per token, FLOP: about 2N (Kaplan et al. 2020, section 2.1), attention's context term left out."""
    return 2 * parameters


def memory_bytes(parameters: Number, bits: Number) -> float:
    """Memory that the weights alone take, in bytes."""
    return parameters * bits / 8


def tokens_from_words(words: Number, words_per_token: Number) -> float:
    """Tokens in a text of so many words."""
    return words / words_per_token


def cost_per_million(tokens: Number, price: Number) -> float:
    """USD for `tokens` at `price` USD per million tokens."""
    return tokens * price / 1e6


def patches(side: Number, patch: Number) -> float:
    """Square patches that a square image of `side` pixels is cut into (Dosovitskiy et al. 2020, section 3.1)."""
    return (side / patch) ** 2


def gain_kept_per_tenfold(alpha: Number, beta: Number) -> float:
    """What ten times the compute leaves of the reducible loss, in percent: 100 · 10^(−αβ/(α+β)).

    At the compute-optimal split of C = 6ND under L = E + A/N^α + B/D^β, the reducible loss falls as C^(−αβ/(α+β))
    (Hoffmann et al. 2022, section 3.3 and appendix D.3); each further tenfold gains that share of the gain before it.
    """
    return 100 * 10 ** (-alpha * beta / (alpha + beta))


def softmax(logits: Sequence[Number], temperature: Number = 1.0) -> list[float]:
    """Probabilities of `logits` at a temperature > 0: exp(x/T) over its sum. Raises ValueError for T ≤ 0."""
    if temperature <= 0:
        raise ValueError("temperature must be above 0")
    top = max(logits)
    weights = [math.exp((x - top) / temperature) for x in logits]
    return [weight / sum(weights) for weight in weights]


FORMULAS: dict[str, Callable[..., float]] = {
    function.__name__: function
    for function in (
        ratio, product, difference, share, growth_per_year, training_flop, inference_flop, memory_bytes,
        tokens_from_words, cost_per_million, patches, gain_kept_per_tenfold,
    )
} | {"sum": total}
"""What `computed:` may name. `sum` is `total`, which keeps Python's own sum free."""
