"""Scales of plots that are plain data: round ends, and powers of ten that a number's own digits say."""

from __future__ import annotations

import pytest

from fieldguide.text.plots import axis, decades, tens
from fieldguide.text.spoken import count


@pytest.mark.parametrize(
    ("most", "high", "number"),
    [
        (10, 10, 6),
        (10.1, 12, 7),
        (15.3e9, 16e9, 9),
        (20, 20, 11),
        (21, 25, 6),
        (51, 60, 7),
        (0.00037, 0.0004, 9),
    ],
)
def test_a_scale_ends_at_the_first_round_number(most: float, high: float, number: int) -> None:
    found = axis(most, "tokens", count)
    assert found["high"] == pytest.approx(high)
    assert [tick["at"] for tick in found["ticks"]] == pytest.approx(
        [high * nth / (number - 1) for nth in range(number)]
    )
    assert found["ticks"][-1]["label"] == count(found["high"])


def test_a_logarithmic_scale_runs_between_powers_of_ten() -> None:
    found = decades([0.3, 47, 589], "FLOP")
    assert (found["low"], found["high"]) == (0.1, 1000)
    assert [tick["label"] for tick in found["ticks"]] == ["0.1", "1", "10", "100", "1,000"]


def test_a_power_of_ten_is_that_of_the_digits_and_not_of_the_binary_fraction_behind_them() -> None:
    assert (tens(1e-6), tens(1e-7), tens(1e21), tens(999.9999999999999), tens(1000)) == (
        -6,
        -7,
        21,
        2,
        3,
    )  # 1e-6 is stored as a little less
