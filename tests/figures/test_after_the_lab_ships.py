"""What followed when a lab shipped a trade's feature: dates from records, and a title that counts its tracks."""

import pytest

from tests.figures.published import change, published
from tests.figures.reading import check_drawing, drawn

SLUG = "after-the-lab-ships"


def test_the_drawing_is_legible_in_both_widths() -> None:
    check_drawing(drawn(SLUG, published(SLUG)))


def test_every_date_is_a_link_to_its_record() -> None:
    rows = drawn(SLUG, published(SLUG)).table.rows
    assert len(rows) == 11
    assert all(row[0].startswith("{{fact:") for row in rows)


def test_a_title_of_four_trades_needs_four_that_have_happened() -> None:
    book = published(SLUG)
    for date in ("sora-end.released", "sora-end.announced"):
        change(book, date, "2027-01-01")
    with pytest.raises(ValueError, match="claims 4 kinds"):
        drawn(SLUG, book)
