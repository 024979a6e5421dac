"""Names of models as texts of a figure, as long as their records say that one gets them in that way."""

from __future__ import annotations

from typing import Any

from pydantic import Field as Key

from fieldguide.book import Book
from fieldguide.drawing.pieces import short_name
from fieldguide.records.base import Strict


class Named(Strict):
    access: list[str] = Key(min_length=1)
    """What the record of a model must say; a model that says otherwise is left out."""
    models: list[str] = Key(max_length=3)


class Inputs(Strict):
    texts: dict[str, Named]


def fill(inputs: Inputs, book: Book) -> dict[str, Any]:
    """A text for each of the inputs: its models' names, or nothing."""
    found = {key: [book.models[slug] for slug in named.models if slug in book.models] for key, named in inputs.texts.items()}
    return {"texts": {key: ", ".join(short_name(model.name) for model in models if model.access in inputs.texts[key].access) for key, models in found.items()}}
