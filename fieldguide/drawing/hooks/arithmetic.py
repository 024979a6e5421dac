"""Formulas of the guide, worked with numbers of a figure."""

from __future__ import annotations

import re

from pydantic import Field as Key

from fieldguide.book import Book
from fieldguide.book.numbers import number
from fieldguide.drawing.figure_values import FieldReference
from fieldguide.drawing.hooks.base import Filling, Hook
from fieldguide.records.base import Strict
from fieldguide.records.formulas import FORMULAS
from fieldguide.records.formulas.agents import agent_input_tokens, agent_resent_tokens, compacted_input_tokens
from fieldguide.records.formulas.size import lora_parameters, softmax


class LoraMatrices(Hook):
    """How many numbers LoRA trains beside each matrix of a layer, and whether all layers add up to the
    record.
    """

    rank: FieldReference
    width: FieldReference
    """Inputs of every matrix."""
    layers: FieldReference
    outputs: dict[str, FieldReference]
    """Outputs of each matrix, by its name."""
    trained: FieldReference
    """All numbers that are trained, as recorded."""

    def compute(self, book: Book) -> Filling:
        """For each matrix its outputs, and how many numbers are trained: `query`, `query_trained`. Raises
        ValueError when they do not add up to the record, KeyError for an unknown one.
        """
        rank, width, layers, trained = (
            number(book, reference) for reference in (self.rank, self.width, self.layers, self.trained)
        )
        each = {
            name: lora_parameters(rank, width, number(book, outputs))
            for name, outputs in self.outputs.items()
        }
        if round(sum(each.values()) * layers) != round(trained):
            raise ValueError(
                f"{len(each)} matrices of {layers:g} layers train {sum(each.values()) * layers:,.0f} numbers,"
                f" `{self.trained}` says {trained:,.0f}"
            )
        return {
            "values": {
                **{name: number(book, outputs) for name, outputs in self.outputs.items()},
                **{f"{name}_trained": value for name, value in each.items()},
                "matrices": len(each),
            }
        }


class Softmax(Hook):
    """Scores of the next token made into probabilities at several temperatures."""

    scores: dict[str, float] = Key(min_length=2)
    """By token, from the highest down."""
    temperatures: dict[str, float]
    """By the id of a panel."""

    def compute(self, book: Book) -> Filling:
        """The part `settings`: for each temperature {<token>}, its probability, and {odds}, the first to the
        last; in the figure {<token>_score} and {<panel>_<token>}. Raises ValueError for scores out of order.
        """
        scores = list(self.scores.values())
        if scores != sorted(scores, reverse=True):
            raise ValueError("list the tokens from the highest score down")
        chances = {
            name: dict(zip(self.scores, softmax(scores, by), strict=True))
            for name, by in self.temperatures.items()
        }
        panels = [
            {
                "id": name,
                "values": {
                    **chances[name],
                    "temperature": by,
                    "odds": max(chances[name].values()) / min(chances[name].values()),
                },
                "texts": {
                    "divided": ", ".join(f"{score / by:g}" for score in scores),
                    **{f"{token}_said": percent(chance) for token, chance in chances[name].items()},
                },
            }
            for name, by in self.temperatures.items()
        ]
        texts = {
            f"{name}_{token}": percent(chance)
            for name, row in chances.items()
            for token, chance in row.items()
        }
        return {
            "values": {f"{token}_score": score for token, score in self.scores.items()},
            "texts": texts,
            "parts": [{"id": "settings", "panels": panels}],
        }


def percent(chance: float) -> str:
    return f"{100 * chance:.1f}%" if chance < 0.1 else f"{100 * chance:.0f}%"


class AgentLoop(Hook):
    """The tokens that an agent sends with each call, its context growing or compacted, and all that it has
    read after some of the calls.
    """

    first: int
    """Tokens of the first call."""
    growth: int
    """Tokens that each call adds: written by the model and brought back by tools."""
    calls: int
    marks: list[int]
    """Numbers of calls whose totals are given."""
    limit: int
    """Context at which the agent compacts."""
    kept: int
    """Tokens of the summary that it goes on with."""

    def compute(self, book: Book) -> Filling:
        """Curves `sent`, `compacted` and `new` by call; on the first a point for each mark with {total},
        {before}, {share} and {compacted}; the chart names {saved}, the total of all calls when compacted.
        """
        first, growth, every = self.first, self.growth, range(1, self.calls + 1)
        plain = [agent_input_tokens(calls, first, growth) for calls in (0, *every)]
        cut = [compacted_input_tokens(calls, first, growth, self.limit, self.kept) for calls in (0, *every)]
        sent, compacted = ([(call, read[call] - read[call - 1]) for call in every] for read in (plain, cut))
        points = []
        for calls in self.marks:
            before = agent_resent_tokens(calls, first, growth)
            values = {
                "total": plain[calls],
                "before": before,
                "share": 100 * before / plain[calls],
                "compacted": cut[calls],
            }
            points.append({"id": f"calls-{calls}", "x": calls, "value": sent[calls - 1][1], "values": values})
        new = [(call, growth if call > 1 else first) for call in every]
        return {
            "values": {"saved": cut[-1]},
            "panels": [
                {
                    "id": "loop",
                    "series": [
                        {"id": "compacted", "curve": compacted},
                        {"id": "sent", "curve": sent, "points": points},
                        {"id": "new", "curve": new},
                    ],
                }
            ],
        }


_NUMBER = re.compile(r"[\d,]*\.?\d+")


class Worked(Strict):
    function: str
    """A name of `formulas.FORMULAS`."""
    inputs: dict[str, float]
    how: str
    """The arithmetic; every input greater than one stands in it."""
    shows: str
    """A format for the result: "{:.0f}%"."""


class WorkedFormulas(Hook):
    """Formulas worked once: the arithmetic as a reader redoes it, and the result that the shared formula
    gives for the same inputs.
    """

    worked: dict[str, Worked]
    """Name of the text → the formula that it shows."""

    def compute(self, book: Book) -> Filling:
        """A text for each formula. Raises ValueError for a formula that there is not, and for an input that
        the arithmetic does not show.
        """
        return {
            "texts": {name: f"{item.how} = **{_result(name, item)}**" for name, item in self.worked.items()}
        }


def _result(name: str, item: Worked) -> str:
    if item.function not in FORMULAS:
        raise ValueError(f"no formula is called {item.function}")
    shown = {float(digits.replace(",", "")) for digits in _NUMBER.findall(item.how)}
    if missing := [value for value in item.inputs.values() if value > 1 and value not in shown]:
        raise ValueError(f"the arithmetic of `{name}` does not show {missing[0]:g}")
    return item.shows.format(FORMULAS[item.function](**item.inputs))
