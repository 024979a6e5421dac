"""Formulas worked once: the arithmetic as a reader redoes it, and the result that the shared formula gives for the same inputs."""

from __future__ import annotations

import re
from typing import Any

from fieldguide.book import Book
from fieldguide.records.base import Strict
from fieldguide.records.formulas import FORMULAS

_NUMBER = re.compile(r"[\d,]*\.?\d+")


class Worked(Strict):
    function: str
    """A name of `formulas.FORMULAS`."""
    inputs: dict[str, float]
    how: str
    """The arithmetic; every input greater than one stands in it."""
    shows: str
    """A format for the result: "{:.0f}%"."""


class Inputs(Strict):
    worked: dict[str, Worked]
    """Name of the text → the formula that it shows."""


def fill(inputs: Inputs, book: Book) -> dict[str, Any]:
    """A text for each formula. Raises ValueError for a formula that there is not, and for an input that the arithmetic does not show."""
    return {"texts": {name: f"{item.how} = **{_result(name, item)}**" for name, item in inputs.worked.items()}}


def _result(name: str, item: Worked) -> str:
    if item.function not in FORMULAS:
        raise ValueError(f"no formula is called {item.function}")
    shown = {float(found.replace(",", "")) for found in _NUMBER.findall(item.how)}
    if missing := [value for value in item.inputs.values() if value > 1 and value not in shown]:
        raise ValueError(f"the arithmetic of `{name}` does not show {missing[0]:g}")
    return item.shows.format(FORMULAS[item.function](**item.inputs))
