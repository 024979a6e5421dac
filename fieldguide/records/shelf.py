"""Shelf life: from which day a value may have changed, by what it is and the day on which it was true."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from fieldguide.records.field import Ages, Field, FieldMatch, Sourced, find_field
from fieldguide.records.hardware import Accelerator
from fieldguide.records.model import Model
from fieldguide.records.price import PRICE_FIELDS, Price
from fieldguide.records.source import Source
from fieldguide.text.dates import add_months, last_day

DAYS: dict[Ages, int] = {
    "price": 60,
    "rent": 60,
    "run-rate": 120,
    "law": 120,
    "use": 120,
    "quarter": 140,
    "statement": 180,
    "survey": 365,
    "year": 455,
}
"""How many days after it was true a value counts as current; "never" has none.

The next quarter's results come some 45 days after the quarter's 92, and a year's some 90 days after its 365.
"""

WORDS: dict[Ages, str] = {
    "price": "list price",
    "rent": "rent of a machine",
    "run-rate": "run-rate",
    "law": "law or court case",
    "use": "count of use",
    "quarter": "quarterly result",
    "statement": "statement",
    "survey": "survey or estimate",
    "year": "annual result",
}
"""What a value is, in words for readers."""

BY_SOURCE: dict[str, Ages] = {
    "paper": "never",
    "filing": "quarter",
    "survey": "survey",
    "data": "survey",
    "vendor": "statement",
    "press": "statement",
}
"""What a value is where its record does not say it, by the kind of its source."""

HISTORY = 12
"""A value that was true this many months before it was read is history, unless its record says how it
ages.
"""


@dataclass(frozen=True)
class ShelfLife:
    """A value that ages. `since` is the day on which it was true, `until` the first on which it may have
    changed: ISO days.
    """

    since: str
    until: str
    ages: Ages

    def age(self, day: str) -> str:
        """How old it is on an ISO day, in words: "75 days old", "150 days old, may have changed"; "" before
        half of its shelf life is over. `age.mjs` says the same.
        """
        since, until, now = (date.fromisoformat(text) for text in (self.since, self.until, day))
        days = (now - since).days
        if 2 * days < (until - since).days or days < 1:
            return ""
        words = f"{days:,} {'day' if days == 1 else 'days'} old"
        return f"{words}, may have changed" if now >= until else words


def kind_of(sources: Mapping[str, Source], record: Sourced, name: str, field: Field) -> Ages:
    """What a given value is, as far as its age goes."""
    if field.ages is not None:
        return field.ages
    if field.as_of and field.seen and add_months(field.as_of, HISTORY) <= field.seen:
        return "never"
    if isinstance(record, Price):
        current = name in PRICE_FIELDS and record.newest.until is None
        return ("price" if record.sells == "tokens" else "rent") if current else "never"
    if isinstance(record, Model | Accelerator) or field.measured or field.kind == "ours":
        return "never"
    source = sources.get(field.source or "")
    return BY_SOURCE[source.kind] if source is not None else "statement"


def shelf_life(
    quantities: Mapping[str, Sourced], sources: Mapping[str, Source], record: Sourced, name: str
) -> ShelfLife | None:
    """The shelf life of a value, None for one that does not age; of a computed value that of the input which
    may change first, unless the value says how it ages.

    It begins with the day on which the value was true, even if a copy was read later: the
    last day of a month or a year that is given without a day, but none after it was read. A law holds until
    it is changed, so that it counts from the day on which somebody last looked for a change. A day that was
    ahead when it was read is only announced: it may have changed when it comes, or earlier by the rule; a day
    that was over does not age.
    """
    lives, pending, followed = [], [(record, name)], set()
    while pending:  # each value once, however many ways lead to it
        record, name = pending.pop()
        field = record.own_fields()[name]
        if not field.computed or field.ages is not None:
            lives.append(_own_life(sources, record, name, field))
        elif (record.slug, name) not in followed:
            followed.add((record.slug, name))
            parts = (find_field(quantities, reference) for reference in field.inputs.values())
            pending += [(part.record, part.name) for part in parts if isinstance(part, FieldMatch)]
    return min(filter(None, lives), key=lambda life: life.until, default=None)


def _own_life(sources: Mapping[str, Source], record: Sourced, name: str, field: Field) -> ShelfLife | None:
    """The shelf life of a value that is given, or that says how it ages."""
    ages = kind_of(sources, record, name, field)
    given = (field.seen if ages == "law" else field.as_of) or field.as_of or field.seen
    if not given:
        return None  # the check says that it has no date
    whole = len(given) == len("2026-08-31")
    since = given if whole else min(last_day(day) for day in (given, field.seen) if day)
    ends = [add_days(since, DAYS[ages])] if ages in DAYS else []
    if field.unit == "date" and field.value is not None and not isinstance(record, Price):
        announced = str(field.value)  # that of a price is a day on which a list showed it, and over
        ends = [*ends, last_day(announced)] if announced > (field.seen or since) else []
    holds = field.holds_until or record.holds_until
    if holds and ends and last_day(holds) > since:
        ends.append(last_day(holds))
    return ShelfLife(since, min(ends), ages) if ends else None


def add_days(day: str, days: int) -> str:
    """The ISO day that many days later."""
    return (date.fromisoformat(day) + timedelta(days)).isoformat()
