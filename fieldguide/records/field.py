"""Fields: named values with unit, date and source, given or computed from other fields, and the records that
hold them.
"""

from __future__ import annotations

import inspect
import math
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Annotated, Literal, Self, TypeVar, get_type_hints

from pydantic import AfterValidator, PrivateAttr, model_validator
from pydantic import Field as Key

from fieldguide.records.base import Date, Prose, Record, Strict, WebAddress, check_date
from fieldguide.records.formulas import FORMULAS
from fieldguide.records.formulas.number import Day
from fieldguide.text.dates import show_date
from fieldguide.text.numbers import show_number
from fieldguide.text.problems import Problem, closest, missing_source

Value = float | int | str | list[float | int]
Qualifier = Literal["about", "at least", "at most", "less than", "more than"]
Quantity = Annotated[str, Key(pattern=r"^[a-z0-9-]+/[a-z0-9-]+(/[a-z0-9-]+)?$")]
_FEWER = {"less than": "fewer than"}
QUALIFIERS_OF: dict[str | None, dict[str, str]] = {
    "date": {"at least": "not before", "at most": "by"},
    "people": _FEWER,
    "tools": _FEWER,
}
"""{unit: {qualifier: the words that fit it}}, where the qualifier itself does not."""
_PLURAL = re.compile(r"(?<=[a-z]{2})(?<!time)(?:ies|(?<!s)s)\b")
"""What makes a unit's name a plural, but for "times"."""
INHERITED = ("source", "where", "as_of", "seen", "via", "measures", "ages")
Ages = Literal["price", "rent", "run-rate", "law", "use", "quarter", "statement", "survey", "year", "never"]
"""What a value is, as far as its age goes."""


class Origin(Strict):
    """Where a value comes from. A record may say it once for all its fields."""

    source: str | None = Key(None, examples=["hoffmann2022"])
    where: str | None = Key(None, examples=["table 3"])
    as_of: Date | None = Key(None, examples=["2022-03-29"])
    """When the value was true: a day, a month or a year, often the date of the source."""
    seen: Date | None = Key(None, examples=["2026-11-24"])
    """The day on which you last read the value in the source."""
    via: WebAddress | None = None
    ages: Ages | None = None
    """How long the value counts as current, by what it is; `never` for what states its own period, such as a
    round, a contract or the sales of one quarter. Without it, the kind of the source decides: see
    `records/shelf.py`.
    """
    holds_until: Date | None = None
    """The day on which an announced change comes, where that is before the end of its shelf life."""


class SecondSource(Strict):
    """Another source that gives the same value, and was read too."""

    source: str = Key(examples=["besiroglu2024"])
    where: str = Key(examples=["table 1"])
    seen: Date = Key(examples=["2026-11-24"])
    via: WebAddress | None = None


class Was(Strict):
    """A value that the guide gave until it changed. Its unit is that of the field."""

    value: Value
    qualifier: Qualifier | None = None
    day: Date = Key(examples=["2026-11-30"])
    """The day on which the guide changed it, a day of the changelog."""
    why: Prose = Key(examples=["It had rested on NVIDIA's sales in an earlier quarter."])
    """Why it changed, in a sentence for readers."""


class Field(Origin):
    """One value of a record: `value:` given, `computed:` from others, `measured:` in the guide's own runs, or
    a `status:` that says why there is none.
    """

    title: Prose | None = Key(default=None, min_length=8, max_length=100, examples=["NVIDIA’s gross profit"])
    """What the value is, in words that stand alone; without it, the record's title and the field's name say
    it.
    """
    value: Value | None = None
    computed: str | None = None
    measured: str | None = None
    """What it is called in the results of `experiments/`, which hold value, interval and date: see
    records/runs.py.
    """
    inputs: dict[str, str] = {}
    status: Literal["not-disclosed", "not-applicable", "not-checked"] | None = None
    """`not-disclosed` names the source that was searched; `not-checked` says in `note` why it was not found,
    and in `seen` when it was looked for.
    """
    unit: str | None = Key(None, examples=["parameters"])
    kind: Literal["disclosed", "derived", "estimate", "ours"] | None = None
    """`derived` is for `computed:` alone; what we counted in the source or chose for a calculation is `ours`,
    and its `note` says which.
    """
    low: float | None = None
    """Low end of an interval; without `high` the value is only a bound, such as the class “more than 10
    trillion tokens” of a form.
    """
    high: float | None = None
    qualifier: Qualifier | None = None
    note: Prose | None = None
    also: list[SecondSource] = []
    """Sources besides the first that give the same value."""
    was: list[Was] = []
    """What it was before, oldest first: histories, feeds and the changelog show it. A computed value takes
    what follows from the earlier values of its inputs by itself.
    """
    measures: Quantity | None = None
    """What it is a reading of, `subject/quantity`, or `subject/quantity/period` where the date does not say
    for which time: two for one time that differ stand in a box “Sources disagree”.
    """

    _sources: list[str] = PrivateAttr(default_factory=list)

    @model_validator(mode="after")
    def _one_of(self) -> Field:
        given = [
            name for name in ("value", "computed", "measured", "status") if getattr(self, name) is not None
        ]
        if len(given) != 1:
            raise ValueError("a field has exactly one of `value`, `computed`, `measured` and `status`")
        if self.computed is not None and self.computed not in FORMULAS:
            raise ValueError(
                f"unknown formula `{self.computed}`;"
                f" {closest(self.computed, FORMULAS) or 'known: ' + ', '.join(FORMULAS)}"
            )
        if self.computed is not None:
            wanted = list(inspect.signature(FORMULAS[self.computed]).parameters)
            if sorted(self.inputs) != sorted(wanted):
                raise ValueError(f"`{self.computed}` takes inputs {', '.join(wanted)}")
        if isinstance(self.value, list) and (len(self.value) != 2 or self.value[0] > self.value[1]):
            raise ValueError("a range is [low, high]")
        if self.unit == "date" and self.value is not None:
            check_date(str(self.value))
        return self

    @property
    def sources(self) -> list[str]:
        """The sources behind the value: its own, or those of all its inputs."""
        return self._sources or list(
            dict.fromkeys([*([self.source] if self.source else []), *(second.source for second in self.also)])
        )

    @property
    def places(self) -> list[str]:
        """The place in each of its own sources, in their order."""
        return [self.where or "", *(second.where for second in self.also)]


F = TypeVar("F", bound=Field)


def positive(field: F) -> F:
    """The field unchanged. Raises ValueError where one of its numbers is not above 0, and for text."""
    value = field.value if isinstance(field.value, list) else [field.value]
    for number in (*value, field.low, field.high):
        if number is not None and (isinstance(number, str) or number <= 0):
            raise ValueError(f"`{number}` is not a number above 0")
    return field


Positive = Annotated[Field, AfterValidator(positive)]


class Sourced(Record, Origin):
    """A record with fields."""

    measures: Quantity | None = None
    """What all its fields are readings of that do not say it themselves."""

    def own_fields(self) -> dict[str, Field]:
        """{name: field}."""
        raise NotImplementedError

    def with_fields(self, fields: Mapping[str, Field]) -> Self:
        """The record with these fields in place of its own fields of the same names."""
        raise NotImplementedError

    def field_location(self, name: str) -> tuple[str, ...]:
        """The key path of a field in the record's file."""
        raise NotImplementedError

    def about(self) -> str:
        """The subject of the record, in words for readers."""
        raise NotImplementedError

    def inherit(self) -> Self:
        """The record in which each field has the values that the record gives for all fields, where the field
        has none of its own.
        """
        return self.with_fields(
            {
                name: field.model_copy(update=self.inherited(name, field))
                for name, field in self.own_fields().items()
            }
        )

    def inherited(self, name: str, field: Field) -> dict[str, object]:
        """{key: value} that a field takes from its record. A computed field takes its date and its age from
        its inputs instead; a field with its own source takes neither the place in the source nor the copy
        that was read.
        """
        keys = INHERITED if field.source is None else ("as_of", "seen", "measures", "ages")
        return {
            key: getattr(self, key)
            for key in keys
            if getattr(field, key) is None and not (field.computed and key in ("as_of", "measures", "ages"))
        }


WORDS = {"as_of": "date (`as_of`)", "note": "reason (`note`)"}
"""Keys that a message names in words."""
DERIVED = (
    "give it `computed:` and `inputs:`; else take `kind` out where the source states the value, or write"
    " `estimate` where a third party worked it out, or `ours` with a `note` where we counted or chose it"
)
"""What to do about a derived value that nobody can work out again."""


def check_field(record: Sourced, name: str, field: Field, sources: Mapping[str, object]) -> list[Problem]:
    """The problems of a field. A given value needs a unit, date, source, place in the source and day seen; a
    status needs the source that was searched, or the reason why none was found.

    A source that the field has from its record is not looked up here: `check_origin` does that once.
    """
    location = record.field_location(name)
    if field.computed is not None and (field.unit == "date") != gives_day(field.computed):
        return [
            record.problem(
                f"the unit of `{name}` does not fit what `{field.computed}` gives",
                "write `unit: date` where the formula gives a day, and only there",
                *location,
            )
        ]
    if field.computed is not None or field.measured is not None:
        return [] if field.unit else [record.problem(f"`{name}` has no unit", "add `unit: …`", *location)]
    if field.kind == "derived":
        return [record.problem(f"`{name}` is called derived and has no formula", DERIVED, *location, "kind")]
    if field.kind == "ours" and not field.note:
        return [
            record.problem(
                f"`{name}` is our own count or choice, and nothing says which",
                "add `note: what we counted, or why we chose it`",
                *location,
                "kind",
            )
        ]
    if field.status == "not-applicable":
        return []
    wanted = [
        ("source", "hoffmann2022"),
        ("where", "table 3"),
        ("as_of", "2022-03-29"),
        ("seen", "2026-11-24"),
    ]
    if field.status == "not-checked":
        wanted = [("note", "no copy of its card could be read"), ("seen", "2026-11-24")]
    elif field.status is None:
        wanted.append(("unit", "parameters"))
    problems = [
        record.problem(
            f"`{name}` has no {WORDS.get(key, key)}",
            f"add `{key}: {example}` to the field or the record",
            *location,
        )
        for key, example in wanted
        if not getattr(field, key)
    ]
    if field.source and field.source != record.source and field.source not in sources:
        problems.append(unknown_source(record, field.source, sources, *location))
    for number, second in enumerate(field.also):
        if second.source not in sources:
            problems.append(unknown_source(record, second.source, sources, *location, "also", number))
        elif second.source == field.source:
            problems.append(
                record.problem(
                    f"`{name}` names `{second.source}` twice",
                    "name another source, or take it out of `also`",
                    *location,
                    "also",
                    number,
                )
            )
    return problems


def check_origin(record: Sourced, sources: Mapping[str, object]) -> list[Problem]:
    """A problem where the source that a record gives for all its fields has no record."""
    return (
        [unknown_source(record, record.source, sources, "source")]
        if record.source and record.source not in sources
        else []
    )


def unknown_source(record: Record, key: str, sources: Mapping[str, object], *location: str | int) -> Problem:
    """The problem that no record has the source `key`, at the line of the key path `location`."""
    return record.problem(f"unknown source `{key}`", missing_source(key, sources), *location)


LONGEST_CHAIN = 100
"""Computed fields from a value down to the given one; the guide's longest chain is a tenth of that."""


def compute_fields(records: Mapping[str, Sourced]) -> tuple[dict[str, Sourced], list[Problem]]:
    """The records with every `computed:` field worked out, and a problem for each that could not be; a chain
    without end has one, where it is cut. A computed field takes the sources of its inputs and the oldest of
    their dates. The records are those of `inherit`.
    """
    work = _Computation(records)
    for record in records.values():
        for name in record.own_fields():
            work.resolve(record, name, ())
    return {
        slug: record.with_fields(work.results[slug]) if slug in work.results else record
        for slug, record in records.items()
    }, work.problems


class _Computation:
    """The computed fields of `records`, worked out once each."""

    def __init__(self, records: Mapping[str, Sourced]) -> None:
        self.records = records
        self.problems: list[Problem] = []
        self.results: dict[str, dict[str, Field]] = {}
        self.failed: set[str] = set()
        self.endless: set[str] = set()
        """Those of `failed` that lead to where a chain was cut."""

    def resolve(self, record: Sourced, name: str, trail: tuple[str, ...]) -> Field | None:
        """The field with its value; None where it has a problem. `trail` are the fields that wait for it."""
        reference = f"{record.slug}.{name}"
        if reference in self.failed:
            return None
        field = self.results.get(record.slug, {}).get(name) or record.own_fields()[name]
        if field.computed is None or field.value is not None:
            return field
        trail = (*trail, reference)
        if reference in trail[:-1] or len(trail) > LONGEST_CHAIN:
            result = None
            self._cut(record, name, trail)
        else:
            result = self._compute(record, name, field, trail)
        if result is None:
            self.failed.add(reference)
            if not self.endless.isdisjoint(field.inputs.values()):
                self.endless.add(reference)
        else:
            self._keep(record, name, result)
        return result

    def _keep(self, record: Sourced, name: str, field: Field) -> None:
        self.results.setdefault(record.slug, {})[name] = field

    def _cut(self, record: Sourced, name: str, trail: tuple[str, ...]) -> None:
        """Report a chain without end, and take the inputs out of its last field: whatever else follows inputs
        would go round with them.
        """
        if trail[-1] in trail[:-1]:
            message, cure = f"`{name}` is computed from itself", " → ".join(trail)
        else:
            message = f"`{name}` stands {LONGEST_CHAIN} steps down a chain of computed values"
            cure = f"give a value of the chain with its source; it begins {' → '.join(trail[:3])}"
        self.problems.append(record.problem(message, cure, *record.field_location(name)))
        self.endless.add(trail[-1])
        cut: dict[str, object] = {"computed": None, "inputs": {}, "status": "not-applicable"}
        self._keep(record, name, record.own_fields()[name].model_copy(update=cut))

    def _compute(self, record: Sourced, name: str, field: Field, trail: tuple[str, ...]) -> Field | None:
        location = record.field_location(name)
        wanted = get_type_hints(FORMULAS[field.computed or ""])
        found = self._inputs(record, field, location, wanted, trail)
        if found is None:
            return None
        values, parts = found
        try:
            shown = apply_formula(field.computed or "", values)
        except (
            ArithmeticError,
            TypeError,
            ValueError,
        ) as error:  # a root of a negative number is no number that can be compared
            self.problems.append(
                record.problem(f"`{name}` cannot be computed: {error}", "check its inputs", *location)
            )
            return None
        dates = [part.as_of for part in parts if part.as_of]
        seen = [part.seen for part in parts if part.seen]
        result = field.model_copy(
            update={
                "value": shown,
                # a date that the record gives is that of a measurement set against what is older
                "as_of": field.as_of or min(dates, default=None),
                "seen": min(seen, default=field.seen),
                "kind": field.kind or "derived",
            }
        )
        result._sources = list(dict.fromkeys(key for part in parts for key in part.sources))
        return result

    def _inputs(
        self,
        record: Sourced,
        field: Field,
        location: tuple[str, ...],
        wanted: Mapping[str, object],
        trail: tuple[str, ...],
    ) -> tuple[dict[str, float], list[Field]] | None:
        """({argument of the formula: number}, the fields that give them)."""
        values: dict[str, float] = {}
        parts: list[Field] = []
        for argument, reference in field.inputs.items():
            match = find_field(self.records, reference)
            if isinstance(match, NoField):
                self.problems.append(record.problem(match.message, match.hint, *location, "inputs", argument))
                return None
            part = self.resolve(match.record, match.name, trail)
            if part is None and reference in self.endless:
                return None
            number = None if part is None else as_input(part, wanted[argument] is Day)
            if part is None or number is None:
                kind = "full date" if wanted[argument] is Day else "number"
                self.problems.append(
                    record.problem(
                        f"input `{reference}` is not a {kind}",
                        f"name a field with a {kind}",
                        *location,
                        "inputs",
                        argument,
                    )
                )
                return None
            parts.append(part)
            values[argument] = number
        return values, parts


def gives_day(formula: str) -> bool:
    """Whether the formula returns a day, which a field shows as a date."""
    return get_type_hints(FORMULAS[formula])["return"] is Day


def apply_formula(formula: str, values: Mapping[str, float]) -> float | str:
    """What a formula gives for its arguments by name: a number, or an ISO date where it gives a day. Raises
    ArithmeticError, TypeError or ValueError where that is no finite number.
    """
    value = FORMULAS[formula](**values)
    if not math.isfinite(value):
        raise ArithmeticError("the result is not a finite number")
    return date.fromordinal(int(value)).isoformat() if gives_day(formula) else value


def as_input(field: Field, day: bool) -> float | None:
    """The value as a formula takes it, with a full date as its day number; None where the formula needs the
    other type.
    """
    value = field.value
    if (field.unit == "date") != day:
        return None
    if not day:
        return value if isinstance(value, int | float) else None
    return (
        date.fromisoformat(value).toordinal()
        if isinstance(value, str) and len(value) == len("2022-03-29")
        else None
    )


@dataclass(frozen=True)
class FieldMatch:
    """Where a `record.field` reference leads."""

    record: Sourced
    name: str

    @property
    def field(self) -> Field:
        return self.record.own_fields()[self.name]


@dataclass(frozen=True)
class NoField:
    """Why a `record.field` reference leads nowhere, and what to do about it."""

    message: str
    hint: str


def find_field(records: Mapping[str, Sourced], reference: str) -> FieldMatch | NoField:
    """The field that a reference `record.field` names, or why there is none."""
    slug, _, name = reference.partition(".")
    record = records.get(slug)
    if not (slug and name):
        known = (
            f"{slug}.{next(iter(record.own_fields()))}"
            if record is not None and record.own_fields()
            else "chinchilla.parameters"
        )
        return NoField(
            f"`{reference}` names no field of a record", f"write `record.field`, for example `{known}`"
        )
    if record is None:
        return NoField(f"unknown fact `{reference}`", closest(slug, records) or _stanza(slug, name))
    names = record.own_fields()
    if name not in names:
        return NoField(
            f"`{slug}` has no field `{name}`", closest(name, names) or "its fields: " + ", ".join(names)
        )
    return FieldMatch(record, name)


ABSENT = {"not-disclosed": "not disclosed", "not-applicable": "not applicable"}
"""The statuses in words."""


def why_absent(field: Field | None) -> str:
    """Why there is no value, in words; "" where there is one."""
    if field is None:
        return "not checked"
    return "" if field.value is not None else ABSENT.get(field.status or "", "not checked")


def why_unchecked(field: Field | None) -> str:
    """Why a search found no value, and its date, in words; "" where nobody searched or a value was found."""
    return (
        f"{field.note} (looked for on {show_date(field.seen or '')})"
        if field is not None and field.status == "not-checked"
        else ""
    )


def show_qualified(field: Field) -> str:
    """The value with its qualifier: "about 8 months", and of a day "not before 12 Dec 2029"."""
    words = QUALIFIERS_OF.get(field.unit, {}).get(field.qualifier or "", field.qualifier)
    return f"{words} {show_value(field)}" if words else show_value(field)


def show_value(field: Field) -> str:
    """The record's value as the guide writes it: "70B parameters", "3.8×10²⁵ FLOP", "$0.15", "66–70%"."""
    value, unit = field.value, field.unit or ""
    if value is None:
        return why_absent(field)
    if unit == "date":
        return show_date(str(value))
    if isinstance(value, str):
        return value
    parts = value if isinstance(value, list) else [value]
    if unit == "year":
        return "–".join(f"{part:g}" for part in parts)
    text = "–".join(show_number(part) for part in parts)
    if unit in ("%", "percent"):
        return f"{text}%"
    if unit.startswith("USD"):
        return f"${text}{unit[3:]}"
    if value == 1:
        unit = _PLURAL.sub(lambda plural: "y" if plural[0] == "ies" else "", unit, count=1)
    return f"{text} {unit}" if unit and unit != "text" else text


def _stanza(slug: str, name: str) -> str:
    """The YAML to paste for a fact that is not there."""
    return (
        f"write data/facts/{slug}.yml: `title: …`, `source: …`, `where: …`, `as_of: YYYY-MM-DD`, `seen:"
        f" YYYY-MM-DD`, `fields: {{{name or 'name'}: {{value: …, unit: …}}}}`"
    )
