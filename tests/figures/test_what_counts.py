"""Systems against the definition."""

import pytest

from tests.figures.reading import book_with, cells, drawn

SLUG = "what-counts"


def test_one_row_a_system_with_every_column() -> None:
    book = book_with(SLUG)
    data = book.figures[SLUG].data
    rows = cells(drawn(SLUG, book).html)
    assert rows[0] == ["System", *data["columns"], data["verdict"]]
    assert [row[0] for row in rows[1:]] == [system["name"] + system["what"] for system in data["systems"]]


def test_answers_and_verdicts_are_those_of_the_record() -> None:
    book = book_with(SLUG)
    for row, system in zip(cells(drawn(SLUG, book).html)[1:], book.figures[SLUG].data["systems"], strict=True):
        for text, part in zip(row[1:], [*system["cells"], system["verdict"]], strict=True):
            assert text.lower().startswith(part["answer"])


def test_every_cell_carries_its_column_for_the_phone() -> None:
    html = drawn(SLUG, book_with(SLUG)).html
    assert html.count("<td data-label=") == html.count("<td")


def test_a_row_with_a_cell_too_few_and_an_unknown_source_are_refused() -> None:
    book = book_with(SLUG)
    system = book.figures[SLUG].data["systems"][0]
    system["sources"] = ["nobody2020"]
    with pytest.raises(KeyError):
        drawn(SLUG, book)
    system["cells"] = system["cells"][:2]
    with pytest.raises(ValueError, match="2 cells"):
        drawn(SLUG, book)
