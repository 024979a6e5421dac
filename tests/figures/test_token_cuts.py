"""One instruction cut by one tokenizer."""

import pytest

from tests.figures.published import change, published
from tests.figures.reading import check_drawing, drawn

SLUG = "token-cuts"


def test_the_drawing_is_legible_in_both_widths() -> None:
    check_drawing(drawn(SLUG, published(SLUG)))


def test_counts_and_pieces_are_those_of_the_record() -> None:
    rows = drawn(SLUG, published(SLUG)).table.rows
    assert [row[-1] for row in rows] == [f"{{{{fact:token-cuts-o200k.{name}|{count}}}}}" for name, count in (("english", 10), ("hindi", 16), ("python", 11))]
    assert rows[0][2].startswith("If |  the")


def test_hindi_is_drawn_as_outlines_and_not_as_text_of_a_missing_typeface() -> None:
    drawing = drawn(SLUG, published(SLUG))
    for svg in (drawing.wide, drawing.narrow):
        assert "अगर" not in svg
        assert svg.count("scale(0.01") == 15  # sixteen tokens, of which the comma is Latin


def test_pieces_that_do_not_spell_the_text_are_refused() -> None:
    book = published(SLUG)
    change(book, "token-cuts-o200k.english-pieces", "If |  a")
    with pytest.raises(ValueError, match="do not spell"):
        drawn(SLUG, book)


def test_another_number_of_pieces_than_the_record_says_is_refused() -> None:
    book = published(SLUG)
    change(book, "token-cuts-o200k.python", 12)
    with pytest.raises(ValueError, match="11 pieces"):
        drawn(SLUG, book)


def test_a_piece_without_an_outline_is_named() -> None:
    book = published(SLUG)
    change(book, "token-cuts-o200k.hindi-text", "नया")
    change(book, "token-cuts-o200k.hindi-pieces", "नया")
    change(book, "token-cuts-o200k.hindi", 1)
    with pytest.raises(KeyError, match="नया"):
        drawn(SLUG, book)
