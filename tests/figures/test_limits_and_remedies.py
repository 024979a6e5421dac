"""Limits and remedies."""

import pytest

from tests.figures.reading import book_with, cells, drawn

SLUG = "limits-and-remedies"


def test_the_table_repeats_the_record_and_cites_every_row() -> None:
    book = book_with(SLUG)
    html = drawn(SLUG, book).html
    for row, limit in zip(cells(html)[1:], book.figures[SLUG].data["limits"], strict=True):
        assert row[0] == limit["name"] + limit["what"]
        assert row[1].startswith(limit["why"]) and row[2] == limit["reduces"] and row[3] == limit["remains"]
        assert all(f"{{{{cite:{key}}}}}" in row[1] for key in limit["sources"])


def test_an_unknown_source_is_refused() -> None:
    book = book_with(SLUG)
    book.figures[SLUG].data["limits"][0]["sources"] = ["nobody2020"]
    with pytest.raises(KeyError):
        drawn(SLUG, book)
