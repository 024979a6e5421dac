"""Gross margins by survey."""

import pytest

from tests.figures.published import change, published
from tests.figures.reading import check_drawing, drawn

SLUG = "survey-margins"


def test_the_drawing_is_legible_in_both_widths() -> None:
    check_drawing(drawn(SLUG, published(SLUG)))


def test_every_value_of_the_table_is_a_checked_number() -> None:
    rows = drawn(SLUG, published(SLUG)).table.rows
    assert ["AI products", "ICONIQ, January 2026", "2025", "{{fact:iconiq-ai-margins.margin-2025|45%}}", "Jan 2026"] in rows
    assert all(row[3].startswith("{{fact:") for row in rows)


def test_a_title_that_the_records_do_not_support_is_refused() -> None:
    book = published(SLUG)
    change(book, "ai-app-margins-bessemer.supernovas", 30)
    with pytest.raises(ValueError, match="title claims"):
        drawn(SLUG, book)
