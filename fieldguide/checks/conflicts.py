"""Conflicts: values of several records that measure the same quantity, according to `measures:`, and
disagree. If pages state two values for the same period that differ by more than their rounding, both must be
in one box “Sources disagree”.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from itertools import combinations

from fieldguide.book import Book
from fieldguide.index import Claim
from fieldguide.records.field import Field, show_value
from fieldguide.text.inline_marks import fact_references
from fieldguide.text.problems import Problem

BOX = re.compile(r"^!!! disagree .*\n(?:(?: {4}.*)?\n)*", flags=re.M)
ABOUT = 0.05
"""The error allowed for a value that its source gives as “about”, as a share of the value."""


def check_conflicts(book: Book, claims: Iterable[Claim]) -> list[Problem]:
    """Pairs of values that disagree and share no box. Each problem is at the record that comes later in the
    alphabet, and names the file and line of the other.
    """
    boxes = [
        set(fact_references(box))
        for page in book.pages.values()
        if page.meta.status != "draft"
        for box in BOX.findall(f"{page.body}\n")
    ]
    return [
        _conflict(quantity, first, second)
        for quantity, measured in sorted(by_quantity(claims).items())
        for first, second in combinations(sorted(measured, key=lambda claim: claim.id), 2)
        if same_time(quantity, first.field, second.field)
        and differ(first.field, second.field)
        and not any({first.id, second.id} <= box for box in boxes)
    ]


def _conflict(quantity: str, first: Claim, second: Claim) -> Problem:
    other = first.record.problem("", "", *first.record.field_location(first.name))
    return second.record.problem(
        f"`{second.id}` and `{first.id}` ({other.path}:{other.line}) both measure {quantity},"
        f" and say {show_value(second.field)} and {show_value(first.field)}",
        "link both in one box `!!! disagree` that says why they differ, correct one, or give"
        " them other `measures`",
        *second.record.field_location(second.name),
    )


def by_quantity(claims: Iterable[Claim]) -> dict[str, list[Claim]]:
    """{quantity in `measures:`: the claims that state a value of it}."""
    measured: dict[str, list[Claim]] = {}
    for claim in claims:
        if claim.field.measures and claim.field.value is not None:
            measured.setdefault(claim.field.measures, []).append(claim)
    return measured


def same_time(quantity: str, first: Field, second: Field) -> bool:
    """Whether two values of a quantity are for the same period. True if the quantity names its period
    (`openai/gross-margin/2025`); otherwise if the dates are equal, or one date is the month or year of the
    other.
    """
    if quantity.count("/") == 2:
        return True
    early, late = sorted((first.as_of or "", second.as_of or ""), key=len)
    return bool(early) and late.startswith(early)


def differ(first: Field, second: Field) -> bool:
    """Whether two values in the same unit cannot both be right: their ranges do not overlap, even when
    widened for rounding, “about” and “at least”.
    """
    if (first.unit or "") != (second.unit or ""):
        return False
    low, high = _reach(first)
    other_low, other_high = _reach(second)
    return low >= other_high or other_low >= high


def _reach(field: Field) -> tuple[float, float]:
    """The lowest and the highest that the value may be."""
    value = field.value
    if isinstance(value, str) or value is None:
        return 0, 0
    ends = value if isinstance(value, list) else [value]
    low, high = ends[0] - _half_digit(ends[0]), ends[-1] + _half_digit(ends[-1])
    if field.qualifier == "about":
        low, high = low - abs(ends[0]) * ABOUT, high + abs(ends[-1]) * ABOUT
    if field.qualifier in ("at least", "more than"):
        high = float("inf")
    if field.qualifier in ("at most", "less than"):
        low = float("-inf")
    return low, high


def _half_digit(value: float) -> float:
    """Half a unit of the last digit shown: 0.5 for 20, 0.05 for 46.1, half a billion for 30 or 517
    billion.
    """
    if abs(value) < 1000:
        return 0.5 * 10.0 ** -len(f"{value:g}".partition(".")[2])
    mantissa, exponent = f"{abs(value):.2e}".split("e")
    return 0.5 * 10.0 ** (int(exponent) - max(1, len(mantissa.rstrip("0").partition(".")[2])))
