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
