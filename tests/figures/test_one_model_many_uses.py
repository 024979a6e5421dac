"""One model, many uses: gain and defect take the same paths."""

from tests.figures.reading import book_with, check_drawing, drawn

SLUG = "one-model-many-uses"


def test_the_drawing_is_legible_in_both_widths() -> None:
    check_drawing(drawn(SLUG, book_with(SLUG)))


def test_the_table_lists_every_use_with_both_effects() -> None:
    book = book_with(SLUG)
    data = book.figures[SLUG].data
    rows = drawn(SLUG, book).table.rows
    assert rows == [[use, data["leverage"]["effect"], data["defect"]["effect"]] for use in data["uses"]]


def test_a_defect_reaches_as_many_uses_as_the_gain() -> None:
    book = book_with(SLUG)
    uses = len(book.figures[SLUG].data["uses"])
    wide = drawn(SLUG, book).wide
    crosses = wide.count('stroke-width="1.5"')
    assert wide.count("url(#") == uses and crosses == uses + 1
