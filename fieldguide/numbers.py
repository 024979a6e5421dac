"""Read a number as an author writes it, and compare it with its record."""

from __future__ import annotations

import re
from dataclasses import dataclass

from fieldguide.facts import Field
from fieldguide.sources import MONTHS, show_date

MULTIPLIERS = {"k": 1e3, "K": 1e3, "M": 1e6, "B": 1e9, "T": 1e12, "bn": 1e9, "thousand": 1e3, "million": 1e6, "billion": 1e9, "trillion": 1e12}
WORDS = ["zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"]
SUPERSCRIPTS = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹⁻", "0123456789-")
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
    scale = 10.0 ** int(power.translate(SUPERSCRIPTS)) if power else 1.0
    scale *= MULTIPLIERS[match["multiplier"] or last["multiplier"]] if (match["multiplier"] or last["multiplier"]) else 1.0
    decimals = len(digits.partition(".")[2])
    return float(digits) * scale, 10.0 ** -decimals * scale


def _unit(sign: str, percent: str, rest: str) -> str:
    if sign:
        return "USD" + (f" {rest}" if rest else "")
    if percent:
        return "%"
    return rest


def mismatch(text: str, field: Field) -> str | None:
    """Why the written `text` does not say what `field` holds, or None when it does."""
    value, unit = field.value, field.unit or ""
    if value is None:
        return f"the record says {field.status or 'nothing'}, the page says “{text}”"
    if unit == "date":
        return None if _is_date(text, str(value)) else f"the record says {show_date(str(value))}, the page says “{text}”"
    if isinstance(value, str):
        same = text.strip().casefold() == value.strip().casefold()
        return None if same else f"the record says “{value}”, the page says “{text}”"
    written = parse_number(text)
    if written is None:
        return f"“{text}” is not a number; the record says {show_value(field)}"
    low, high = (value[0], value[-1]) if isinstance(value, list) else (value, value)
    slack = written.quantum / 2 * (1 + 1e-9)
    if abs(written.low - low) > slack or abs(written.high - high) > slack:
        return f"the record says {show_value(field)}, the page says “{text}”"
    if not _unit_matches(written.unit, unit):
        return f"the record's unit is {unit}, the page says “{text}”"
    return None


def _unit_matches(written: str, unit: str) -> bool:
    if unit in ("%", "percent"):
        return written == "%"
    if unit.startswith("USD"):
        return written.startswith("USD") and (written == "USD" or _plain(written) == _plain(unit) or _plain(written) in _plain(unit))
    return written == "" or _plain(written) == _plain(unit) or _plain(written) in _plain(unit).split() or _plain(unit) in _plain(written).split()


def _plain(unit: str) -> str:
    return " ".join(word[:-1] if word.endswith("s") and len(word) > 3 and word != "times" else word for word in unit.replace("-", " ").lower().split())


def _is_date(text: str, value: str) -> bool:
    year, month, day = [*value.split("-"), "", ""][:3]
    names = [MONTHS[int(month) - 1]] if month else []
    full = ["January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December"]
    if month:
        names.append(full[int(month) - 1])
    accepted = {year, value} | {f"{name} {year}" for name in names}
    if day:
        accepted |= {f"{int(day)} {name} {year}" for name in names} | {f"{int(day)} {name}" for name in names}
    return text.strip() in accepted


def show_value(field: Field) -> str:
    """The record's value as the guide writes it: "70B parameters", "3.8×10²⁵ FLOP", "$0.15", "66–70%"."""
    value, unit = field.value, field.unit or ""
    if value is None:
        return "not disclosed" if field.status == "not-disclosed" else "not applicable" if field.status else "not checked"
    if unit == "date":
        return show_date(str(value))
    if isinstance(value, str):
        return value
    text = "–".join(show_number(part) for part in (value if isinstance(value, list) else [value]))
    if unit in ("%", "percent"):
        return f"{text}%"
    if unit.startswith("USD"):
        return f"${text}{unit[3:]}"
    return f"{text} {unit}" if unit and unit != "text" else text


def show_number(value: float) -> str:
    """A number with at most three or four significant digits: 70B, 1.4T, 2,048, 3.8×10²⁵, 0.15."""
    size = abs(value)
    if size >= 1e15 or (0 < size < 1e-4):
        mantissa, exponent = f"{value:.3g}".split("e") if "e" in f"{value:.3g}" else f"{value:.2e}".split("e")
        mantissa = mantissa.rstrip("0").rstrip(".") if "." in mantissa else mantissa
        power = str(int(exponent)).translate(str.maketrans("0123456789-", "⁰¹²³⁴⁵⁶⁷⁸⁹⁻"))
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
