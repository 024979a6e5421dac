"""Claims: each checked number of a published page is a row with its source, pages and review date, and the list of what is due."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from fieldguide.__main__ import main
from fieldguide.book import Book, load_book
from fieldguide.commands.stale import report
from fieldguide.index import collect_claims
from fieldguide.outputs.files import output_files
from fieldguide.page.words import derivation
from fieldguide.records.field import Found
from fieldguide.records.review import MONTHS, review_date
from fieldguide.records.spelling import field_words
from fieldguide.text.dates import add_months
from tests.conftest import CHIP, COMPANY, MODEL, PRICE, Project, page
from tests.guide import ROOT
from tests.serving import serve

LEDGER = page("Claims", "All claims.\n\n/// figure | claims\nEach with its source.\n///", "reference")


@pytest.fixture
def ledger(project: Project) -> Project:
    """The little project with a ledger and a page that cites a given and a computed number."""
    project.write("docs/data/claims.md", LEDGER)
    config = project.root / "mkdocs.yml"
    config.write_text(config.read_text(encoding="utf-8").replace("  - About:", "  - Data: [data/claims.md]\n  - About:"), encoding="utf-8")
    project.page("It read [1.4T](fact:reading.tokens) tokens, which took [5.88×10²³ FLOP](fact:reading.budget).")
    return project


def reviewed(book: Book, reference: str) -> str:
    """The day by which the value behind `record.field` is to be read again."""
    found = book.find(reference)
    assert isinstance(found, Found)
    return review_date(book.quantities, book.sources, found.record, found.name)


def test_the_review_date_is_the_day_read_and_an_interval_by_kind_of_record(project: Project) -> None:
    project.write("data/companies/acme.yml", COMPANY)
    project.write("data/hardware/x1.yml", CHIP)
    project.write("data/prices/acme-one.yml", PRICE)
    for kind in ("vendor", "survey"):
        text = (project.root / "data/sources/hoffmann2022.yml").read_text(encoding="utf-8")
        project.write(f"data/sources/{kind}2026.yml", text.replace("kind: paper", f"kind: {kind}").replace("2203.15556", kind))
        project.write(f"data/facts/{kind}-says.yml", f"title: Said\nsource: {kind}2026\nwhere: p. 1\nas_of: 2026-10-01\nseen: 2026-11-24\nfields:\n  now: {{value: 3, unit: tokens}}\n  once: {{value: 2, unit: tokens, as_of: 2025-11-24}}\n")
    book = load_book(project.root)
    found = {reference: reviewed(book, reference) for reference in (
        "acme-one.input", "acme-one.since", "acme-one.input-2026-01-01", "x1.memory", "reading.size", "vendor-says.now", "vendor-says.once", "survey-says.now")}
    assert found == {
        "acme-one.input": "2027-02-24", "acme-one.since": "2027-02-24", "acme-one.input-2026-01-01": "2028-11-24", "x1.memory": "2028-11-24",
        "reading.size": "2028-11-24", "vendor-says.now": "2027-05-24", "vendor-says.once": "2028-11-24", "survey-says.now": "2027-11-24"}


def test_a_record_or_a_field_may_name_its_review_date_and_a_computed_value_has_the_earliest_of_its_inputs(project: Project) -> None:
    text = (project.root / "data/facts/reading.yml").read_text(encoding="utf-8")
    project.write("data/facts/reading.yml", text.replace("seen: 2026-11-24", "seen: 2026-11-24\nreview: 2027-06-01").replace("unit: tokens}", "unit: tokens, review: 2027-03-01}"))
    book = load_book(project.root)
    assert [reviewed(book, f"reading.{name}") for name in ("size", "tokens")] == ["2027-06-01", "2027-03-01"]
    assert reviewed(book, "reading.budget") == "2027-06-01"
    project.write("data/facts/reading.yml", text.replace("unit: tokens}", "unit: tokens, review: 2027-03-01}"))
    book = load_book(project.root)
    assert reviewed(book, "reading.budget") == "2027-03-01"


def test_months_are_counted_to_the_same_day_or_the_last_of_the_month() -> None:
    assert [add_months("2026-11-25", 3), add_months("2026-11-30", 3), add_months("2023-11-29", 3), add_months("2026-12", 1), add_months("2026", 24)] == [
        "2027-02-25", "2027-02-28", "2024-02-29", "2027-01-01", "2028-01-01"]


def test_the_intervals_are_the_ones_that_the_guide_states() -> None:
    text = (ROOT / "docs/about/how-we-check.md").read_text(encoding="utf-8")
    stated = {kind.removeprefix("a "): int(months) for kind, months in re.findall(r"^\| (.+) \| (\d+) months \|$", text, flags=re.M)}
    assert stated == {kind.removeprefix("a "): months for kind, months in MONTHS.items()}


def test_a_claim_lists_the_reader_s_pages_and_neither_drafts_nor_pages_made_from_records(ledger: Project) -> None:
    ledger.write("docs/foundations/draft.md", page("Draft", "An answer.\n\nIt has [70B](fact:reading.size) parameters.", extra="status: draft\n").replace("status: draft\nreviewed: 2026-11-24", "reviewed: 2026-11-24\nstatus: draft"))
    index = ledger.index()
    assert [(claim.id, claim.kind, [item.src for item in claim.pages]) for claim in index.claims] == [
        ("reading.tokens", "disclosed", ["foundations/tokens.md"]), ("reading.budget", "derived", ["foundations/tokens.md"])]
    index.book.pages["foundations/tokens.md"].made = True
    assert collect_claims(index.book, {src: item.uses for src, item in index.pages.items()}) == []


def test_a_number_opens_its_claim_and_its_note_says_when_it_is_read_again(ledger: Project) -> None:
    assert ledger.problems() == []
    html = ledger.page_html("foundations/tokens.md")
    assert 'class="fg-number" data-note="note-reading.tokens" href="../../data/claims/#reading.tokens"' in html
    assert '<span data-review="2028-11-24"> To be reviewed by 24 Nov 2028.</span>' in html and "Open in the claim ledger" in html
    assert "assets/js/stale.mjs" in html


def test_a_number_on_a_draft_opens_the_references_because_the_ledger_has_no_row_for_it(ledger: Project) -> None:
    ledger.write("docs/foundations/draft.md", page("Draft", "An answer.\n\nIt has [70B](fact:reading.size) parameters.").replace("reviewed: 2026-11-24", "reviewed: 2026-11-24\nstatus: draft"))
    assert ledger.problems() == []
    assert 'href="../../about/references/#hoffmann2022"' in ledger.page_html("foundations/draft.md")


def test_the_ledger_has_a_row_a_claim_under_its_record_with_all_that_the_reader_needs(ledger: Project) -> None:
    html = ledger.page_html("data/claims.md")
    row = re.search(r'<tr [^>]*id="reading\.budget"[^>]*>.*?</tr>', html, flags=re.S)
    assert row is not None
    assert 'data-kind="derived"' in row[0]
    for shared in ('data-review="2028-11-24"', 'data-section="Foundations"', 'data-year="2022"'):  # the same in both rows: said once, on the group
        assert html.count(shared) == 1 and shared not in row[0]
    for part in ("5.88×10²³ FLOP", "29 Mar 2022", "Stake: vendor",
                 '<a class="fg-copy" href="#reading.budget">budget</a>', 'Foundations: <a href="../../foundations/tokens/">Tokens</a>', "24 Nov 2028"):
        assert part in row[0], part
    # an input that no page cites has no row to open, so its value stands here
    assert 'Derived: training FLOP of size (70B parameters) and <a href="#reading.tokens">tokens</a>' in row[0]
    assert '<h2 data-search-exclude="" id="foundations">First used in Foundations</h2>' in html
    assert html.index("What Chinchilla read") < html.index('id="reading.tokens"') and "data-search-exclude" in html
    assert html.index("stale.mjs") < html.index("filter.mjs")


def test_the_anchors_that_the_check_knows_are_those_of_the_finished_page(ledger: Project) -> None:
    ids = set(re.findall(r'id="([^"]+)"', ledger.page_html("data/claims.md")))
    assert ledger.index().ids("data/claims.md") == ids
    ledger.page("See [this claim](../data/claims.md#reading.tokenz) and [1.4T](fact:reading.tokens).")
    assert any("broken anchor `../data/claims.md#reading.tokenz`" in problem for problem in ledger.problems())


def test_the_downloads_hold_every_claim_with_numbers_as_numbers(ledger: Project) -> None:
    files = {path: make().decode() for path, make in output_files(ledger.index()).items() if path.startswith("data/claims.")}
    lines = list(csv.DictReader(io.StringIO(files["data/claims.csv"])))
    assert [(line["id"], line["value"], line["unit"], line["review_by"], line["stakes"]) for line in lines] == [
        ("reading.tokens", "1400000000000", "tokens", "2028-11-24", "vendor"), ("reading.budget", "5.88e+23", "FLOP", "2028-11-24", "vendor")]
    claim = json.loads(files["data/claims.json"])["claims"][1]
    assert claim["inputs"] == ["reading.size", "reading.tokens"] and claim["value"] == 5.88e23
    assert claim["pages"] == ["http://127.0.0.1:8000/foundations/tokens/"] and claim["address"].endswith("/data/claims/#reading.budget")


def test_an_earlier_price_says_from_when() -> None:
    assert [field_words(name, {}) for name in ("tokens-per-parameter", "input", "cached-2026-01-01", "date-2025-08-05", "input-2026-03")] == [
        "tokens per parameter", "input", "cached, from 1 Jan 2026", "date, from 5 Aug 2025", "input, from Mar 2026"]


def test_months_and_years_are_written_as_dates() -> None:
    assert [field_words(name, {}) for name in ("march-2026", "may-2026", "pace-of-june", "as-it-may", "on-the-march", "y2023")] == [
        "March 2026", "May 2026", "pace of June", "as it may", "on the march", "2023"]


def test_names_in_a_field_s_name_are_written_as_their_owners_write_them(project: Project) -> None:
    project.write("data/models/gpt-45.yml", MODEL.replace("Chinchilla", "GPT-4.5 (preview)").replace("chinchilla.", "gpt-45."))
    project.write("data/companies/acme.yml", COMPANY)
    project.write("data/spelling.yml", "words: [Llama 3.1, 70B, KV]\n")
    spelled = load_book(project.root).spellings
    assert [field_words(name, spelled) for name in ("gpt-45-days", "acme-to-gpt-45", "llama-31-70b-kv-heads", "45-days")] == [
        "GPT-4.5 days", "Acme to GPT-4.5", "Llama 3.1 70B KV heads", "45 days"]


def test_an_input_of_another_record_names_that_record_once_and_a_rental_its_accelerator(project: Project) -> None:
    project.write("data/companies/acme.yml", COMPANY)
    project.write("data/hardware/x1.yml", CHIP)
    project.write("data/prices/acme-x1.yml", "provider: Acme\ncompany: acme\nrole: cloud\nsells: gpu-hours\naccelerator: x1\nterms: on demand\nperiods:\n"
                  "  - {from: 2026-01-01, as_of: 2026-09-01, hour: 2, source: hoffmann2022, where: list, seen: 2026-11-24}\n")
    project.write("data/facts/run.yml", "title: A run\nfields:\n"
                  "  ratio: {computed: ratio, inputs: {numerator: reading.tokens, denominator: reading.size}, unit: tokens per parameter}\n"
                  "  hours: {computed: ratio, inputs: {numerator: run.ratio, denominator: acme-x1.hour}, unit: times}\n")
    book = load_book(project.root)
    run = book.facts["run"]
    assert [derivation(book, run, run.fields[name]) for name in ("ratio", "hours")] == [
        "ratio of tokens and size of “What Chinchilla read”", "ratio of ratio and hour of “Acme, X1”"]


# ---- what is due


def test_stale_prints_the_claims_due_before_a_day_by_record(ledger: Project, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--root", str(ledger.root), "stale", "--before", "2028-11-25"]) == 0
    text = capsys.readouterr().out
    assert text.startswith("2 claims of 1 record are due for review before 25 Nov 2028.")
    assert "### `data/facts/reading.yml`: What Chinchilla read" in text
    assert "| tokens | 1.4T tokens | 2022-03-29 | 2028-11-24 | foundations/tokens.md |" in text
    assert "computed from reading.size, reading.tokens" in text
    assert main(["--root", str(ledger.root), "stale", "--before", "2028-11-24"]) == 0
    assert capsys.readouterr().out == "No claim is due for review before 24 Nov 2028.\n"


@pytest.mark.parametrize("arguments", [["--before", "soon"], ["--before", "2027-02-30"], []], ids=["no date", "no such day", "nothing"])
def test_stale_says_what_day_it_wants(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as stopped:
        main(["stale", *arguments])
    assert stopped.value.code == 2
    assert ("write YYYY-MM-DD, for example 2027-01-01" if arguments else "--before") in capsys.readouterr().err


def test_a_list_that_must_fit_an_issue_stops_at_a_whole_record_and_counts_the_rest(ledger: Project) -> None:
    ledger.write("data/facts/more.yml", "title: More\nsource: hoffmann2022\nwhere: p. 1\nas_of: 2022-03-29\nseen: 2026-11-25\nfields:\n  one: {value: 3, unit: tokens}\n  two: {value: 4, unit: tokens}\n")
    ledger.page("It read [1.4T](fact:reading.tokens), [3](fact:more.one) and [4](fact:more.two) tokens.")
    index = ledger.index()
    whole = report(index, "2029-01-01")
    short = report(index, "2029-01-01", fit=len(whole) + 150)
    assert len(short) <= len(whole) + 150 and "reading.yml" in short and "more.yml" not in short
    assert short.endswith("2 more claims: `python -m fieldguide stale --before 2029-01-01` lists all.\n")


# ---- the built page


@pytest.fixture(scope="module")
def address(site: Path) -> Iterator[str]:
    with serve(site) as served:
        yield served


def at(browser: Browser, address: str, path: str, day: date, width: int = 1280, **options: object) -> Page:
    tab = browser.new_context(viewport={"width": width, "height": 900}, **options).new_page()
    tab.clock.set_fixed_time(f"{day.isoformat()}T12:00:00")
    tab.goto(address + path)
    return tab


@pytest.mark.site
def test_every_number_of_the_site_has_its_row_and_the_search_none(site: Path) -> None:
    ids = set(re.findall(r'<tr [^>]*?\bid="([^"]+)"', (site / "data/claims/index.html").read_text(encoding="utf-8")))
    opened = set()
    for path in site.rglob("*.html"):
        opened |= set(re.findall(r'data/claims/#([^"]+)"', path.read_text(encoding="utf-8")))
    assert len(ids) > 1500
    assert {reference for reference in opened if "." in reference} - ids == set()
    texts = [entry["text"] for entry in json.loads((site / "search/search_index.json").read_text(encoding="utf-8"))["docs"] if entry["location"].startswith("data/claims/")]
    assert texts and sum(map(len, texts)) < 3000


@pytest.mark.browser
def test_a_claim_past_its_review_date_says_so_in_its_row_and_its_note(browser: Browser, address: str) -> None:
    tab = at(browser, address, "business/api-pricing/", date(2026, 11, 26))
    assert tab.locator(".fg-notes .fg-due").count() == 0 and "To be reviewed by" in (tab.locator(".fg-notes").text_content() or "")
    tab.context.close()
    tab = at(browser, address, "business/api-pricing/", date(2027, 4, 1))
    assert re.search(r"Due for review since \d+ Feb 2027\.", tab.locator(".fg-notes .fg-due").first.text_content() or "")
    assert "2028" not in "".join(tab.locator(".fg-notes .fg-due").all_text_contents())
    tab.context.close()
    tab = at(browser, address, "data/claims/?due=Due+for+review", date(2027, 4, 1))
    shown = tab.locator("tr[data-search]:not([hidden])")
    dates = shown.evaluate_all("rows => rows.map((row) => row.dataset.review ?? row.parentElement.dataset.review)")
    assert dates and all(day < "2027-04-01" for day in dates)
    hidden = tab.locator("tr[data-search][hidden]").evaluate_all("rows => rows.map((row) => row.dataset.review ?? row.parentElement.dataset.review)")
    assert len(hidden) > len(dates) and all(day >= "2027-04-01" for day in hidden)
    assert (shown.first.locator("td").last.text_content() or "").startswith("Due for review since")
    tab.context.close()


@pytest.mark.browser
def test_the_ledger_is_filtered_by_words_of_the_record_section_kind_and_year(browser: Browser, address: str) -> None:
    tab = at(browser, address, "data/claims/", date(2026, 11, 26))
    total = tab.locator("tr[data-search]").count()
    tab.get_by_role("searchbox", name="Find a claim").fill("chinchilla gopher")
    found = tab.locator("tr[data-search]:not([hidden])").count()
    assert 0 < found < 40
    tab.get_by_role("searchbox", name="Find a claim").fill("")
    tab.get_by_role("radio", name="Estimate").check()
    tab.get_by_role("combobox", name="Section").select_option("Training")
    tab.get_by_role("combobox", name="As of").select_option("2024")
    rows = tab.locator("tr[data-search]:not([hidden])")
    assert 0 < rows.count() < total
    assert all("Training" in (value or "").split("|") for value in rows.evaluate_all("rows => rows.map((row) => row.dataset.section ?? row.parentElement.dataset.section)"))
    assert {(kind, year) for kind, year in rows.evaluate_all("rows => rows.map((row) => ['kind', 'year'].map((name) => row.dataset[name] ?? row.parentElement.dataset[name]))")} == {("estimate", "2024")}
    assert "kind=estimate" in tab.url and "section=Training" in tab.url
    tab.context.close()


@pytest.mark.browser
@pytest.mark.parametrize("width", [360, 1280])
def test_the_address_of_a_claim_shows_its_row(browser: Browser, address: str, width: int) -> None:
    tab = at(browser, address, "data/claims/", date(2026, 11, 26), width)
    last = tab.locator("tr[data-search]").last.get_attribute("id") or ""
    tab.goto("about:blank")
    tab.goto(f"{address}data/claims/#{last}")
    tab.wait_for_timeout(400)
    box = tab.evaluate("id => { const box = document.getElementById(id).getBoundingClientRect(); return [box.top, box.bottom, innerHeight]; }", last)
    assert box[0] >= 0 and box[1] <= box[2]
    assert tab.evaluate("document.documentElement.scrollWidth") == width
    tab.context.close()


def last_id(browser: Browser, address: str, path: str, state: str) -> str:
    """The id of the last row that a view hides or shows; `state` is a selector."""
    tab = at(browser, address, path, date(2026, 11, 26))
    found = tab.locator(f"tr[data-search]{state}").last.get_attribute("id") or ""
    tab.context.close()
    return found


@pytest.mark.browser
def test_a_link_to_a_row_that_the_filter_hides_shows_it_and_clears_the_filter(browser: Browser, address: str) -> None:
    hidden = last_id(browser, address, "data/claims/?year=2012", "[hidden]")
    tab = at(browser, address, f"data/claims/?year=2012#{hidden}", date(2026, 11, 26))
    row = tab.locator(f'[id="{hidden}"]')
    assert row.is_visible() and "year=" not in tab.url and tab.url.endswith(f"#{hidden}")
    tab.get_by_role("combobox", name="As of").select_option("2012")
    assert not row.is_visible()
    tab.evaluate("id => { location.hash = ''; location.hash = id; }", hidden)
    row.wait_for(state="visible")
    assert "year=" not in tab.url
    tab.context.close()


@pytest.mark.browser
def test_a_row_in_a_filtered_view_is_shown_and_the_view_stays(browser: Browser, address: str) -> None:
    last = last_id(browser, address, "data/claims/?kind=derived&section=Business", ":not([hidden])")
    tab = at(browser, address, f"data/claims/?kind=derived&section=Business#{last}", date(2026, 11, 26))
    row = tab.locator(f'[id="{last}"]')
    row.wait_for(state="visible")
    assert "kind=derived&section=Business" in tab.url and tab.get_by_role("radio", name="Derived").is_checked()
    tab.wait_for_function("id => { const box = document.getElementById(id).getBoundingClientRect(); return box.top >= 0 && box.bottom <= innerHeight; }", arg=last)
    assert tab.locator("tr[data-search]:not([hidden])").count() < tab.locator("tr[data-search]").count()
    assert tab.locator("tr[data-search]:not([hidden]) td:nth-child(5)").filter(has_not_text="Business: ").count() == 0
    tab.context.close()


@pytest.mark.browser
@pytest.mark.parametrize(("path", "width"), [("data/claims/", 1280), ("data/claims/", 360), ("figures/", 1280), ("data/models/", 1280), ("glossary/", 360)])
def test_when_nothing_matches_a_line_says_so_and_clears_the_filters_by_keyboard(browser: Browser, address: str, path: str, width: int) -> None:
    tab = at(browser, address, path, date(2026, 11, 26), width)
    line, search = tab.locator(".fg-filter__none"), tab.get_by_role("searchbox").locator("visible=true").last
    assert line.get_attribute("role") == "status" and (line.text_content(), line.bounding_box()["height"]) == ("", 0)
    search.fill("zyxwv")
    expect(line).to_have_text("Nothing matches. Clear the filters")
    assert tab.locator("[data-filter] [data-search]:visible").count() == 0
    assert tab.evaluate("document.documentElement.scrollWidth") == width
    button = line.get_by_role("button", name="Clear the filters")
    for _ in range(60):
        tab.keyboard.press("Tab")
        if button.evaluate("button => button === document.activeElement"):
            break
    tab.keyboard.press("Enter")
    expect(line).to_be_empty()
    expect(search).to_be_focused()
    assert search.input_value() == "" and "find" not in tab.url and tab.locator("[data-filter] [data-search]:visible").count() > 10
    tab.context.close()


@pytest.mark.browser
def test_an_address_that_matches_nothing_says_so(browser: Browser, address: str) -> None:
    tab = at(browser, address, "figures/?find=zyxwv", date(2026, 11, 26))
    expect(tab.get_by_text("Nothing matches.")).to_be_visible()
    tab.context.close()


@pytest.mark.browser
def test_the_line_for_nothing_moves_nothing_when_the_page_loads(browser: Browser, address: str) -> None:
    for path in ("data/claims/", "figures/"):
        tab = at(browser, address, path, date(2026, 11, 26))
        height = "document.documentElement.scrollHeight"
        with_line = tab.evaluate(height)
        tab.locator(".fg-filter__none").evaluate("line => line.remove()")
        assert tab.evaluate(height) == with_line, path
        tab.context.close()


@pytest.mark.browser
def test_without_scripts_the_review_date_itself_is_read(browser: Browser, address: str) -> None:
    context = browser.new_context(java_script_enabled=False)
    tab = context.new_page()
    tab.goto(f"{address}data/claims/")
    assert re.fullmatch(r"\d+ \w+ 20\d\d", tab.locator("tr[data-search]").first.locator("td").last.text_content() or "")
    context.close()
