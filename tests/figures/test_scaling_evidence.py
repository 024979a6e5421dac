"""The scaling hypothesis, claim by claim."""

import pytest

from tests.figures.reading import book_with, cells, drawn

SLUG = "scaling-evidence"


def test_every_claim_has_both_sides_cited_and_a_test() -> None:
    book = book_with(SLUG)
    rows = cells(drawn(SLUG, book).html)
    assert rows[0] == ["Claim", "Strongest evidence for", "Strongest evidence against", "What would settle it"]
    for row, claim in zip(rows[1:], book.figures[SLUG].data["claims"], strict=True):
        assert row[0].startswith(claim["name"]) and row[3] == claim["settles"]
        for cell, side in ((row[1], claim["supports"]), (row[2], claim["opposes"])):
            assert cell.startswith(side["says"]) and all(f"{{{{cite:{key}}}}}" in cell for key in side["sources"])


def test_only_the_first_claim_is_called_a_law() -> None:
    kinds = [claim["kind"] for claim in book_with(SLUG).figures[SLUG].data["claims"]]
    assert kinds[0] == "law" and "law" not in kinds[1:]


def test_an_unknown_source_is_refused() -> None:
    book = book_with(SLUG)
    book.figures[SLUG].data["claims"][0]["opposes"]["sources"] = ["nobody2020"]
    with pytest.raises(KeyError):
        drawn(SLUG, book)
