"""A mark for each model whose record has a number, by release."""

from __future__ import annotations

from typing import Any, Literal

from fieldguide.book import Book
from fieldguide.drawing.amounts import Reference
from fieldguide.drawing.pieces import short_name
from fieldguide.drawing.values import number
from fieldguide.records.base import Strict


class Inputs(Strict):
    field: Literal["compute", "tokens"]
    domains: list[str] = []
    """Only models of these; of all where none is named."""
    of: Reference | None = None
    """A record with an interval: the greatest number is {share} percent of it, {share_high} and {share_low} of the interval's ends."""


def fill(inputs: Inputs, book: Book) -> dict[str, Any]:
    """The series `models`, with the maker of each as {lab}, and the model with the greatest number as {most} and {greatest}. Raises ValueError where no model has one."""
    points = []
    for slug, model in book.models.items():
        found = getattr(model, inputs.field)
        if found is None or found.status or not isinstance(found.value, int | float) or (inputs.domains and model.domain not in inputs.domains):
            continue
        point = {"id": slug, "name": short_name(model.name), "x": f"{slug}.released", "value": f"{slug}.{inputs.field}", "texts": {"lab": model.lab}}
        points.append((float(found.value), str(model.released.value), point))
    if not points:
        raise ValueError(f"no model has a number of {inputs.field}")
    value, _, most = max(points, key=lambda item: item[:2])
    shares = {} if inputs.of is None else {f"share{end}": 100 * value / number(book, f"{inputs.of}{end.replace('_', '.')}") for end in ("", "_low", "_high")}
    return {"values": {"greatest": most["value"], **shares}, "texts": {"most": most["name"]}, "panels": [{"id": "models", "series": [{"id": "models", "points": [point for *_, point in points]}]}]}
