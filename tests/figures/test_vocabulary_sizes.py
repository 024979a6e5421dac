"""Vocabulary sizes by release."""

import pytest

from fieldguide.drawing.pictures.vocabulary_sizes import _span
from tests.figures.published import change, published
from tests.figures.reading import check_drawing, drawn

SLUG = "vocabulary-sizes"


def test_no_label_overlaps_in_both_widths() -> None:
    check_drawing(drawn(SLUG, published(SLUG)))


def test_the_table_is_by_date_and_says_what_is_rounded() -> None:
    rows = drawn(SLUG, published(SLUG)).table.rows
    assert rows[0] == ["14 Feb 2019", "GPT-2", "OpenAI", "{{fact:tokenizer-vocabularies.gpt-2|50,257}}"]
    assert {row[1]: row[3] for row in rows}["PaLM"].startswith("about ")


def test_the_growth_and_the_span_are_computed() -> None:
    drawing = drawn(SLUG, published(SLUG))
    for svg in (drawing.wide, drawing.narrow):
        assert "4 times in five years" in svg and "4 times in nine months" in svg


def test_a_title_that_claims_more_than_the_records_is_refused() -> None:
    book = published(SLUG)
    change(book, "tokenizer-vocabularies.llama-growth", 3.0)
    with pytest.raises(ValueError, match="title claims"):
        drawn(SLUG, book)


@pytest.mark.parametrize(("first", "last", "text"), [("2023-07-18", "2024-04-18", "nine months"), ("2019-02-14", "2024-05-13", "five years"), ("2024-01-01", "2025-01-02", "one year")])
def test_spans_are_said_in_words(first: str, last: str, text: str) -> None:
    assert _span(first, last) == text
