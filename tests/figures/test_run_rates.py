"""Run-rate revenue by date, and who gave each figure."""

import pytest

from fieldguide.drawing.pictures.run_rates import SLUG, billions
from tests.figures.reading import book_with, check_drawing, drawn, texts


def test_nothing_overlaps_in_both_widths() -> None:
    check_drawing(drawn(SLUG, book_with(SLUG)))


def test_every_figure_is_read_from_its_record_with_date_and_giver() -> None:
    book = book_with(SLUG)
    rows = drawn(SLUG, book).table.rows
    assert ["Anthropic", "Feb 2026", "{{fact:anthropic-run-rate.february-2026|$14 billion}}", "given by the company"] in rows
    assert "$40B+" in [text for text, _, _ in texts(drawn(SLUG, book).wide)]
    assert {row[3] for row in rows} == {"given by the company", "the company’s month × 12", "press report"}
    book.quantities["anthropic-run-rate"].fields["february-2026"].value = 15e9
    assert "$15B" in [text for text, _, _ in texts(drawn(SLUG, book).wide)]


def test_a_title_that_the_records_do_not_support_is_refused() -> None:
    book = book_with(SLUG)
    data = book.figures[SLUG].data
    data["series"] = data["series"][::-1]
    with pytest.raises(ValueError, match="passed the other"):
        drawn(SLUG, book)


@pytest.mark.parametrize(("value", "text"), [(14e9, "$14B"), (4.73e9, "$4.73B"), (65e9, "$65B")])
def test_billions_are_short(value: float, text: str) -> None:
    assert billions(value) == text
