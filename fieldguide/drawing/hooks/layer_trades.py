"""What each layer of data/stack.yml sells and buys, as texts of a figure."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from fieldguide.book import Book
from fieldguide.records.base import Strict
from fieldguide.records.stack import Layer


class Inputs(Strict):
    """Nothing: the stack knows it all."""


def fill(inputs: Inputs, book: Book) -> dict[str, Any]:
    """For each layer its name, what it sells and buys, with whom and in which unit, and what flows: `model_sells`, `model_sells_with`, … Raises ValueError without a stack."""
    if book.stack is None:
        raise ValueError("data/stack.yml is missing or has errors; this figure is drawn from it")
    return {"texts": {f"{layer.id}{key}": text for layer in book.stack.layers for key, text in _texts(layer)}}


def _texts(layer: Layer) -> Iterator[tuple[str, str]]:
    yield from (("", layer.name), ("_title", layer.name.upper()), ("_paid", layer.paid), ("_returns", layer.returns or ""))
    for verb, what, partner, unit in (("sells", layer.sells.what, f"to {_party(layer.sells.to)}", layer.sells.unit), ("buys", layer.buys.what, f"from {_party(layer.buys.from_)}", layer.buys.unit)):
        yield from ((f"_{verb}", what), (f"_{verb}_with", partner), (f"_{verb}_unit", unit))


def _party(name: str) -> str:
    """As it stands after the verb: "the model layer"."""
    return f"the {name.lower()}" if name.endswith(" layer") else name
