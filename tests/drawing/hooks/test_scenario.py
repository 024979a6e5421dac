"""The product of unit economics: the stacks that a figure divides, the bars of another, the charts of the
lab, and the page that works the same case.
"""

import re
from typing import Any

import pytest

from fieldguide.book import Book
from fieldguide.drawing.figure import draw
from fieldguide.drawing.kinds import full_data
from fieldguide.labs.calculator import calculator
from fieldguide.labs.data import preset_values
from tests.figures.published import published
from tests.guide import ROOT

LAB = "unit-economics"


def month(book: Book) -> dict[str, Any]:
    """The results of the chapter's case."""
    lab = book.labs[LAB]
    case = next(preset for preset in lab.presets if preset.id == "chapter")
    return calculator(book, lab).work(preset_values(book, lab, case))


def test_the_stacks_are_a_seat_and_a_month_of_the_same_lines() -> None:
    book = published("cost-of-goods")
    seat, whole = full_data(book.figures["cost-of-goods"], book)["stacks"]
    assert (seat["total"], whole["total"]) == (30, 30_000)
    assert (
        whole["values"] == month(book)["costs"] == pytest.approx([1000 * value for value in seat["values"]])
    )


def test_a_figure_of_a_lab_that_is_not_there_says_so() -> None:
    book = published("cost-of-goods")
    figure = book.figures["cost-of-goods"]
    figure = figure.model_copy(update={"inputs": {**figure.inputs, "lab": "unit-economy"}})
    with pytest.raises(KeyError, match="unit-economy"):
        full_data(figure, book)


def test_the_page_works_the_case_of_the_figure() -> None:
    book = published("cost-of-goods")
    found = month(book)
    table = draw(book.figures["cost-of-goods"], book).table
    assert table is not None and len(table.rows) == len(found["costs"]) + 1
    page = (ROOT / "docs/business/unit-economics.md").read_text(encoding="utf-8")
    written = {
        name.strip(): amount
        for name, amount in re.findall(r"^    \| ([^|]+) \|[^|]+\| \$([\d,]+) \|$", page, re.M)
    }
    for row, cost in zip(table.rows, found["costs"], strict=False):
        assert written[row[0].lower()] == row[3] == f"{cost:,.0f}", row[0]
    assert written["revenue"] == f"{found['revenue']:,.0f}"
    assert written["cost of goods"] == f"{found['cost']:,.0f}"
    assert f"| {found['margin']:.0f}% |" in page
