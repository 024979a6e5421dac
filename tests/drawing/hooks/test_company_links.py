"""Companies named in a figure."""

from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from fieldguide.drawing.hooks.companies import CompanyLinks
from tests.drawing.fixtures import book

INPUTS = {"counted": ["one", "two"], "others": ["three"], "strong": "open", "said": "(open)"}


def companies(tmp_path: Path, *slugs: str) -> Any:
    made = book(tmp_path, any=1)
    made.companies = {
        slug: SimpleNamespace(
            name=slug.capitalize(),
            what="an open thing" if slug != "two" else "a thing",
            href=f"/data/companies.md#{slug}",
        )
        for slug in slugs
    }
    return made


def test_names_lead_to_their_cards_and_are_counted(tmp_path: Path) -> None:
    found = CompanyLinks.model_validate(INPUTS).compute(companies(tmp_path, "one", "two", "three"))
    assert found["values"] == {"strong_count": 1, "named_count": 2}
    assert found["links"]["one"] == {
        "text": "One",
        "href": "/data/companies.md#one",
        "strong": True,
        "said": "One (open)",
    }
    assert found["links"]["two"] == {
        "text": "Two",
        "href": "/data/companies.md#two",
        "strong": False,
        "said": "Two",
    }


def test_a_company_without_a_record_is_refused(tmp_path: Path) -> None:
    with pytest.raises(KeyError, match="three"):
        CompanyLinks.model_validate(INPUTS).compute(companies(tmp_path, "one", "two"))
