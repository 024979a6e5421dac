"""Text, image and sound as one sequence."""

import pytest

from tests.figures.reading import book_with, check_drawing, drawn

SLUG = "modalities-one-sequence"


def test_the_drawing_is_legible_in_both_widths() -> None:
    check_drawing(drawn(SLUG, book_with(SLUG)))


def test_counts_are_those_of_the_fact_records() -> None:
    book = book_with(SLUG)
    drawing = drawn(SLUG, book)
    assert [row[-1] for row in drawing.table.rows] == [
        "{{fact:sentence-tokens.tokens|7}}", "{{fact:vit-patches.patches|196}}", "{{fact:whisper-input.sequence|1,500}}",
    ]
    assert "196 vectors" in drawing.wide and "1,500 vectors" in drawing.narrow
    assert "28 times" in drawing.wide


def test_the_pieces_drawn_are_as_many_as_the_record_counts_and_spell_the_sentence() -> None:
    book = book_with(SLUG)
    pieces = book.figures[SLUG].data["text"]["pieces"]
    assert "".join(pieces) == "Moonrise over the hilltops."
    book.figures[SLUG].data["text"]["pieces"] = pieces[1:]
    with pytest.raises(ValueError, match="6 pieces"):
        drawn(SLUG, book)
