"""The table of families."""

from xml.etree import ElementTree as ET

from fieldguide.drawing.pictures.families import FamiliesData, entries, families
from tests.figures.reading import book_with, cells, drawn, model

SLUG = "families"
NOT_DISCLOSED = {"status": "not-disclosed", "source": "brown2020", "where": "section 2"}
NO_WEIGHTS = {"status": "not-applicable"}


def records():
    return [
        model(
            "gpt-2",
            name="GPT-2 (1.5B)",
            family="GPT",
            lab="OpenAI",
            country="United States",
            access="open weights",
            released={"value": "2019-02-14"},
            parameters={"value": 1.5e9},
            license={"value": "Modified MIT"},
        ),
        model(
            "gpt-3",
            name="GPT-3 (175B)",
            family="GPT",
            lab="OpenAI",
            country="United States",
            parameters={"value": 175e9},
            license=NO_WEIGHTS,
        ),
        model(
            "gpt-4",
            name="GPT-4",
            family="GPT",
            lab="OpenAI",
            country="United States",
            released={"value": "2023-03-14"},
            parameters=NOT_DISCLOSED,
            license=NO_WEIGHTS,
        ),
        model(
            "olmo-2",
            name="Olmo 2 & more",
            family="Olmo",
            access="open source",
            released={"value": "2024-11"},
            parameters={"value": 32e9},
            license={"value": "Other 1.0"},
        ),
        model(
            "olmo-3",
            name="Olmo 3",
            family="Olmo",
            access="open source",
            released={"value": "2025-11-20"},
            parameters={"value": 32e9},
            license={"value": "Apache 2.0"},
        ),
    ]


def row(name: str, *models) -> list[str]:
    """The cells of one family: name, newest, size, access, license, first, sources."""
    return next(
        found for found in cells(drawn(SLUG, book_with(SLUG, *models)).html) if found[0].startswith(name)
    )


def test_the_table_is_well_formed_and_newest_first() -> None:
    rows = cells(drawn(SLUG, book_with(SLUG, *records())).html)
    assert [row[0][:4] for row in rows[1:]] == ["Olmo", "GPTO"]


def test_two_models_of_any_kind_or_one_recent_language_model_make_a_row() -> None:
    one = {
        "new-1": {"released": {"value": "2023-01-05"}},
        "old-1": {"released": {"value": "2022-12-31"}},
        "weather-1": {"released": {"value": "2025-01-05"}, "domain": "weather"},
    }
    book = book_with(SLUG, *records(), *(model(slug, **values) for slug, values in one.items()))
    assert set(families(book, 2023, 2)) == {"GPT", "Olmo", "new"}


def test_what_holds_for_older_models_only_says_for_which() -> None:
    _, newest, parameters, access, terms, first, _ = row("GPT", *records())
    assert newest.endswith("GPT-4") and first.endswith("GPT-2 (1.5B)")
    assert access == "APIalso open weights: GPT-2, 2019"
    assert terms == "weights not releasedlast: {{fact:gpt-2.license|Modified MIT}} (GPT-2, 2019)"
    assert parameters == "not disclosedlast: {{fact:gpt-3.parameters|175B}} (GPT-3, 2020)"


def test_many_older_models_are_counted() -> None:
    retired = [
        model(
            f"claude-{at}",
            name=f"Claude {at}",
            family="Claude",
            access="retired",
            released={"value": f"202{at}"},
        )
        for at in (1, 2, 3)
    ]
    assert (
        row("Claude", *retired, model("claude-4", family="Claude", released={"value": "2025"}))[3]
        == "APIalso retired: 3 models to Claude 3, 2023"
    )


def test_no_line_begins_with_the_mark_after_a_model() -> None:
    """A short name stands on one line with its mark, and where a line may break there is a space."""
    retired = [
        model(f"pro-{at}", name=f"Pro {at}", family="Pro", access="retired", released={"value": f"202{at}"})
        for at in (1, 2)
    ]
    newest = model("pro-3", family="Pro", released={"value": "2023"})
    html = drawn(SLUG, book_with(SLUG, *records(), *retired, newest)).html
    assert (
        'also retired: <span class="fg-nowrap">Pro 2, 2022;</span> <span class="fg-nowrap">Pro 1, 2021</span>'
        in html
    )
    assert '}} <span class="fg-nowrap">(GPT-2, 2019)</span>' in html


def test_of_models_of_one_day_the_largest_released_one_is_the_newest() -> None:
    same = {"family": "Llama", "released": {"value": "2025-04-05"}, "access": "open weights"}
    _, newest, parameters, access, *_ = row(
        "Llama",
        model("scout", parameters={"value": 109e9}, **same),
        model("maverick", parameters={"value": 400e9}, **same),
        model("behemoth", parameters={"value": 2e12}, **same | {"access": "not released"}),
    )
    assert newest.endswith("maverick") and parameters == "{{fact:maverick.parameters|400B}}"
    assert access == "Open weightsalso not released: behemoth, 2025"


def test_nobody_looked_is_not_the_same_as_not_disclosed() -> None:
    assert row("Quiet", model("quiet", family="Quiet", released={"value": "2024"}))[2:5:2] == [
        "not checked",
        "not checked",
    ]


def test_looked_for_and_not_found_is_unchecked_too_and_names_the_last_that_was_searched() -> None:
    sought = {"status": "not-checked", "seen": "2026-11-28", "note": "no copy was found"}
    assert row(
        "Quiet", model("quiet", family="Quiet", released={"value": "2024"}, parameters=sought, license=sought)
    )[2:5:2] == ["not checked", "not checked"]
    newest = model(
        "gpt-5",
        name="GPT-5",
        family="GPT",
        released={"value": "2025-08-07"},
        license=NO_WEIGHTS,
        parameters=sought,
    )
    assert (
        row("GPT", *records(), newest)[2]
        == "not checkednot disclosed: GPT-4, 2023last: {{fact:gpt-3.parameters|175B}} (GPT-3, 2020)"
    )


def test_an_unchecked_newest_model_names_the_last_that_was_searched() -> None:
    newest = model("gpt-5", name="GPT-5", family="GPT", released={"value": "2025-08-07"}, license=NO_WEIGHTS)
    assert (
        row("GPT", *records(), newest)[2]
        == "not checkednot disclosed: GPT-4, 2023last: {{fact:gpt-3.parameters|175B}} (GPT-3, 2020)"
    )


def test_dates_and_licenses_are_checked_values() -> None:
    html = drawn(SLUG, book_with(SLUG, *records())).html
    assert "{{fact:olmo-3.released|20 Nov 2025}}" in html and "{{fact:olmo-2.released|2024}}" in html
    assert "{{fact:olmo-3.license|Apache 2.0}}" in html and "older models: others" in html
    assert "Olmo 2 &amp; more" in html


def test_rows_carry_what_the_filter_and_the_headers_ask_for() -> None:
    root = ET.fromstring(drawn(SLUG, book_with(SLUG, *records())).html)
    form, table = root.find("form"), root.find(".//table[@data-filter='families']")
    assert form is not None and form.get("data-for") == "families" and table is not None
    rows = [row for row in table.iter("tr") if row.get("data-search")]
    assert [row.get("data-access") for row in rows] == ["open", "api|open"]
    assert [row.get("data-disclosed") for row in rows] == ["yes", ""]
    for head in table.iterfind("thead//span[@data-sort]"):
        assert all(row.get(f"data-sort-{head.get('data-sort')}") is not None for row in rows)
    for control in form.iter("input"):
        name = control.get("name")
        assert name == "find" or all(row.get(f"data-{name}") is not None for row in rows)


def test_every_cited_source_exists() -> None:
    book = book_with(
        SLUG,
        *records(),
        model("odd-1", family="Odd", source="nobody"),
        model("odd-2", family="Odd", source="nobody"),
    )
    assert "{{cite:nobody}}" not in drawn(SLUG, book).html


def test_open_and_hosted_families_are_counted_by_whether_their_size_is_known() -> None:
    found = entries(
        FamiliesData(),
        book_with(
            SLUG,
            *records(),
            model("hidden-1", family="Hidden", released={"value": "2024"}, parameters=NOT_DISCLOSED),
        ),
    )
    assert sorted(sorted(entry.ids)[-1] for entry in found) == ["api-unsized", "api-unsized", "open-sized"]
