"""One cohort of the customers of a unit-economics scenario, its start and quarters on: revenue, starting revenue still there and gross profit as an index.

Hosting, support and free users keep their size a seat.
"""

from __future__ import annotations

from typing import Any

from pydantic import Field as Key

from fieldguide.book import Book
from fieldguide.drawing.hooks.scenario import Scenario, scenario_of
from fieldguide.records.base import Strict
from fieldguide.records.formulas.arithmetic import percent_of, share


class Quarter(Strict):
    name: str
    customers: int = Key(gt=0)
    seats: float = Key(gt=0)
    conversations: float
    """A seat and month."""


class Inputs(Strict):
    scenario: str
    """The figure whose inputs hold the scenario."""
    seats_each: float
    """Seats of a customer at the start; who stays keeps at least these."""
    quarters: list[Quarter] = Key(min_length=2)


def fill(inputs: Inputs, book: Book) -> dict[str, Any]:
    """Series `revenue`, `kept` and `profit` (start = 100), rows of words `quarter`, `margin` and `use`, and the table. Raises ValueError for fewer seats than who stayed brought."""
    scenario = scenario_of(book, inputs.scenario)
    found = [_grown(scenario, quarter) for quarter in inputs.quarters]
    profits = [percent_of(now.revenue, now.margin) for now in found]
    lines: dict[str, list[float]] = {"revenue": [], "kept": [], "profit": []}
    rows = []
    for quarter, now, profit in zip(inputs.quarters, found, profits, strict=True):
        stayed = quarter.customers * inputs.seats_each
        if quarter.seats < stayed:
            raise ValueError(f"{quarter.name} has {quarter.seats:g} seats, its customers brought {stayed:g}")
        index = share(now.revenue, found[0].revenue), share(stayed, inputs.quarters[0].seats), share(profit, profits[0])
        for line, value in zip(lines.values(), index, strict=True):
            line.append(value)
        rows.append([quarter.name, f"{quarter.customers}", f"{quarter.seats:,.0f}", f"{quarter.conversations:g}", *(f"{value:.0f}" for value in index), f"{now.margin:.0f}", f"{profit:,.0f}"])
    last = len(rows) - 1
    series = [{"id": key, "points": [{"id": f"{key}-end" if at == last else f"{key}-{at}", "x": at, "value": value} for at, value in enumerate(values)]} for key, values in lines.items()]
    below = [{"id": "margin", "texts": [f"{now.margin:.0f}%" for now in found]}, {"id": "use", "texts": [f"{quarter.conversations:g}" for quarter in inputs.quarters]}]
    x = {"high": last, "ticks": list(range(last + 1)), "words": [quarter.name for quarter in inputs.quarters]}
    return {"panels": [{"id": "cohort", "x": x, "series": series, "below": below}], "table": {"before": rows}}


def _grown(scenario: Scenario, quarter: Quarter) -> Scenario:
    """The scenario with the cohort's seats and use."""
    fixed = {key: getattr(scenario, key) * quarter.seats / scenario.seats for key in ("hosting", "support", "free_users")}
    return scenario.model_copy(update={"seats": quarter.seats, "conversations": quarter.conversations, **fixed})
