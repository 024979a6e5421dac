"""Review: the day by which a value is to be read again, by what it is and when it was read."""

from __future__ import annotations

from collections.abc import Mapping

from fieldguide.records.field import Field, FieldMatch, Sourced, find_field
from fieldguide.records.hardware import Accelerator
from fieldguide.records.model import Model
from fieldguide.records.price import PRICE_FIELDS, Price
from fieldguide.records.source import Source
from fieldguide.text.dates import add_months

PRICE, REPORT, RECORD, LASTING = (
    "current list prices",
    "vendors' own statements, press reports",
    "filings, surveys, data sets, model records",
    "papers, accelerator records, history",
)

MONTHS = {PRICE: 3, REPORT: 6, RECORD: 12, LASTING: 24}
"""How long after it was read a value is to be read again, by what it is."""

SOURCE_PACE = {
    "paper": LASTING,
    "filing": RECORD,
    "survey": RECORD,
    "data": RECORD,
    "vendor": REPORT,
    "press": REPORT,
}

HISTORY = 12
"""A value for a day this many months before it was read is history: no newer reading of its source will move
it.
"""


def pace(sources: Mapping[str, Source], record: Sourced, name: str, field: Field) -> str:
    """The key of `MONTHS` for a given value: how soon it is to be read again."""
    if isinstance(record, Price) and name in (*PRICE_FIELDS, "date", "since") and record.newest.until is None:
        return PRICE
    if isinstance(record, Price | Accelerator):
        return LASTING
    if field.as_of and field.seen and add_months(field.as_of, HISTORY) <= field.seen:
        return LASTING
    if isinstance(record, Model):
        return RECORD
    source = sources.get(field.source or "")
    return SOURCE_PACE[source.kind] if source is not None else REPORT


def review_date(
    quantities: Mapping[str, Sourced], sources: Mapping[str, Source], record: Sourced, name: str
) -> str:
    """The ISO date by which a value is to be read again: the date that its record gives, else the rule's; for
    a computed value the earliest date of its inputs; "" for a value without a date.

    A value that is a day in the future when it was read is only announced: it is read again on that day, or
    earlier if the rule says so.
    """
    dates, pending, followed = [], [(record, name)], set()
    while pending:  # each value once, however many ways lead to it
        record, name = pending.pop()
        field = record.own_fields()[name]
        if not field.computed or field.review or record.review:
            dates.append(_own_date(sources, record, name, field))
        elif (record.slug, name) not in followed:
            followed.add((record.slug, name))
            parts = (find_field(quantities, reference) for reference in field.inputs.values())
            pending += [(part.record, part.name) for part in parts if isinstance(part, FieldMatch)]
    return min(dates, default="")


def _own_date(sources: Mapping[str, Source], record: Sourced, name: str, field: Field) -> str:
    """The date of a value that is given, or for which one is given."""
    asked = field.review or record.review
    if asked:
        return asked
    if not field.seen and not field.as_of:
        return ""  # the check says that it has no date
    read = field.seen or field.as_of or ""
    if isinstance(record, Price):  # its lists are read anew while the first source is not
        read = max(read, *(second.seen for second in field.also), "")
    by_rule = add_months(read, MONTHS[pace(sources, record, name, field)])
    announced = field.unit == "date" and len(str(field.value)) == len(by_rule) and str(field.value) > read
    return min(str(field.value), by_rule) if announced else by_rule
