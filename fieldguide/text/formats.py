"""Formats of numbers by name: what stands after the colon in `{value:$.3gB}`, in figures and wherever else a
text names a number.

A format is digits as Python writes them (`.2f`, `,.0f`, `.3g`) with marks before and words after, of which
K, M, B, T and thousand … trillion divide the value; or the name of one of FORMATS, with how many digits it
shows and words after: `power.3 FLOP`.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable
from decimal import ROUND_HALF_UP, Context, Decimal
from typing import NamedTuple

from fieldguide.text.dates import MONTHS
from fieldguide.text.numbers import MULTIPLIERS, SUPERSCRIPT, WORDS, show_number

_DIGITS = re.compile(r"(?P<before>[^a-z0-9.,+]*)(?P<digits>\+?,?(?:\.\d\d?)?[gf])(?P<after>\D*)")
_NAMED = re.compile(r"(?P<name>[a-z]+)(?:\.(?P<digits>\d))?(?P<after>[ %].*)?")


class Format(NamedTuple):
    """A format that no pattern of digits can say."""

    write: Callable[[float, int], str]
    """The text of a value with so many digits."""
    digits: int
    """How many it shows where the template does not say."""
    says: str
    example: tuple[float, str]
    """A value, and its text."""


def write(value: float, how: str) -> str:
    """A value in a format. Raises ValueError for a format that there is not."""
    if match := _DIGITS.fullmatch(how):
        scale = MULTIPLIERS.get(match["after"].split()[0], 1) if match["after"].strip() else 1
        text = f"{match['before']}{format(value / scale, match['digits'])}{match['after']}"
        return text.replace("-", "−")
    named = _NAMED.fullmatch(how)
    if named is None or named["name"] not in FORMATS:
        raise ValueError(f"no format `{how}`; write digits such as `$.3gB` or one of {', '.join(FORMATS)}")
    known = FORMATS[named["name"]]
    return known.write(value, int(named["digits"] or known.digits)) + (named["after"] or "")


def show_price(value: float) -> str:
    """Dollars as price lists write them, without the sign: 8.00, 0.60, 0.075."""
    whole, _, decimals = f"{value:.4f}".rstrip("0").partition(".")
    return f"{whole}.{decimals.ljust(2, '0')}"


def show_dollars(value: float) -> str:
    """US dollars: $0.0042, $0.35, $12.90, $3, $1,000. Cents only where there are any, a half rounded up; two
    digits below ten cents.
    """
    size = Decimal(str(value))
    if size >= Decimal("0.0995") or not size:
        return f"${size.quantize(Decimal('0.01'), ROUND_HALF_UP):,}".removesuffix(".00")
    return f"${Context(prec=2, rounding=ROUND_HALF_UP).plus(size).normalize():f}"


def power_of_ten(value: float) -> str:
    """10²⁵ for 1e25, the label of a decade; 1, 10 and 100 as they are."""
    exponent = round(math.log10(value))
    return {0: "1", 1: "10", 2: "100"}.get(exponent, "10" + str(exponent).translate(SUPERSCRIPT))


def _rounded(value: float, digits: int) -> float:
    """The value with so many significant digits."""
    return float(f"{value:.{digits}g}")


def _scaled(value: float, digits: int, units: tuple[tuple[float, str], ...]) -> str:
    """The value in the largest unit that it reaches; "" below them all."""
    value = _rounded(value, digits)
    return next((f"{value / size:g}{name}" for size, name in units if value >= size), "")


def _words(value: float, digits: int) -> str:
    units = ((1e12, " trillion"), (1e9, " billion"), (1e6, " million"))
    return _scaled(value, digits, units) or f"{_rounded(value, digits):,.0f}"


def _power(value: float, digits: int) -> str:
    mantissa, exponent = f"{value:.{digits - 1}e}".split("e")
    mantissa = mantissa.rstrip("0").rstrip(".") if "." in mantissa else mantissa
    return ("" if mantissa == "1" else f"{mantissa}×") + "10" + str(int(exponent)).translate(SUPERSCRIPT)


def _size(value: float, _: int) -> str:
    for unit, name in ((1e9, "GB"), (1e6, "MB"), (1e3, "kB")):
        if value >= unit:
            return f"{value / unit:.{0 if value >= 10 * unit else 1}f} {name}"
    return f"{value:.0f} bytes"


def _month(value: float, digits: int) -> str:
    year, month = divmod(math.floor(value * 12), 12)
    return f"{MONTHS[month]} ’{year % 100:02}" if digits == 2 else f"{MONTHS[month]} {year}"


def _spelled(value: float, _: int) -> str:
    number = round(value)
    if not 0 <= number < len(WORDS):
        raise ValueError(
            f"`spelled` writes zero to {WORDS[-1]}, and the value is {value:,g}: write it in digits"
        )
    return WORDS[number]


FORMATS: dict[str, Format] = {
    "money": Format(
        lambda value, digits: (
            f"${_scaled(value, digits, ((1e12, 'T'), (1e9, 'B'))) or f'{value / 1e6:.0f}M'}"
        ),
        3,
        "dollars in trillions, billions or millions",
        (1.2e9, "$1.2B"),
    ),
    "dollars": Format(
        lambda value, _: show_dollars(value), 2, "dollars, and cents where there are any", (0.99, "$0.99")
    ),
    "price": Format(
        lambda value, _: f"${show_price(value)}", 2, "dollars as a price list has them", (0.6, "$0.60")
    ),
    "short": Format(
        lambda value, digits: f"{value:.{digits}g}" if value < 10 else f"{value:,.0f}",
        2,
        "two digits below ten, whole above",
        (713.3, "713"),
    ),
    "size": Format(_size, 0, "bytes in decimal units", (4.7e6, "4.7 MB")),
    "power": Format(
        _power, 3, "a mantissa and a power of ten, without a mantissa of one", (3.79e25, "3.79×10²⁵")
    ),
    "decade": Format(lambda value, _: power_of_ten(value), 0, "a power of ten", (1e25, "10²⁵")),
    "plain": Format(
        lambda value, digits: show_number(_rounded(value, digits)),
        4,
        "the guide’s own form, with a letter from a million on",
        (2.664e6, "2.664M"),
    ),
    "words": Format(_words, 4, "the same in words", (15.6e12, "15.6 trillion")),
    "digits": Format(
        lambda value, digits: f"{_rounded(value, digits):,g}", 2, "so many significant digits", (266.7, "270")
    ),
    "percent": Format(
        lambda value, digits: f"{100 * value:.{digits}g}%", 2, "a part as percent", (0.0159, "1.6%")
    ),
    "round": Format(
        lambda value, _: f"{math.floor(value + 0.5):,}".replace("-", "−"),
        0,
        "whole, a half rounded up",
        (46.5, "47"),
    ),
    "month": Format(
        _month,
        4,
        "a year and its part as a month; `month.2` has two digits of the year",
        (2026.3, "Apr 2026"),
    ),
    "spelled": Format(_spelled, 0, "zero to nineteen in letters", (9, "nine")),
}
