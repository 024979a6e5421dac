"""The control that copies a link: where it stands, what it is called, and what it copies and says in
Chromium.
"""

from __future__ import annotations

import re

from tests.conftest import COMPANY, PRICE, Project, page

CONTROL = re.compile(r'<a aria-label="([^"]*)" class="fg-copy" href="([^"]*)"></a>')


def controls(html: str) -> list[tuple[str, str]]:
    """(name, href) of every control, in order."""
    return CONTROL.findall(html)


def test_a_heading_keeps_its_name_and_its_control_stands_beside_it(project: Project) -> None:
    html = project.html("## Why they *count*\n\nThey cost.")
    assert (
        '<h2 id="why-they-count">Why they <em>count</em></h2><a aria-label="Link to the section “Why they'
        ' count”" class="fg-copy" href="#why-they-count"></a></div>' in html
    )
    assert controls(html)[0] == ("Link to the page “Tokens”", "./")


def test_the_heading_over_the_questions_has_its_control_too(project: Project) -> None:
    html = project.html("## Test yourself\n\n/// quiz\nWhy?\n\n- [x] One: because.\n- [ ] Two: because.\n///")
    assert ("Link to the section “Test yourself”", "#test-yourself") in controls(html)


def test_the_contents_and_the_title_are_free_of_controls(project: Project) -> None:
    project.page("## Why they count\n\nThey cost.")
    page = project.index().pages["foundations/tokens.md"]
    assert "fg-copy" in page.html
    assert [item["name"] for item in page.toc[0]["children"]] == ["Why they count"]
    assert "fg-" not in str(page.toc)


def test_rows_and_sources_say_what_they_are(project: Project) -> None:
    project.write("data/companies/acme.yml", COMPANY)
    project.write("data/prices/acme-one.yml", PRICE + "company: acme\n")
    html = project.html("/// figure | companies\nCards.\n///\n\n/// figure | prices\nPrices.\n///")
    found = dict(map(reversed, controls(html)))
    assert found["#acme"] == "Link to the company “Acme”"
    assert found["#acme-one"] == "Link to the price “One” of Acme, 2 Jul 2026 – 1 Sep 2026"
    assert found["#acme-one-2026-01-01"] == "Link to the price “One” of Acme, 1 Jan 2026 – 30 Jun 2026"
    assert ("Link to the source “Hoffmann et al. 2022”", "../#hoffmann2022") in controls(
        project.page_html("about/references/g-j.md")
    ), "the index leads on, wherever the source stands"
    assert re.search(
        r'fg-named">Acme<span class="fg-nowrap">\u2060<a [^>]*class="fg-sources"[^>]*></a></span></span>'
        r'<a aria-label="[^"]*" class="fg-copy"',
        html,
    ), "the name, its mark, and then the link"


def test_minutes_are_no_part_of_a_heading_s_name_or_address(project: Project) -> None:
    project.write(
        "docs/index.md",
        page(
            "Home",
            "Hello.\n\n## Ways in\n\n### New to this\n\nStart.\n\n- [Tokens](foundations/tokens.md)\n",
            "landing",
        ),
    )
    html = project.page_html("index.md")
    assert '<h3 id="new-to-this">New to this<span class="fg-door__minutes">1 min</span></h3>' in html
    assert ("Link to the section “New to this”", "#new-to-this") in controls(html)
    assert '<span class="fg-leaders__value">1 min</span>' in html


def test_an_errand_is_a_link_with_a_line_on_what_is_there(project: Project) -> None:
    project.write(
        "docs/index.md",
        page(
            "Home",
            "Hello.\n\n## One errand\n\n- [Count](foundations/tokens.md): every token, in"
            " [order](about/changelog.md).\n",
            "landing",
        ),
    )
    html = project.page_html("index.md")
    assert 'class="fg-home fg-home--errands"' in html and "minutes" not in html
    assert (
        '<a class="fg-action" href="foundations/tokens/">Count</a> Every token, in <a'
        ' href="about/changelog/">order</a>.' in html
    )
