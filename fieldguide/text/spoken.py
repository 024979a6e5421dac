"""Numbers as people say them, for sentences that are worked out; `overrides/assets/js/lab/words.mjs` writes
the same in the page.

A half rounds away from zero, nothing is ever "−$0", and no number shows more digits than it can bear.
"""

from __future__ import annotations

from collections.abc import Sequence
from decimal import ROUND_HALF_UP, Context, Decimal

from fieldguide.text.numbers import SUPERSCRIPT

SCALES = ((1e12, "trillion"), (1e9, "billion"), (1e6, "million"))
SMALL = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")


def fixed(value: float, digits: int) -> str:
    """A number with so many decimals and commas between thousands, a half away from zero: 1,234.50."""
    text = f"{Decimal(abs(value)).quantize(Decimal(1).scaleb(-digits), ROUND_HALF_UP, Context(prec=400)):,f}"
    return f"−{text}" if value < 0 and text.strip("0.,") else text


def digits(value: float, most: int) -> str:
    """A number with at most so many significant digits, without closing zeros: 0.0042, 1.2, 1,230."""
    if not value:
        return "0"
    if abs(value) >= 1e21:
        return power(value)
    rounded = Context(prec=most, rounding=ROUND_HALF_UP).plus(Decimal(abs(value)))
    text = f"{rounded:,f}"
    text = text.rstrip("0").rstrip(".") if "." in text else text
    return f"−{text}" if value < 0 else text


def money(value: float) -> str:
    """US dollars: $0, $0.0042, $0.35, $12.90, $17,100, $1.25 million, $3 billion; −$10.90."""
    size = abs(value)
    text = f"${power(size) if size >= 9.995e15 else _scaled(size, 3) or _dollars(size)}"
    return f"−{text}" if value < 0 and text != "$0" else text


def _dollars(size: float) -> str:
    if size >= 999.995:
        return fixed(size, 0)
    if size >= 0.0995:
        text = fixed(size, 2)
        return text.removesuffix(".00")
    return digits(size, 2) if size >= 5e-7 else "0"


def percent(value: float) -> str:
    """Percent: 43%, 7.5%, 0.4%, −36%; what is below a tenth in size is 0%, what is short of 100 never reads
    100%.
    """
    size = abs(value)
    short = 99.5 <= size < 100
    text = (
        "99.9"
        if short and size >= 99.95
        else fixed(size, 1 if size < 9.95 or short else 0).removesuffix(".0")
    )
    return f"−{text}%" if value < 0 and text != "0" else f"{text}%"


def count(value: float) -> str:
    """A number of things: 0.35, 12, 1,230, 98,700, 1.2 million, 4.5 trillion, 3.8×10²⁵; 10⁻⁹."""
    size = abs(value)
    text = (
        power(size)
        if size >= 9.995e14 or 0 < size < 1e-6
        else _scaled(size, 3) or (fixed(size, 0) if size >= 999.5 else digits(size, 3))
    )
    return f"−{text}" if value < 0 and text != "0" else text


def billion(value: float) -> str:
    """A number of parameters where a line works with it: 116.83 billion, with the digits that a product or a
    difference of two needs.
    """
    return f"{digits(value / 1e9, 5)} billion"


def _scaled(size: float, most: int) -> str:
    """12.5 million, from a million on; nothing below."""
    for scale, name in SCALES:
        if size >= scale * (1 - 5e-7 if scale == 1e6 else 1 - 5e-4):
            return (
                f"{digits(size / scale, most)} {name}"
                if size < scale * 9995
                else f"{fixed(size / scale, 0)} {name}"
            )
    return ""


def power(value: float) -> str:
    """A number from a thousand trillion on, or a tiny one, with three digits: 3.8×10²⁵, 10²⁰."""
    mantissa, exponent = f"{Context(prec=3, rounding=ROUND_HALF_UP).plus(Decimal(abs(value))):.2e}".split("e")
    times = "" if mantissa == "1.00" else f"{mantissa.rstrip('0').rstrip('.')}×"
    return f"{'−' if value < 0 else ''}{times}10" + str(int(exponent)).translate(SUPERSCRIPT)


def some(value: float, one: str, many: str) -> str:
    """A number of things with its noun: "one GPU", "two GPUs", "16 GPUs", "1.5 GPUs"; "no GPUs"."""
    whole = value == int(value)
    said = SMALL[int(value)] if whole and 0 <= value <= 10 else count(value)
    return f"{said} {one if said == 'one' or said == '1' else many}"


def duration(hours: float) -> str:
    """A time from hours: "40 seconds", "3 minutes", "5 hours", "54 days", "2.5 years", "120 years"."""
    for size, one, many, decimals in (
        (8760.0, "year", "years", 1),
        (24.0, "day", "days", 0),
        (1.0, "hour", "hours", 0),
        (1 / 60, "minute", "minutes", 0),
    ):
        if hours >= 2 * size * (1 - 1e-9):
            length = hours / size
            said = (
                fixed(length, decimals if length < 99.95 else 0).removesuffix(".0")
                if length < 9999.5
                else count(length)
            )
            return f"{said} {one if said == '1' else many}"
    seconds = hours * 3600
    said = fixed(seconds, 0) if seconds >= 9.5 else digits(seconds, 2)
    return f"{said} {'second' if said == '1' else 'seconds'}"


def joined(parts: Sequence[str]) -> str:
    """“a”, “a and b”, “a, b and c”."""
    return " and ".join([", ".join(parts[:-1]), parts[-1]] if parts[1:] else parts)
