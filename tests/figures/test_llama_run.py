"""One run as arithmetic."""

import pytest

from tests.figures.published import change, published
from tests.figures.reading import check_drawing, drawn

SLUG = "llama-run"


def test_the_drawing_is_legible_in_both_widths() -> None:
    check_drawing(drawn(SLUG, published(SLUG)))


def test_the_table_follows_the_sum() -> None:
    rows = {row[0]: row[1] for row in drawn(SLUG, published(SLUG)).table.rows}
    assert rows["Training compute, FLOP"] == "{{fact:llama-31-405b-check.compute|3.79×10²⁵}}"
    assert rows["GPU-hours as reported"] == "{{fact:term-llama-31-card.gpu-hours|30.84M}}"
    assert rows["Days, all GPUs in use"] == "{{fact:llama-31-405b-run.days|78}}"


def test_the_annotation_is_the_average_share_of_peak() -> None:
    drawing = drawn(SLUG, published(SLUG))
    assert "35% of peak, on average." in drawing.wide and "78 days" in drawing.narrow


def test_a_rule_that_misses_the_reported_compute_is_refused() -> None:
    book = published(SLUG)
    change(book, "llama-31-405b.compute", 5e25)
    with pytest.raises(ValueError, match="the maker says"):
        drawn(SLUG, book)
