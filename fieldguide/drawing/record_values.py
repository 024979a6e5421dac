"""Values of records for the figures, written as the guide writes them."""

from __future__ import annotations

from fieldguide.book import Book
from fieldguide.book.numbers import field
from fieldguide.drawing.sheet import Basis


def basis(book: Book, source: str | None) -> Basis:
    """ "disclosed" where the source is a filing or a vendor's own page, else "estimate"."""
    record = book.sources.get(source or "")
    return "disclosed" if getattr(record, "kind", "") in ("filing", "vendor") else "estimate"


def date(book: Book, reference: str) -> str:
    """The ISO date behind `record.field`."""
    return str(field(book, reference).value)


def checked(reference: str, text: str) -> str:
    """A table cell's text as a checked number."""
    return f"{{{{fact:{reference}|{text}}}}}"
