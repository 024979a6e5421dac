"""Scaling laws: the loss that a fit predicts, and the best split of a budget."""

from __future__ import annotations

import math

from fieldguide.records.formulas.number import Number


def fitted_loss(
    parameters: Number, tokens: Number, floor: Number, a: Number, b: Number, alpha: Number, beta: Number
) -> float:
    """Predicted loss in nats a token: L = E + A/N^α + B/D^β, E being the floor (Hoffmann et al. 2022, section
    3.3).
    """
    return floor + a / math.pow(parameters, alpha) + b / math.pow(tokens, beta)


def fitted_gap(
    parameters: Number, tokens: Number, a: Number, b: Number, alpha: Number, beta: Number
) -> float:
    """Predicted loss above the floor, nats a token: A/N^α + B/D^β (Hoffmann et al. 2022, section 3.3)."""
    return fitted_loss(parameters, tokens, 0, a, b, alpha, beta)


def optimal_parameters(compute: Number, a: Number, b: Number, alpha: Number, beta: Number) -> float:
    """Parameters that make the fitted loss least at C = 6ND: (αA/βB)^(1/(α+β)) · (C/6)^(β/(α+β)) (Hoffmann et
    al. 2022, equation 4).
    """
    return math.pow(alpha * a / (beta * b), 1 / (alpha + beta)) * math.pow(compute / 6, beta / (alpha + beta))


def optimal_tokens(compute: Number, a: Number, b: Number, alpha: Number, beta: Number) -> float:
    """Tokens that make the fitted loss least at C = 6ND: what the budget leaves at the optimal size."""
    return compute / (6 * optimal_parameters(compute, a, b, alpha, beta))


def optimal_loss(compute: Number, floor: Number, a: Number, b: Number, alpha: Number, beta: Number) -> float:
    """The least loss that a fit predicts for a budget of `compute` FLOP, nats a token."""
    size = optimal_parameters(compute, a, b, alpha, beta)
    return fitted_loss(size, compute / (6 * size), floor, a, b, alpha, beta)


def reducible_loss(compute: Number, a: Number, b: Number, alpha: Number, beta: Number) -> float:
    """What a fit predicts above its floor at the best split of `compute` FLOP, nats a token."""
    return optimal_loss(compute, 0, a, b, alpha, beta)


def optimal_compute(gap: Number, a: Number, b: Number, alpha: Number, beta: Number) -> float:
    """FLOP with which the best split comes down to `gap` nats above the floor: the inverse of
    `reducible_loss`.

    The gap falls as C^(−αβ/(α+β)) (Hoffmann et al. 2022, section 3.3), so one known point fixes the rest.
    """
    return math.pow(reducible_loss(1.0, a, b, alpha, beta) / gap, (alpha + beta) / (alpha * beta))


def gain_kept_per_tenfold(alpha: Number, beta: Number) -> float:
    """What ten times the compute leaves of the reducible loss, in percent: 100 · 10^(−αβ/(α+β)).

    At the compute-optimal split of C = 6ND under L = E + A/N^α + B/D^β, the reducible loss falls as
    C^(−αβ/(α+β))
    (Hoffmann et al. 2022, section 3.3 and appendix D.3); each further tenfold gains that share of the gain
    before it.
    """
    return 100 * 10 ** (-alpha * beta / (alpha + beta))


def gap_kept_per_year(kept: Number, rate: Number) -> float:
    """Percent of the reducible loss left after a year in which compute grew `rate` times, if a tenfold leaves
    `kept` percent.
    """
    return 100 * math.pow(kept / 100, math.log10(rate))
