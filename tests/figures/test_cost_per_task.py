"""Bills for a task after the price fell and its tokens grew."""

import pytest

from fieldguide.drawing.pictures.cost_per_task import times
from tests.figures.published import change, published
from tests.figures.reading import check_drawing, drawn

SLUG = "cost-per-task"


def test_the_drawing_is_legible_in_both_widths() -> None:
    check_drawing(drawn(SLUG, published(SLUG)))


def test_the_table_divides_tokens_by_the_fall_of_the_price() -> None:
    rows = {row[0]: row for row in drawn(SLUG, published(SLUG)).table.rows}
    assert rows["Chat"][3:] == ["0.27", "0.36"]
    assert rows["One agent"][1:] == ["{{fact:agent-token-growth.agent|4}} times", "4", "1.1", "1.4"]
    assert rows["Several agents"][3:] == ["4", "5.4"]


def test_another_price_is_refused_by_the_title() -> None:
    book = published(SLUG)
    change(book, "opus-price-fall.fall", 5)
    with pytest.raises(ValueError, match="title claims a fall"):
        drawn(SLUG, book)


@pytest.mark.parametrize(("field", "value"), [("agent", 3), ("agent", 8), ("multi-agent", 4)])
def test_an_agent_that_is_paid_for_or_far_from_it_is_refused_by_the_title(field: str, value: float) -> None:
    book = published(SLUG)
    change(book, f"agent-token-growth.{field}", value)
    with pytest.raises(ValueError, match="nearly paid for"):
        drawn(SLUG, book)


@pytest.mark.parametrize(("value", "text"), [(0.2667, "0.27"), (1.0667, "1.1"), (4, "4"), (266.7, "270")])
def test_bills_are_written_with_two_digits(value: float, text: str) -> None:
    assert times(value) == text
