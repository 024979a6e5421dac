"""Evaluation: chances, errors and the cases that a comparison needs."""

from __future__ import annotations

import math

from fieldguide.records.formulas.number import Number


def chance_of_any(percent: Number, tries: Number) -> float:
    """Chance that at least one of so many independent tries succeeds, in percent: 1 − (1 − p)^k (Brown et al. 2024)."""
    return 100 * (1 - math.pow(1 - percent / 100, tries))


def standard_error(percent: Number, cases: Number) -> float:
    """Standard error of a score, in percentage points: √(p(1 − p) / n) for n independent cases (Miller 2024)."""
    share_right = percent / 100
    return 100 * math.sqrt(share_right * (1 - share_right) / cases)


def cases_to_tell_apart(percent_a: Number, percent_b: Number) -> float:
    """Cases for each of two models, so that a true difference is found in 80% of tests at 5% false alarms.

    n = (1.96 + 0.84)² · (a(1 − a) + b(1 − b)) / (a − b)², for two separate samples of cases (Miller 2024).
    """
    a, b = percent_a / 100, percent_b / 100
    return (1.96 + 0.84) ** 2 * (a * (1 - a) + b * (1 - b)) / (a - b) ** 2
