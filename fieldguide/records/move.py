"""Moves: how the value of a field changed from one day of the guide to the next. A field's `was:` and the
periods of a price are the records; what is computed moves with its inputs.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import pairwise
from typing import get_type_hints

from fieldguide.records.base import check_date
from fieldguide.records.field import (
    Field,
    FieldMatch,
    Sourced,
    Was,
    apply_formula,
    as_input,
    find_field,
    show_qualified,
)
from fieldguide.records.formulas import FORMULAS
from fieldguide.records.formulas.number import Day
from fieldguide.text.problems import Problem


@dataclass(frozen=True)
class Move:
    """One change of a value: the ISO day, the value before and after as the guide writes them, and why."""

    day: str
    old: str
    new: str
    why: str


def moves_of(field: Field) -> list[Move]:
    """The moves of a field, newest first; empty for one without a value."""
    if field.value is None:
        return []
    shown = [show_qualified(earlier) for _, earlier in _earlier(field)] + [show_qualified(field)]
    return [
        Move(was.day, old, new, was.why) for was, (old, new) in zip(field.was, pairwise(shown), strict=True)
    ][::-1]


def _earlier(field: Field) -> list[tuple[Was, Field]]:
    """Each earlier value with the field as it was then."""
    return [
        (was, field.model_copy(update={"value": was.value, "qualifier": was.qualifier})) for was in field.was
    ]


def _before(field: Field, day: str) -> Field:
    """The field with the value that it had when the ISO day began."""
    return next((earlier for was, earlier in _earlier(field) if was.day >= day), field)


def recall_computed(records: Mapping[str, Sourced]) -> dict[str, Sourced]:
    """The records in which the `was` of each computed field also has, after the values that it states itself,
    what followed from the earlier values of its inputs, for the same reasons. The records are those of
    `compute_fields`.

    What a computed input states is not followed: it took another formula or other inputs then, and whether
    what is computed from it stood in the guide before, nobody says.
    """
    recalled: dict[str, dict[str, Field]] = {}

    def recall(record: Sourced, name: str) -> tuple[Field, list[Was]]:
        """The field, and those of its earlier values that others follow."""
        given = record.own_fields()[name]
        if given.computed is None or given.value is None:
            return given, given.was
        known = recalled.setdefault(record.slug, {})
        if name not in known:
            known[name] = given.model_copy(update={"was": [*given.was, *_followed(given, inputs_of(given))]})
            known[name]._sources = given.sources
        return known[name], known[name].was[len(given.was) :]

    def inputs_of(field: Field) -> dict[str, tuple[Field, list[Was]]]:
        matches = {name: find_field(records, reference) for name, reference in field.inputs.items()}
        return {
            name: recall(match.record, match.name)
            for name, match in matches.items()
            if isinstance(match, FieldMatch)
        }

    for record in records.values():
        for name in record.own_fields():
            recall(record, name)
    return {
        slug: record.with_fields(recalled[slug]) if slug in recalled else record
        for slug, record in records.items()
    }


def _followed(field: Field, inputs: Mapping[str, tuple[Field, list[Was]]]) -> list[Was]:
    """The earlier values of a computed field that followed from those of its inputs, oldest first, after the
    last that it states itself.
    """
    whys: dict[str, dict[str, None]] = {}
    for _, moves in inputs.values():
        for was in moves:
            whys.setdefault(was.day, {}).setdefault(was.why)
    stated = max((was.day for was in field.was), default="")
    followed, after = [], show_qualified(field)
    for day in sorted((day for day in whys if day > stated), reverse=True):
        value = _result(
            field.computed or "", {name: _before(part, day) for name, (part, _) in inputs.items()}
        )
        shown = show_qualified(field.model_copy(update={"value": value}))
        if value is not None and shown != after:
            followed.append(Was(value=value, qualifier=field.qualifier, day=day, why=" ".join(whys[day])))
            after = shown
    return followed[::-1]


def _result(formula: str, inputs: Mapping[str, Field]) -> float | str | None:
    """What a formula gave for earlier inputs; None where it gives nothing for them."""
    wanted = get_type_hints(FORMULAS[formula])
    numbers = {name: as_input(part, wanted[name] is Day) for name, part in inputs.items()}
    known = {name: number for name, number in numbers.items() if number is not None}
    try:
        return apply_formula(formula, known) if len(known) == len(numbers) else None
    except (ArithmeticError, TypeError, ValueError):
        return None


def check_moves(record: Sourced, name: str, field: Field) -> Iterator[Problem]:
    """The problems of a field's earlier values: no value now, another kind of value, days that are not whole
    or not in order, and a change that changes nothing.
    """
    if not field.was:
        return
    location = (*record.field_location(name), "was")
    if field.value is None:
        yield record.problem(
            f"`{name}` has earlier values and none now", "give it a `value`, or `make withdraw`", *location
        )
        return
    for index, (was, earlier) in enumerate(_earlier(field)):
        if len(was.day) != len("2026-11-30"):
            yield record.problem(
                f"`{name}` changed on `{was.day}`, which is no day", "write YYYY-MM-DD", *location, index
            )
        if not _same_kind(earlier, field):
            yield record.problem(
                f"`{name}` was `{was.value}`, which is no value in {field.unit}",
                "write the earlier value in the unit of the field",
                *location,
                index,
            )
            return
    for index, (before, after) in enumerate(pairwise(field.was), 1):
        if after.day <= before.day:
            yield record.problem(
                f"`{name}` changed on {after.day} and before that on {before.day}",
                "put its earlier values in order, the oldest first, one a day",
                *location,
                index,
            )
    for index, move in enumerate(reversed(moves_of(field))):
        if move.old == move.new:
            yield record.problem(
                f"`{name}` was {move.old} and then {move.new}: nothing changed",
                "write the value that it had before, or take the line out",
                *location,
                index,
            )


def _same_kind(earlier: Field, field: Field) -> bool:
    """Whether an earlier value is text where the field's is, and a date where the field's is."""
    if isinstance(earlier.value, str) != isinstance(field.value, str):
        return False
    try:
        return field.unit != "date" or bool(check_date(str(earlier.value)))
    except ValueError:
        return False
