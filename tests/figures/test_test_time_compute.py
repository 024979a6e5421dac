"""Accuracy against tries."""

import pytest

from fieldguide.drawing.pictures.test_time_compute import spread
from tests.figures.reading import book_with, check_drawing, drawn

SLUG = "test-time-compute"


def test_nothing_overlaps_in_both_widths() -> None:
    check_drawing(drawn(SLUG, book_with(SLUG)))


def test_the_table_says_how_each_answer_was_chosen() -> None:
    rows = drawn(SLUG, book_with(SLUG)).table.rows
    assert ["o1", "1,000", "learned scoring function", "{{fact:o1-aime-samples.ranked|93%}}", "No checker: take the vote"] in rows
    assert [row[1] for row in rows if row[0] == "DeepSeek-Coder-V2"] == ["1", "250"]


def test_the_annotation_is_computed() -> None:
    wide = drawn(SLUG, book_with(SLUG)).wide
    assert "add 28 points" in wide and "4 to GPT-4o" in wide


def test_a_claim_that_the_records_do_not_bear_is_refused() -> None:
    book = book_with(SLUG)
    book.figures[SLUG].data["middling"] = "o1"
    with pytest.raises(ValueError, match="claims o1 gains most"):
        drawn(SLUG, book)


def test_a_title_that_miscounts_the_points_is_refused() -> None:
    book = book_with(SLUG)
    book.figures[SLUG].data["adds"] = [4, 30]
    with pytest.raises(ValueError, match="claims 4 to 30 points"):
        drawn(SLUG, book)


def test_labels_that_touch_move_apart_about_their_middle() -> None:
    assert spread([100, 110, 200], 16) == [97, 113, 200]
