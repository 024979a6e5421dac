"""The table of families."""

from xml.etree import ElementTree as ET

from fieldguide.figures.families import families
from tests.figures.reading import book_with, cells, drawn, model

SLUG = "families"


def records():
    return [
        model("gpt-3", name="GPT-3", family="GPT", lab="OpenAI", country="United States", parameters={"value": 175e9}),
        model("gpt-4", name="GPT-4", family="GPT", lab="OpenAI", country="United States", released={"value": "2023-03-14"}, parameters={"status": "not-disclosed", "source": "brown2020", "where": "section 2"}),
        model("olmo-2", name="Olmo 2 & more", family="Olmo", access="open source", released={"value": "2024-11"}, parameters={"value": 32e9}, license={"value": "Apache 2.0"}),
        model("olmo-3", name="Olmo 3", family="Olmo", access="open source", released={"value": "2025-11-20"}, parameters={"value": 32e9}, license={"value": "Apache 2.0"}),
        model("lone-1", name="Lone 1", family="Lone"),
    ]


def test_the_table_is_well_formed_and_newest_first() -> None:
    rows = cells(drawn(SLUG, book_with(SLUG, *records())).html)
    assert [row[0][:4] for row in rows[1:]] == ["Olmo", "GPTO"]


def test_a_family_of_one_is_left_out() -> None:
    assert set(families(book_with(SLUG, *records()), 2)) == {"GPT", "Olmo"}


def test_a_newest_model_without_size_says_so_beside_the_last_disclosed_one() -> None:
    html = drawn(SLUG, book_with(SLUG, *records())).html
    assert "{{fact:gpt-3.parameters|175B}}" in html and "GPT-3; newest not disclosed" in html


def test_dates_and_licenses_are_checked_values() -> None:
    html = drawn(SLUG, book_with(SLUG, *records())).html
    assert "{{fact:olmo-3.released|20 Nov 2025}}" in html and "{{fact:olmo-3.license|Apache 2.0}}" in html
    assert "Olmo 2 &amp; more" in html


def test_rows_carry_what_the_filter_and_the_headers_ask_for() -> None:
    root = ET.fromstring(drawn(SLUG, book_with(SLUG, *records())).html)
    form, table = root.find("form"), root.find(".//table[@data-filter='families']")
    assert form is not None and form.get("data-for") == "families" and table is not None
    rows = [row for row in table.iter("tr") if row.get("data-search")]
    assert [row.get("data-access") for row in rows] == ["open", "api"]
    for button in table.iter("button"):
        assert all(row.get(f"data-sort-{button.get('data-sort')}") is not None for row in rows)


def test_every_cited_source_exists() -> None:
    book = book_with(SLUG, *records(), model("odd-1", family="Odd", source="nobody"), model("odd-2", family="Odd", source="nobody"))
    assert "{{cite:nobody}}" not in drawn(SLUG, book).html
