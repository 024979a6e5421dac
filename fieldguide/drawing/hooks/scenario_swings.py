"""How far each input of a unit-economics scenario moves its gross margin: the bars of a tornado, widest first."""

from __future__ import annotations

from typing import Any

from pydantic import Field as Key

from fieldguide.book import Book
from fieldguide.drawing.hooks.scenario import Scenario, scenario_of
from fieldguide.records.base import Strict


class Item(Strict):
    id: str
    name: str
    change: list[str] = Key(min_length=1)
    """Inputs of the scenario that are changed together."""


class Inputs(Strict):
    scenario: str
    """The figure whose inputs hold the scenario."""
    low: float
    high: float
    """What the inputs are multiplied with."""
    items: list[Item] = Key(min_length=2)


def fill(inputs: Inputs, book: Book) -> dict[str, Any]:
    """The scale, the base and a row an item. Raises ValueError for an input that the scenario does not have."""
    scenario = scenario_of(book, inputs.scenario)
    rows = sorted((_row(item, inputs, scenario) for item in inputs.items), key=lambda row: -row["values"]["width"])
    ends = [row["values"][key] for row in rows for key in ("low", "high")]
    return {"x": {"low": min(ends), "high": max(ends), "line": "none"}, "base": scenario.margin, "values": {"base": scenario.margin}, "groups": [{"rows": rows}]}


def _row(item: Item, inputs: Inputs, scenario: Scenario) -> dict[str, Any]:
    if unknown := set(item.change) - set(Scenario.model_fields):
        raise ValueError(f"the scenario has no {', '.join(sorted(unknown))}")
    low, high = (scenario.model_copy(update={key: getattr(scenario, key) * factor for key in item.change}).margin for factor in (inputs.low, inputs.high))
    return {
        "id": item.id, "name": item.name, "values": {"low": low, "high": high, "width": abs(high - low)},
        "bars": [{"value": low, "look": "hatched"}, {"value": high}],
    }
