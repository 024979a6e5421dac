"""Claims: each checked number of a published page is a row with its source, pages and review date, and the
list of what is due.
"""

from __future__ import annotations

import csv
import dataclasses
import io
import json
import re

import pytest

from fieldguide.__main__ import main
from fieldguide.book import Book, load_book
from fieldguide.commands.search_for import search_terms
from fieldguide.commands.stale import render_due
from fieldguide.index import collect_claims
from fieldguide.outputs.claims.pages import RESTING, claim_files
from fieldguide.outputs.downloads.rows import claim_rows
from fieldguide.outputs.files import output_files
from fieldguide.page.evidence_words import derivation
from fieldguide.records.field import FieldMatch
from fieldguide.records.review import MONTHS, review_date
from fieldguide.records.spelling import field_words
from fieldguide.text.dates import add_months
from tests.conftest import CHIP, COMPANY, FACT, MODEL, PRICE, Project, page
from tests.guide import ROOT


def reviewed(book: Book, reference: str) -> str:
    """The day by which the value behind `record.field` is to be read again."""
    found = book.find(reference)
    assert isinstance(found, FieldMatch)
    return review_date(book.quantities, book.sources, found.record, found.name)


def test_the_review_date_is_the_day_read_and_an_interval_by_kind_of_record(project: Project) -> None:
    project.write("data/companies/acme.yml", COMPANY)
    project.write("data/hardware/x1.yml", CHIP)
    project.write("data/prices/acme-one.yml", PRICE)
    for kind in ("vendor", "survey"):
        text = (project.root / "data/sources/hoffmann2022.yml").read_text(encoding="utf-8")
        project.write(
            f"data/sources/{kind}2026.yml",
            text.replace("kind: paper", f"kind: {kind}").replace("2203.15556", kind),
        )
        project.write(
            f"data/facts/{kind}-says.yml",
            f"title: Said\nsource: {kind}2026\nwhere: p. 1\nas_of: 2026-10-01\nseen: 2026-11-24\nfields:\n "
            " now: {value: 3, unit: tokens}\n  once: {value: 2, unit: tokens, as_of: 2025-11-24}\n",
        )
    book = load_book(project.root)
    found = {
        reference: reviewed(book, reference)
        for reference in (
            "acme-one.input",
            "acme-one.since",
            "acme-one.input-2026-01-01",
            "x1.memory",
            "reading.size",
            "vendor-says.now",
            "vendor-says.once",
            "survey-says.now",
        )
    }
    assert found == {
        "acme-one.input": "2027-02-24",
        "acme-one.since": "2027-02-24",
        "acme-one.input-2026-01-01": "2028-11-24",
        "x1.memory": "2028-11-24",
        "reading.size": "2028-11-24",
        "vendor-says.now": "2027-05-24",
        "vendor-says.once": "2028-11-24",
        "survey-says.now": "2027-11-24",
    }


def test_a_day_that_was_only_announced_is_due_when_it_comes(project: Project) -> None:
    project.write(
        "data/facts/announced.yml",
        "title: Said\nsource: hoffmann2022\nwhere: p. 1\nas_of: 2026-10-01\nseen: 2026-11-24\nfields:\n "
        " ends: {value: 2026-12-11, unit: date}\n  far: {value: 2031-01-01, unit: date}\n  began: {value:"
        " 2026-03-01, unit: date}\n",
    )
    book = load_book(project.root)
    assert {name: reviewed(book, f"announced.{name}") for name in ("ends", "far", "began")} == {
        "ends": "2026-12-11",
        "far": "2028-11-24",
        "began": "2028-11-24",
    }


def test_a_record_or_a_field_may_name_its_review_date_and_a_computed_value_has_the_earliest_of_its_inputs(
    project: Project,
) -> None:
    text = (project.root / "data/facts/reading.yml").read_text(encoding="utf-8")
    project.write(
        "data/facts/reading.yml",
        text.replace("seen: 2026-11-24", "seen: 2026-11-24\nreview: 2027-06-01").replace(
            "unit: tokens}", "unit: tokens, review: 2027-03-01}"
        ),
    )
    book = load_book(project.root)
    assert [reviewed(book, f"reading.{name}") for name in ("size", "tokens")] == ["2027-06-01", "2027-03-01"]
    assert reviewed(book, "reading.budget") == "2027-06-01"
    project.write(
        "data/facts/reading.yml", text.replace("unit: tokens}", "unit: tokens, review: 2027-03-01}")
    )
    book = load_book(project.root)
    assert reviewed(book, "reading.budget") == "2027-03-01"


def test_months_are_counted_to_the_same_day_or_the_last_of_the_month() -> None:
    assert [
        add_months("2026-11-25", 3),
        add_months("2026-11-30", 3),
        add_months("2023-11-29", 3),
        add_months("2026-12", 1),
        add_months("2026", 24),
    ] == ["2027-02-25", "2027-02-28", "2024-02-29", "2027-01-01", "2028-01-01"]


def test_the_intervals_are_the_ones_that_the_guide_states() -> None:
    text = (ROOT / "docs/about/how-we-check.md").read_text(encoding="utf-8")
    stated = {
        kind.removeprefix("a "): int(months)
        for kind, months in re.findall(r"^\| (.+) \| (\d+) months \|$", text, flags=re.M)
    }
    assert stated == {kind.removeprefix("a "): months for kind, months in MONTHS.items()}


def test_a_claim_lists_the_reader_s_pages_and_neither_drafts_nor_pages_made_from_records(
    ledger: Project,
) -> None:
    ledger.write(
        "docs/foundations/draft.md",
        page(
            "Draft", "An answer.\n\nIt has [70B](fact:reading.size) parameters.", extra="status: draft\n"
        ).replace("status: draft\nreviewed: 2026-11-24", "reviewed: 2026-11-24\nstatus: draft"),
    )
    index = ledger.index()
    assert [(claim.id, claim.kind, [item.src for item in claim.pages]) for claim in index.claims] == [
        ("reading.tokens", "disclosed", ["foundations/tokens.md"]),
        ("reading.budget", "derived", ["foundations/tokens.md"]),
    ]
    made = dataclasses.replace(index.book.pages["foundations/tokens.md"], made=True)
    book = dataclasses.replace(index.book, pages={**index.book.pages, made.src: made})
    assert collect_claims(book, {src: item.uses for src, item in index.pages.items()}) == []


def test_a_published_claim_that_no_page_states_any_more_rests_at_its_address(ledger: Project) -> None:
    ledger.write(
        "data/links.txt", "foundations/tokens/\ngo/reading.gone/\ngo/reading.size/\ngo/reading.tokens/\n"
    )
    index = ledger.index()
    assert [(claim.id, claim.pages) for claim in index.resting] == [("reading.size", ())]
    assert "go/reading.size/" in index.published() and "go/reading.gone/" not in index.published()
    html = dict(claim_files(index))["go/reading.size/index.html"]().decode()
    assert "70B" in html and RESTING in html and "In the list of claims" not in html
    assert [(row["id"], row["pages"]) for row in claim_rows(index)][-1] == ("reading.size", [])
    assert "go/reading.size/" not in ledger.page_html("data/claims/foundations.md")


def test_a_number_opens_its_claim_and_its_note_says_when_it_is_read_again(ledger: Project) -> None:
    assert ledger.problems() == []
    html = ledger.page_html("foundations/tokens.md")
    assert 'class="fg-number" data-note="note-reading.tokens" href="../../go/reading.tokens/"' in html
    assert (
        '<span data-review="2028-11-24"> To be reviewed by 24 Nov 2028.</span>' in html
        and '<div class="fg-note fg-note--number" data-sources="hoffmann2022" id="note-reading.tokens">'
        in html
    )
    assert "assets/js/stale.mjs" in html


def test_a_number_on_a_draft_opens_the_references_because_the_ledger_has_no_row_for_it(
    ledger: Project,
) -> None:
    ledger.write(
        "docs/foundations/draft.md",
        page("Draft", "An answer.\n\nIt has [70B](fact:reading.size) parameters.").replace(
            "reviewed: 2026-11-24", "reviewed: 2026-11-24\nstatus: draft"
        ),
    )
    assert ledger.problems() == []
    assert 'href="../../about/references/g-j/#hoffmann2022"' in ledger.page_html("foundations/draft.md")


def test_a_section_s_page_has_a_line_a_claim_under_its_record_with_what_the_filter_asks_for(
    ledger: Project,
) -> None:
    html = ledger.page_html("data/claims/foundations.md")
    assert '<h1 id="claims-foundations">Claims: Foundations</h1>' in html
    record = re.search(
        r'<li data-evidence="One source\|Interested party" data-group="" data-review="2028-11-24"'
        r' data-year="2022">.*?</details></li>',
        html,
        flags=re.S,
    )
    assert record is not None  # what both claims share stands once
    assert '<summary>What Chinchilla read<span>2 claims</span></summary><ul id="record-reading">' in record[0]
    assert re.findall(
        r'<li data-kind="(\w+)" data-search=""><a href="\.\./\.\./\.\./go/(reading\.\w+)/">', record[0]
    ) == [("disclosed", "reading.tokens"), ("derived", "reading.budget")]
    for part in (
        "<b>5.88×10²³ FLOP</b>",
        "<span>as of 29 Mar 2022</span>",
        "<span>Hoffmann et al. 2022</span>",
        "<span>review by 24 Nov 2028</span>",
    ):
        assert part in record[0]
    assert 0 < html.index("stale.mjs") < html.index("filter.mjs") < html.index("claims.mjs")


def test_a_record_with_one_claim_is_a_line_itself(ledger: Project) -> None:
    ledger.page("It read [1.4T](fact:reading.tokens) tokens.")
    html = ledger.page_html("data/claims/foundations.md")
    assert (
        re.search(
            r'<li [^>]*id="record-reading"><a href="../../../go/reading.tokens/">What Chinchilla read:'
            r" tokens</a>",
            html,
        )
        and "<details" not in html
    )


def test_a_section_stands_by_chapter_in_the_order_of_the_menu_and_a_record_under_the_first_that_states_it(
    ledger: Project,
) -> None:
    nav = (ledger.root / "mkdocs.yml").read_text(encoding="utf-8")
    ledger.write(
        "mkdocs.yml", nav.replace("foundations/tokens.md", "foundations/zero.md, foundations/tokens.md")
    )
    ledger.write(
        "data/facts/later.yml",
        "title: Later\nsource: hoffmann2022\nwhere: p. 1\nas_of: 2026-10-01\nseen: 2026-11-24\nfields:\n "
        " size: {value: 3, unit: tokens}\n  other: {value: 4, unit: tokens}\n",
    )
    ledger.write(
        "docs/foundations/zero.md", page("Zero", "An answer.\n\nIt read [1.4T](fact:reading.tokens) tokens.")
    )
    ledger.page(
        "It read [1.4T](fact:reading.tokens) tokens, with [5.88×10²³ FLOP](fact:reading.budget), and"
        " [3](fact:later.size)."
    )
    assert ledger.problems() == []
    html = ledger.page_html("data/claims/foundations.md")
    assert re.findall(r"<h2[^>]*>([^<]+)|id=\"(record-\w+)", html) == [
        ("Zero", ""),
        ("", "record-reading"),
        ("Tokens", ""),
        ("", "record-later"),
    ]
    assert re.findall(r'<a href="#(chapter-\w+)">(\w+)</a>', html) == [
        ("chapter-zero", "Zero"),
        ("chapter-tokens", "Tokens"),
    ]
    assert re.findall(r'<div data-group="" id="(chapter-\w+)">', html) == ["chapter-zero", "chapter-tokens"]


def test_terms_stand_by_their_letter(ledger: Project) -> None:
    term = (ledger.root / "docs/glossary/token.md").read_text(encoding="utf-8")
    ledger.write(
        "docs/glossary/token.md", f"{term.rstrip()}\n\nOne model read [1.4T](fact:reading.tokens) of them.\n"
    )
    assert '<div data-group="" id="chapter-t"><h2>T</h2>' in ledger.page_html("data/claims/glossary.md")


def test_the_overview_counts_the_claims_of_each_section_and_each_claim_once_in_the_sum(
    ledger: Project,
) -> None:
    ledger.write("docs/index.md", page("Home", "It read [1.4T](fact:reading.tokens) tokens.", "about"))
    html = ledger.page_html("data/claims.md")
    rows = [
        re.findall(r">([^<>]+)</(?:a|th|td)>", row) for row in re.findall(r"<tr>.*?</tr>", html, flags=re.S)
    ]
    assert rows == [
        ["Section", "Claims", "Disclosed", "Derived", "Estimate", "Ours", "First due"],
        ["Home", "1", "1", "0", "0", "0", "24 Nov 2028"],
        ["Foundations", "2", "1", "1", "0", "0", "24 Nov 2028"],
        ["All sections, each claim once", "2", "1", "1", "0", "0", "24 Nov 2028"],
    ]
    assert '<a href="foundations/">Foundations</a>' in html and '<a href="home/">Home</a>' in html
    assert '<option value="Foundations">' in html
    assert "filter.mjs" not in html and "claims.mjs" in html  # the rows come when somebody filters


def test_a_section_has_a_page_for_numbers_that_only_a_figure_or_a_list_states(ledger: Project) -> None:
    ledger.write("data/companies/acme.yml", COMPANY)
    ledger.write(
        "docs/data/claims.md",
        page("Claims", "All claims.\n\n/// figure | claims\nEach with its source.\n///", "reference")
        + "\n/// figure | companies\nAll.\n///\n",
    )
    assert {"data/claims/data.md", "data/claims/foundations.md"} <= set(ledger.index().pages)
    assert "go/reading.size/" in ledger.page_html("data/claims/data.md")


def test_the_old_anchor_of_a_claim_counts_as_published_and_that_of_none_does_not(ledger: Project) -> None:
    now = ledger.index().published()
    assert (
        "go/reading.budget/" in now
        and "data/claims/#reading.budget" in now
        and "data/claims/foundations/" in now
    )
    assert (
        "data/claims/#reading.size" not in now
        and "data/claims/#" not in now
        and "foundations/tokens/#reading.budget" not in now
    )
    assert "data/claims/#reading.budget" not in now.addresses  # nothing new is recorded under it


def test_the_downloads_hold_every_claim_with_numbers_as_numbers(ledger: Project) -> None:
    files = {
        path: make().decode()
        for path, make in output_files(ledger.index()).items()
        if path.startswith("data/claims.")
    }
    lines = list(csv.DictReader(io.StringIO(files["data/claims.csv"])))
    assert [
        (line["id"], line["value"], line["unit"], line["review_by"], line["stakes"]) for line in lines
    ] == [
        ("reading.tokens", "1400000000000", "tokens", "2028-11-24", "vendor"),
        ("reading.budget", "5.88e+23", "FLOP", "2028-11-24", "vendor"),
    ]
    claim = json.loads(files["data/claims.json"])["claims"][1]
    assert claim["inputs"] == ["reading.size", "reading.tokens"] and claim["value"] == 5.88e23
    assert (
        claim["pages"] == ["http://127.0.0.1:8000/foundations/tokens/"]
        and claim["address"] == "http://127.0.0.1:8000/go/reading.budget/"
    )
    assert claim["badge"] == "http://127.0.0.1:8000/go/reading.budget/badge.svg"


def test_an_earlier_price_says_from_when() -> None:
    assert [
        field_words(name, {})
        for name in ("tokens-per-parameter", "input", "cached-2026-01-01", "date-2025-08-05", "input-2026-03")
    ] == [
        "tokens per parameter",
        "input",
        "cached, from 1 Jan 2026",
        "date, from 5 Aug 2025",
        "input, from Mar 2026",
    ]


def test_months_and_years_are_written_as_dates() -> None:
    assert [
        field_words(name, {})
        for name in ("march-2026", "may-2026", "pace-of-june", "as-it-may", "on-the-march", "y2023")
    ] == ["March 2026", "May 2026", "pace of June", "as it may", "on the march", "2023"]


def test_names_in_a_field_s_name_are_written_as_their_owners_write_them(project: Project) -> None:
    project.write(
        "data/models/gpt-45.yml",
        MODEL.replace("Chinchilla", "GPT-4.5 (preview)").replace("chinchilla.", "gpt-45."),
    )
    project.write("data/companies/acme.yml", COMPANY)
    project.write("data/spelling.yml", "words: [Llama 3.1, 70B, KV]\n")
    spelled = load_book(project.root).spellings
    assert [
        field_words(name, spelled)
        for name in ("gpt-45-days", "acme-to-gpt-45", "llama-31-70b-kv-heads", "45-days")
    ] == ["GPT-4.5 days", "Acme to GPT-4.5", "Llama 3.1 70B KV heads", "45 days"]


def test_an_input_of_another_record_names_that_record_once_and_a_rental_its_accelerator(
    project: Project,
) -> None:
    project.write("data/companies/acme.yml", COMPANY)
    project.write("data/hardware/x1.yml", CHIP)
    project.write(
        "data/prices/acme-x1.yml",
        "provider: Acme\ncompany: acme\nrole: cloud\nsells: gpu-hours\naccelerator: x1\nterms: on"
        " demand\nperiods:\n  - {from: 2026-01-01, as_of: 2026-09-01, hour: 2, source: hoffmann2022, where:"
        " list, seen: 2026-11-24}\n",
    )
    project.write(
        "data/facts/run.yml",
        "title: A run\nfields:\n  ratio: {computed: ratio, inputs: {numerator: reading.tokens, denominator:"
        " reading.size}, unit: tokens per parameter}\n  hours: {computed: ratio, inputs: {numerator:"
        " run.ratio, denominator: acme-x1.hour}, unit: times}\n",
    )
    book = load_book(project.root)
    run = book.facts["run"]
    assert [derivation(book, run, run.fields[name]) for name in ("ratio", "hours")] == [
        "ratio of tokens and size of “What Chinchilla read”",
        "ratio of ratio and hour of “Acme, X1”",
    ]


# ---- what is due


def test_stale_prints_the_claims_due_before_a_day_by_record(
    ledger: Project, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["--root", str(ledger.root), "stale", "--before", "2028-11-25"]) == 0
    text = capsys.readouterr().out
    assert text.startswith("2 claims of 1 record are due for review before 25 Nov 2028.")
    assert "### `data/facts/reading.yml`: What Chinchilla read" in text
    assert "| tokens | 1.4T tokens | 2022-03-29 | 2028-11-24 |" in text
    assert "| Training Compute-Optimal Large Language Models; arXiv | foundations/tokens.md |" in text
    assert "computed from reading.size, reading.tokens" in text
    assert main(["--root", str(ledger.root), "stale", "--before", "2028-11-24"]) == 0
    assert capsys.readouterr().out == "No claim is due for review before 24 Nov 2028.\n"


@pytest.mark.parametrize(
    "arguments",
    [["--before", "soon"], ["--before", "2027-02-30"], []],
    ids=["no date", "no such day", "nothing"],
)
def test_stale_says_what_day_it_wants(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as stopped:
        main(["stale", *arguments])
    assert stopped.value.code == 2
    assert (
        "write YYYY-MM-DD, for example 2027-01-01" if arguments else "--before"
    ) in capsys.readouterr().err


@pytest.mark.parametrize(
    ("where", "terms"),
    [
        (
            "order in No. 3:24-cv-05417, Bartz v. Anthropic PBC",
            ["No. 3:24-cv-05417", "Bartz v. Anthropic PBC"],
        ),
        ("OJ L, 2026/1744, article 1(40)(b)", ["2026/1744", "article 1(40)(b)", "OJ L"]),
        ("vote on SB 53 of 15 September 2026", ["SB 53"]),
        ("On 30 Nov 2026", []),
    ],
    ids=["a case", "a law", "a bill", "no name"],
)
def test_a_due_claim_lists_the_exact_names_and_numbers_to_search_for(
    ledger: Project, where: str, terms: list[str]
) -> None:
    ledger.write("data/facts/reading.yml", FACT.replace("where: table 3", f'where: "{where}"'))
    claim = next(claim for claim in ledger.index().claims if claim.name == "tokens")
    assert search_terms(ledger.index(), claim) == [
        *terms,
        "Training Compute-Optimal Large Language Models",
        "arXiv",
    ]


def test_a_list_that_must_fit_an_issue_stops_at_a_whole_record_and_counts_the_rest(ledger: Project) -> None:
    ledger.write(
        "data/facts/more.yml",
        "title: More\nsource: hoffmann2022\nwhere: p. 1\nas_of: 2022-03-29\nseen: 2026-11-25\nfields:\n  one:"
        " {value: 3, unit: tokens}\n  two: {value: 4, unit: tokens}\n",
    )
    ledger.page("It read [1.4T](fact:reading.tokens), [3](fact:more.one) and [4](fact:more.two) tokens.")
    index = ledger.index()
    whole = render_due(index, "2029-01-01")
    short = render_due(index, "2029-01-01", fit=len(whole) + 150)
    assert len(short) <= len(whole) + 150 and "reading.yml" in short and "more.yml" not in short
    assert short.endswith("2 more claims: `python -m fieldguide stale --before 2029-01-01` lists all.\n")
