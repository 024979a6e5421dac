"""The sum that LoRA trains."""

import pytest

from tests.figures.published import change, published
from tests.figures.reading import check_drawing, drawn

SLUG = "lora-arithmetic"


def test_the_drawing_is_legible_in_both_widths() -> None:
    check_drawing(drawn(SLUG, published(SLUG)))


def test_the_table_is_computed_from_the_shapes() -> None:
    rows = {row[0]: row for row in drawn(SLUG, published(SLUG)).table.rows}
    assert rows["GPT-3, one matrix, rank 4"][1:] == ["{{fact:lora-count.matrix|151M}}", "{{fact:lora-count.trained-matrix|98,304}}"]
    assert rows["GPT-3, 192 matrices"][2] == "{{fact:lora-count.trained|18.9M}}"
    assert rows["Llama 3.1 8B, key, rank 16"][1:] == ["4,096 × 1,024", "81,920"]


def test_the_sum_stands_beside_what_the_paper_prints() -> None:
    wide = drawn(SLUG, published(SLUG)).wide
    assert ">38 MB<" in wide and "the paper prints 35 MB" in wide


def test_a_title_that_claims_fewer_than_the_records_is_refused() -> None:
    book = published(SLUG)
    change(book, "lora-count.trained-share", 0.5)
    with pytest.raises(ValueError, match="title claims"):
        drawn(SLUG, book)


def test_matrices_that_do_not_add_up_are_refused() -> None:
    book = published(SLUG)
    change(book, "lora-count.trained-8b", 40e6)
    with pytest.raises(ValueError, match="add up"):
        drawn(SLUG, book)
