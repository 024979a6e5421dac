"""How uneven use is: what the heaviest tenth of users does, and how many users lie above a level when use is
spread as a lognormal.

In a lognormal of spread σ the heaviest part p does Φ(σ + Φ⁻¹(p)) of all that is done; this is its Lorenz
curve, read from the other end. Definition.
"""

from __future__ import annotations

import math
from statistics import NormalDist

from fieldguide.records.formulas.number import Number

_NORMAL = NormalDist()


def tenth_mean(mean: Number, percent: Number) -> float:
    """Uses of an average user of the heaviest tenth, who together do `percent` percent of all, where the
    average user does `mean`.
    """
    return mean * percent / 10


def lognormal_spread(percent: Number) -> float:
    """Spread σ, in natural logs, of the lognormal whose heaviest tenth does `percent` percent of all:
    Φ⁻¹(percent) − Φ⁻¹(10%); 0 where all do the same.

    Raises ValueError below 10 percent, which a tenth that is the heaviest does at least, and from 100 on.
    """
    if not 10 <= percent < 100:
        raise ValueError("the heaviest tenth does between 10 and 100 percent")
    return _NORMAL.inv_cdf(percent / 100) - _NORMAL.inv_cdf(0.1)


def lognormal_above(level: Number, mean: Number, spread: Number) -> float:
    """Percent of users who do more than `level`, if use has this mean and, in natural logs, this spread:
    100·Φ((ln(mean/level) − spread²/2)/spread).

    At a spread of 0 (below 10⁻⁶) all do the mean. A level of nothing has everybody above it, unless nobody
    does anything.
    """
    if level <= 0 or mean <= 0:
        return 100.0 if mean > 0 else 0.0
    if spread < 1e-6:
        return 100.0 if mean > level else 0.0
    return 100 * _NORMAL.cdf((math.log(mean / level) - spread * spread / 2) / spread)


def lognormal_excess(level: Number, mean: Number, spread: Number) -> float:
    """Uses beyond `level` of an average user, if use has this mean and, in natural logs, this spread:
    mean·Φ(d + spread/2) − level·Φ(d − spread/2), with d = ln(mean/level)/spread.

    The partial expectation of a lognormal above a level, as in Black and Scholes' price of a call option.
    """
    if level <= 0 or mean <= 0 or spread < 1e-6:
        return max(0.0, mean - max(0.0, level))
    at = math.log(mean / level) / spread
    return mean * _NORMAL.cdf(at + spread / 2) - level * _NORMAL.cdf(at - spread / 2)


def lognormal_tenth_excess(level: Number, mean: Number, spread: Number) -> float:
    """Uses beyond `level` of an average user of the heaviest tenth, where all users have this mean and, in
    natural logs, this spread.
    """
    least = mean * math.exp(-spread * spread / 2 - _NORMAL.inv_cdf(0.1) * spread)
    if level > least:
        return 10 * lognormal_excess(level, mean, spread)
    return 10 * mean * _NORMAL.cdf(spread + _NORMAL.inv_cdf(0.1)) - max(0.0, level)


def mean_reach(spread: Number, users: Number) -> float:
    """The factor by which the true mean lies above or below the mean of `users` users at most, in 90 of 100
    cases, where use is lognormal with this spread in natural logs.

    The mean of n lognormal numbers is itself close to lognormal, with variance ln(1 + (e^(spread²) − 1)/n)
    (Fenton 1960). Raises ZeroDivisionError for no users.
    """
    return math.exp(_NORMAL.inv_cdf(0.95) * math.sqrt(math.log1p(math.expm1(spread * spread) / users)))


def lognormal_tenth_from_ratio(ratio: Number, percentile: Number) -> float:
    """Percent of everything that the heaviest tenth does, where the user at `percentile` percent does `ratio`
    times what the median user does: Φ(spread + Φ⁻¹(10%)), with spread = ln(ratio)/Φ⁻¹(percentile).
    """
    spread = math.log(ratio) / _NORMAL.inv_cdf(percentile / 100)
    return 100 * _NORMAL.cdf(spread + _NORMAL.inv_cdf(0.1))


def lognormal_tenth_from_gini(gini: Number) -> float:
    """Percent of everything that the heaviest tenth does, where use has this Gini coefficient, from 0 to 1:
    Φ(spread + Φ⁻¹(10%)), with spread = √2·Φ⁻¹((1 + gini)/2).
    """
    spread = math.sqrt(2) * _NORMAL.inv_cdf((1 + gini) / 2)
    return 100 * _NORMAL.cdf(spread + _NORMAL.inv_cdf(0.1))
