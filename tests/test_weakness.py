"""What a value stands on is said in its note, in the ledger and on the page about checking."""

from __future__ import annotations

import re

import pytest

from fieldguide.book.evidence import evidence_marks, standing_of, weakness
from fieldguide.lists.fill import fill_page
from fieldguide.records.field import FieldMatch
from tests.conftest import FACT, SOURCE, Project, page
from tests.guide import guide

TOKENS = "foundations/tokens.md"


def add(project: Project, key: str, kind: str, more: str = "") -> None:
    project.write(
        f"data/sources/{key}.yml",
        SOURCE.replace("kind: paper", f"kind: {kind}").replace("2203.15556", key) + more,
    )


def said(project: Project, tokens: str, reference: str = "reading.tokens") -> tuple[str, str, list[str]]:
    project.write("data/facts/reading.yml", FACT.replace("unit: tokens}", f"unit: tokens, {tokens}}}"))
    book = project.index().book
    found = book.find(reference)
    assert isinstance(found, FieldMatch)
    return str(standing_of(book, found.field)), weakness(book, found.field), evidence_marks(book, found.field)


@pytest.mark.parametrize(
    ("kind", "more", "standing", "words"),
    [
        ("press", "", "press", "Single press report"),
        ("survey", "", "secondary", "Single secondary source"),
        ("data", "lags: true\n", "secondary", "Single secondary source"),
        ("data", "", "primary", ""),
        ("vendor", "", "primary", ""),
    ],
)
def test_a_value_with_one_source_that_is_not_primary_says_so(
    project: Project, kind: str, more: str, standing: str, words: str
) -> None:
    add(project, "one2026", kind, more)
    found = said(project, "source: one2026, where: p. 1")
    assert found[:2] == (standing, words)
    note = project.index().pages[TOKENS].html.split('id="note-reading.tokens"')[1].split("</div>")[0]
    assert (words in note) if words else "single" not in note


def test_two_press_accounts_are_press_and_a_paper_beside_press_is_primary(project: Project) -> None:
    add(project, "one2026", "press")
    add(project, "two2026", "press")
    assert said(
        project, "source: one2026, where: p. 1, also: [{source: two2026, where: p. 2, seen: 2026-11-24}]"
    )[:2] == ("press", "Press reports only")
    assert said(
        project, "source: one2026, where: p. 1, also: [{source: hoffmann2022, where: p. 2, seen: 2026-11-24}]"
    )[:2] == ("primary", "")


def test_a_computed_value_stands_on_its_weakest_input(project: Project) -> None:
    add(project, "one2026", "press")
    standing, words, evidence = said(project, "source: one2026, where: p. 1", "reading.budget")
    assert (standing, words) == ("press", "Partly from press only")
    assert evidence == ["Secondary sources only", "Press only", "Interested party"]


def test_a_line_of_the_ledger_says_what_the_filter_asks(project: Project) -> None:
    add(project, "one2026", "press")
    project.bend("mkdocs.yml", "about/changelog.md]", "about/changelog.md, data/claims.md]")
    project.write(
        "docs/data/claims.md",
        page("Claims", "All claims.\n\n/// figure | claims\nCounted.\n///", "reference"),
    )
    said(project, "source: one2026, where: p. 1")
    html = fill_page(project.index(), "data/claims/foundations.md")
    assert 'data-evidence="One source|Secondary sources only|Press only|Interested party"' in html
    menu = html.split('name="evidence"')[1].split("</select>")[0]
    assert re.findall(r'value="([^"]+)"', menu) == [
        "One source",
        "Secondary sources only",
        "Press only",
        "Interested party",
    ]


@pytest.mark.whole
def test_the_page_about_checking_counts_each_section_and_each_claim_once() -> None:
    html = fill_page(guide(), "about/how-we-check.md")
    table = html.split('class="fg-evidence-shares"')[1].split("</table>")[0]
    rows = [re.findall(r'<td class="fg-num">([^<]+)</td>', row) for row in table.split("<tr>")[2:]]
    assert int(rows[-1][0].replace(",", "")) == len(guide().claims)
    for row in rows:
        assert abs(sum(int(share.rstrip("%")) for share in row[1:4]) - 100) <= 1
    assert table.count("<svg") == len(rows)
