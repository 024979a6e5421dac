"""A quarter's revenue and gross profit by layer."""

import pytest

from tests.figures.published import change, published
from tests.figures.reading import check_drawing, drawn

SLUG = "value-by-layer"


def test_nothing_overlaps_in_both_widths() -> None:
    check_drawing(drawn(SLUG, published(SLUG)))


def test_each_row_has_its_quarter_and_who_gave_it() -> None:
    rows = {(row[1], row[2]): row for row in drawn(SLUG, published(SLUG)).table.rows}
    assert rows["NVIDIA", "to 26 Apr 2026"][3:] == [
        "{{fact:nvidia-quarter.revenue|$81.6 billion}}", "{{fact:layer-profits.nvidia|$61.1 billion}}", "reported by the company",
    ]
    assert rows["CoreWeave", "Jan–Mar 2026"][4:] == ["not recorded", "press account or survey"]


def test_a_changed_record_changes_the_drawing() -> None:
    book = published(SLUG)
    change(book, "openai-quarter.revenue", 6.2e9)
    assert ">$6.2B<" in drawn(SLUG, book).narrow


def test_what_the_title_claims_stands_in_the_picture() -> None:
    drawing = drawn(SLUG, published(SLUG))
    assert ">$81.6B, $61.1B gross profit<" in drawing.wide
    assert ">$61.1B gross profit<" in drawing.narrow
    for svg in (drawing.wide, drawing.narrow):
        assert ">customers’ pace: $43.8B<" in svg
    book = published(SLUG)
    change(book, "layer-profits.nvidia", 70e9)
    assert ">$70B gross profit<" in drawn(SLUG, book).narrow


def test_a_title_that_the_records_contradict_is_refused() -> None:
    book = published(SLUG)
    change(book, "layer-profits.customers-pace", 70e9)
    with pytest.raises(ValueError, match="sets NVIDIA above"):
        drawn(SLUG, book)


def test_a_profit_above_revenue_is_refused() -> None:
    book = published(SLUG)
    change(book, "layer-profits.micron", 50e9)
    with pytest.raises(ValueError, match="Micron exceeds"):
        drawn(SLUG, book)
