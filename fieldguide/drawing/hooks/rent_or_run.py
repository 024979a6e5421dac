"""Cost per million tokens of a rented machine by how much of it is used, and where that is the list price."""

from __future__ import annotations

from typing import Any

from fieldguide.book import Book
from fieldguide.drawing.amounts import Reference
from fieldguide.drawing.values import number
from fieldguide.records.base import Strict
from fieldguide.records.formulas.money import rental_cost_per_million

STEPS = 60


class Line(Strict):
    id: str
    speed: Reference
    """Tokens per second at full use."""
    hour: Reference
    """USD."""
    share: Reference
    """The break-even, percent; above 100 it is never reached."""


class Inputs(Strict):
    price: Reference
    high: float
    """The highest cost drawn, USD per million tokens."""
    lines: list[Line]


def fill(inputs: Inputs, book: Book) -> dict[str, Any]:
    """A curve for each line with {speed}, {hour}, {full} and {share} (the chart names {id_hour} and {id_full}), its end as a point, and the series `even` of the break-evens that are reached."""
    series: list[dict[str, Any]] = []
    even: list[dict[str, Any]] = []
    every: dict[str, float | Reference] = {}
    for line in inputs.lines:
        hour, speed, share = (number(book, reference) for reference in (line.hour, line.speed, line.share))

        def cost(used: float, hour: float = hour, speed: float = speed) -> float:
            return rental_cost_per_million(hour, speed, used)

        first = max(2.0, cost(100) / inputs.high * 100)
        used = [first + (100 - first) * (at / STEPS) ** 2 for at in range(STEPS + 1)]
        values = {"speed": line.speed, "hour": line.hour, "share": line.share, "full": cost(100)}
        every |= {f"{line.id}_hour": line.hour, f"{line.id}_full": cost(100)}
        texts = {"never": "" if share <= 100 else ", never"}
        series.append({"id": line.id, "curve": [(at, cost(at)) for at in used], "values": values, "texts": texts, "strong": share <= 100, "points": [{"id": f"{line.id}-full", "x": 100, "value": cost(100), "bold": False}]})
        if share <= 100:
            even.append({"id": f"{line.id}-even", "x": line.share, "value": inputs.price})
    return {"values": every, "panels": [{"id": "cost", "series": [*series, {"id": "even", "points": even}]}]}
