"""What changed: a record that changes shows in its page's history, in the feeds and in the changelog."""

from __future__ import annotations

import re
from html import unescape
from xml.etree import ElementTree as ET

import pytest

from fieldguide.outputs.files import output_files
from fieldguide.records.changelog import changes
from tests.conftest import FACT, MODEL, PRICE, Project, page
from tests.guide import guide
from tests.test_feed import atom, check_feed

DAY = "2026-11-25"
WAS = "was: [{value: 1.3e12, qualifier: about, day: 2026-11-25, why: Table 3 gives more digits.}]"
MOVED = "tokens: {value: 1.4e12, unit: tokens, " + WAS + "}"
TOKENS = "foundations/tokens.md"
LOG = (
    "Dated.\n\n## 25 Nov 2026\n\nA quiet day.\n\n**New**\n\n- Calculators.\n-"
    " [Tokens](../foundations/tokens.md) and [Home](../index.md): a *second* [source](https://example.org/a.md).\n\n**Corrected**\n\n-"
    " [Tokens](../foundations/tokens.md): it read\n  [1.4T](fact:reading.tokens) tokens [@hoffmann2022].\n"
)


@pytest.fixture
def moved(ledger: Project) -> Project:
    """A project in which one number has moved, with what follows from it."""
    ledger.write("data/facts/reading.yml", FACT.replace("tokens: {value: 1.4e12, unit: tokens}", MOVED))
    ledger.write("docs/about/changelog.md", page("Changelog", LOG, "about"))
    return ledger


def config(project: Project) -> str:
    return (project.root / "mkdocs.yml").read_text(encoding="utf-8")


def words(html: str) -> str:
    return " ".join(unescape(re.sub(r"<[^>]+>", "", html)).split())


def history(project: Project, src: str = TOKENS) -> str:
    html = project.page_html(src)
    found = re.search(r'<details class="fg-citation fg-changes">.*?</details>', html, flags=re.S)
    return words(found[0]) if found else ""


def feed(project: Project, path: str) -> ET.Element:
    project.write(
        "mkdocs.yml", config(project).replace("site_name: Test", "site_author: StarX\nsite_name: Guide")
    )
    root = ET.fromstring(output_files(project.index())[path]())
    check_feed(root)
    assert root.find(atom("link")).get("href") == f"http://127.0.0.1:8000/{path}"
    return root


def titles(project: Project, path: str) -> list[str]:
    return [entry.find(atom("title")).text for entry in feed(project, path).findall(atom("entry"))]


def test_a_record_that_changed_shows_in_its_page_s_history_the_feeds_and_the_changelog(
    moved: Project,
) -> None:
    assert moved.problems() == []
    both = (
        "What Chinchilla read: tokens from about 1.3T to 1.4T tokens; budget from 5.46×10²³ to 5.88×10²³"
        " FLOP. Table 3 gives more digits."
    )
    assert both in history(moved)
    html = moved.page_html(TOKENS)
    assert '<a href="../../go/reading.tokens/">tokens</a> from about 1.3T' in html
    assert '<a href="feed.xml">Follow this page</a>' in html
    assert f"Numbers that changed{both}" in words(moved.page_html("about/changelog.md"))
    told = "What Chinchilla read: tokens: 1.4T tokens (it was about 1.3T tokens)"
    for path in ("feed.xml", "foundations/tokens/feed.xml", "go/reading.tokens/feed.xml"):
        assert told in titles(moved, path), path
    claim = words(output_files(moved.index())["go/reading.tokens/index.html"]().decode())
    assert "What it was beforeabout 1.3T tokens until 25 Nov 2026. Table 3 gives more digits." in claim


def test_a_move_is_the_same_entry_in_each_feed(moved: Project) -> None:
    ids = [
        {
            entry.find(atom("id")).text: entry.find(atom("updated")).text
            for entry in feed(moved, path).findall(atom("entry"))
        }
        for path in ("feed.xml", "foundations/tokens/feed.xml", "go/reading.tokens/feed.xml")
    ]
    shared = set(ids[0]) & set(ids[1]) & set(ids[2])
    assert shared == {f"tag:starx.capital,2026:field-guide/claims/reading.tokens/{DAY}"}
    assert {own[id] for own in ids for id in shared} == {f"{DAY}T00:00:00Z"}


def test_a_number_that_never_moved_can_be_followed_too(ledger: Project) -> None:
    assert titles(ledger, "go/reading.budget/feed.xml") == ["What Chinchilla read: budget: 5.88×10²³ FLOP"]
    assert titles(ledger, "foundations/tokens/feed.xml") == ["Tokens: last checked 24 Nov 2026"]
    assert "We have recorded no change on this page yet." in history(ledger)
    assert "What it was before" not in output_files(ledger.index())["go/reading.budget/index.html"]().decode()


def test_the_day_of_a_page_opens_its_history_and_the_page_and_claim_name_their_feeds(moved: Project) -> None:
    assert '<a href="#what-changed">Last checked <time' in moved.page_html(TOKENS)
    assert history(moved, "about/changelog.md") == history(moved, "glossary/token.md") == ""
    claim = output_files(moved.index())["go/reading.tokens/index.html"]().decode()
    assert '<link rel="alternate" type="application/atom+xml"' in claim
    assert '<a href="feed.xml">Follow this number</a>' in claim


def test_without_a_ledger_no_page_has_a_history(project: Project) -> None:
    project.write("data/facts/reading.yml", FACT.replace("tokens: {value: 1.4e12, unit: tokens}", MOVED))
    assert project.problems() == []
    assert history(project) == "" and "Numbers that changed" not in project.page_html("about/changelog.md")
    assert [path for path in output_files(project.index()) if path.endswith("feed.xml")] == ["feed.xml"]


# ---- prices


def test_a_period_that_the_guide_added_is_a_move_by_itself(ledger: Project) -> None:
    ledger.write(
        "data/prices/acme-one.yml",
        PRICE.replace("{from: 2026-07-02,", "{from: 2026-07-02, added: 2026-11-25,"),
    )
    ledger.bend("data/facts/reading.yml", "fields:\n", (
        "fields:\n  twice: {computed: sum, inputs: {a: acme-one.input, b: acme-one.input}, unit: USD}\n"
    ))  # fmt: skip
    ledger.page("[$1](fact:acme-one.input), [$0.075](fact:acme-one.cached) and [$2](fact:reading.twice).")
    assert ledger.problems() == []
    assert (
        "25 Nov 2026 Acme, One: input from $2 to $1 per million tokens. Acme changed its price by 2 Jul 2026."
        in history(ledger).replace("Acme, One: input", "Acme, One: input")
    )
    assert "What Chinchilla read: twice from $4 to $2. Acme changed its price by 2 Jul 2026." in history(
        ledger
    )
    assert titles(ledger, "go/acme-one.input/feed.xml")[0] == (
        "Acme, One: input: $1 per million tokens (it was $2 per million tokens)"
    )
    assert len(titles(ledger, "go/acme-one.cached/feed.xml")) == 1, "there was none before"


def test_of_periods_added_on_one_day_readers_saw_only_the_last(ledger: Project) -> None:
    between = "{from: 2026-07-02, until: 2026-08-01, added: 2026-11-25, as_of: 2026-07-30, input: 9, source: hoffmann2022, where: p. 2, seen: 2026-11-24}"  # noqa: E501
    ledger.write("data/prices/acme-one.yml", PRICE.replace(
        "{from: 2026-07-02,", f"{between}\n  - {{from: 2026-08-01, added: 2026-11-25,"
    ))  # fmt: skip
    ledger.page("[$1](fact:acme-one.input)")
    assert ledger.problems() == []
    assert "input from $2 to $1 per million tokens. Acme changed its price by 1 Aug 2026." in history(ledger)


def test_a_period_from_before_the_guide_is_no_move(ledger: Project) -> None:
    ledger.write("data/prices/acme-one.yml", PRICE)
    ledger.page("[$1](fact:acme-one.input)")
    assert "recorded no change" in history(ledger)


def test_the_page_of_a_list_shows_what_moved_in_all_of_its_records(ledger: Project) -> None:
    ledger.write("data/models/chinchilla.yml", MODEL.replace(
        "parameters: {value: 70e9}",
        "parameters: {value: 70e9, was: [{value: 67e9, day: 2026-11-25, why: It was rounded.}]}",
    ))  # fmt: skip
    ledger.write("docs/data/models.md", page("Models", "All.\n\n/// figure | models\nAll.\n///", "reference"))
    ledger.bend("mkdocs.yml", "data/claims.md]", "data/claims.md, data/models.md]")
    assert (
        "Chinchilla: parameters from 67B to 70B parameters; compute from 5.63×10²³ to 5.88×10²³ FLOP."
        in history(ledger, "data/models.md")
    )
    assert '<a href="../../data/models/#chinchilla">' in ledger.page_html("about/changelog.md")


# ---- what is computed


def test_what_a_computed_input_states_is_not_followed(ledger: Project) -> None:
    ledger.write("data/facts/reading.yml", FACT.replace("unit: FLOP}", (
        "unit: FLOP, was: [{value: 5e23, day: 2026-11-25, why: We had another formula.}]}\n"
        "  twice: {computed: sum, inputs: {a: reading.budget, b: reading.budget}, unit: FLOP}"
    )))  # fmt: skip
    ledger.page("[5.88×10²³ FLOP](fact:reading.budget), [1.176×10²⁴ FLOP](fact:reading.twice)")
    assert "budget from 5×10²³ to 5.88×10²³ FLOP. We had another formula." in history(ledger)
    assert "twice" not in history(ledger)


def test_what_a_computed_value_states_comes_before_what_follows(moved: Project) -> None:
    moved.bend("data/facts/reading.yml", "unit: FLOP}", (
        "unit: FLOP, was: [{value: 5e23, day: 2026-11-25, why: We had another formula.}]}"
    ))  # fmt: skip
    assert "budget from 5×10²³ to 5.88×10²³ FLOP. We had another formula." in history(moved)
    assert "5.46" not in history(moved)


# ---- what records refuse

BAD = {
    "`tokens` changed on `2026-11`, which is no day": "{value: 1, day: 2026-11, why: w.}",
    "`tokens` was `text`, which is no value in tokens": "{value: text, day: 2026-11-25, why: w.}",
    "`tokens` was 1.4T tokens and then 1.4T tokens: nothing changed": "{value: 1.4e12, day: 2026-11-25, why: w.}",  # noqa: E501
    "`tokens` changed on 2026-11-25 and before that on 2026-11-25": (
        "{value: 1, day: 2026-11-25, why: w.}, {value: 2, day: 2026-11-25, why: w.}"
    ),
    "`tokens` changed on 2026-11-24, and the changelog has no such day — add the heading `## 24 Nov 2026`": (
        "{value: 1, day: 2026-11-24, why: w.}"
    ),
    "missing key `why`": "{value: 1, day: 2026-11-25}",
    "unknown key `unit`": "{value: 1, day: 2026-11-25, why: w., unit: words}",
}


@pytest.mark.parametrize("problem", BAD)
def test_an_inconsistent_history_is_a_problem_at_its_line(ledger: Project, problem: str) -> None:
    ledger.bend("data/facts/reading.yml", "unit: tokens}", f"unit: tokens, was: [{BAD[problem]}]}}")
    found = [item for item in ledger.problems() if problem in item]
    assert found and found[0].startswith("data/facts/reading.yml:8: "), ledger.problems()


def test_a_value_that_is_gone_has_no_history(ledger: Project) -> None:
    gone = "size: {status: not-disclosed, was: [{value: 1, day: 2026-11-25, why: w.}]}"
    ledger.bend("data/facts/reading.yml", "size: {value: 70e9, unit: parameters}", gone)
    assert any("`size` has earlier values and none now" in item for item in ledger.problems())


@pytest.mark.parametrize("day", ["2026-11", "2026-07-01"])
def test_a_period_is_added_on_a_day_on_which_it_holds(project: Project, day: str) -> None:
    text = PRICE.replace("{from: 2026-07-02,", f"{{from: 2026-07-02, added: {day},")
    project.write("data/prices/acme-one.yml", text)
    assert any("`added` is YYYY-MM-DD, on or after `from`" in item for item in project.problems())


# ---- the changelog


def test_a_line_of_the_changelog_belongs_to_the_pages_that_it_links_to(moved: Project) -> None:
    (day,) = changes(moved.index().book.pages["about/changelog.md"].body)
    assert [(line.group, line.pages) for line in day.lines] == [
        ("New", ()),
        ("New", (TOKENS, "index.md")),
        ("Corrected", (TOKENS,)),
    ]
    assert day.general == "A quiet day.\n\n**New**\n\n- Calculators."
    assert "A second source. It read 1.4T tokens." in history(moved)


def test_each_line_is_told_once_in_the_feed_of_the_guide(moved: Project) -> None:
    assert titles(moved, "feed.xml") == [
        "What Chinchilla read: tokens: 1.4T tokens (it was about 1.3T tokens)",
        "What Chinchilla read: budget: 5.88×10²³ FLOP (it was 5.46×10²³ FLOP)",
        "Changes of 25 Nov 2026",
        "Tokens: changes of 25 Nov 2026",
    ]
    text = "".join(element.text for element in feed(moved, "feed.xml").iter(atom("content")))
    assert text.count("second</em>") == text.count("Calculators") == 1
    assert titles(moved, "feed.xml")[-1] in titles(moved, "foundations/tokens/feed.xml")


def test_a_correction_names_its_page(ledger: Project) -> None:
    ledger.bend("docs/about/changelog.md", "First.", "**Corrected**\n\n- A number was wrong.")
    assert any("a correction names no page" in item for item in ledger.problems())


def test_a_withdrawn_claim_says_so_to_everyone_who_followed_it(ledger: Project) -> None:
    ledger.write("data/withdrawn.yml", (
        "claims:\n  reading.gone: {what: Price of <A>, was: $2, day: 2026-11-25, why: No source & no copy.}\n"
    ))  # fmt: skip
    assert titles(ledger, "go/reading.gone/feed.xml") == ["Withdrawn: Price of <A>"]
    content = feed(ledger, "go/reading.gone/feed.xml").find(f".//{atom('content')}").text
    assert content == "<p>No source &amp; no copy. Its last value was $2.</p>"


@pytest.mark.whole
def test_every_feed_of_the_guide_is_valid() -> None:
    feeds = {path: make for path, make in output_files(guide()).items() if path.endswith("feed.xml")}
    assert len(feeds) > 2500
    for make in feeds.values():
        check_feed(ET.fromstring(make()))
