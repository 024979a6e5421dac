"""Numbers as people say them: English, and rounding that neither shows nor loses more than it may, from 10⁻¹²
to 10³⁰.
"""

from __future__ import annotations

import random
import re
from collections.abc import Sequence
from itertools import pairwise

import pytest

from fieldguide.labs.engine import Script
from tests.guide import ROOT

WORDS = Script(
    ROOT,
    {
        "words": "assets/js/lab/words.mjs",
        "duration": "assets/js/lab/duration.mjs",
        "sum": "assets/js/lab/sum.mjs",
    },
)
NAMES = {"": 1.0, "million": 1e6, "billion": 1e9, "trillion": 1e12}
RAISED = str.maketrans("⁻⁰¹²³⁴⁵⁶⁷⁸⁹", "-0123456789")
SAID = re.compile(
    r"(?P<sign>−?)\$?(?P<number>\d{1,3}(?:,\d{3})+|\d+(?:\.\d+)?)(?:(?P<times>×10|(?<=^10)|(?<=[$−]10))(?P<power>[⁻⁰¹²³⁴⁵⁶⁷⁸⁹]+))?(?:"
    r" (?P<name>million|billion|trillion))?"
)
DRAW = random.Random(16)
NUMBERS = [
    sign * lead * 10.0**exponent
    for exponent in range(-12, 31)
    for lead in (1, 2.5, 9.994, 9.995, 9.9951, 9.999999)
    for sign in (1, -1)
] + [10 ** DRAW.uniform(-12, 30) for _ in range(3000)]


def read(words: str) -> float:
    """The number that a reader takes from the words."""
    found = SAID.fullmatch(words)
    assert found, words
    number = float(found["number"].replace(",", ""))
    if found["power"]:
        number = (number if found["times"] else 1.0) * 10.0 ** int(found["power"].translate(RAISED))
    return (-1 if found["sign"] else 1) * number * NAMES[found["name"] or ""]


SAID_AS: dict[str, list[tuple[float, str]]] = {
    "words.count(value)": [
        (0, "0"),
        (-0.0, "0"),
        (0.35, "0.35"),
        (1 / 3, "0.333"),
        (12, "12"),
        (99.96, "100"),
        (999.4, "999"),
        (999.5, "1,000"),
        (1230, "1,230"),
        (98_713.6, "98,714"),
        (999_999.4, "999,999"),
        (999_999.6, "1 million"),
        (1.2e6, "1.2 million"),
        (999.4e6, "999 million"),
        (999.5e6, "1 billion"),
        (4.5e12, "4.5 trillion"),
        (999e12, "999 trillion"),
        (9.995e14, "10¹⁵"),
        (3.8e25, "3.8×10²⁵"),
        (1e20, "10²⁰"),
        (1e-9, "10⁻⁹"),
        (-70e9, "−70 billion"),
    ],
    "words.money(value)": [
        (0, "$0"),
        (-0.0, "$0"),
        (-1e-9, "$0"),
        (0.0042, "$0.0042"),
        (0.099, "$0.099"),
        (0.35, "$0.35"),
        (3, "$3"),
        (12.9, "$12.90"),
        (-10.9, "−$10.90"),
        (999.99, "$999.99"),
        (999.996, "$1,000"),
        (17_100, "$17,100"),
        (1.25e6, "$1.25 million"),
        (3e9, "$3 billion"),
        (1.234e15, "$1,230 trillion"),
        (1e16, "$10¹⁶"),
        (-5.55e16, "−$5.55×10¹⁶"),
    ],
    "words.percent(value)": [
        (0, "0%"),
        (-0.04, "0%"),
        (0.05, "0.1%"),
        (7.5, "7.5%"),
        (9.95, "10%"),
        (43.4, "43%"),
        (-36, "−36%"),
        (99.5, "99.5%"),
        (99.96, "99.9%"),
        (99.9999, "99.9%"),
        (100, "100%"),
        (1234.5, "1,235%"),
    ],
    "words.some(value, 'GPU', 'GPUs')": [
        (0, "no GPUs"),
        (1, "one GPU"),
        (1.0, "one GPU"),
        (2, "two GPUs"),
        (10, "ten GPUs"),
        (11, "11 GPUs"),
        (1.5, "1.5 GPUs"),
        (0.9999, "1 GPU"),
        (1e6, "1 million GPUs"),
        (-1, "−1 GPUs"),
    ],
    "duration.duration(value)": [
        (0, "0 seconds"),
        (1 / 3600, "1 second"),
        (40 / 3600, "40 seconds"),
        (2 / 60, "2 minutes"),
        (1, "60 minutes"),
        (2, "2 hours"),
        (47.4, "47 hours"),
        (48, "2 days"),
        (54 * 24, "54 days"),
        (17_520, "2 years"),
        (21_900, "2.5 years"),
        (876_000, "100 years"),
        (8760 * 1234.5, "1,235 years"),
        (8.76e13, "10 billion years"),
    ],
    "sum.FORMATS.bn(value)": [
        (116.829e9, "116.83 billion"),
        (70e9, "70 billion"),
        (494e6, "0.494 billion"),
        (1.0412e12, "1,041.2 billion"),
    ],
    "words.fixed(value, 2)": [
        (1234.5, "1,234.50"),
        (-0.001, "0.00"),
        (2.5e21, "2,500,000,000,000,000,000,000.00"),
    ],
    "words.digits(value, 3)": [
        (0, "0"),
        (0.0042, "0.0042"),
        (1234.5, "1,230"),
        (-99.96, "−100"),
        (1.5e22, "1.5×10²²"),
    ],
}


def said(expression: str, values: Sequence[float]) -> list[str]:
    """What the page says of each value."""
    return list(WORDS.run(f"values.map((value) => {expression})", values=values))


@pytest.mark.parametrize("expression", SAID_AS)
def test_numbers_and_times_in_words(expression: str) -> None:
    values, words = zip(*SAID_AS[expression], strict=True)
    assert said(expression, values) == list(words)


def test_what_is_said_is_the_number_to_half_a_percent() -> None:
    for expression in ("words.count(value)", "words.power(value)", "words.money(value)"):
        for value, words in zip(NUMBERS, said(expression, NUMBERS), strict=True):
            if "money" not in expression or abs(value) >= 0.01:
                close = 5.1e-2 if "money" in expression and abs(value) < 1 else 5.1e-3
                assert read(words) == pytest.approx(value, rel=close), (value, words)


def test_more_is_never_said_as_less() -> None:
    rising = sorted(value for value in NUMBERS if value > 0)
    for expression in ("words.count(value)", "words.power(value)", "words.money(value)"):
        read_back = [read(words) for words in said(expression, rising)]
        assert all(one <= other * (1 + 1e-12) for one, other in pairwise(read_back))


def test_no_words_are_long_or_odd() -> None:
    for expression in (
        *("words.count(value)", "words.money(value)", "words.power(value)"),
        *("words.some(value, 'GPU', 'GPUs')", "duration.duration(Math.abs(value))"),
    ):
        for value, words in zip(NUMBERS, said(expression, NUMBERS), strict=True):
            assert len(words) <= 26 and not re.search(
                r"−\$0(?!\.)|[.,](?!\d)|^−?0\d|  |(?<![\d.])1×10|^1 (years|days|hours|minutes|seconds|GPUs)",
                words.removesuffix("."),
            ), (value, words)


def test_dates_in_words() -> None:
    days = ["2026-10-27", "2026-01-05", "2026-10", "2026"]
    assert WORDS.run("days.map(words.dated)", days=days) == ["27 Oct 2026", "5 Jan 2026", "Oct 2026", "2026"]
    assert WORDS.run("days.map(words.undivided)", days=days[:1]) == [
        "27\N{NO-BREAK SPACE}Oct\N{NO-BREAK SPACE}2026"
    ]
