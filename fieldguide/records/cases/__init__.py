"""The labs' arithmetic, for the case that is worked out at build and for the tests of the page's own: one
module a lab.

Each composes `records/formulas/`, takes plain values by input id and gives plain numbers and words;
docs/labs/<slug>/model.mjs says the same.
The words of its sum stand once, as templates in its record.
"""

from __future__ import annotations

import importlib
import math
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, Protocol, cast

from fieldguide.records.cases._lines import Formats, sum_of

Values = Mapping[str, Any]
"""Input id → its number, or the id of its choice or record."""
Result = Mapping[str, Any]
"""What the arithmetic gives, by name."""
Lab = Mapping[str, Any]
"""What lab.json holds."""
Row = Mapping[str, Any]
"""A part of it: an input, or a record that can be picked."""


def finite(value: float) -> float | None:
    """The number, or None where it is without end or none at all."""
    return value if math.isfinite(value) else None


class Case(Protocol):
    """A module of this package."""

    def work(self, values: Values, lab: Lab) -> dict[str, Any]: ...

    def problems(self, values: Values, lab: Lab) -> Sequence[Mapping[str, str]]: ...

    def sentence(self, result: Result, values: Values, lab: Lab) -> str: ...

    def readings(self, result: Result, values: Values, lab: Lab) -> Sequence[Mapping[str, str]]: ...

    def charts(self, result: Result, values: Values, lab: Lab) -> Sequence[Mapping[str, Any]]: ...


class Told(Case, Protocol):
    """One that has the lines of its sum itself."""

    def lines(self, result: Result, values: Values, lab: Lab) -> Sequence[Mapping[str, Any]]: ...


class Templated(Case, Protocol):
    """One whose lines are templates in its record, with the formats that say their numbers, and what they
    name besides result and inputs.
    """

    FORMATS: Formats

    def more(self, result: Result, values: Values, lab: Lab) -> dict[str, Any]: ...


class Stepped(Templated, Protocol):
    """One whose lines stand in steps, which have these names and each its own words."""

    STEPS: Sequence[str]

    def steps(self, result: Result, values: Values, lab: Lab) -> Sequence[Mapping[str, Any]]: ...


CASES = {
    path.stem.replace("_", "-"): path.stem
    for path in Path(__file__).parent.glob("*.py")
    if not path.stem.startswith("_")
}
"""Lab → its module; what begins with _ is part of one."""


def case(slug: str) -> Case:
    """The arithmetic of a lab. Raises KeyError for one that has none."""
    return cast(Case, importlib.import_module(f"{__name__}.{CASES[slug]}"))


def scope_of(arithmetic: Templated, result: Result, values: Values, lab: Lab) -> dict[str, Any]:
    """What the templates of a lab may name."""
    return {**result, **arithmetic.more(result, values, lab), "in": values}


def lines_of(arithmetic: Case, result: Result, values: Values, lab: Lab) -> Sequence[Mapping[str, Any]]:
    """The sum line by line, each {name, how, value, unit, text}."""
    if hasattr(arithmetic, "lines"):
        return cast(Told, arithmetic).lines(result, values, lab)
    made = cast(Templated, arithmetic)
    return sum_of(lab["lines"], scope_of(made, result, values, lab), made.FORMATS)
