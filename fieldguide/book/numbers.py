"""Fields and numbers by the name under which pages, figures and labs refer to them: `record.field`."""

from __future__ import annotations

from fieldguide.book import Book
from fieldguide.records.field import Field


def field(book: Book, reference: str) -> Field:
    """The field for `record.field`, or for `record.field.low` and `.high`, the ends of its interval. Raises
    KeyError, with the reference, if there is none.
    """
    slug, name, *_ = [*reference.split("."), ""]
    record = book.quantities.get(slug)
    match = record.own_fields().get(name) if record is not None else None
    if match is None:
        raise KeyError(reference)
    return match


def number(book: Book, reference: str) -> float:
    """The number for `record.field`. Raises KeyError if the field holds none."""
    match, part = field(book, reference), reference.split(".")[2:]
    value = getattr(match, part[0]) if part else match.value
    if not isinstance(value, int | float):
        raise KeyError(reference)
    return float(value)
