"""Compute that labs have promised to buy, beside a year of sales."""

import pytest

from fieldguide.drawing.pictures.promised_compute import SLUG, billions
from tests.figures.reading import book_with, check_drawing, drawn, texts


def test_nothing_overlaps_in_both_widths() -> None:
    check_drawing(drawn(SLUG, book_with(SLUG)))


def test_amounts_bounds_and_dates_come_from_the_records() -> None:
    book = book_with(SLUG)
    rows = drawn(SLUG, book).table.rows
    assert ["Anthropic", "all contracts, ten years", "up to {{fact:lab-commitments.anthropic-total|$517 billion}}", "Sep 2026", "press account"] in rows
    assert {row[4] for row in rows} == {"in a filing", "press account"}
    book.quantities["lab-commitments"].fields["openai-oracle"].value = 290e9
    assert "$290B" in [text for text, _, _ in texts(drawn(SLUG, book).wide)]


def test_a_total_is_drawn_apart() -> None:
    assert drawn(SLUG, book_with(SLUG)).wide.count("stroke-dasharray") == 1


def test_a_title_that_claims_more_than_the_records_is_refused() -> None:
    book = book_with(SLUG)
    book.figures[SLUG].data["labs"][1]["times"] = 9
    with pytest.raises(ValueError, match="claims 9 times for Anthropic"):
        drawn(SLUG, book)


@pytest.mark.parametrize(("value", "text"), [(1.25e9, "$1.25B"), (300e9, "$300B")])
def test_billions_are_short(value: float, text: str) -> None:
    assert billions(value) == text
