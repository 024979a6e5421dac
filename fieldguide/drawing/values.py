"""Values of records for the figures: looked up, checked to be numbers, and written as the guide writes them."""

from __future__ import annotations

from fieldguide.book import Book
from fieldguide.drawing.sheet import Basis
from fieldguide.records.field import Field
from fieldguide.records.figure import CHECKED
from fieldguide.text.numbers import SUPERSCRIPT, show_number

_NAMES = ((1e12, "trillion"), (1e9, "billion"), (1e6, "million"))


def field(book: Book, reference: str) -> Field:
    """The field behind `record.field`, also of `record.field.low` and `.high`, the ends of its interval. Raises KeyError, naming the reference, when there is none."""
    slug, name, *_ = [*reference.split("."), ""]
    record = book.quantities.get(slug)
    found = record.own_fields().get(name) if record is not None else None
    if found is None:
        raise KeyError(reference)
    return found


def number(book: Book, reference: str) -> float:
    """The number behind `record.field`. Raises KeyError when the field holds none."""
    found, part = field(book, reference), reference.split(".")[2:]
    value = getattr(found, part[0]) if part else found.value
    if not isinstance(value, int | float):
        raise KeyError(reference)
    return float(value)


def basis(book: Book, source: str | None) -> Basis:
    """Whether a source is the company itself speaking, in a filing or as a vendor."""
    found = book.sources.get(source or "")
    return "disclosed" if getattr(found, "kind", "") in ("filing", "vendor") else "estimate"


def date(book: Book, reference: str) -> str:
    """The ISO date behind `record.field`."""
    return str(field(book, reference).value)


def checked(reference: str, text: str) -> str:
    """A table cell's text as a checked number."""
    return f"{{{{fact:{reference}|{text}}}}}"


def shown(text: str) -> str:
    """A cell's text as it is read: checked numbers as their words."""
    return CHECKED.sub(r"\2", text)


def rounded(value: float, digits: int) -> float:
    """`value` with so many significant digits."""
    return float(f"{value:.{digits}g}")


def plain(value: float, digits: int = 4) -> str:
    """36T, 2.664M, 16,384, 10²⁵ style, with so many significant digits."""
    return show_number(rounded(value, digits))


def words(value: float, digits: int = 4) -> str:
    """36 trillion, 2.664 million, 16,384."""
    value = rounded(value, digits)
    for size, name in _NAMES:
        if value >= size:
            return f"{value / size:g} {name}"
    return f"{value:,.0f}"


def power(value: float, digits: int = 3) -> str:
    """3.79×10²⁵."""
    mantissa, exponent = f"{value:.{digits - 1}e}".split("e")
    return f"{mantissa}×10" + str(int(exponent)).translate(SUPERSCRIPT)
