"""Reported gross margins by layer."""

import pytest

from tests.figures.published import change, published
from tests.figures.reading import check_drawing, drawn

SLUG = "margins-along-the-stack"


def test_nothing_overlaps_in_both_widths() -> None:
    check_drawing(drawn(SLUG, published(SLUG)))


def test_each_margin_has_its_period_and_basis() -> None:
    rows = {row[1]: row for row in drawn(SLUG, published(SLUG)).table.rows}
    assert rows["NVIDIA"] == ["Chips, memory, machines", "NVIDIA", "{{fact:nvidia-quarter.gross-margin|74.9%}}", "quarter to Apr 2026", "26 Apr 2026", "reported by the company"]
    assert rows["OpenAI"][5] == "press account or survey"


def test_a_changed_record_changes_the_drawing() -> None:
    book = published(SLUG)
    change(book, "nvidia-quarter.gross-margin", 71.2)
    assert ">71.2%<" in drawn(SLUG, book).narrow


def test_a_title_that_the_records_contradict_is_refused() -> None:
    book = published(SLUG)
    change(book, "asml-quarter.gross-margin", 41.0)
    with pytest.raises(ValueError, match="41% and 45%"):
        drawn(SLUG, book)


def test_a_computed_margin_is_shown_with_three_digits() -> None:
    book = published(SLUG)
    change(book, "lab-gross-margin.openai-2025-accounts", 42.6167)
    drawing = drawn(SLUG, book)
    assert "42.6%" in drawing.wide and "42.6167" not in drawing.wide + drawing.narrow
