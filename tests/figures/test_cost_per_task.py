"""Bills for a task after the price fell and its tokens grew."""

import pytest

from fieldguide.figures.cost_per_task import times
from tests.figures.published import change, published
from tests.figures.reading import check_drawing, drawn

SLUG = "cost-per-task"


def test_the_drawing_is_legible_in_both_widths() -> None:
    check_drawing(drawn(SLUG, published(SLUG)))


def test_the_table_divides_tokens_by_the_fall_of_the_price() -> None:
    rows = {row[0]: row for row in drawn(SLUG, published(SLUG)).table.rows}
    assert rows["Chat"][3] == "0.27"
    assert rows["One agent"][1:] == ["{{fact:agent-token-growth.agent|4}} times", "4", "1.1"]
    assert rows["Several agents"][3] == "4"
    assert rows["Coding agent"][3] == "270"


def test_another_price_is_refused_by_the_title() -> None:
    book = published(SLUG)
    change(book, "opus-price-fall.fall", 5)
    with pytest.raises(ValueError, match="title claims a fall"):
        drawn(SLUG, book)


def test_several_agents_that_became_cheap_are_refused_by_the_title() -> None:
    book = published(SLUG)
    change(book, "agent-token-growth.multi-agent", 4)
    with pytest.raises(ValueError, match="comes out even"):
        drawn(SLUG, book)


@pytest.mark.parametrize(("value", "text"), [(0.2667, "0.27"), (1.0667, "1.1"), (4, "4"), (266.7, "270")])
def test_bills_are_written_with_two_digits(value: float, text: str) -> None:
    assert times(value) == text
