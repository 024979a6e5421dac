"""Crypto and AI: what works today."""

import pytest

from tests.figures.reading import book_with, cells, drawn

SLUG = "what-works-today"


def test_the_table_repeats_the_record_and_cites_every_row() -> None:
    book = book_with(SLUG)
    html = drawn(SLUG, book).html
    for row, area in zip(cells(html)[1:], book.figures[SLUG].data["areas"], strict=True):
        assert row[0] == area["name"] + area["what"]
        assert row[1].startswith(area["works"]) and row[3].startswith(area["fails"])
        assert all(f"{{{{cite:{key}}}}}" in row[1] for key in area["sources"])


def test_a_number_without_a_record_is_refused() -> None:
    book = book_with(SLUG)
    book.figures[SLUG].data["areas"][0]["number"] = "millions of payments in 2026"
    with pytest.raises(ValueError, match="needs a record"):
        drawn(SLUG, book)


def test_an_unknown_source_is_refused() -> None:
    book = book_with(SLUG)
    book.figures[SLUG].data["areas"][0]["sources"] = ["nobody2020"]
    with pytest.raises(KeyError):
        drawn(SLUG, book)
