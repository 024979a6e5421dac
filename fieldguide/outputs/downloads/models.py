"""Models as rows of a download."""

from __future__ import annotations

from collections.abc import Iterable

from fieldguide.lists.models import in_order
from fieldguide.records.model import UNITS, Model
from fieldguide.text.numbers import whole

COLUMNS = ["id", "name", "lab", "country", "family", "domain", "modality", "architecture", "access"]


def rows(models: Iterable[Model]) -> list[dict[str, object]]:
    """The download's rows: plain columns, then value, kind and low/high for each field."""
    table = []
    for model in in_order(models):
        row: dict[str, object] = {"id": model.slug} | {name: getattr(model, name) for name in COLUMNS[1:]}
        for name in UNITS:
            field = getattr(model, name)
            row[name] = None if field is None else field.status or whole(field.value)
            if name == "tokens":
                row["tokens_qualifier"] = field.qualifier if field is not None else None
            if name == "compute":
                row["compute_kind"] = field.kind if field is not None else None
                row["compute_low"] = field.low if field is not None else None
                row["compute_high"] = field.high if field is not None else None
        row["sources"] = model.source_keys()
        table.append(row)
    return table
