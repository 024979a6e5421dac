"""Kinds of application and who bears the bill for tokens."""

import pytest

from tests.figures.published import published
from tests.figures.reading import check_drawing, drawn

SLUG = "application-kinds"


def test_the_drawing_is_legible_in_both_widths() -> None:
    check_drawing(drawn(SLUG, published(SLUG)))


def test_the_examples_are_names_of_company_records() -> None:
    rows = drawn(SLUG, published(SLUG)).table.rows
    assert [row[0] for row in rows] == ["Wrapper", "Copilot", "Agent", "Vertical application"]
    assert [row[4] for row in rows] == ["Jasper in 2022", "GitHub Copilot", "Devin", "Abridge"]


def test_an_example_without_a_record_is_refused() -> None:
    book = published(SLUG)
    book.figures[SLUG].data["kinds"][0]["example"] = "nobody"
    with pytest.raises(ValueError, match="no company record"):
        drawn(SLUG, book)


def test_a_piece_that_is_not_declared_is_refused() -> None:
    book = published(SLUG)
    book.figures[SLUG].data["kinds"][3]["adds"].append("magic")
    with pytest.raises(ValueError, match="no piece"):
        drawn(SLUG, book)


def test_the_kind_that_adds_least_stands_first() -> None:
    book = published(SLUG)
    book.figures[SLUG].data["kinds"].reverse()
    with pytest.raises(ValueError, match="adds least"):
        drawn(SLUG, book)
