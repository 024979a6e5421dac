"""Milestones: the release of every model whose record says why it is one, as events of the tracks `hosted`, `released` and `beyond` text."""

from __future__ import annotations

import re
from typing import Any

from fieldguide.book import Book
from fieldguide.drawing.pieces import short_name
from fieldguide.drawing.values import checked, date
from fieldguide.records.base import Strict
from fieldguide.records.model import Model
from fieldguide.text.dates import show_date

OPEN = ("open weights", "open source")
"""How models may be used whose weights are released."""


class Inputs(Strict):
    previews: dict[str, str] = {}
    """Model → the recorded day from which some could use it before its release."""


def fill(inputs: Inputs, book: Book) -> dict[str, Any]:
    """The events. Raises ValueError for a preview of no model, KeyError for one on no recorded day."""
    if unknown := set(inputs.previews) - set(book.models):
        raise ValueError(f"there is no model `{min(unknown)}`")
    names = {name for model in book.models.values() for name in (model.lab, model.family, short_name(model.name))}
    events: dict[str, list[dict[str, Any]]] = {"hosted": [], "released": [], "beyond": []}
    for slug, model in book.models.items():
        if model.milestone:
            texts = _preview(inputs.previews[slug], str(model.released.value), book) if slug in inputs.previews else {}
            events[_track(model)].append({"date": f"{slug}.released", "name": short_name(model.name), "text": continued(model.milestone, names), "texts": texts})
    return {"events": events}


def _track(model: Model) -> str:
    if model.domain not in ("language", "multimodal"):
        return "beyond"
    return "released" if model.access in OPEN else "hosted"


def _preview(reference: str, released: str, book: Book) -> dict[str, str]:
    """An earlier preview: before the text in the drawing, without the year of the release, and after it in the table, as a checked date."""
    shown = show_date(date(book, reference))
    return {"early": f"(preview {shown.removesuffix(released[:4]).strip()}) ", "preview": f" (preview {checked(reference, shown)})"}


def continued(text: str, names: set[str]) -> str:
    """A milestone as it follows the model's name: with a small letter, unless a name starts it."""
    if any(re.match(rf"{re.escape(name)}\b", text) for name in names):
        return text
    return text[:1].lower() + text[1:]
