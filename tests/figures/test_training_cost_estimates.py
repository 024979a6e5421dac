"""What one run cost, by what is counted."""

import pytest

from fieldguide.drawing.pictures.training_cost_estimates import money
from tests.figures.reading import book_with, check_drawing, drawn

SLUG = "training-cost-estimates"


def test_nothing_overlaps_in_both_widths() -> None:
    check_drawing(drawn(SLUG, book_with(SLUG)))


def test_every_figure_has_its_date_and_basis() -> None:
    rows = drawn(SLUG, book_with(SLUG)).table.rows
    said = next(row for row in rows if row[1] == "A remark by Sam Altman")
    assert said[2].startswith("more than ") and said[3:] == ["17 Apr 2023", "said by the maker"]
    assert all(row[3] for row in rows) and {row[0] for row in rows} == {"GPT-4, one run", "Gemini 1.0 Ultra", "Llama 3.1 405B"}


def test_a_title_that_claims_more_than_the_records_is_refused() -> None:
    book = book_with(SLUG)
    book.figures[SLUG].data["at_least"] = 50
    with pytest.raises(ValueError, match="claims 50 times"):
        drawn(SLUG, book)


@pytest.mark.parametrize(("value", "text"), [(37.33e6, "$37M"), (806.2e6, "$806M"), (1e9, "$1B")])
def test_money_is_short(value: float, text: str) -> None:
    assert money(value) == text
