"""How far each input moves the margin of the scenario in `cost-of-goods`."""

import pytest

from fieldguide.drawing.pictures.margin_sensitivity import SOURCE, percent
from tests.figures.published import published
from tests.figures.reading import check_drawing, drawn

SLUG = "margin-sensitivity"


def test_the_drawing_is_legible_in_both_widths() -> None:
    check_drawing(drawn(SLUG, published(SLUG, SOURCE)))


def test_the_table_gives_the_margin_at_half_and_at_half_again() -> None:
    rows = {row[0]: row[1:] for row in drawn(SLUG, published(SLUG, SOURCE)).table.rows}
    assert rows["Price of a seat"] == ["−11", "61"]
    assert rows["Conversations a seat"] == ["60", "26"]
    assert rows["Tokens a conversation"] == ["56", "30"]


def test_a_title_that_the_scenario_does_not_support_is_refused() -> None:
    book = published(SLUG, SOURCE)
    book.figures[SOURCE].data["scenario"]["hosting"] = 15000
    with pytest.raises(ValueError, match="title claims"):
        drawn(SLUG, book)


def test_an_input_that_the_scenario_lacks_is_named() -> None:
    book = published(SLUG, SOURCE)
    book.figures[SLUG].data["items"][0]["change"] = ["seat_price"]
    with pytest.raises(ValueError, match="seat_price"):
        drawn(SLUG, book)


@pytest.mark.parametrize(("value", "text"), [(43, "43%"), (-11, "−11%"), (46.5, "47%"), (39.5, "40%")])
def test_halves_are_rounded_up(value: float, text: str) -> None:
    assert percent(value) == text
