"""Readings: values of several records that measure one thing, by their `measures:`.

Two that pages state, for one time, and that differ by more than their rounding stand together in a box
“Sources disagree”.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import combinations

from fieldguide.book import Book
from fieldguide.index import Claim
from fieldguide.records.field import Field, Sourced, show_value
from fieldguide.text.problems import Problem

BOX = re.compile(r"^!!! disagree .*\n(?:(?: {4}.*)?\n)*", flags=re.M)
FACT = re.compile(r"\(fact:([^)\s]+)\)")
ABOUT = 0.05
"""By how much of itself a value that is said to be “about” may be off."""


@dataclass(frozen=True)
class Reading:
    record: Sourced
    name: str
    field: Field

    @property
    def id(self) -> str:
        return f"{self.record.slug}.{self.name}"


def check_readings(book: Book, claims: Iterable[Claim]) -> list[Problem]:
    """Pairs that differ and stand in no box together. The problem stands at the record that comes later in
    the alphabet, and names the other's file and line.
    """
    boxes = [
        set(FACT.findall(box))
        for page in book.pages.values()
        if page.meta.status != "draft"
        for box in BOX.findall(f"{page.body}\n")
    ]
    problems = []
    for quantity, readings in sorted(by_quantity(claims).items()):
        for first, second in combinations(sorted(readings, key=lambda reading: reading.id), 2):
            if (
                same_time(quantity, first.field, second.field)
                and differ(first.field, second.field)
                and not any({first.id, second.id} <= box for box in boxes)
            ):
                other = first.record.problem("", "", *first.record.field_location(first.name))
                problems.append(
                    second.record.problem(
                        f"`{second.id}` and `{first.id}` ({other.path}:{other.line}) both measure {quantity},"
                        f" and say {show_value(second.field)} and {show_value(first.field)}",
                        "link both in one box `!!! disagree` that says why they differ, correct one, or give"
                        " them other `measures`",
                        *second.record.field_location(second.name),
                    )
                )
    return problems


def by_quantity(claims: Iterable[Claim]) -> Mapping[str, list[Reading]]:
    found: dict[str, list[Reading]] = {}
    for claim in claims:
        if claim.field.measures and claim.field.value is not None:
            found.setdefault(claim.field.measures, []).append(Reading(claim.record, claim.name, claim.field))
    return found


def same_time(quantity: str, first: Field, second: Field) -> bool:
    """A quantity that names its period (`openai/gross-margin/2025`) has no other; else one date is the other,
    or the month or year that it lies in.
    """
    if quantity.count("/") == 2:
        return True
    early, late = sorted((first.as_of or "", second.as_of or ""), key=len)
    return bool(early) and late.startswith(early)


def differ(first: Field, second: Field) -> bool:
    """Whether two values of one unit cannot both be right: ranges that do not meet, each end as wide as its
    last digit, “about” and “at least” allow.
    """
    if (first.unit or "") != (second.unit or ""):
        return False
    low, high = _reach(first)
    other_low, other_high = _reach(second)
    return low >= other_high or other_low >= high


def _reach(field: Field) -> tuple[float, float]:
    """The least and the most that the value may be."""
    value = field.value
    if isinstance(value, str) or value is None:
        return 0, 0
    ends = value if isinstance(value, list) else [value]
    low, high = ends[0] - _half_digit(ends[0]), ends[-1] + _half_digit(ends[-1])
    if field.qualifier == "about":
        low, high = low - abs(ends[0]) * ABOUT, high + abs(ends[-1]) * ABOUT
    if field.qualifier in ("at least", "more than"):
        high = float("inf")
    if field.qualifier == "at most":
        low = float("-inf")
    return low, high


def _half_digit(value: float) -> float:
    """Half of the last digit of a value as it is shown, of two or three: 0.5 for 20, 0.05 for 46.1, half a
    billion for 30 or 517 billion.
    """
    if abs(value) < 1000:
        return 0.5 * 10.0 ** -len(f"{value:g}".partition(".")[2])
    mantissa, exponent = f"{abs(value):.2e}".split("e")
    return 0.5 * 10.0 ** (int(exponent) - max(1, len(mantissa.rstrip("0").partition(".")[2])))
