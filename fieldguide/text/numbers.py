"""Numbers as the guide writes them: read from prose, and shown."""

from __future__ import annotations

import re
from dataclasses import dataclass

MULTIPLIERS = {"k": 1e3, "K": 1e3, "M": 1e6, "B": 1e9, "T": 1e12, "bn": 1e9, "thousand": 1e3, "million": 1e6, "billion": 1e9, "trillion": 1e12}
WORDS = ["zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"]
SUPERSCRIPT = str.maketrans("0123456789-", "⁰¹²³⁴⁵⁶⁷⁸⁹⁻")
"""Digits and the minus sign as an exponent."""
PLAIN_DIGITS = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹⁻", "0123456789-")
NUMBER = r"[-−]?\d[\d,]*(?:\.\d+)?"
POWER = r"(?:\s?[×x]\s?10(?P<power{n}>[⁻⁰¹²³⁴⁵⁶⁷⁸⁹]+))"
ONE = re.compile(
    rf"(?P<sign>\$|USD\s)?(?:(?P<bare>10)(?=[⁻⁰¹²³⁴⁵⁶⁷⁸⁹])|(?P<number>{NUMBER}))"
    rf"(?:{POWER.format(n='')}|(?P<barepower>[⁻⁰¹²³⁴⁵⁶⁷⁸⁹]+))?(?:\s?(?P<multiplier>k|K|M|B|T|bn|thousand|million|billion|trillion)(?![A-Za-z]))?(?P<percent>\s?%|\spercent\b)?"
)
RANGE = re.compile(r"\s?(?:–|-|to|and)\s?")


@dataclass(frozen=True)
class Written:
    """A number in prose: its value or range, half the last digit written, and the unit beside it."""

    low: float
    high: float
    quantum: float
    unit: str


def parse_number(text: str) -> Written | None:
    """Read "70B", "3.8×10²⁵ FLOP", "$0.15", "66–70 %", "15 times"; None when it is no number."""
    text = text.strip().replace("\u00a0", " ").replace("\u202f", " ")
    first = text.split(" ", 1)[0].lower()
    if first in WORDS:
        rest = text[len(first):].strip()
        value = float(WORDS.index(first))
        return Written(value, value, 1.0, _unit("", "", rest))
    match = ONE.match(text)
    if not match:
        return None
    parts = [match]
    rest = text[match.end():]
    join = RANGE.match(rest)
    if join and (second := ONE.match(rest, join.end())):
        parts.append(second)
        rest = rest[second.end():]
    last = parts[-1]
    values = [_value(part, last) for part in parts]
    quantum = max(q for _, q in values)
    unit = _unit(match["sign"] or "", last["percent"] or "", rest.strip())
    return Written(values[0][0], values[-1][0], quantum, unit)


def _value(match: re.Match[str], last: re.Match[str]) -> tuple[float, float]:
    digits = (match["number"] or "1").replace(",", "").replace("−", "-")
    power = match["power"] or last["power"] or match["barepower"]
    if match["bare"]:
        digits = "1"
    scale = 10.0 ** int(power.translate(PLAIN_DIGITS)) if power else 1.0
    scale *= MULTIPLIERS[match["multiplier"] or last["multiplier"]] if (match["multiplier"] or last["multiplier"]) else 1.0
    decimals = len(digits.partition(".")[2])
    return float(digits) * scale, 10.0 ** -decimals * scale


def _unit(sign: str, percent: str, rest: str) -> str:
    if sign:
        return "USD" + (f" {rest}" if rest else "")
    if percent:
        return "%"
    return rest


def show_number(value: float) -> str:
    """A number with at most three or four significant digits: 70B, 1.4T, 2,048, 3.8×10²⁵, 0.15."""
    size = abs(value)
    if size >= 1e15 or (0 < size < 1e-4):
        mantissa, exponent = f"{value:.3g}".split("e") if "e" in f"{value:.3g}" else f"{value:.2e}".split("e")
        mantissa = mantissa.rstrip("0").rstrip(".") if "." in mantissa else mantissa
        power = str(int(exponent)).translate(SUPERSCRIPT)
        return f"{mantissa}×10{power}" if mantissa != "1" else f"1×10{power}"
    for limit, letter in ((1e12, "T"), (1e9, "B"), (1e6, "M")):
        if size >= limit:
            return f"{_trim(value / limit)}{letter}"
    if float(value).is_integer():
        return f"{int(value):,}"
    return _trim(value) if size < 1000 else f"{value:,.0f}"


def _trim(value: float) -> str:
    text = f"{value:.4g}"
    if "e" in text:
        text = f"{value:.0f}"
    return text


def whole(value: object) -> object:
    """A number without a needless ".0", anything else as it is."""
    return int(value) if isinstance(value, float) and value.is_integer() and abs(value) < 1e16 else value
