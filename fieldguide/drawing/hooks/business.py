"""Unit economics: the product of the lab of that name in one month, what moves its margin, and a cohort of
its customers.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from pydantic import Field as Key

from fieldguide.book import Book
from fieldguide.drawing.hooks.base import Filling, Hook
from fieldguide.labs.calculator import Calculator, calculator
from fieldguide.labs.data import preset_values
from fieldguide.records.base import Strict
from fieldguide.records.formulas.arithmetic import share


class LabCase(Strict):
    """A ready-made case of a lab."""

    lab: str
    case: str

    def resolve(self, book: Book) -> tuple[Calculator, dict[str, Any]]:
        """The lab and the values of the case. Raises KeyError where there is no such lab or case."""
        lab = book.labs[self.lab]
        cases = {preset.id: preset for preset in lab.presets}
        return calculator(book, lab), preset_values(book, lab, cases[self.case])


class CostOfGoods(LabCase, Hook):
    """One product in one month, and the lines of its cost of goods: what it takes in, divided among who is
    paid.
    """

    def compute(self, book: Book) -> Filling:
        """The stacks `seat` and `month`, and the texts about their sums."""
        lab, values = self.resolve(book)
        result = lab.work(values)
        return {
            "stacks": [
                {
                    "id": "seat",
                    "total": values["price"],
                    "values": [cost / values["seats"] for cost in result["costs"]],
                },
                {"id": "month", "total": result["revenue"], "values": result["costs"]},
            ],
            "values": {
                **{key: result[key] for key in ("talks", "free_talks", "each")},
                **{key: values[key] for key in ("reviewed", "review_cost", "fees")},
            },
        }


class ScenarioSwings(LabCase, Hook):
    """How far each input of the product moves its gross margin: the bars of a tornado, widest first, halved
    and half as much again.
    """

    def compute(self, book: Book) -> Filling:
        """The scale, the base value, and a row for each input."""
        lab, values = self.resolve(book)
        base, result = lab.work(values)["margin"], lab.run("model.swings(v, lab)", values)
        ends = [value for row in result for value in row["values"]]
        rows = [
            {
                "id": row["id"].replace("_", "-"),
                "name": row["name"],
                "values": {"low": row["values"][0], "high": row["values"][1], "width": row["width"]},
                "bars": [{"value": row["values"][0], "look": "hatched"}, {"value": row["values"][1]}],
            }
            for row in result
        ]
        return {
            "x": {"low": min(ends), "high": max(ends), "line": "none"},
            "base": base,
            "line": {"at": base},
            "values": {"base": base},
            "groups": [{"rows": rows}],
        }


class Quarter(Strict):
    name: str
    customers: int = Key(gt=0)
    seats: float = Key(gt=0)
    conversations: float
    """A seat and month."""


class CohortQuarters(LabCase, Hook):
    """One cohort of the product's customers, its start and quarters on: revenue, starting revenue still there
    and gross profit as an index.

    Hosting, support and free users keep their size a seat.
    """

    seats_each: float
    """Seats of a customer at the start; who stays keeps at least these."""
    quarters: list[Quarter] = Key(min_length=2)

    def compute(self, book: Book) -> Filling:
        """Series `revenue`, `kept` and `profit` (start = 100), and the margin and use a seat at both ends as
        {margin_first}, {use_last}, …; the points have what the quarter's row of the table may name. Raises
        ValueError for fewer seats than who stayed brought.
        """
        lab, values = self.resolve(book)
        result = [_grown(lab, values, quarter) for quarter in self.quarters]
        rows = []
        for quarter, now in zip(self.quarters, result, strict=True):
            stayed = quarter.customers * self.seats_each
            if quarter.seats < stayed:
                raise ValueError(
                    f"{quarter.name} has {quarter.seats:g} seats, its customers brought {stayed:g}"
                )
            rows.append(
                {
                    **quarter.model_dump(exclude={"name"}),
                    "revenue": share(now["revenue"], result[0]["revenue"]),
                    "kept": share(stayed, self.quarters[0].seats),
                    "profit": share(now["left"], result[0]["left"]),
                    "margin": now["margin"],
                    "left": now["left"],
                }
            )
        last = len(rows) - 1
        series = [
            {
                "id": key,
                "points": [
                    {
                        "id": f"{key}-{'end' if position == last else position}",
                        "x": position,
                        "value": row[key],
                        "row": f"revenue-{'end' if position == last else position}",
                        "name": quarter.name,
                        "values": row,
                    }
                    for position, (quarter, row) in enumerate(zip(self.quarters, rows, strict=True))
                ],
            }
            for key in ("revenue", "kept", "profit")
        ]
        ends = {
            f"{key}_{end}": value
            for end, position in (("first", 0), ("last", last))
            for key, value in (
                ("margin", result[position]["margin"]),
                ("use", self.quarters[position].conversations),
            )
        }
        x = {
            "high": last,
            "ticks": list(range(last + 1)),
            "words": [quarter.name for quarter in self.quarters],
        }
        return {"panels": [{"id": "cohort", "x": x, "series": series}], "values": ends}


def _grown(lab: Calculator, values: Mapping[str, Any], quarter: Quarter) -> dict[str, Any]:
    """The results of the calculator for a quarter: the cohort's seats and use in place of those in
    `values`, with as many free users a seat as before.
    """
    seats = quarter.seats
    free_users = values["free_users"] * seats / values["seats"]
    return lab.work({**values, "free_users": free_users, "seats": seats, "tasks": quarter.conversations})
