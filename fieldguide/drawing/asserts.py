"""What a figure's title claims, checked against what it draws. `records/figure.py` defines the kinds of
claim.

An operand is a number, a reference to a record, or `@id.key`: the values of that key in the rows, groups or
series with that id;
`@rows.key` of all, `@others.key` of those that the assertion names nowhere else. `min()`, `max()`, `sum()`,
`first()`, `last()`, `median()` (the lower of two) make one number of many.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from statistics import median_low

from fieldguide.book import Book
from fieldguide.book.numbers import number
from fieldguide.drawing.record_values import date
from fieldguide.records.figure import Assert, Figure
from fieldguide.text.dates import fractional_year
from fieldguide.text.problems import Problem, closest

REDUCE: dict[str, Callable[[Sequence[float]], float]] = {
    "min": min,
    "max": max,
    "sum": sum,
    "first": lambda values: values[0],
    "last": lambda values: values[-1],
    "median": median_low,
}
_OPERAND = re.compile(rf"(?:(?P<reduce>{'|'.join(REDUCE)})\((?P<inner>[^()]+)\)|(?P<plain>[^()]+))")


@dataclass(frozen=True)
class DrawnPart:
    """One row, point or part of a drawing as an assertion sees it."""

    ids: frozenset[str]
    """Its own id and those of what it stands in."""
    values: Mapping[str, Sequence[float]]


@dataclass
class AssertScope:
    """The records and parts of a drawing that the operands of one figure may name."""

    book: Book
    entries: Sequence[DrawnPart] = ()
    named: set[str] = field(default_factory=set)
    """The ids that the assertion in hand names."""

    def numbers(self, operand: float | str) -> list[float]:
        """The numbers behind an operand, at least one. Raises ValueError, with the nearest name, where there
        are none.
        """
        if not isinstance(operand, str):
            return [float(operand)]
        match = _OPERAND.fullmatch(operand.strip())
        if match is None:
            raise ValueError(
                f"`{operand}` is no operand; write a number, record.field, @id.key or max(@id.key)"
            )
        values = self._plain((match["inner"] or match["plain"]).strip())
        return [REDUCE[match["reduce"]](values)] if match["reduce"] else values

    def single_number(self, operand: float | str) -> float:
        """The number behind an operand. Raises ValueError for an operand with several."""
        values = self.numbers(operand)
        if len(values) > 1:
            raise ValueError(
                f"`{operand}` is {len(values)} numbers; say min(), max(), sum(), first(), last() or median()"
                " of it"
            )
        return values[0]

    def days(self, operand: str) -> list[float]:
        """The dates behind an operand, as years with a fraction."""
        try:
            return self.numbers(operand) if "@" in operand else [fractional_year(date(self.book, operand))]
        except KeyError:
            raise ValueError(f"there is no date `{operand}`") from None

    def _plain(self, operand: str) -> list[float]:
        if not operand.startswith("@"):
            try:
                return [number(self.book, operand)]
            except KeyError:
                cure = (
                    closest(operand.partition(".")[0], self.book.quantities) or "name a record and its field"
                )
                raise ValueError(f"there is no number `{operand}`; {cure}") from None
        name, _, key = operand[1:].partition(".")
        values = [
            value for entry in self.entries if self._is(entry, name) for value in entry.values.get(key, ())
        ]
        if not values:
            known = sorted(
                {f"@{id_}.{key}" for entry in self.entries for id_ in entry.ids for key in entry.values}
            )
            raise ValueError(
                f"there is no `{operand}`; {closest(operand, known) or 'there are ' + ', '.join(known)}"
            )
        return values

    def _is(self, entry: DrawnPart, name: str) -> bool:
        return not (entry.ids - {"rows"}) & self.named if name == "others" else name in entry.ids


def check_asserts(figure: Figure, scope: AssertScope) -> list[Problem]:
    """A problem for each assertion that the records contradict or that cannot be checked."""
    problems = []
    for index, claim in enumerate(figure.asserts):
        scope.named = set(re.findall(r"@([a-z0-9-]+)\.", " ".join(map(str, _operands(claim))))) - {
            "rows",
            "others",
        }
        try:
            wrong = check_one(claim, scope)
        except ValueError as error:
            problems.append(
                figure.problem(
                    f"an assertion cannot be checked: {error}", "correct the assertion", "asserts", index
                )
            )
            continue
        if wrong:
            claimed = claim.says or f"“{figure.title}”"
            problems.append(
                figure.problem(
                    f"the title claims {claimed}; {wrong}",
                    "correct the title, the assertion or the record it names",
                    "asserts",
                    index,
                )
            )
    return problems


def _operands(claim: Assert) -> Iterable[float | str]:
    for operand in (claim.ratio, claim.difference, claim.order, claim.before, claim.range, claim.count):
        yield from operand if isinstance(operand, list) else [operand] if operand is not None else []


def check_one(claim: Assert, scope: AssertScope) -> str:
    """What is wrong with one assertion, in words, or "" where it holds. `before`: each date must come before
    the next. `order`: all numbers of an operand must exceed all of the next. `range`, `count`, `ratio` and
    `difference`: the numbers must lie within the bounds, or reach from one end to the other.
    """
    for early, late in pairwise(claim.before or ()):
        if max(scope.days(early)) >= min(scope.days(late)):
            return f"the records do not have {early} before {late}"
    for above, below in pairwise(claim.order or ()):
        if (least := min(scope.numbers(above))) <= (most := max(scope.numbers(below))):
            return f"the records give {least:,.4g} for {above} and {most:,.4g} for {below}"
    if claim.before is not None or claim.order is not None:
        return ""
    if claim.range is not None:
        values = [value for operand in claim.range for value in scope.numbers(operand)]
        if claim.ends is not None:
            return (
                ""
                if (min(values), max(values)) == claim.ends
                else (
                    f"the records give {min(values):,.4g} to {max(values):,.4g}, not {claim.ends[0]:,g} to"
                    f" {claim.ends[1]:,g}"
                )
            )
        return next((wrong for value in values if (wrong := _bounds(claim, value))), "")
    if claim.count is not None:
        entries = [entry for entry in scope.entries if claim.count in entry.ids and _meets(entry, claim)]
        return _bounds(claim, len(entries))
    first, second = (scope.single_number(operand) for operand in claim.ratio or claim.difference or ())
    return _bounds(claim, first / second if claim.ratio else first - second)


def _bounds(claim: Assert, value: float) -> str:
    low, high = claim.between or (claim.at_least, claim.at_most)
    shown = f"the records give {value:,.4g}"
    if claim.equals is not None:
        digits = len(f"{claim.equals:g}".partition(".")[2])
        return "" if round(value, digits) == claim.equals else f"{shown}, not {claim.equals:g}"
    if low is not None and value < low:
        return f"{shown}, less than {low:,g}"
    if high is not None and value > high:
        return f"{shown}, more than {high:,g}"
    return ""


def _meets(entry: DrawnPart, claim: Assert) -> bool:
    """Whether an entry meets all conditions of a count."""
    return all(
        entry.values.get(key)
        and all(
            (low is None or value > low) and (high is None or value < high) for value in entry.values[key]
        )
        for key, (low, high) in claim.where.items()
    )
