"""The two phases of one request."""

import pytest

from tests.figures.published import change, published
from tests.figures.reading import check_drawing, drawn

SLUG = "prefill-and-decode"


def test_the_drawing_is_legible_in_both_widths() -> None:
    check_drawing(drawn(SLUG, published(SLUG)))


def test_bounds_and_measurements_stand_beside_each_other() -> None:
    rows = {row[0]: row[1:] for row in drawn(SLUG, published(SLUG)).table.rows}
    assert rows["least time"] == ["{{fact:serving-70b.prefill|177 ms}} for the prompt", "{{fact:serving-70b.step-1|10.7 ms}} for each token"]
    assert rows["measured"][1] == "{{fact:nim-llama-70b.between-1|18.6 ms}} for each token"
    assert rows["tokens in a pass"] == ["all 5,000 at once", "one"]


def test_seconds_that_are_not_the_titles_are_refused() -> None:
    book = published(SLUG)
    change(book, "nim-llama-70b.between-1", 10)
    with pytest.raises(ValueError, match="the title claims"):
        drawn(SLUG, book)
