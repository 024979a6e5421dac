"""Whether a value is less sure than others: what a ring says beside a number."""

from __future__ import annotations

from fieldguide.book import Book
from fieldguide.records.field import Field, Found


def from_one_press_account(book: Book, field: Field) -> bool:
    """Whether a press account is all that a value rests on."""
    return (
        len(field.sources) == 1
        and field.sources[0] in book.sources
        and book.sources[field.sources[0]].kind == "press"
    )


def is_soft(book: Book, field: Field) -> bool:
    """Whether a value, or one that it is computed from, is an estimate or stands in a single press
    account.
    """
    pending, seen = [field], set[str]()
    while pending:
        part = pending.pop()
        if part.kind == "estimate" or from_one_press_account(book, part):
            return True
        new = set(part.inputs.values()) - seen
        seen |= new
        pending += [found.field for found in map(book.find, sorted(new)) if isinstance(found, Found)]
    return False
