"""The order of adaptation and its bills."""

import pytest

from fieldguide.drawing.pictures.adaptation_ladder import money
from tests.figures.published import change, published
from tests.figures.reading import check_drawing, drawn

SLUG = "adaptation-ladder"


def test_the_drawing_is_legible_in_both_widths() -> None:
    check_drawing(drawn(SLUG, published(SLUG)))


def test_the_bands_are_computed_from_prices_and_illustrative_volumes() -> None:
    rows = {row[0]: row for row in drawn(SLUG, published(SLUG)).table.rows}
    assert rows["Prompt"][2] == "none" and rows["Prompt"][4].startswith("$40:")
    assert rows["Retrieve"][2] == "$0.04 to $3.50"
    assert rows["Fine-tune"][2] == "$0.11 to $44" and rows["Fine-tune"][4].startswith("$1,964:")
    assert rows["Train from nothing"][2] == "$1.6M to $3.5M"


def test_a_band_too_narrow_for_two_labels_has_one() -> None:
    drawing = drawn(SLUG, published(SLUG))
    assert ">$1.6M to $3.5M<" in drawing.wide and ">$0.11 to $44<" not in drawing.wide


@pytest.mark.parametrize(("reference", "value"), [("adaptation-bill.tune-list", 4.0), ("qwen3-8b-serving.month", 300.0)])
def test_a_title_that_the_records_do_not_support_is_refused(reference: str, value: float) -> None:
    book = published(SLUG)
    change(book, reference, value)
    with pytest.raises(ValueError, match="title does not fit"):
        drawn(SLUG, book)


@pytest.mark.parametrize(("value", "text"), [(0.035, "$0.04"), (44, "$44"), (1963.7, "$1,964"), (16_807, "$17k"), (3_497_000, "$3.5M"), (1e6, "$1M")])
def test_money_has_as_many_digits_as_it_deserves(value: float, text: str) -> None:
    assert money(value) == text
