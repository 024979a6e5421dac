"""How many numbers LoRA trains beside each matrix of a layer, and whether all layers add up to the record."""

from __future__ import annotations

from typing import Any

from fieldguide.book import Book
from fieldguide.drawing.amounts import Reference
from fieldguide.drawing.values import number
from fieldguide.records.base import Strict
from fieldguide.records.formulas import lora_parameters


class Inputs(Strict):
    rank: Reference
    width: Reference
    """Inputs of every matrix."""
    layers: Reference
    outputs: dict[str, Reference]
    """Outputs of each matrix, by its name."""
    trained: Reference
    """All numbers that are trained, as recorded."""


def fill(inputs: Inputs, book: Book) -> dict[str, Any]:
    """For each matrix its outputs, and how many numbers are trained: `query`, `query_trained`. Raises ValueError when they do not add up to the record, KeyError for an unknown one."""
    rank, width, layers, trained = (number(book, reference) for reference in (inputs.rank, inputs.width, inputs.layers, inputs.trained))
    each = {name: lora_parameters(rank, width, number(book, outputs)) for name, outputs in inputs.outputs.items()}
    if round(sum(each.values()) * layers) != round(trained):
        raise ValueError(f"{len(each)} matrices of {layers:g} layers train {sum(each.values()) * layers:,.0f} numbers, `{inputs.trained}` says {trained:,.0f}")
    return {"values": {**{name: number(book, outputs) for name, outputs in inputs.outputs.items()}, **{f"{name}_trained": value for name, value in each.items()}, "matrices": len(each)}}
