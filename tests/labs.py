"""The guide's labs as their tests ask them, and anything that a reader may put in."""

from __future__ import annotations

import functools
import math
import random
from typing import Any

from fieldguide.labs.calculator import Calculator, SteppedCalculator, Values, calculator
from fieldguide.labs.engine import Script
from fieldguide.records.lab import Input
from tests.guide import ROOT, guide_book

WORDS = Script(ROOT, {"words": "assets/js/lab/words.mjs"})


def _number(item: Input, draw: random.Random) -> float:
    """A number that the field takes: from its slider, from all that it takes, or an end."""
    low, high, start, end = (float(value or 0) for value in (item.low, item.high, item.from_, item.to))
    kind = draw.random()
    if kind < 0.2:
        value = draw.choice((low, high, start, end))
    else:
        first, last = (start, end) if kind < 0.7 else (low, high)
        value = (
            math.exp(draw.uniform(math.log(first or start / 1000), math.log(last)))
            if item.scale == "log"
            else draw.uniform(first, last)
        )
    return float(round(value)) if item.whole else value


def drawn_values(calculator: Calculator, record: dict[str, Input], draw: random.Random) -> dict[str, Any]:
    """Something for every input of a lab, whose record has these."""
    made = inputs(calculator)
    return {
        name: _number(item, draw)
        if item.kind == "number"
        else draw.choice(made[name].get("options") or made[name]["rows"])["id"]
        for name, item in record.items()
    }


@functools.cache
def lab(slug: str) -> Calculator:
    """The calculator of one of the guide's labs."""
    return calculator(guide_book(), guide_book().labs[slug])


def say(name: str, value: float, *more: float) -> str:
    """A number in the labs' words: `money`, `percent`, `count`, `digits` with their number, …"""
    return str(WORDS.run(f"words.{name}(...values)", values=[value, *more]))


def request() -> SteppedCalculator:
    """The calculator of the lab that follows one request."""
    calculator = lab("one-request")
    assert isinstance(calculator, SteppedCalculator)
    return calculator


def inputs(calculator: Calculator) -> dict[str, dict[str, Any]]:
    """The inputs of a lab as lab.json has them, by id."""
    return {item["id"]: item for group in calculator.data["groups"] for item in group["inputs"]}


def problems(calculator: Calculator, values: Values | None = None) -> list[dict[str, str]]:
    """Inputs that do not go together: {id, message} each."""
    found: list[dict[str, str]] = calculator.run("model.problems(v, lab)", values)
    return found


def readings(calculator: Calculator, values: Values | None = None) -> list[dict[str, Any]]:
    """The numbers that the page shows beside the answer: {name, text, tone} each."""
    found: list[dict[str, Any]] = calculator.run("model.readings(r, v, lab)", values)
    return found


def charts(calculator: Calculator, values: Values | None = None) -> list[dict[str, Any]]:
    """The pictures of the page: {title, context, scene} each; a scene is what charts.mjs draws."""
    found: list[dict[str, Any]] = calculator.run("model.charts(r, v, lab)", values)
    return found


def texts(tree: list[Any]) -> list[str]:
    """The words of a picture, in order."""
    _, _, *children = tree
    return [text for child in children for text in ([child] if isinstance(child, str) else texts(child))]


def rects(tree: list[Any]) -> list[dict[str, Any]]:
    """The attributes of the rectangles of a picture, in order."""
    tag, attributes, *children = tree
    inner = [one for child in children if not isinstance(child, str) for one in rects(child)]
    return [attributes, *inner] if tag == "rect" else inner
