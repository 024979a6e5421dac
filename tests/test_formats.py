"""Formats of numbers: patterns of digits, and those with a name."""

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
