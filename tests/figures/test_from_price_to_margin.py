"""One illustrative price, split into what it pays for."""

import pytest

from fieldguide.drawing.pictures.from_price_to_margin import Data, split
from tests.figures.published import published
from tests.figures.reading import check_drawing, drawn

SLUG = "from-price-to-margin"


def test_the_drawing_is_legible_in_both_widths() -> None:
    check_drawing(drawn(SLUG, published(SLUG)))


def test_the_split_adds_up_to_the_price_and_charges_failed_tries() -> None:
    data = Data.model_validate(published(SLUG).figures[SLUG].data)
    short, long = (split(data, case) for case in data.cases)
    assert short.model + short.machines + short.people + short.left == pytest.approx(data.price)
    # 12,000 × $2 + 24,000 × $0.20 + 3,000 × $10, per million, is $0.0588 a try; 60% succeed
    assert short.model == pytest.approx(0.098)
    assert (round(short.margin), round(long.margin)) == (68, 36)


def test_the_table_carries_the_split() -> None:
    rows = drawn(SLUG, published(SLUG)).table.rows
    assert rows[0][2:] == ["0.098", "0.080", "0.140", "0.682", "68%"]


def test_a_title_that_the_inputs_do_not_support_is_refused() -> None:
    book = published(SLUG)
    book.figures[SLUG].data["cases"][1]["success"] = 90
    with pytest.raises(ValueError, match="title claims"):
        drawn(SLUG, book)
