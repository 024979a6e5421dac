"""Unit economics: one product in one month, what moves its margin, and a cohort of its customers."""

from __future__ import annotations

from typing import Any

from pydantic import Field as Key

from fieldguide.book import Book
from fieldguide.drawing.hooks.base import Filling, Hook
from fieldguide.records.base import Strict
from fieldguide.records.formulas.arithmetic import percent_of, share
from fieldguide.records.formulas.money import cost_per_million, gross_margin


class Scenario(Strict):
    """All of it is illustrative; costs and the margin follow from it. USD are of a month."""

    seats: float = Key(gt=0)
    price: float = Key(gt=0)
    """USD a seat."""
    conversations: float
    """A seat."""
    tokens_in: float
    """Tokens read in one conversation, all calls together."""
    tokens_out: float
    input_price: float
    """USD per million tokens."""
    output_price: float
    free_users: float
    free_conversations: float
    reviewed: float
    """Percent of paying users' conversations that a person checks."""
    review_cost: float
    """USD for each of these."""
    hosting: float
    support: float
    fees: float
    """Percent of revenue that card processing takes."""
    data: float
    """USD a seat for licensed data."""

    @property
    def revenue(self) -> float:
        return self.seats * self.price

    @property
    def talks(self) -> float:
        """Conversations of paying users."""
        return self.seats * self.conversations

    @property
    def each(self) -> float:
        """USD for the model in one conversation."""
        return cost_per_million(self.tokens_in, self.input_price) + cost_per_million(self.tokens_out, self.output_price)

    @property
    def costs(self) -> dict[str, float]:
        """The cost of goods in USD by line, from the top of the stack down."""
        return {
            "support": self.support, "review": percent_of(self.talks, self.reviewed) * self.review_cost, "model": self.talks * self.each, "free": self.free_users * self.free_conversations * self.each,
            "hosting": self.hosting, "fees": percent_of(self.revenue, self.fees), "data": self.seats * self.data,
        }

    @property
    def margin(self) -> float:
        """Gross margin, in percent."""
        return gross_margin(self.revenue, sum(self.costs.values()))


class CostOfGoods(Hook):
    """One product in one month, and the lines of its cost of goods: what it takes in, divided among who is paid."""

    scenario: Scenario

    def compute(self, book: Book) -> Filling:
        """The stacks `seat` and `month`, and what the lines say of their sums."""
        scene = self.scenario
        return {
            "stacks": [{"id": "seat", "total": scene.price, "values": [cost / scene.seats for cost in scene.costs.values()]}, {"id": "month", "total": scene.revenue, "values": [*scene.costs.values()]}],
            "values": {"talks": scene.talks, "free_talks": scene.free_users * scene.free_conversations, "each": scene.each, "reviewed": scene.reviewed, "review_cost": scene.review_cost, "fees": scene.fees},
        }


def scenario_of(book: Book, slug: str) -> Scenario:
    """The scenario that a figure with this hook divides."""
    return CostOfGoods.model_validate(book.figures[slug].inputs).scenario


class Item(Strict):
    id: str
    name: str
    change: list[str] = Key(min_length=1)
    """Inputs of the scenario that are changed together."""


class ScenarioSwings(Hook):
    """How far each input of a unit-economics scenario moves its gross margin: the bars of a tornado, widest first."""

    scenario: str
    """The figure whose inputs hold the scenario."""
    low: float
    high: float
    """What the inputs are multiplied with."""
    items: list[Item] = Key(min_length=2)

    def compute(self, book: Book) -> Filling:
        """The scale, the base and a row an item. Raises ValueError for an input that the scenario does not have."""
        scenario = scenario_of(book, self.scenario)
        rows = sorted((_row(item, self, scenario) for item in self.items), key=lambda row: -row["values"]["width"])
        ends = [row["values"][key] for row in rows for key in ("low", "high")]
        return {"x": {"low": min(ends), "high": max(ends), "line": "none"}, "base": scenario.margin, "line": {"at": scenario.margin}, "values": {"base": scenario.margin}, "groups": [{"rows": rows}]}


def _row(item: Item, inputs: ScenarioSwings, scenario: Scenario) -> dict[str, Any]:
    if unknown := set(item.change) - set(Scenario.model_fields):
        raise ValueError(f"the scenario has no {', '.join(sorted(unknown))}")
    low, high = (scenario.model_copy(update={key: getattr(scenario, key) * factor for key in item.change}).margin for factor in (inputs.low, inputs.high))
    return {
        "id": item.id, "name": item.name, "values": {"low": low, "high": high, "width": abs(high - low)},
        "bars": [{"value": low, "look": "hatched"}, {"value": high}],
    }


class Quarter(Strict):
    name: str
    customers: int = Key(gt=0)
    seats: float = Key(gt=0)
    conversations: float
    """A seat and month."""


class CohortQuarters(Hook):
    """One cohort of the customers of a unit-economics scenario, its start and quarters on: revenue, starting revenue still there and gross profit as an index.

    Hosting, support and free users keep their size a seat.
    """

    scenario: str
    """The figure whose inputs hold the scenario."""
    seats_each: float
    """Seats of a customer at the start; who stays keeps at least these."""
    quarters: list[Quarter] = Key(min_length=2)

    def compute(self, book: Book) -> Filling:
        """Series `revenue`, `kept` and `profit` (start = 100), the margin and use a seat at both ends as {margin_first}, {use_last}, …, and the table. Raises ValueError for fewer seats than who stayed brought."""
        scenario = scenario_of(book, self.scenario)
        found = [_grown(scenario, quarter) for quarter in self.quarters]
        profits = [percent_of(now.revenue, now.margin) for now in found]
        lines: dict[str, list[float]] = {"revenue": [], "kept": [], "profit": []}
        rows = []
        for quarter, now, profit in zip(self.quarters, found, profits, strict=True):
            stayed = quarter.customers * self.seats_each
            if quarter.seats < stayed:
                raise ValueError(f"{quarter.name} has {quarter.seats:g} seats, its customers brought {stayed:g}")
            index = share(now.revenue, found[0].revenue), share(stayed, self.quarters[0].seats), share(profit, profits[0])
            for line, value in zip(lines.values(), index, strict=True):
                line.append(value)
            rows.append([quarter.name, f"{quarter.customers}", f"{quarter.seats:,.0f}", f"{quarter.conversations:g}", *(f"{value:.0f}" for value in index), f"{now.margin:.0f}", f"{profit:,.0f}"])
        last = len(rows) - 1
        series = [{"id": key, "points": [{"id": f"{key}-end" if at == last else f"{key}-{at}", "x": at, "value": value} for at, value in enumerate(values)]} for key, values in lines.items()]
        ends = {f"{key}_{end}": value for end, at in (("first", 0), ("last", last)) for key, value in (("margin", found[at].margin), ("use", self.quarters[at].conversations))}
        x = {"high": last, "ticks": list(range(last + 1)), "words": [quarter.name for quarter in self.quarters]}
        return {"panels": [{"id": "cohort", "x": x, "series": series}], "values": ends, "table": {"before": rows}}


def _grown(scenario: Scenario, quarter: Quarter) -> Scenario:
    """The scenario with the cohort's seats and use."""
    fixed = {key: getattr(scenario, key) * quarter.seats / scenario.seats for key in ("hosting", "support", "free_users")}
    return scenario.model_copy(update={"seats": quarter.seats, "conversations": quarter.conversations, **fixed})
