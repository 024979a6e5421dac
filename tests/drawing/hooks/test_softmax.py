"""Scores made into probabilities."""

from pathlib import Path

import pytest

from fieldguide.book import Book
from fieldguide.drawing.hooks.arithmetic import Softmax, percent


def test_each_panel_has_its_probabilities_the_divided_scores_and_the_odds(tmp_path: Path) -> None:
    found = Softmax(scores={"red": 1.3862944, "green": 0}, temperatures={"plain": 1, "half": 0.5}).compute(
        Book(tmp_path)
    )
    plain, half = found["parts"][0]["panels"]
    assert (plain["values"]["red"], plain["values"]["green"], plain["values"]["odds"]) == pytest.approx(
        (0.8, 0.2, 4)
    )
    assert (half["values"]["red"], half["values"]["odds"]) == pytest.approx((16 / 17, 16))
    assert half["texts"] == {"divided": "2.77259, 0", "red_said": "94%", "green_said": "5.9%"}
    assert (
        found["texts"] == {"plain_red": "80%", "plain_green": "20%", "half_red": "94%", "half_green": "5.9%"}
        and found["values"]["green_score"] == 0
    )


def test_scores_out_of_order_are_refused(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="highest score"):
        Softmax(scores={"green": 0, "red": 1}, temperatures={"plain": 1}).compute(Book(tmp_path))


def test_small_chances_keep_a_decimal() -> None:
    assert (percent(0.0158), percent(0.6652)) == ("1.6%", "67%")
