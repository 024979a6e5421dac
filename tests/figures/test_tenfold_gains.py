"""What each tenfold takes off."""

from itertools import pairwise

import pytest

from tests.figures.reading import book_with, check_drawing, drawn

SLUG = "tenfold-gains"


def test_nothing_overlaps_in_both_widths() -> None:
    check_drawing(drawn(SLUG, book_with(SLUG)))


def test_each_step_keeps_the_share_that_the_fact_says() -> None:
    rows = drawn(SLUG, book_with(SLUG)).table.rows
    gains = [float(row[1]) for row in rows[:-1]]
    assert [later / earlier for earlier, later in pairwise(gains)] == pytest.approx([0.663] * 6, abs=0.012)
    assert [row[3] for row in rows] == ["measured range"] * 2 + ["extrapolated"] * 5 + ["distance to the floor"]


def test_the_two_sums_stand_over_their_steps() -> None:
    drawing = drawn(SLUG, book_with(SLUG))
    assert "Refit, these two: 0.41 nats" in drawing.wide and "at most 0.32 nats" in drawing.narrow


def test_a_title_that_no_longer_holds_is_refused() -> None:
    book = book_with(SLUG)
    book.figures[SLUG].data["low"] = 1e21
    with pytest.raises(ValueError, match="exceed the measured"):
        drawn(SLUG, book)
