"""Disclosed training runs, each beside the hours that the lab on training costs gives it from the other
runs.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any
from xml.etree import ElementTree as ET

from fieldguide.labs.calculator import calculator
from fieldguide.lists.data_tables import empty_block
from fieldguide.page.box import render_tables
from fieldguide.page.context import Context
from fieldguide.records.lab import Lab
from fieldguide.text.numbers import show_number
from fieldguide.text.tree import E

LAB = "training-cost"
GROUPS = {
    "large": "large, 16-bit, H100",
    "small": "small, 16-bit, H100",
    "older": "16-bit, A100",
    "eight": "8-bit, H100",
}
"""Which runs the lab compares with each other, in the order of the table."""
HEADS = (
    "Run",
    "Share of peak",
    "Reported GPU-hours",
    "Expected from the other runs (GPU-hours)",
    "Within",
    "Rent for the reported hours",
)


def render_training_runs(context: Context, element: ET.Element) -> None:
    """A row for each run in the lab's tables, then how many of them the others would have met."""
    caption = empty_block(element, "div", {"class": "fg-runs-checked"})
    lab = context.book.labs[LAB]
    worked = calculator(context.book, lab)
    runs: list[dict[str, Any]] = worked.run("sum.checked(lab)")
    rents = {group: _rent(context, lab, chip) for group, chip in CHIPS.items()}
    head = E("thead", {}, E("tr", {}, *(E("th", {"scope": "col"}, name) for name in HEADS)))
    rows = [
        E("tr", {}, *(E("td", {}, *cell) for cell in _cells(lab, run, rents[run["group"]]))) for run in runs
    ]
    label = "Disclosed training runs and what the other runs would have predicted"
    table = E("table", {"aria-label": label, "data-stacks": ""}, head, E("tbody", {}, *rows))
    held = sum(run["held"] for run in runs)
    near = sum(not run["held"] and run["low"] / NEAR <= run["hours"] <= run["high"] * NEAR for run in runs)
    words = (
        f"{held} of the {len(runs)} runs lie within the range of the others, {near} more miss it by less than"
        f" a quarter, and {len(runs) - held - near} by more."
    )
    element.extend([table, E("p", {}, words), caption])
    render_tables(element)


CHIPS = {"large": "h100-sxm", "small": "h100-sxm", "older": "a100-sxm-80gb", "eight": "h100-sxm"}
"""The chip whose rent stands for that of a group; DeepSeek's H800 is rented nowhere on record."""


def _rent(context: Context, lab: Lab, chip: str) -> float:
    """USD per GPU-hour at the offer that the lab picks for a chip. Raises KeyError if it picks none."""
    return float(context.book.prices[lab.inputs["accelerator"].picks["offer"][chip]].newest.hour or 0)


NEAR = 1.25
"""How many times the end of a range the hours may be and still count as near."""


def _cells(lab: Lab, run: dict[str, Any], hour: float) -> Iterator[list[ET.Element | str]]:
    reference = lab.tables[run["group"]][run["id"]][3]
    yield [run["name"], " ", E("small", {}, GROUPS[run["group"]])]
    yield [f"{run['share']:.0f}%"]
    yield [E("a", {"href": f"fact:{reference}"}, show_number(run["hours"]))]
    yield [f"{_brief(run['low'])} to {_brief(run['high'])}"]
    yield ["yes" if run["held"] else "faster" if run["hours"] < run["low"] else "slower"]
    yield [f"${_brief(run['hours'] * hour)}"]


def _brief(value: float) -> str:
    """A number with two digits, or three if it begins with 1: "1.46M", "420,000"."""
    return show_number(float(f"{value:.{2 if f'{value:e}'[0] == '1' else 1}e}"))
