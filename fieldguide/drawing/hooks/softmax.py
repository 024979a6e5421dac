"""Scores of the next token made into probabilities at several temperatures."""

from __future__ import annotations

from typing import Any

from pydantic import Field as Key

from fieldguide.book import Book
from fieldguide.records.base import Strict
from fieldguide.records.formulas.size import softmax


class Inputs(Strict):
    scores: dict[str, float] = Key(min_length=2)
    """By token, from the highest down."""
    temperatures: dict[str, float]
    """By the id of a panel."""


def fill(inputs: Inputs, book: Book) -> dict[str, Any]:
    """The part `settings`: for each temperature {<token>}, its probability, and {odds}, the first to the last; in the figure {<token>_score} and {<panel>_<token>}. Raises ValueError for scores out of order."""
    scores = list(inputs.scores.values())
    if scores != sorted(scores, reverse=True):
        raise ValueError("list the tokens from the highest score down")
    chances = {name: dict(zip(inputs.scores, softmax(scores, by), strict=True)) for name, by in inputs.temperatures.items()}
    panels = [{
        "id": name, "values": {**chances[name], "temperature": by, "odds": max(chances[name].values()) / min(chances[name].values())},
        "texts": {"divided": ", ".join(f"{score / by:g}" for score in scores), **{f"{token}_said": percent(chance) for token, chance in chances[name].items()}},
    } for name, by in inputs.temperatures.items()]
    said = {f"{name}_{token}": percent(chance) for name, row in chances.items() for token, chance in row.items()}
    return {"values": {f"{token}_score": score for token, score in inputs.scores.items()}, "texts": said, "parts": [{"id": "settings", "panels": panels}]}


def percent(chance: float) -> str:
    return f"{100 * chance:.1f}%" if chance < 0.1 else f"{100 * chance:.0f}%"
