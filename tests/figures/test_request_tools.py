"""The life of a request through the tools."""

import re
from types import SimpleNamespace

import pytest

from fieldguide.drawing.pictures.request_tools import SLUG
from fieldguide.records.base import load_folder
from fieldguide.records.company import Company
from tests.figures.reading import ROOT, book_with, check_drawing, drawn, texts


def book() -> SimpleNamespace:
    found = book_with(SLUG)
    companies, problems = load_folder(Company, ROOT / "data/companies", ROOT)
    assert not problems
    found.companies = {slug: company.model_copy(deep=True) for slug, company in companies.items()}
    return found


def test_nothing_overlaps_in_both_widths() -> None:
    check_drawing(drawn(SLUG, book()))


def test_every_name_is_its_record_and_opens_its_card() -> None:
    found = book()
    found.companies["vllm"].name = "vLLM renamed"
    drawing = drawn(SLUG, found)
    assert "vLLM renamed" in [text for text, _, _ in texts(drawing.wide)]
    links = re.findall(r'href="([^"]+)"', drawing.wide)
    assert "/data/companies.md#vllm" in links
    assert sorted(links) == sorted(re.findall(r'href="([^"]+)"', drawing.narrow))


def test_open_names_are_counted_and_bold() -> None:
    found = book()
    assert "Bold: open source, 11 of the 15 names above" in [text for text, _, _ in texts(drawn(SLUG, found).wide)]
    found.companies["pinecone"].what = "an open-source store"
    drawing = drawn(SLUG, found)
    assert "Bold: open source, 12 of the 15 names above" in [text for text, _, _ in texts(drawing.narrow)]
    assert any("Pinecone (open source)" in cell for row in drawing.table.rows for cell in row)


def test_a_company_without_a_record_is_refused() -> None:
    found = book()
    del found.companies["litellm"]
    with pytest.raises(KeyError, match="litellm"):
        drawn(SLUG, found)


def test_a_title_that_the_records_do_not_support_is_refused() -> None:
    found = book()
    for company in found.companies.values():
        company.what = company.what.replace("open-source", "closed")
    with pytest.raises(ValueError, match="most of the code is open"):
        drawn(SLUG, found)
