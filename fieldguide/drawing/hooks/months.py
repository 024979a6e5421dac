"""The months or years of dated cases as texts of a figure."""

from __future__ import annotations

from typing import Any

from fieldguide.book import Book
from fieldguide.drawing.amounts import Reference
from fieldguide.drawing.values import field
from fieldguide.records.base import Strict
from fieldguide.text.dates import show_date


class Inputs(Strict):
    texts: dict[str, Reference] = {}
    years: dict[str, Reference] = {}


def fill(inputs: Inputs, book: Book) -> dict[str, Any]:
    """“Jun 2026”, or its year, for each: the field's value where it is a date, else the day for which it holds. Raises KeyError for a field that there is not."""
    months = {key: _month(book, reference) for key, reference in inputs.texts.items()}
    return {"texts": {**months, **{key: _month(book, reference)[-4:] for key, reference in inputs.years.items()}}}


def _month(book: Book, reference: str) -> str:
    found = field(book, reference)
    month = str(found.value if found.unit == "date" else found.as_of)[:7]
    return show_date(month)
