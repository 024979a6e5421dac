"""Statements that time judges, behind them and ahead."""

import pytest

from tests.figures.reading import book_with, cells, drawn


@pytest.mark.parametrize(("slug", "columns", "least"), [("predictions-2023", 3, 6), ("scorecard", 4, 10)])
def test_every_statement_has_its_cells_and_sources(slug: str, columns: int, least: int) -> None:
    book = book_with(slug)
    html = drawn(slug, book).html
    rows = cells(html)[1:]
    assert len(rows) >= least and {len(row) for row in rows} == {columns}
    for row, item in zip(rows, book.figures[slug].data["statements"], strict=True):
        assert row[-1].lower().startswith(item["standing"])
        assert all(f"{{{{cite:{key}}}}}" in html for key in item["sources"])


def test_a_statement_without_a_day_or_out_of_order_is_refused() -> None:
    book = book_with("scorecard")
    items = book.figures["scorecard"].data["statements"]
    items[0], items[1] = items[1], items[0]
    with pytest.raises(ValueError, match="order of the days"):
        drawn("scorecard", book)
    del items[0]["judged_on"]
    with pytest.raises(ValueError, match="which day"):
        drawn("scorecard", book)


def test_a_past_prediction_says_what_happened() -> None:
    book = book_with("predictions-2023")
    book.figures["predictions-2023"].data["statements"][0]["happened"] = ""
    with pytest.raises(ValueError, match="what happened"):
        drawn("predictions-2023", book)


def test_an_unknown_source_is_refused() -> None:
    book = book_with("scorecard")
    book.figures["scorecard"].data["statements"][0]["sources"] = ["nobody2020"]
    with pytest.raises(KeyError):
        drawn("scorecard", book)
