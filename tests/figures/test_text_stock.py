"""Training tokens against the stock of public text."""

import pytest

from fieldguide.drawing.pictures.text_stock import points
from tests.figures.published import change, published
from tests.figures.reading import check_drawing, drawn

SLUG = "text-stock"


def test_no_label_overlaps_in_both_widths() -> None:
    check_drawing(drawn(SLUG, published(SLUG)))


def test_every_text_model_with_tokens_on_record_is_in_the_table() -> None:
    book = published(SLUG)
    rows = drawn(SLUG, book).table.rows
    names = [row[1] for row in rows]
    assert len(rows) == len(points(book)) + 1
    assert "GPT-3" in names and "GPT-4" not in names and names[-1] == "Public human-written text"
    assert rows[-1][3] == "{{fact:public-text-stock.stock|300T}}"


def test_models_beyond_text_are_left_out() -> None:
    assert all(point.slug not in ("whisper-large", "esm3-98b", "timesfm-25") for point in points(published(SLUG)))


def test_the_annotation_is_computed() -> None:
    wide = drawn(SLUG, published(SLUG)).wide
    assert "45 trillion tokens, 15% of the stock" in wide
    assert "4.5% to 45% over" in wide


def test_a_title_that_the_records_do_not_bear_is_refused() -> None:
    book = published(SLUG)
    change(book, "public-text-stock.stock", 900e12)
    with pytest.raises(ValueError, match="title says"):
        drawn(SLUG, book)
