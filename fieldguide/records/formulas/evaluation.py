"""Evaluation: chances, errors and the cases that a comparison needs."""

from __future__ import annotations

import math

from fieldguide.records.formulas.number import Number


def chance_of_any(percent: Number, tries: Number) -> float:
    """Chance that at least one of so many independent tries succeeds, in percent: 1 − (1 − p)^k (Brown et al.
    2024).
    """
    return 100 * (1 - math.pow(1 - percent / 100, tries))


def standard_error(percent: Number, cases: Number) -> float:
    """Standard error of a score, in percentage points: √(p(1 − p) / n) for n independent cases (Miller
    2024).
    """
    share_right = percent / 100
    return 100 * math.sqrt(share_right * (1 - share_right) / cases)


def cases_to_tell_apart(percent_a: Number, percent_b: Number) -> float:
    """Cases for each of two models, so that a true difference is found in 80% of tests at 5% false alarms.

    n = (1.96 + 0.84)² · (a(1 − a) + b(1 − b)) / (a − b)², for two separate samples of cases (Miller 2024).
    """
    a, b = percent_a / 100, percent_b / 100
    return (1.96 + 0.84) ** 2 * (a * (1 - a) + b * (1 - b)) / (a - b) ** 2


def paired_cases_needed(gain: Number, flips: Number) -> float:
    """Cases that two systems share, so that a true gain is found in 80% of tests at 5% false alarms (Connor
    1987).

    n = (1.96·√d + 0.84·√(d − g²))² / g², where the share d of cases is won by one system alone and g is the
    gain, both given in percent. Raises ValueError where fewer cases flip than the gain needs.
    """
    won, gained = flips / 100, gain / 100
    if won < gained:
        raise ValueError("a gain cannot be larger than the share of cases that flip")
    return (1.96 * math.sqrt(won) + 0.84 * math.sqrt(won - gained**2)) ** 2 / gained**2


Z95 = 1.96
"""Standard errors on either side of an estimate that hold its true value in 95% of tests."""


def wilson_low(percent: Number, cases: Number) -> float:
    """Low end of the 95% interval of a score, in percent (Wilson 1927); unlike ±1.96 standard errors it holds
    for few cases too.

    (p + z²/2n − z·√(p(1 − p)/n + z²/4n²)) / (1 + z²/n), for n independent cases. Raises ZeroDivisionError
    without cases.
    """
    share_right, squared = percent / 100, Z95 * Z95
    half = Z95 * math.sqrt(share_right * (1 - share_right) / cases + squared / (4 * cases * cases))
    return 100 * (share_right + squared / (2 * cases) - half) / (1 + squared / cases)


def wilson_high(percent: Number, cases: Number) -> float:
    """High end of the same interval, in percent (Wilson 1927): what the low end for the wrong answers leaves.
    Raises ZeroDivisionError without cases.
    """
    return 100 - wilson_low(100 - percent, cases)


def paired_standard_error(better: Number, worse: Number, cases: Number) -> float:
    """Standard error of the gap between two systems that answered the same cases, in percentage points
    (Miller 2024).

    √(b + c − (b − c)²/n) / n, where b cases were won by one system alone, c by the other alone, of n. Raises
    ZeroDivisionError without cases.
    """
    return 100 * math.sqrt(better + worse - (better - worse) ** 2 / cases) / cases


def mcnemar_chance(better: Number, worse: Number) -> float:
    """Chance in percent of a split at least this uneven when two systems are equally good: the exact test of
    McNemar 1947, two-sided.

    2 · P(at most min(b, c) heads in b + c throws of a fair coin), never above 100; cases that both got right
    or both got wrong do not count. Takes whole numbers.
    """
    thrown, fewer = round(better + worse), round(min(better, worse))
    heads = sum(math.comb(thrown, number) for number in range(fewer + 1))
    return min(100.0, 200 * heads / float(2**thrown))
