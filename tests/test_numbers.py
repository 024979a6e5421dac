"""A written number passes when the record, rounded to the digits written, equals it and the unit fits."""

import pytest

from fieldguide.page.number import mismatch
from fieldguide.records.field import Field, show_qualified, show_value
from fieldguide.text.numbers import parse_number, show_number


@pytest.mark.parametrize(
    ("text", "low", "high", "unit"),
    [
        ("70B", 70e9, 70e9, ""),
        ("1.4T tokens", 1.4e12, 1.4e12, "tokens"),
        ("3.8×10²⁵ FLOP", 3.8e25, 3.8e25, "FLOP"),
        ("10²⁶", 1e26, 1e26, ""),
        ("$0.15", 0.15, 0.15, "USD"),
        ("66–70%", 66, 70, "%"),
        ("66 to 70 %", 66, 70, "%"),
        ("2,048", 2048, 2048, ""),
        ("three", 3, 3, ""),
        ("15 times", 15, 15, "times"),
        ("$122 billion", 122e9, 122e9, "USD"),
        ("4×10⁻³", 4e-3, 4e-3, ""),
        ("1–2 million", 1e6, 2e6, ""),
    ],
)
def test_reads_numbers_as_authors_write_them(text: str, low: float, high: float, unit: str) -> None:
    written = parse_number(text)
    assert written is not None
    assert (written.low, written.high) == pytest.approx((low, high))
    assert written.unit == unit


def test_words_are_not_numbers() -> None:
    assert parse_number("several") is None


@pytest.mark.parametrize(
    ("text", "value", "unit"),
    [
        ("70B", 70e9, "parameters"),
        ("70 billion parameters", 70e9, "parameters"),
        ("1.6T", 1.571e12, "parameters"),
        ("3.35 TB/s", 3.35, "TB/s"),
        ("about", "about", "text"),
        ("66–70%", [66, 70], "%"),
        ("16 Aug 2021", "2021-08-16", "date"),
        ("August 2021", "2021-08-16", "date"),
        ("2021", "2021-08", "date"),
        ("$0.15", 0.15, "USD per million tokens"),
        ("Apache 2.0", "Apache 2.0", "text"),
        ("one parameter", 1, "parameters"),
    ],
)
def test_a_true_number_passes(text: str, value: object, unit: str) -> None:
    assert mismatch(text, Field(value=value, unit=unit)) is None


@pytest.mark.parametrize(
    ("text", "value", "unit", "says"),
    [
        ("71B", 70e9, "parameters", "the record says 70B parameters"),
        ("70.4B", 70e9, "parameters", "70B"),
        ("$70", 70, "%", "unit"),
        ("0.6", 0.6, "%", "unit"),
        ("70 GB", 70, "TB/s", "unit"),
        ("17 Aug 2021", "2021-08-16", "date", "16 Aug 2021"),
        ("66–71%", [66, 70], "%", "66–70%"),
        ("many", 5, "people", "not a number"),
        ("70M", 70e9, "parameters", "70B"),
        ("MIT", "Apache 2.0", "text", "Apache 2.0"),
    ],
)
def test_a_false_number_is_named_with_both_values(text: str, value: object, unit: str, says: str) -> None:
    message = mismatch(text, Field(value=value, unit=unit))
    assert message is not None
    assert says in message


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (999_960_000, "1B"),
        (-999_960_000_000, "-1T"),
        (999_960_000_000_000, "1×10¹⁵"),
        (999_940_000, "999.9M"),
        (999_999.7, "1M"),
        (999_999, "999,999"),
        (987_654, "987,654"),
        (1234.5, "1,234"),
        (999.96, "1,000"),
        (999.94, "999.9"),
        (0.00009996, "1×10⁻⁴"),
        (0.0000123, "1.23×10⁻⁵"),
        (1e15, "1×10¹⁵"),
        (9.999e20, "1×10²¹"),
        (0, "0"),
        (-0.0, "0"),
        (-12, "-12"),
    ],
)
def test_a_number_is_rounded_before_its_unit_is_chosen(value: float, text: str) -> None:
    assert show_number(value) == text


def test_shows_values_as_the_guide_writes_them() -> None:
    shown = [show_number(value) for value in (70e9, 1.4e12, 2048, 5.76e23, 1e25, 0.15, 117e6, 50257, 0.0006)]
    assert shown == ["70B", "1.4T", "2,048", "5.76×10²³", "1×10²⁵", "0.15", "117M", "50,257", "0.0006"]
    assert show_value(Field(value=[66, 70], unit="%")) == "66–70%"
    assert show_value(Field(status="not-disclosed")) == "not disclosed"
    assert show_value(Field(value=[2026, 2032], unit="year")) == "2026–2032"


@pytest.mark.parametrize(
    ("unit", "text"),
    [
        ("months", "1 month"),
        ("entries", "1 entry"),
        ("tokens per second", "1 token per second"),
        ("GPU-hours", "1 GPU-hour"),
        ("times", "1 times"),
        ("ms", "1 ms"),
        ("USD a month", "$1 a month"),
    ],
)
def test_one_of_a_unit_is_not_a_plural(unit: str, text: str) -> None:
    assert show_value(Field(value=1, unit=unit)) == text
    assert show_value(Field(value=2, unit="months")) == "2 months"


def test_a_qualifier_stands_before_the_value_in_words_that_fit_it() -> None:
    assert show_qualified(Field(value=5, unit="days", qualifier="less than")) == "less than 5 days"
    assert show_qualified(Field(value=150, unit="people", qualifier="less than")) == "fewer than 150 people"
    assert show_qualified(Field(value="2029-12-12", unit="date", qualifier="at least")) == (
        "not before 12 Dec 2029"
    )


@pytest.mark.parametrize(
    ("text", "value", "unit"),
    [
        ("Thirty-five", 35, "megabytes"),
        ("Sixty thousand", 61036, "times"),
        ("two hundred thousand", 200019, "entries"),
        ("a hundred", 100, "labels"),
        ("four to five times a year", [4, 5], "times a year"),
        ("a third", 32, "%"),
        ("Two fifths", [38, 43], "%"),
        ("over fifty times", 53, "times"),
        ("nearly half", 45, "%"),
    ],
)
def test_a_number_in_words_is_compared(text: str, value: object, unit: str) -> None:
    assert mismatch(text, Field(value=value, unit=unit)) is None


@pytest.mark.parametrize(
    ("text", "value", "unit"),
    [
        ("Thirty-five", 36, "megabytes"),
        ("a third", 40, "%"),
        ("over fifty times", 49, "times"),
        ("over fifty times", 70, "times"),
        ("nearly half", 51, "%"),
        ("half", 50, "tokens"),
    ],
)
def test_a_wrong_number_in_words_is_found(text: str, value: object, unit: str) -> None:
    assert mismatch(text, Field(value=value, unit=unit)) is not None
