"""Accelerators as rows of a download."""

from __future__ import annotations

from collections.abc import Iterable

from fieldguide.lists.hardware import in_order
from fieldguide.records.accelerator import RATES, UNITS, Accelerator
from fieldguide.text.numbers import whole


def rows(items: Iterable[Accelerator]) -> list[dict[str, object]]:
    """The download's rows: units are in the names of the columns."""
    table = []
    for item in in_order(items):
        line: dict[str, object] = {
            "id": item.slug,
            "name": item.name,
            "vendor": item.vendor,
            "year": item.year,
            "scope": item.scope,
            "memory_type": item.memory_type,
        }
        for name, unit in UNITS.items():
            field = getattr(item, name)
            key = f"{name}_{'dense_' if name in RATES else ''}{unit.lower().replace('/', '_per_')}"
            line[key] = None if field is None else field.status or whole(field.value)
        table.append(line | {"sources": item.source_keys()})
    return table
