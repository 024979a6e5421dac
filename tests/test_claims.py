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
from fieldguide.book import load_book
from fieldguide.commands.search_for import search_terms
from fieldguide.commands.stale import render_due
from fieldguide.index import collect_claims
from fieldguide.outputs.claims.pages import RESTING, claim_files
from fieldguide.outputs.downloads.rows import claim_rows
from fieldguide.outputs.files import output_files
from fieldguide.page.evidence_words import derivation
from fieldguide.records.spelling import field_words
from tests.conftest import CHIP, COMPANY, FACT, MODEL, Project, page

AGING = (
    "title: Rates\nsource: hoffmann2022\nwhere: p. 1\nas_of: 2026-08-01\nseen: 2026-11-24\nages: price\n"
    "fields:\n"
    "  now: {value: 3, unit: tokens}\n  once: {value: 4, unit: tokens, ages: never}\n"
)
"""A record with a value that is past its shelf life on 30 Sep 2026, and one that does not age."""


@pytest.fixture
def aging(ledger: Project) -> Project:
    """The ledger of a guide whose newest change is of 30 Nov 2026, with the record `rates` on its page."""
    ledger.write(
        "docs/about/changelog.md", page("Changelog", "What is new.\n\n## 30 Nov 2026\n\nNew.", "about")
    )
    ledger.write("data/facts/rates.yml", AGING)
    ledger.page("It is [3 tokens](fact:rates.now) and was [4 tokens](fact:rates.once).")
    return ledger


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


def test_a_number_opens_its_claim_and_its_note_says_how_old_it_is(aging: Project) -> None:
    assert aging.problems() == []
    html = aging.page_html("foundations/tokens.md")
    assert 'class="fg-number" data-note="note-rates.now" href="../../go/rates.now/"' in html
    now, once = (
        html.partition(f'id="note-rates.{name}"')[2].partition("</div>")[0] for name in ("now", "once")
    )
    assert (
        '<span class="fg-age fg-age--past fg-note__age" data-since="2026-08-01" data-until="2026-09-30">121'
        " days old, may have changed</span>" in now
    )
    assert "data-until" not in once and "As of 1 Aug 2026" in once
    assert "assets/js/age.mjs" in html


def test_a_page_whose_numbers_do_not_age_loads_no_clock(ledger: Project) -> None:
    html = ledger.page_html("foundations/tokens.md")
    assert "note-reading.tokens" in html and "age.mjs" not in html and "data-until" not in html


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
        r'<li data-evidence="One source\|Interested party" data-group=""'
        r' data-year="2022">.*?</details></li>',
        html,
        flags=re.S,
    )
    assert record is not None  # what both claims share stands once
    assert (
        '<summary><span>What Chinchilla read</span><span>2 claims</span></summary><ul id="record-reading">'
        in record[0]
    )
    assert re.findall(
        r'<li data-kind="(\w+)" data-search=""><a href="\.\./\.\./\.\./go/(reading\.\w+)/">', record[0]
    ) == [("disclosed", "reading.tokens"), ("derived", "reading.budget")]
    for part in (
        "<b>5.88×10²³ FLOP</b>",
        "<span>as of 29 Mar 2022</span>",
        "<span>Hoffmann et al. 2022</span>",
    ):
        assert part in record[0]
    assert 0 < html.index("age.mjs") < html.index("filter.mjs") < html.index("claims.mjs")


def test_a_value_with_a_title_of_its_own_has_it_on_its_line_in_its_note_and_on_its_page(
    ledger: Project,
) -> None:
    title = "Tokens that DeepMind’s Chinchilla read"
    ledger.bend("data/facts/reading.yml", "tokens: {value", f"tokens: {{title: {title}, value")
    assert f"{title}</a><b>1.4T tokens</b>" in ledger.page_html("data/claims/foundations.md")
    note = (
        ledger.page_html("foundations/tokens.md")
        .partition('id="note-reading.tokens"')[2]
        .partition("</div>")[0]
    )
    assert f'<p class="fg-note__body">{title}</p>' in note
    pages = {path: make().decode() for path, make in claim_files(ledger.index())}
    assert title in pages["go/reading.tokens/index.html"]
    assert "What Chinchilla read: tokens" not in pages["go/reading.tokens/index.html"]
    assert "What Chinchilla read: budget" in pages["go/reading.budget/index.html"]


def test_a_record_sorts_by_the_claim_that_may_change_first_and_its_folded_line_says_how_old_that_is(
    aging: Project,
) -> None:
    html = aging.page_html("data/claims/foundations.md")
    record = re.search(r'<li [^>]*data-sort-until="2026-09-30"[^>]*>.*?</details></li>', html, flags=re.S)
    assert record is not None
    mark = (
        '<span class="fg-age fg-age--past" data-since="2026-08-01" data-until="2026-09-30">121 days old,'
        " may have changed</span>"
    )
    assert f"<summary><span>Rates{mark}</span><span>2 claims</span></summary>" in record[0]
    assert f"<span>as of 1 Aug 2026{mark}</span>" in record[0] and record[0].count(mark) == 2
    assert "data-sort-until" not in record[0].partition(">")[2]


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
        ["Section", "Claims", "Disclosed", "Derived", "Estimate", "Ours"],
        ["Home", "1", "1", "0", "0", "0"],
        ["Foundations", "2", "1", "1", "0", "0"],
        ["All sections, each claim once", "2", "1", "1", "0", "0"],
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
        (line["id"], line["value"], line["unit"], line["current_until"], line["stakes"]) for line in lines
    ] == [
        ("reading.tokens", "1400000000000", "tokens", "", "vendor"),
        ("reading.budget", "5.88e+23", "FLOP", "", "vendor"),
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


def test_stale_prints_the_claims_that_may_have_changed_before_a_day_by_record(
    aging: Project, capsys: pytest.CaptureFixture[str]
) -> None:
    computed = (
        "  more: {computed: ratio, inputs: {numerator: rates.now, denominator: rates.once}, unit: times}\n"
    )
    aging.write("data/facts/rates.yml", AGING + computed)
    aging.page("[3 tokens](fact:rates.now), [4 tokens](fact:rates.once), [0.75 times](fact:rates.more).")
    assert main(["--root", str(aging.root), "stale", "--before", "2026-10-01"]) == 0
    text = capsys.readouterr().out
    assert text.startswith("2 claims of 1 record are past their shelf life before 1 Oct 2026.")
    assert "### `data/facts/rates.yml`: Rates" in text and "| once |" not in text
    assert "| now | 3 tokens | 2026-08-01 | 2026-09-30 |" in text
    assert "| Training Compute-Optimal Large Language Models; arXiv | foundations/tokens.md |" in text
    assert "computed from rates.now, rates.once" in text
    assert main(["--root", str(aging.root), "stale", "--before", "2026-09-30"]) == 0
    assert capsys.readouterr().out == "No claim is past its shelf life before 30 Sep 2026.\n"


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


def test_a_list_that_must_fit_an_issue_stops_at_a_whole_record_and_counts_the_rest(aging: Project) -> None:
    aging.write(
        "data/facts/more.yml",
        "title: More\nsource: hoffmann2022\nwhere: p. 1\nas_of: 2026-10-01\nseen: 2026-11-25\nages: law\n"
        "fields:\n  one: {value: 3, unit: tokens}\n  two: {value: 4, unit: tokens}\n",
    )
    aging.page("It read [3 tokens](fact:rates.now), [3](fact:more.one) and [4](fact:more.two) tokens.")
    index = aging.index()
    whole = render_due(index, "2029-01-01")
    short = render_due(index, "2029-01-01", fit=len(whole) + 150)
    assert len(short) <= len(whole) + 150 and "rates.yml" in short and "more.yml" not in short
    assert short.endswith("2 more claims: `python -m fieldguide stale --before 2029-01-01` lists all.\n")
