"""All users' tokens against one user's speed."""

import pytest

from tests.figures.published import change, published
from tests.figures.reading import check_drawing, drawn

SLUG = "batch-curve"


def test_the_drawing_is_legible_in_both_widths() -> None:
    check_drawing(drawn(SLUG, published(SLUG)))


def test_the_measurements_stay_below_the_bound() -> None:
    rows = {row[0]: row for row in drawn(SLUG, published(SLUG)).table.rows}
    assert rows["1"][1:] == ["{{fact:nim-llama-70b.total-1|51.67}}", "51.7", "0.41 s", "90"]
    assert rows["50"][2:] == ["16.3", "0.83 s", "1220"]
    assert rows["100"][-1] == "more than the memory holds"


def test_the_bound_ends_where_the_memory_is_full() -> None:
    book = published(SLUG)
    assert "memory full at about 50 users" in drawn(SLUG, book).wide
    change(book, "serving-70b.seats", 120.4)
    assert "memory full at about 120 users" in drawn(SLUG, book).wide


def test_a_title_that_the_measurements_do_not_support_is_refused() -> None:
    book = published(SLUG)
    change(book, "nim-llama-70b.total-50", 600)
    with pytest.raises(ValueError, match="the title claims"):
        drawn(SLUG, book)
