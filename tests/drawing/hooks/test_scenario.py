"""The scenario of unit economics: its costs, the stacks that a figure divides, and the page that works the same scenario."""

import re
from pathlib import Path

import pytest

from fieldguide.book import Book
from fieldguide.drawing.draw import draw
from fieldguide.drawing.hooks.business import CostOfGoods, Scenario, scenario_of
from tests.figures.published import published
from tests.figures.reading import ROOT

SMALL = Scenario(
    seats=100, price=20, conversations=10, tokens_in=1000, tokens_out=100, input_price=10, output_price=50, free_users=50, free_conversations=4,
    reviewed=5, review_cost=2, hosting=300, support=200, fees=3, data=1,
)
"""1,000 conversations, each 1 cent read and half a cent written."""


def test_each_cost_follows_from_the_inputs_and_the_margin_is_what_they_leave() -> None:
    assert SMALL.costs == pytest.approx({"support": 200, "review": 100, "model": 15, "free": 3, "hosting": 300, "fees": 60, "data": 100})
    assert SMALL.margin == pytest.approx(100 * (2000 - 778) / 2000)


def test_the_stacks_are_a_seat_and_a_month_of_the_same_lines(tmp_path: Path) -> None:
    seat, month = CostOfGoods(scenario=SMALL).compute(Book(tmp_path))["stacks"]
    assert (seat["total"], month["total"]) == (20, 2000)
    assert month["values"] == [*SMALL.costs.values()] == pytest.approx([100 * value for value in seat["values"]])


def test_the_page_works_the_scenario_of_the_figure() -> None:
    book = published("cost-of-goods")
    scenario = scenario_of(book, "cost-of-goods")
    table = draw(book.figures["cost-of-goods"], book).table
    assert table is not None and len(table.rows) == len(scenario.costs) + 1
    page = (ROOT / "docs/business/unit-economics.md").read_text(encoding="utf-8")
    written = {name.strip(): amount for name, amount in re.findall(r"^    \| ([^|]+) \|[^|]+\| \$([\d,]+) \|$", page, re.M)}
    for row, cost in zip(table.rows, scenario.costs.values(), strict=False):
        assert written[row[0].lower()] == row[3] == f"{cost:,.0f}", row[0]
    assert written["revenue"] == f"{scenario.revenue:,.0f}"
    assert written["cost of goods"] == f"{sum(scenario.costs.values()):,.0f}"
    assert f"| **{scenario.margin:.0f}%** |" in page or f"| {scenario.margin:.0f}% |" in page
