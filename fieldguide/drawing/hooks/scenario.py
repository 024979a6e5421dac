"""One product in one month, and the lines of its cost of goods: what it takes in, divided among who is paid."""

from __future__ import annotations

from typing import Any

from pydantic import Field as Key

from fieldguide.book import Book
from fieldguide.records.base import Strict
from fieldguide.records.formulas.arithmetic import percent_of
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


class Inputs(Strict):
    scenario: Scenario


def scenario_of(book: Book, slug: str) -> Scenario:
    """The scenario that a figure with this hook divides."""
    return Inputs.model_validate(book.figures[slug].inputs).scenario


def fill(inputs: Inputs, book: Book) -> dict[str, Any]:
    """The stacks `seat` and `month`, and what the lines say of their sums."""
    scene = inputs.scenario
    return {
        "stacks": [{"id": "seat", "total": scene.price, "values": [cost / scene.seats for cost in scene.costs.values()]}, {"id": "month", "total": scene.revenue, "values": [*scene.costs.values()]}],
        "values": {"talks": scene.talks, "free_talks": scene.free_users * scene.free_conversations, "each": scene.each, "reviewed": scene.reviewed, "review_cost": scene.review_cost, "fees": scene.fees},
    }
