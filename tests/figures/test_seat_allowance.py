"""Included model use for each dollar of a plan."""

import pytest

from fieldguide.drawing.pictures.seat_allowance import dollars
from tests.figures.published import change, published
from tests.figures.reading import check_drawing, drawn

SLUG = "seat-allowance"


def test_the_drawing_is_legible_in_both_widths() -> None:
    check_drawing(drawn(SLUG, published(SLUG)))


def test_prices_and_ratios_come_from_the_records() -> None:
    rows = drawn(SLUG, published(SLUG)).table.rows
    assert rows[1] == ["Cursor", "Pro Plus", "{{fact:cursor-plans.pro-plus|$60}}", "{{fact:cursor-plans.pro-plus-included|$70}}", "{{fact:seat-allowance-ratio.cursor-pro-plus|1.17}}"]
    assert rows[5][4] == "{{fact:seat-allowance-ratio.copilot-max|2.00}}"


def test_a_plan_outside_the_title_is_refused() -> None:
    book = published(SLUG)
    change(book, "seat-allowance-ratio.copilot-max", 2.5)
    with pytest.raises(ValueError, match="title claims"):
        drawn(SLUG, book)


@pytest.mark.parametrize(("value", "text"), [(400, "$400"), (1000, "$1,000"), (0.99, "$0.99")])
def test_dollars_have_cents_only_where_there_are_any(value: float, text: str) -> None:
    assert dollars(value) == text
