"""Companies: a card each, checked numbers in events, and downloads that keep their structure."""

import csv
import io
import json

from fieldguide.outputs.downloads.rows import company_cells, company_rows
from fieldguide.outputs.downloads.write import write_csv, write_json
from fieldguide.text.inline_marks import fact_markup, fact_words
from tests.conftest import COMPANY, Project

LIST = "/// figure | companies\nNames are examples.\n///"


def test_a_card_has_its_anchor_its_partners_and_its_events_newest_first(project: Project) -> None:
    project.write("data/companies/acme.yml", COMPANY)
    project.write(
        "data/companies/beta.yml", COMPANY.replace("Acme", "Beta").replace("buys: [chips", "buys: [acme")
    )
    html = project.html(LIST)
    assert "<tr class" not in html.split('id="acme"')[0][-12:]
    assert 'id="acme"' in html and 'href="#acme">Acme</a>' in html
    assert html.index("1 Jun 2026") < html.index("14 May 2026")


def test_what_a_company_sells_is_cited_with_its_label_or_not_at_all(project: Project) -> None:
    """At rest the label and the stop leave together with the sources."""
    project.write("data/companies/acme.yml", COMPANY)
    html = project.html(LIST)
    assert '<span class="fg-sub"><span class="fg-cited">What it sells:<' in html
    assert "</a></span>. </span>Checked 25 Nov 2026.</span>" in html


def test_a_number_in_an_event_is_checked(project: Project) -> None:
    project.write("data/companies/acme.yml", COMPANY.replace("[70B]", "[71B]"))
    project.page(LIST)
    assert any(
        "the record says 70B parameters, the page says “71B”" in problem for problem in project.problems()
    )


def test_events_are_words_with_marked_numbers() -> None:
    assert fact_markup("raised [$5 million](fact:a.b) & more") == "raised {{fact:a.b|$5 million}} &amp; more"
    assert fact_words("raised [$5 million](fact:a.b)") == "raised $5 million"


def test_downloads_hold_every_event_with_its_source(project: Project) -> None:
    project.write("data/companies/acme.yml", COMPANY)
    table = company_rows(project.index())
    (row,) = json.loads(write_json("companies", table))["companies"]
    assert row["events"][0] == {
        "date": "2026-05-14",
        "what": "raised 70B of something",
        "source": "hoffmann2022",
    }
    (line,) = csv.DictReader(io.StringIO(write_csv(company_cells(table))))
    assert line["buys_from"] == "chips; power"
    assert (
        line["events"]
        == "2026-05-14 raised 70B of something (hoffmann2022); 2026-06-01 sold it & more (hoffmann2022)"
    )
