"""Models as their records describe them."""

from __future__ import annotations

import re
from typing import Any, Literal

from pydantic import Field as Key

from fieldguide.book import Book
from fieldguide.book.numbers import number
from fieldguide.drawing.figure_values import FieldReference
from fieldguide.drawing.hooks.base import Filling, Hook
from fieldguide.drawing.pieces import short_name
from fieldguide.drawing.record_values import checked, date
from fieldguide.records.base import Strict
from fieldguide.records.model import Model
from fieldguide.text.dates import show_date

OPEN = ("open weights", "open source")
"""How models may be used whose weights are released."""


class Milestones(Hook):
    """Milestones: the release of every model whose record says why it is one, as events of the tracks
    `hosted`, `released` and `beyond` text.
    """

    previews: dict[str, str] = {}
    """Model → the recorded day from which some could use it before its release."""

    def compute(self, book: Book) -> Filling:
        """The events. Raises ValueError for a preview of no model, KeyError for one on no recorded day."""
        if unknown := set(self.previews) - set(book.models):
            raise ValueError(f"there is no model `{min(unknown)}`")
        names = {
            name
            for model in book.models.values()
            for name in (model.lab, model.family, short_name(model.name))
        }
        events: dict[str, list[dict[str, Any]]] = {"hosted": [], "released": [], "beyond": []}
        for slug, model in book.models.items():
            if model.milestone:
                texts = (
                    _preview(self.previews[slug], str(model.released.value), book)
                    if slug in self.previews
                    else {}
                )
                events[_track(model)].append(
                    {
                        "date": f"{slug}.released",
                        "name": short_name(model.name),
                        "text": continued(model.milestone, names),
                        "texts": texts,
                    }
                )
        return {"events": events}


def _track(model: Model) -> str:
    if model.domain not in ("language", "multimodal"):
        return "beyond"
    return "released" if model.access in OPEN else "hosted"


def _preview(reference: str, released: str, book: Book) -> dict[str, str]:
    """The text of an earlier preview: as it stands before the text in the drawing, without the year of the
    release, and after the text in the table, as a checked date.
    """
    shown = show_date(date(book, reference))
    return {
        "early": f"(preview {shown.removesuffix(released[:4]).strip()}) ",
        "preview": f" (preview {checked(reference, shown)})",
    }


def continued(text: str, names: set[str]) -> str:
    """A milestone as it follows the model's name: it starts with a small letter unless it starts with one of
    `names`.
    """
    return (
        text
        if any(re.match(rf"{re.escape(name)}\b", text) for name in names)
        else text[:1].lower() + text[1:]
    )


class NamedModel(Strict):
    access: list[str] = Key(min_length=1)
    """What the record of a model must say; a model that says otherwise is left out."""
    models: list[str] = Key(max_length=3)


class ModelsNamed(Hook):
    """Names of models as texts of a figure, as long as their records say that one gets them in that way."""

    texts: dict[str, NamedModel]

    def compute(self, book: Book) -> Filling:
        """A text for each of the inputs: its models' names, or nothing."""
        groups = {
            key: [book.models[slug] for slug in named.models if slug in book.models]
            for key, named in self.texts.items()
        }
        return {
            "texts": {
                key: ", ".join(
                    short_name(model.name) for model in models if model.access in self.texts[key].access
                )
                for key, models in groups.items()
            }
        }


class ModelsWith(Hook):
    """A mark for each model whose record has a number, by release; the low end of an interval without a high
    end is a bound and has no mark.
    """

    field: Literal["compute", "tokens"]
    domains: list[str] = []
    """Only models of these; of all where none is named."""
    of: FieldReference | None = None
    """A record with an interval: the greatest number is {share} percent of it, {share_high} and {share_low}
    of the interval's ends.
    """

    def compute(self, book: Book) -> Filling:
        """The series `models`, with the maker of each as {lab}, and the model with the greatest number as
        {most} and {greatest}. Raises ValueError where no model has one.
        """
        points = []
        for slug, model in book.models.items():
            groups = getattr(model, self.field)
            if (
                groups is None
                or groups.status
                or (groups.low is not None and groups.high is None)
                or not isinstance(groups.value, int | float)
                or (self.domains and model.domain not in self.domains)
            ):
                continue
            point = {
                "id": slug,
                "name": short_name(model.name),
                "x": f"{slug}.released",
                "value": f"{slug}.{self.field}",
                "texts": {"lab": model.lab},
            }
            points.append((float(groups.value), str(model.released.value), point))
        if not points:
            raise ValueError(f"no model has a number of {self.field}")
        value, _, most = max(points, key=lambda item: item[:2])
        shares = (
            {}
            if self.of is None
            else {
                f"share{end}": 100 * value / number(book, f"{self.of}{end.replace('_', '.')}")
                for end in ("", "_low", "_high")
            }
        )
        return {
            "values": {"greatest": most["value"], **shares},
            "texts": {"most": most["name"]},
            "panels": [
                {"id": "models", "series": [{"id": "models", "points": [point for *_, point in points]}]}
            ],
        }
