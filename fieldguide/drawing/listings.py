"""The listings of one model: every seller's newest price, and which repeat another's."""

from __future__ import annotations

from pydantic import Field as Key

from fieldguide.book import Book
from fieldguide.records.base import Strict
from fieldguide.records.price import Price, Role

STRIPS = ("input", "output")


class Class(Strict):
    """A role of sellers, as a row."""

    role: Role
    name: str
    what: str = ""


class Listed(Strict):
    """Which listings are meant, and how they are classified."""

    record: str
    """The model's id."""
    as_of: str
    """The day of the listing; a price last seen before it is left out."""
    classes: list[Class] = Key(min_length=2)
    repeats: dict[str, str]
    """A listing and the one whose price list it repeats: other prices are an error."""


def listings(book: Book, record: str, as_of: str) -> list[Price]:
    """Every list price of the model that still stood on that day, lowest input first."""
    found = [price for price in book.prices.values() if price.record == record and price.newest.as_of == as_of]
    return sorted(found, key=lambda price: (value(price, "input"), value(price, "output"), price.slug))


def value(price: Price, strip: str) -> float:
    """USD per million tokens."""
    return float(getattr(price.newest, strip))


def check_repeats(repeats: dict[str, str], book: Book) -> None:
    """Raises ValueError for a listing that no longer repeats the other, KeyError for one that there is not."""
    for slug, other in repeats.items():
        if any(value(book.prices[slug], strip) != value(book.prices[other], strip) for strip in STRIPS):
            raise ValueError(f"{slug} does not list the prices of {other}")
