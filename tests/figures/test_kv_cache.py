"""Cache per token by kind of attention."""

import pytest

from fieldguide.drawing.pictures.kv_cache import bytes_text
from tests.figures.published import change, published
from tests.figures.reading import check_drawing, drawn

SLUG = "kv-cache"


def test_the_drawing_is_legible_in_both_widths() -> None:
    check_drawing(drawn(SLUG, published(SLUG)))


def test_the_table_is_computed_from_the_shapes() -> None:
    rows = {row[0]: row for row in drawn(SLUG, published(SLUG)).table.rows}
    assert rows["GPT-3"][4] == "{{fact:kv-cache-per-token.gpt-3|4,718,592}}"
    assert rows["Llama 3.1 405B"][3:] == ["2 × 126 layers × 8 heads × 128", "{{fact:kv-cache-per-token.llama-31-405b|516,096}}", "52 GB"]
    assert rows["DeepSeek-V3"][3] == "61 layers × 576"


def test_the_annotation_is_computed_from_the_largest_and_the_smallest() -> None:
    assert "67 times less from GPT-3 to DeepSeek-V3." in drawn(SLUG, published(SLUG)).wide


def test_a_title_that_claims_more_than_the_records_is_refused() -> None:
    book = published(SLUG)
    change(book, "kv-cache-per-token.deepseek-v3", 400e3)
    with pytest.raises(ValueError, match="title claims"):
        drawn(SLUG, book)


@pytest.mark.parametrize(("size", "text"), [(4_718_592, "4.7 MB"), (516_096, "516 kB"), (51.6e9, "52 GB"), (12, "12 bytes")])
def test_bytes_are_written_in_decimal_units(size: float, text: str) -> None:
    assert bytes_text(size) == text
