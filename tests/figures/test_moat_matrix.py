"""Moats and their cases."""

import pytest

from tests.figures.reading import book_with, check_drawing, drawn

SLUG = "moat-matrix"


def test_the_drawing_is_legible_in_both_widths() -> None:
    check_drawing(drawn(SLUG, book_with(SLUG)))


def test_each_moat_has_a_dated_case_on_each_side() -> None:
    book = book_with(SLUG)
    rows = drawn(SLUG, book).table.rows
    assert len(rows) == 9
    for row, moat in zip(rows, book.figures[SLUG].data["moats"], strict=True):
        assert row[0] == moat["name"] and row[3].startswith(moat["for"]["what"]) and row[4].startswith(moat["against"]["what"])


def test_dates_come_from_the_records() -> None:
    book = book_with(SLUG)
    book.quantities["epic-charting"].fields["date"].value = "2031-03-04"
    assert "Mar 2031" in drawn(SLUG, book).table.rows[1][4]


def test_a_title_that_no_row_bears_out_is_refused() -> None:
    book = book_with(SLUG)
    for moat in book.figures[SLUG].data["moats"]:
        moat["effect"] = "same"
    with pytest.raises(ValueError, match="strengthen"):
        drawn(SLUG, book)


def test_an_unknown_field_is_refused() -> None:
    book = book_with(SLUG)
    book.figures[SLUG].data["moats"][0]["for"]["date"] = "nothing.here"
    with pytest.raises(KeyError):
        drawn(SLUG, book)
