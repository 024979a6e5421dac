"""Values of records for the figures, written as the guide writes them."""

from __future__ import annotations

import re

from fieldguide.book import Book
from fieldguide.book.numbers import field
from fieldguide.drawing.sheet import Basis
from fieldguide.text.numbers import SUPERSCRIPT, show_number

_NAMES = ((1e12, "trillion"), (1e9, "billion"), (1e6, "million"))

_CHECKED = re.compile(r"\{\{fact:([^}|]+)\|([^}]*)\}\}")


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
    return _CHECKED.sub(r"\2", text)


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
