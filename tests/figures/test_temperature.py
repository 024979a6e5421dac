"""Softmax at three temperatures."""

import pytest

from fieldguide.drawing.pictures.temperature import odds, percent
from tests.figures.published import published
from tests.figures.reading import check_drawing, drawn

SLUG = "temperature"


def test_the_drawing_is_legible_in_both_widths() -> None:
    check_drawing(drawn(SLUG, published(SLUG)))


def test_the_table_is_softmax_of_the_scores() -> None:
    rows = drawn(SLUG, published(SLUG)).table.rows
    assert rows == [
        ["blue", "2", "87%", "67%", "51%"], ["clear", "1", "12%", "24%", "31%"], ["falling", "0", "1.6%", "9.0%", "19%"],
    ]


def test_the_drawing_shows_divided_scores_and_odds() -> None:
    drawing = drawn(SLUG, published(SLUG))
    for svg in (drawing.wide, drawing.narrow):
        assert "4, 2, 0" in svg and "1, 0.5, 0" in svg
        assert "blue to falling: 55 to 1" in svg and "2.7 to 1" in svg


def test_scores_out_of_order_are_refused() -> None:
    book = published(SLUG)
    book.figures[SLUG].data["choices"].reverse()
    with pytest.raises(ValueError, match="highest score"):
        drawn(SLUG, book)


def test_small_chances_keep_a_decimal() -> None:
    assert (percent(0.0158), percent(0.6652)) == ("1.6%", "67%")
    assert odds([0.9, 0.01]) == "90 to 1"
