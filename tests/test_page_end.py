"""What closes a page, and its contents under the byline: where they stand, what they repeat, and where an
mistake is reported.
"""

from __future__ import annotations

import re
from urllib.parse import unquote

import pytest

from fieldguide.outputs.files import output_files
from tests.conftest import Project, page

QUIZ = "/// quiz\nWhy?\n\n- [x] One: because.\n- [ ] Two: never.\n///\n"
SECTIONS = (
    "## One\n\nText.\n\n## Two & more\n\nText.\n\n## Test yourself\n\n"
    + QUIZ
    + "\n## Read next\n\n- [Token](../glossary/token.md): the unit.\n"
)
REPORT = 'extra: {{report_url: "{}"}}\n'


def links(html: str, within: str) -> list[tuple[str, str]]:
    """(address, rel) of the links of the element that begins with `within`."""
    part = html[html.index(within) :]
    part = part[: part.index("</nav>")]
    return [
        (
            dict(re.findall(r'(\w+)="([^"]*)"', tag))["href"],
            dict(re.findall(r'(\w+)="([^"]*)"', tag)).get("rel", ""),
        )
        for tag in re.findall(r"<a [^>]*>", part)
    ]


def test_the_end_is_one_block_questions_first_and_how_to_cite_last(project: Project) -> None:
    project.write("docs/about/cite-this.md", page("Cite this guide", "How.", "about"))
    project.bend("mkdocs.yml", "about/changelog.md]", "about/changelog.md, about/cite-this.md]")
    html = project.html(SECTIONS)
    block = html[html.index('<section aria-label="End of the page" class="fg-end">') :]
    order = [
        block.index(part)
        for part in (
            'id="test-yourself"',
            'class="fg-score"',
            '<fieldset class="fg-quiz">',
            'id="read-next"',
            'class="fg-next"',
            'class="fg-prevnext"',
            'class="fg-citation"',
            "</section>",
        )
    ]
    assert order == sorted(order)
    assert "1 of" not in block and "fg-kicker" not in block
    assert "Text." not in block


def test_previous_and_next_repeat_nothing_that_where_next_names(project: Project) -> None:
    row = '<nav aria-label="Previous and next page"'
    assert links(project.html(SECTIONS), row) == [("../../", "prev"), ("../../about/references/", "next")]
    html = project.html(SECTIONS + "- [References](../about/references.md): all.\n")
    assert links(html, row) == [("../../", "prev")]
    assert 'href="../../about/references/" rel="next"' in html
    html = project.html(
        SECTIONS + "- [References](../about/references.md#x): all.\n- [Home](/index.md): the map.\n"
    )
    assert row not in html
    assert links(project.page_html("about/disclosures.md"), row) == [
        ("../references/", "prev"),
        ("../changelog/", "next"),
    ]
    assert row not in project.page_html("glossary/token.md")


def test_the_contents_stand_under_the_byline_where_there_is_something_to_list(project: Project) -> None:
    html = project.html(SECTIONS)
    header = html[: html.index("</header>")]
    assert links(header, '<nav aria-label="On this page" class="fg-toc">') == [
        ("#one", ""),
        ("#two-more", ""),
        ("#test-yourself", ""),
        ("#read-next", ""),
    ]
    assert "<details><summary>On this page</summary>" in header and "Two &amp; more</a>" in header
    assert "fg-toc" not in project.html("## One\n\nText.\n\n## Two\n\nText.")
    assert "fg-toc" not in project.page_html("glossary/token.md")


def reported(project: Project, address: str) -> str:
    """Where the test page's link leads, as it is written in the page."""
    settings = f"site_url: https://example.org/guide/\n{REPORT.format(address)}"
    project.bend("mkdocs.yml", "site_name: Test\n", f"site_name: Test\n{settings}")
    assert project.problems() == []
    found = re.search(
        r'<p class="fg-report"><a href="([^"]*)">Report a mistake</a></p>',
        project.page_html("foundations/tokens.md"),
    )
    assert found is not None
    return found[1].replace("&amp;", "&")


def test_where_no_address_is_set_the_publisher_is_told_at_its_site(project: Project) -> None:
    assert "fg-report" not in project.html(SECTIONS)
    project.bend(
        "mkdocs.yml",
        "site_name: Test",
        "site_name: Test\nsite_author: Acme\nextra: {publisher_url: 'https://example.org/', report_url: ''}",
    )
    assert (
        '<p class="fg-report"><a href="https://example.org/">Report a mistake</a> to Acme: name this page and'
        " its version, 25 Nov 2026.</p>" in project.html(SECTIONS)
    )
    assert project.problems() == []


def test_an_error_is_reported_with_page_title_and_version_encoded(project: Project) -> None:
    project.write(
        "docs/foundations/tokens.md", page("Q&A, 100% “sure”#1?", "The answer.\n\nRead [@hoffmann2022].")
    )
    address = reported(project, "https://example.org/new?title={title}&body={page}%20{version}")
    assert (
        address
        == "https://example.org/new?title=Q%26A%2C%20100%25%20%E2%80%9Csure%E2%80%9D%231%3F&body=https%3A%2F%2Fexample.org%2Fguide%2Ffoundations%2Ftokens%2F%202026-11-25"
    )
    assert unquote(address.split("title=")[1].split("&body=")[0]) == "Q&A, 100% “sure”#1?"


def test_a_page_of_a_claim_names_it_in_the_report(ledger: Project) -> None:
    ledger.bend(
        "mkdocs.yml",
        "site_name: Test",
        "site_name: Test\nsite_url: https://example.org/guide/\n"
        + REPORT.format("https://example.org/new?page={page}&claim={claim}&version={version}"),
    )
    files = output_files(ledger.index())
    made = files["go/reading.tokens/index.html"]().decode()
    assert (
        '<a href="https://example.org/new?page=https%3A%2F%2Fexample.org%2Fguide%2Fgo%2Freading.tokens%2F&amp;claim='
        'reading.tokens&amp;version=2026-11-25">Report a mistake</a></p>' in made
    )
    assert "&amp;claim=&amp;" in ledger.page_html("foundations/tokens.md")


def test_an_error_may_be_reported_by_letter(project: Project) -> None:
    assert (
        reported(project, "mailto:guide@example.org?body={page}")
        == "mailto:guide@example.org?body=https%3A%2F%2Fexample.org%2Fguide%2Ffoundations%2Ftokens%2F"
    )


@pytest.mark.parametrize(
    ("address", "fault"),
    [
        ("javascript:alert({page})", "it begins with neither https: nor mailto:"),
        ("http://example.org/?{page}", "it begins with neither https: nor mailto:"),
        ("//example.org/?{page}", "it begins with neither https: nor mailto:"),
        ("data:text/html,{page}", "it begins with neither https: nor mailto:"),
        ("https:///new?{page}", "it is no address"),
        ("mailto:?body={page}", "it is no address"),
        ("https://example.org/a b?{page}", "it is no address"),
        ("https://example.org/'><script>?{page}", "it is no address"),
        ("https://[example/?{page}", "it is malformed"),
        ("https://{page}.example.org/", "a place stands in the name of the host"),
        ("mailto:{page}@example.org", "a place stands in the name of the host"),
        ("https://example.org/?{page}&{pgae}", "it has a place of which nothing is known"),
        ("https://example.org/?{page}&{", "it has a place of which nothing is known"),
        ("https://example.org/?{title}", "it does not say which page"),
    ],
)
def test_an_address_that_no_page_may_link_stops_the_build(project: Project, address: str, fault: str) -> None:
    config = project.root / "mkdocs.yml"
    text = config.read_text(encoding="utf-8")
    config.write_text(text + 'extra:\n  name: Test\n  report_url: "' + address + '"\n', encoding="utf-8")
    (problem,) = project.problems()
    line = text.count("\n") + 3
    assert problem.startswith(f"mkdocs.yml:{line}: `report_url` is `{address}`: {fault}")
    assert " — " in problem
    assert "fg-report" not in project.page_html("foundations/tokens.md")


def test_an_address_that_is_no_text_stops_the_build(project: Project) -> None:
    project.bend("mkdocs.yml", "site_name: Test", "site_name: Test\nextra: {report_url: [1]}")
    (problem,) = project.problems()
    assert "`report_url` is `[1]`: no text — write it as in https://example.org/" in problem
