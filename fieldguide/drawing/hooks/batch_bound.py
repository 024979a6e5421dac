"""The most tokens a second that users served together can get, if reading prompts and writing answers take turns."""

from __future__ import annotations

from typing import Any

from fieldguide.book import Book
from fieldguide.drawing.amounts import Reference
from fieldguide.drawing.values import number
from fieldguide.records.base import Strict
from fieldguide.records.formulas.serving import serving_bound


class Inputs(Strict):
    """References for the bound, and how many users' caches fit."""

    prompt: Reference
    answer: Reference
    cache_per_token: Reference
    weights: Reference
    parameters: Reference
    rate: Reference
    bandwidth: Reference
    seats: Reference
    at: list[int]
    """Numbers of users whose bound the data table names."""


def fill(inputs: Inputs, book: Book) -> dict[str, Any]:
    """The series `bound` of the panels `all` and `each`, with its text {bound} for points of the series `measured`, and {seats}."""
    given = {name: number(book, getattr(inputs, name)) for name in type(inputs).model_fields if name not in ("seats", "at")}
    seats = round(number(book, inputs.seats))
    totals = {users: serving_bound(users, **given) for users in range(1, seats + 1)}
    texts = {users: f"{totals[users]:.0f}" if users in totals else "more than the memory holds" for users in inputs.at}
    measured = {"id": "measured", "points": [{"id": f"users-{users}", "texts": {"bound": words}} for users, words in texts.items()]}
    return {"values": {"seats": inputs.seats}, "panels": [
        {"id": "all", "series": [{"id": "bound", "curve": list(totals.items())}, measured]},
        {"id": "each", "series": [{"id": "bound", "curve": [(users, total / users) for users, total in totals.items()]}]},
    ]}
