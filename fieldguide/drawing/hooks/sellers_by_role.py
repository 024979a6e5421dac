"""The sellers of one open model by role: how many, how many repeat another's list, and their median prices."""

from __future__ import annotations

from statistics import median
from typing import Any

from fieldguide.book import Book
from fieldguide.drawing.listings import STRIPS, Listed, check_repeats, listings, value
from fieldguide.records.price import Price

Inputs = Listed
ALL = "All listings"


def fill(inputs: Inputs, book: Book) -> dict[str, Any]:
    """A row a role and one of all. Raises ValueError when a listing no longer repeats the other, or a role has no seller."""
    check_repeats(inputs.repeats, book)
    every = listings(book, inputs.record, inputs.as_of)
    rows = [_row(item.role, item.name, [price for price in every if price.role == item.role], inputs) for item in inputs.classes]
    return {"rows": [*rows, _row("every", ALL, every, inputs)]}


def _row(slug: str, name: str, found: list[Price], inputs: Inputs) -> dict[str, Any]:
    counts = {"listings": len(found), "repeats": sum(price.slug in inputs.repeats for price in found)}
    return {"id": slug, "name": name, "values": {**counts, **{strip: median(value(price, strip) for price in found) for strip in STRIPS}}}
