"""Thesis and objection."""

import re

import pytest

from tests.figures.reading import ROOT, book_with, cells, drawn

SLUG = "thesis-and-objection"


def test_every_claim_stands_with_evidence_objection_and_place() -> None:
    book = book_with(SLUG)
    html = drawn(SLUG, book).html
    claims = book.figures[SLUG].data["claims"]
    for row, claim in zip(cells(html)[1:], claims, strict=True):
        assert row[0].startswith(claim["claim"]) and (claim.get("article") or claim["inferred"]) in row[0]
        assert "{{cite:starx}}" in row[0]
        for cell, side in ((row[1], claim["evidence"]), (row[2], claim["objection"])):
            assert cell.startswith(side["says"])
            assert all(f"{{{{cite:{key}}}}}" in cell for key in side["sources"])
        assert all(item["name"] in row[3] for item in claim["where"])


def test_the_title_counts_the_claims() -> None:
    record = book_with(SLUG).figures[SLUG]
    assert record.title.startswith("Ten claims") and len(record.data["claims"]) == 10


def test_numbers_come_from_records() -> None:
    for claim in book_with(SLUG).figures[SLUG].data["claims"]:
        for side in (claim["evidence"], claim["objection"]):
            assert not re.search(r"[$%]", re.sub(r"\{\{fact:[^}]+\}\}", "", side["says"]))


def test_evidence_pages_are_there() -> None:
    for claim in book_with(SLUG).figures[SLUG].data["claims"]:
        for item in claim["where"]:
            assert item["page"].startswith("investing/") or (ROOT / "docs" / item["page"]).is_file()


def test_a_claim_is_in_an_article_or_inferred_and_never_both() -> None:
    for change in ({"article": ""}, {"inferred": "from what StarX does"}):
        book = book_with(SLUG)
        book.figures[SLUG].data["claims"][0].update(change)
        with pytest.raises(ValueError, match="needs the article"):
            drawn(SLUG, book)


@pytest.mark.parametrize("side", ["evidence", "objection"])
def test_an_article_of_starx_is_no_evidence(side: str) -> None:
    book = book_with(SLUG)
    book.figures[SLUG].data["claims"][0][side]["sources"] = ["starx-ai-investment-thesis"]
    with pytest.raises(ValueError, match="own article"):
        drawn(SLUG, book)


def test_a_claim_of_somebody_else_is_refused() -> None:
    book = book_with(SLUG)
    book.figures[SLUG].data["claims"][0]["article"] = "cottier2024"
    with pytest.raises(ValueError, match="not StarX’s article"):
        drawn(SLUG, book)


def test_an_unknown_source_is_refused() -> None:
    book = book_with(SLUG)
    book.figures[SLUG].data["claims"][0]["objection"]["sources"] = ["nobody2020"]
    with pytest.raises(KeyError):
        drawn(SLUG, book)
