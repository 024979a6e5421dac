"""Formats of numbers: patterns of digits, and those with a name."""

import contextlib

import pytest

from fieldguide.text.formats import FORMATS, write


@pytest.mark.parametrize(
    ("value", "how", "text"),
    [
        (1.25e9, "$.3gB", "$1.25B"),
        (3e11, "$,.4gB", "$300B"),
        (81.6e9, "$.3g billion", "$81.6 billion"),
        (43, "g%", "43%"),
        (-11.2, ".0f%", "−11%"),
        (4, ",.0f times", "4 times"),
        (37e6, "money", "$37M"),
        (1.4e12, "money", "$1.4T"),
        (400, "dollars", "$400"),
        (1000, "dollars", "$1,000"),
        (4.752e23, "power.3", "4.75×10²³"),
        (6e22, "power FLOP", "6×10²² FLOP"),
        (1e24, "power.1", "10²⁴"),
        (0.01, "short", "0.01"),
        (0.2667, "digits", "0.27"),
        (39.5, "round%", "40%"),
        (516e3, "size", "516 kB"),
        (14, "words", "14"),
        (2.7e9, "words", "2.7 billion"),
        (16384, "words.5", "16,384"),
        (2026.3, "month.2", "Apr ’26"),
        (0.0005, "percent.2", "0.05%"),
        *((known.example[0], name, known.example[1]) for name, known in FORMATS.items()),
    ],
)
def test_formats(value: float, how: str, text: str) -> None:
    assert write(value, how) == text


def test_an_unknown_format_is_named() -> None:
    with pytest.raises(ValueError, match="no format `dollar`"):
        write(1, "dollar")


@pytest.mark.parametrize("value", [42, 20, -1])
def test_a_number_that_is_not_spelled_is_named(value: float) -> None:
    with pytest.raises(ValueError, match=rf"`spelled` writes zero to nineteen, and the value is {value}"):
        write(value, "spelled")


def test_a_format_has_at_most_two_digits_of_digits() -> None:
    assert write(1, ".99f") == "1." + "0" * 99
    with pytest.raises(ValueError, match=r"no format `\.99999999f`"):
        write(1, ".99999999f")


@pytest.mark.parametrize("value", [0, -1, -2.5, 1e-300, 1e300, 4e15])
def test_a_format_writes_a_value_or_says_why_not(value: float) -> None:
    for name in (*FORMATS, *(f"{name}.9" for name in FORMATS), ".3gT", "+,.2f", "$.0fB"):
        with contextlib.suppress(ValueError, ArithmeticError):  # which a figure reports
            assert write(value, name)
