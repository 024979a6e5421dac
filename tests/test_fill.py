"""The empty places of pages: what stands in them once every page is rendered, and that it leads somewhere."""

from __future__ import annotations

import re
from urllib.parse import unquote, urljoin, urlsplit

import pytest

from fieldguide.index import USED_IN, Index
from fieldguide.lists import glossary
from fieldguide.lists.fill import FILLERS, contents, fill_page
from fieldguide.outputs.files import output_files
from fieldguide.page.context import PLACE
from fieldguide.records.page import page_url
from tests.conftest import TERM, Project, page
from tests.guide import guide

HOST = "http://test.invalid/"


def places(index: Index) -> set[str]:
    """The names of the places that the pages leave."""
    return {
        name
        for item in index.pages.values()
        for name in re.findall(rf'<{PLACE} [^>]*name="([^"]*)"', item.html)
    }


def broken(index: Index) -> list[str]:
    """Links and pictures of the finished pages that lead to no address, anchor or file of the site."""
    html = {page_url(src): fill_page(index, src) for src in index.pages}
    ids = {url: set(re.findall(r'\sid="([^"]*)"', text)) for url, text in html.items()}
    made = output_files(index)
    found = []
    for url, text in html.items():
        for link in re.findall(r'<(?:a|img)\b[^>]*?\s(?:href|src)="([^"]*)"', text):
            parts = urlsplit(urljoin(HOST + url, link.replace("&amp;", "&")))
            path = unquote(parts.path.lstrip("/"))
            if f"{parts.scheme}://{parts.netloc}/" != HOST:
                continue
            if path in html:
                if (
                    parts.fragment and "=" not in parts.fragment and unquote(parts.fragment) not in ids[path]
                ):  # one with `=` is a lab's state, which `check` reads
                    found.append(f"{url}: no anchor {link}")
            elif (
                path not in made
                and f"{path}index.html" not in made
                and not (index.book.root / "docs" / path).is_file()
            ):
                found.append(f"{url}: {link}")
    return found


def test_a_term_lists_the_pages_that_name_it_before_its_related_terms_and_one_that_none_names_lists_nothing(
    project: Project,
) -> None:
    project.write(
        "docs/glossary/heat.md",
        TERM.replace("Token", "Heat").replace("aka: [subword]\n", "").replace("token", "heat"),
    )
    project.page("A token is read.")
    index = project.index()
    html = fill_page(index, "glossary/token.md")
    section = html[html.index(f'id="{USED_IN}"') : html.index('id="see-also"')]
    assert "Where the guide uses it" in section
    assert (
        '<a href="../../foundations/tokens/">Tokens</a><span class="fg-leaders__value">Foundations</span>'
        in section
    )
    assert [entry["name"] for entry in contents(index, "glossary/token.md")[0]["children"]] == [
        "Where the guide uses it",
        "See also",
    ]
    assert f"glossary/token/#{USED_IN}" in index.published()
    assert USED_IN not in fill_page(index, "glossary/heat.md")
    assert (
        f"glossary/heat/#{USED_IN}" not in index.published().addresses
        and f"glossary/heat/#{USED_IN}" in index.published()
    )  # a reader who asks for the list arrives at the term


def test_a_page_that_is_called_as_its_section_is_named_once_and_the_home_page_as_its_own(
    project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(
        Index,
        "pages_naming",
        lambda self, term: [self.book.pages[src] for src in ("index.md", "about/disclosures.md")],
    )
    project.write("docs/index.md", page("A Guide", "Hello.", "landing"))
    project.write(
        "docs/about/disclosures.md", page("About", "A [token](../glossary/token.md) is read.", "about")
    )
    html = fill_page(project.index(), "glossary/token.md")
    assert (
        '<li><a href="../../">Home</a></li>' in html
        and '<li><a href="../../about/disclosures/">About</a></li>' in html
    )


def test_a_term_that_many_pages_name_shows_the_most_telling_first_and_folds_the_rest(
    project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(glossary, "FIRST_USES", 1)
    monkeypatch.setattr(glossary, "MOST_USES", 2)
    sources = ("index.md", "about/disclosures.md", "foundations/tokens.md")
    monkeypatch.setattr(
        Index, "pages_naming", lambda self, term: [self.book.pages[source] for source in sources]
    )
    project.write("docs/index.md", page("A Guide", "Hello.", "landing"))
    project.write("docs/about/disclosures.md", page("About", "A token is read.", "about"))
    html = project.page_html("glossary/token.md")
    shown, fold, rest = html.partition('<details class="fg-fold"><summary>2 more pages</summary>')
    assert fold and ">Tokens</a>" in shown, "it names the term in a heading"
    assert rest.index(">About</a>") < rest.index(">Home</a>"), "a page that leads to others comes last"


def test_a_source_names_the_pages_that_use_it_in_the_order_of_the_guide_and_no_draft(
    project: Project,
) -> None:
    project.write("docs/index.md", page("Home", "Hello [@hoffmann2022].", "about"))
    project.write(
        "docs/foundations/later.md",
        page("Later", "Some day [@hoffmann2022].").replace(
            "reviewed: 2026-11-24\n", "reviewed: 2026-11-24\nstatus: draft\n"
        ),
    )
    html = project.page_html("about/references/g-j.md")
    assert (
        '<p class="fg-reference__used fg-kept">Used in: <a href="../../../">Home</a>, <a'
        ' href="../../../foundations/tokens/">Tokens</a></p>' in html
    )


def test_a_page_is_rendered_with_its_places_empty_and_given_out_with_all_of_them_filled(
    project: Project,
) -> None:
    index = project.index()
    assert places(index) == {"term-used", "source-used", "moved"}
    assert [src for src in index.pages if PLACE in fill_page(index, src)] == []
    assert broken(index) == []
    project.page("[more](nowhere.md) and [why](#nowhere)")
    assert broken(project.index()) == [
        "foundations/tokens/: ../nowhere/",
        "foundations/tokens/: no anchor #nowhere",
    ]


@pytest.mark.whole
def test_the_guide_fills_every_place_and_no_link_of_a_finished_page_leads_nowhere() -> None:
    index = guide()
    assert places(index) == set(FILLERS)
    assert [src for src in index.pages if PLACE in fill_page(index, src)] == []
    assert broken(index) == []
