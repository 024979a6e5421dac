"""Numbers as the guide writes them: read from prose, and shown."""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from dataclasses import dataclass

MULTIPLIERS = {
    "k": 1e3,
    "K": 1e3,
    "M": 1e6,
    "B": 1e9,
    "T": 1e12,
    "bn": 1e9,
    "thousand": 1e3,
    "million": 1e6,
    "billion": 1e9,
    "trillion": 1e12,
}
WORDS = [
    "zero",
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
    "thirteen",
    "fourteen",
    "fifteen",
    "sixteen",
    "seventeen",
    "eighteen",
    "nineteen",
]
TENS = ["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"]
SCALES = {"hundred": 100.0, "thousand": 1e3, "million": 1e6, "billion": 1e9, "trillion": 1e12}
SPELLED = re.compile(
    rf"\b(?:(?P<a>an?)\s(?=(?:{'|'.join(SCALES)})\b)|(?P<tens>{'|'.join(TENS)})(?:-(?P<one>"
    rf"{'|'.join(WORDS[1:10])}))?|(?P<word>{'|'.join(sorted(WORDS, key=len, reverse=True))}))\b\s?(?P"
    rf"<scale>(?:(?:{'|'.join(SCALES)})\b\s?)*)(?P<percent>percent\b)?",
    flags=re.I,
)
"""A number in words: "nine", "fifty-three thousand", "a hundred million"."""
PARTS = {
    "an eighth": 12.5,
    "a fifth": 20,
    "a quarter": 25,
    "a third": 100 / 3,
    "two fifths": 40,
    "half": 50,
    "a half": 50,
    "three fifths": 60,
    "two thirds": 200 / 3,
    "three quarters": 75,
    "four fifths": 80,
}
"""A part in words, in percent, which is within five points of what it tells."""
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
    if text.lower() in PARTS:
        return Written(PARTS[text.lower()], PARTS[text.lower()], 10.0, "%")
    spelled = SPELLED.match(text)
    if spelled:
        return _in_words(spelled, text[spelled.end() :].strip())
    match = ONE.match(text)
    if not match:
        return None
    parts = [match]
    rest = text[match.end() :]
    join = RANGE.match(rest)
    if join and (second := ONE.match(rest, join.end())):
        parts.append(second)
        rest = rest[second.end() :]
    last = parts[-1]
    values = [_value(part, last) for part in parts]
    quantum = max(q for _, q in values)
    unit = _unit(match["sign"] or "", last["percent"] or "", rest.strip())
    return Written(values[0][0], values[-1][0], quantum, unit)


def _in_words(match: re.Match[str], rest: str) -> Written:
    """A number in words or a range of two, with what follows for its unit."""
    join = RANGE.match(rest)
    last = SPELLED.match(rest, join.end()) if join else None
    if last is None:
        return _spelled(match, rest)
    low, high = _spelled(match, ""), _spelled(last, rest[last.end() :].strip())
    return Written(low.low, high.high, max(low.quantum, high.quantum), high.unit)


def _spelled(match: re.Match[str], rest: str) -> Written:
    tens = (TENS.index(match["tens"].lower()) + 2) * 10 if match["tens"] else 0
    value = float(1 if match["a"] else tens + WORDS.index((match["word"] or match["one"] or "zero").lower()))
    scale = math.prod(SCALES[word] for word in match["scale"].lower().split())
    quantum = scale * (
        10 if scale > 1 and match["tens"] and not match["one"] else 1
    )  # "thirty million" is one digit
    return Written(value * scale, value * scale, quantum, _unit("", match["percent"] or "", rest))


def _value(match: re.Match[str], last: re.Match[str]) -> tuple[float, float]:
    digits = (match["number"] or "1").replace(",", "").replace("−", "-")
    power = match["power"] or last["power"] or match["barepower"]
    if match["bare"]:
        digits = "1"
    scale = 10.0 ** int(power.translate(PLAIN_DIGITS)) if power else 1.0
    scale *= (
        MULTIPLIERS[match["multiplier"] or last["multiplier"]]
        if (match["multiplier"] or last["multiplier"])
        else 1.0
    )
    decimals = len(digits.partition(".")[2])
    return float(digits) * scale, 10.0**-decimals * scale


def _unit(sign: str, percent: str, rest: str) -> str:
    if sign:
        return "USD" + (f" {rest}" if rest else "")
    if percent:
        return "%"
    return rest


def show_number(value: float) -> str:
    """A number with four significant digits at most, three beside a power of ten, and whole from a thousand
    to a million: 70B, 1.4T, 2,048, 987,654, 3.8×10²⁵, 0.15.
    """
    shown = (
        round(value) if 1e3 <= abs(value) < 1e6 else float(f"{value:.4g}") or 0.0
    )  # as it will stand, so that its unit fits
    size = abs(shown)
    if size >= 1e15 or 0 < size < 1e-4:
        mantissa, exponent = f"{value:.2e}".split("e")
        return f"{mantissa.rstrip('0').rstrip('.')}×10{str(int(exponent)).translate(SUPERSCRIPT)}"
    for limit, letter in ((1e12, "T"), (1e9, "B"), (1e6, "M")):
        if size >= limit:
            return f"{value / limit:.4g}{letter}"
    return f"{shown:,.0f}" if size >= 1e3 else f"{shown:.4g}"


def whole(value: object) -> object:
    """A number without a needless ".0", anything else as it is."""
    return int(value) if isinstance(value, float) and value.is_integer() and abs(value) < 1e16 else value


def joined(parts: Sequence[str]) -> str:
    """“a”, “a and b”, “a, b and c”."""
    return " and ".join([", ".join(parts[:-1]), parts[-1]] if parts[1:] else parts)
