"""Benchmarks from first to late score."""

import pytest

from tests.figures.reading import book_with, check_drawing, drawn

SLUG = "benchmark-lives"


def test_nothing_overlaps_in_both_widths() -> None:
    check_drawing(drawn(SLUG, book_with(SLUG)))


def test_rows_stand_in_the_order_of_the_first_score() -> None:
    wide = drawn(SLUG, book_with(SLUG)).wide
    names = ["MMLU", "MATH", "HumanEval", "GSM8K", "GPQA Diamond", "SWE-bench Verified", "FrontierMath", "Humanity’s Last Exam"]
    places = [wide.index(f">{name}<") for name in names]
    assert places == sorted(places)


def test_the_table_names_who_scored_and_when() -> None:
    rows = {row[0]: row for row in drawn(SLUG, book_with(SLUG)).table.rows}
    assert rows["MMLU"][2] == "GPT-3, 7 Sep 2020" and rows["MMLU"][3] == "{{fact:benchmark-scores.mmlu-late|92.9%}}"
    assert rows["FrontierMath"][1].startswith("under ") and rows["HumanEval"][5] == "not recorded"


def test_a_title_that_counts_wrong_is_refused() -> None:
    book = book_with(SLUG)
    book.figures[SLUG].data["claim"]["years"] = 3
    with pytest.raises(ValueError, match="the records give 2"):
        drawn(SLUG, book)
