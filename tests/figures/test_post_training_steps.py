"""Post-training methods as purchases."""

import pytest

from tests.figures.reading import book_with, check_drawing, drawn

SLUG = "post-training-steps"


def test_nothing_overlaps_in_both_widths() -> None:
    check_drawing(drawn(SLUG, book_with(SLUG)))


def test_numbers_come_from_the_records() -> None:
    drawing = drawn(SLUG, book_with(SLUG))
    rows = {row[0]: row for row in drawing.table.rows}
    assert "{{fact:instructgpt-labeling.demonstrations|13,000}}" in rows["Instruction tuning"][2]
    assert rows["Checkable rewards"][4] == "5.5% (all of DeepSeek-R1, 2025)"
    assert "800,000" in drawing.wide and "1.6%" in drawing.narrow


def test_a_method_without_published_compute_has_no_bar() -> None:
    rows = {row[0]: row for row in drawn(SLUG, book_with(SLUG)).table.rows}
    assert rows["AI feedback"][4] == "compute not disclosed"


def test_a_share_beyond_the_scale_is_refused() -> None:
    book = book_with(SLUG)
    book.figures[SLUG].data["scale"] = 2
    with pytest.raises(ValueError, match="bars end at 2%"):
        drawn(SLUG, book)


def test_an_unknown_reference_is_refused() -> None:
    book = book_with(SLUG)
    book.figures[SLUG].data["methods"][0]["needs"] = "About {nothing.here} answers"
    with pytest.raises(KeyError):
        drawn(SLUG, book)
