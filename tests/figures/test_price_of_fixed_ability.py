"""The price of a fixed ability against that of the leading model."""

import pytest

from fieldguide.drawing.pictures.price_of_fixed_ability import money
from tests.figures.published import change, published
from tests.figures.reading import check_drawing, drawn

SLUG = "price-of-fixed-ability"


def test_the_drawing_is_legible_in_both_widths() -> None:
    check_drawing(drawn(SLUG, published(SLUG)))


def test_prices_are_the_mean_of_input_and_output_of_the_records() -> None:
    rows = {row[0]: row for row in drawn(SLUG, published(SLUG)).table.rows}
    assert rows["GPT-5"] == ["GPT-5", "7 Aug 2025", "{{fact:openai-gpt-5.input|$1.25}}", "{{fact:openai-gpt-5.output|$10}}", "$5.63"]
    assert rows["GPT-6.2 Astra"][4] == "$24"


def test_the_annotation_is_computed() -> None:
    assert "1,000 times in three years for the ability, and from $60 to $24 in five for the leader." in drawn(SLUG, published(SLUG)).wide


@pytest.mark.parametrize(("reference", "value"), [("fixed-ability-price.last", 1.0), ("openai-gpt-62-astra.output", 1.0)])
def test_a_title_that_the_records_do_not_support_is_refused(reference: str, value: float) -> None:
    book = published(SLUG)
    change(book, reference, value)
    if reference.startswith("openai"):
        change(book, "openai-gpt-62-astra.input", value)
    with pytest.raises(ValueError, match="the title claims"):
        drawn(SLUG, book)


@pytest.mark.parametrize(("value", "text"), [(60, "$60"), (5.625, "$5.63"), (112.5, "$112.50"), (0.06, "$0.06")])
def test_money_is_written_to_the_cent(value: float, text: str) -> None:
    assert money(value) == text
