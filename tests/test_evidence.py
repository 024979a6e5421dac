"""What shows how much a reader may trust a page, at rest and when it is asked for: the switch, and what a
note says and where it leads.
"""

from __future__ import annotations

import re

import pytest

from tests.conftest import ROOT, Project, page

SWITCH = '<button aria-pressed="false" class="fg-evidence" type="button">Show sources</button>'
PRESS = """
title: What they heard
authors: [The Press]
publisher: The Press
date: 2026-01-02
url: https://example.org/heard?a=1&b=2
kind: press
seen: 2026-11-24
"""
HEARD = """
title: What was heard
source: press2026
where: p. 2
as_of: 2026-01
seen: 2026-11-24
fields:
  share: {value: 5, unit: "%"}
  guess: {value: 40, unit: "%", kind: estimate, qualifier: about}
  times: {computed: ratio, inputs: {numerator: reading.size, denominator: heard.share}, unit: times}
"""


@pytest.fixture
def heard(project: Project) -> Project:
    """A project with the ledger of claims and facts of a press account."""
    project.write(
        "docs/data/claims.md",
        page("Claims", "Every claim.\n\n/// figure | claims\nEach with its source.\n///", "reference"),
    )
    project.bend("mkdocs.yml", "  - About:", "  - Data: [data/claims.md]\n  - About:")
    project.write("data/sources/press2026.yml", PRESS)
    project.write("data/facts/heard.yml", HEARD)
    return project


def note(html: str, uid: str) -> tuple[str, str]:
    """Of a note the sources that it names, and what it says of its origin; or for one of a source, its
    links.
    """
    found = re.search(
        r'<div class="fg-note fg-note--\w+"(?: data-sources="([^"]*)")?'
        rf' id="note-{re.escape(uid)}">(.*?)</div>',
        html,
        flags=re.S,
    )
    assert found is not None, uid
    origin = re.search(r'<p class="fg-note__origin">(.*?)</p>', found[2], flags=re.S)
    assert origin is not None
    return found[1], re.sub(r"<[^>]+>", "", origin[1])


def test_a_number_in_a_figure_s_title_has_no_mark_of_its_own(heard: Project) -> None:
    figure = (
        (ROOT / "CONTRIBUTING.md")
        .read_text(encoding="utf-8")
        .partition("```yaml data/figures/two-margins.yml\n")[2]
        .partition("```")[0]
    )
    heard.write(
        "data/figures/two-margins.yml",
        figure.replace(
            "title: Two margins", "title: 'They told of [5%](fact:heard.share), by press reports'"
        ),
    )
    html = heard.html(
        "It was [5%](fact:heard.share).\n\n/// figure | two-margins\nIt was [5%](fact:heard.share).\n///"
    )
    assert (
        "5%</a>, by press reports" in html and html.count('class="fg-sources"') == 3
    )  # the page's opening, its sentence, and the caption


def test_a_number_s_note_says_date_place_kind_and_stake_and_names_its_source(heard: Project) -> None:
    html = heard.html(
        "It read [1.4T](fact:reading.tokens) tokens, [5%](fact:heard.share) of all, or [about"
        " 40%](fact:heard.guess)."
    )
    assert note(html, "reading.tokens") == (
        "hoffmann2022",
        "As of 29 Mar 2022. Hoffmann et al. 2022, table 3. Disclosed. From an interested party (vendor). Read"
        " 24 Nov 2026.",
    )
    assert note(html, "heard.share") == (
        "press2026",
        "As of Jan 2026. The Press 2026, p. 2. Single press report. Read 24 Nov 2026.",
    )
    assert (
        "Third-party estimate. The source gives it as an approximate value. Single press report."
        in note(html, "heard.guess")[1]
    )
    assert '<p class="fg-note__name">about 40%</p>' in html
    for claim in ("reading.tokens", "heard.share", "heard.guess"):
        assert f'data-note="note-{claim}" href="../../go/{claim}/"' in html


def test_a_number_from_several_sources_names_each_and_each_has_its_note(heard: Project) -> None:
    html = heard.html("So [1.4×10¹⁰ times](fact:heard.times) as many.")
    sources, origin = note(html, "heard.times")
    assert sources == "hoffmann2022 press2026"
    assert (
        "Derived: ratio of size of “What Chinchilla read” and share. From Hoffmann et al. 2022; The Press"
        " 2026." in origin
    )
    assert 'id="note-hoffmann2022"' in html and 'id="note-press2026"' in html


def test_a_source_s_note_leads_out_and_to_the_references(heard: Project) -> None:
    html = heard.html("They say so [@press2026].")
    assert (
        '<p class="fg-note__link"><a class="fg-action" href="https://example.org/heard?a=1&amp;b=2">Open the'
        ' source</a> <a class="fg-action" href="../../about/references/t-z/#press2026">See in'
        " references</a></p>" in html
    )


def test_the_switch_stands_beside_the_sources_of_a_page_that_has_evidence(project: Project) -> None:
    html = project.html("Tokens.")
    assert f"<span>1 source</span> {SWITCH}" in html
    project.write("docs/foundations/tokens.md", page("Tokens", "The answer.\n\nTokens."))
    html = project.page_html("foundations/tokens.md")
    assert "<span>0 sources</span>" in html and "fg-evidence" not in html


def test_a_term_has_the_switch_where_it_cites(project: Project) -> None:
    assert "fg-meta" not in project.page_html("glossary/token.md")
    term = project.root / "docs/glossary/token.md"
    project.write(
        "docs/glossary/token.md",
        term.read_text(encoding="utf-8").replace("## See also", "It was so [@hoffmann2022].\n\n## See also"),
    )
    assert f'<p class="fg-meta"><span>1 source</span> {SWITCH}</p>' in project.page_html("glossary/token.md")


def test_the_script_of_the_head_stays_small() -> None:
    found = re.search(
        r"<script>(.*)</script>",
        (ROOT / "overrides/partials/javascripts/base.html").read_text(encoding="utf-8"),
    )
    assert found is not None and len(found[1]) <= 350
