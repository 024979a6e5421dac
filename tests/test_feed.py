"""The Atom feed: the elements that RFC 4287 requires, ids that last, and the changelog's own dates."""

from __future__ import annotations

import re
from html import unescape
from xml.etree import ElementTree as ET

import pytest

from fieldguide.outputs.feed import ATOM, render_feed
from fieldguide.records.changelog import changes
from tests.conftest import Project, page

CHANGELOG = (
    "Dated.\n\n## 2 Mar 2026\n\nA [chapter](../foundations/tokens.md) & [70B](fact:reading.size)"
    " [@hoffmann2022].\n\n## 25 Nov 2025\n\nFirst.\n"
)
STAMP = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ")


def atom(tag: str) -> str:
    return f"{{{ATOM}}}{tag}"


def check_feed(feed: ET.Element) -> None:
    """RFC 4287, sections 4.1.1 and 4.1.2: what a feed and its entries must have, once each, and in which
    form.
    """
    assert feed.tag == atom("feed")
    assert feed.find(f"{atom('author')}/{atom('name')}").text
    assert [link.get("rel") for link in feed.findall(atom("link"))] == ["self", "alternate"]
    entries = feed.findall(atom("entry"))
    assert entries
    for element in (feed, *entries):
        for name in ("id", "title", "updated"):
            assert len(element.findall(atom(name))) == 1
            assert element.find(atom(name)).text
        assert STAMP.fullmatch(element.find(atom("updated")).text)
        assert re.match(r"tag:[a-z.]+,\d{4}", element.find(atom("id")).text)
        assert all(link.get("href", "").startswith("http") for link in element.findall(atom("link")))
    for entry in entries:
        assert len(entry.findall(atom("link"))) == 1
        assert entry.find(atom("content")).get("type") == "html"
    ids = [element.text for element in feed.iter(atom("id"))]
    assert len(ids) == len(set(ids))
    assert feed.find(atom("updated")).text == max(entry.find(atom("updated")).text for entry in entries)


def feed_of(project: Project, changelog: str) -> ET.Element:
    project.write("docs/about/changelog.md", page("Changelog", changelog, "about"))
    project.write(
        "mkdocs.yml",
        (project.root / "mkdocs.yml").read_text(encoding="utf-8") + "site_author: StarX Capital\n",
    )
    return ET.fromstring(render_feed(project.index()))


def test_each_dated_heading_is_an_entry_newest_first(project: Project) -> None:
    feed = feed_of(project, CHANGELOG)
    check_feed(feed)
    assert [entry.find(atom("updated")).text for entry in feed.findall(atom("entry"))] == [
        "2026-03-02T00:00:00Z",
        "2025-11-25T00:00:00Z",
    ]
    assert feed.find(f"{atom('entry')}/{atom('link')}").get("href").endswith("/about/changelog/#2-mar-2026")


def test_a_day_that_no_calendar_has_is_left_out(project: Project) -> None:
    feed = feed_of(project, CHANGELOG.replace("25 Nov 2025", "31 Feb 2026"))
    assert [entry.find(atom("updated")).text for entry in feed.findall(atom("entry"))] == [
        "2026-03-02T00:00:00Z"
    ]


def test_the_content_is_html_without_the_guide_s_own_syntax(project: Project) -> None:
    content = feed_of(project, CHANGELOG).find(f"{atom('entry')}/{atom('content')}").text
    assert re.search(
        r'<p>A <a href="http\S+/foundations/tokens/">chapter</a> &amp; 70B \(<a'
        r' href="https://arxiv.org/abs/2203.15556">Hoffmann et al. 2022</a>\).</p>',
        content,
    )


def test_its_quotes_are_typographic_as_on_the_pages(project: Project) -> None:
    content = feed_of(project, CHANGELOG.replace("First.", 'It\'s "first" -- here.')).findtext(
        f"{atom('entry')}[2]/{atom('content')}"
    )
    assert unescape(content or "") == "<p>It’s “first” -- here.</p>"


def test_ids_do_not_change_with_the_site_s_address(project: Project) -> None:
    before = [item.text for item in feed_of(project, CHANGELOG).iter(atom("id"))]
    project.write(
        "mkdocs.yml",
        (project.root / "mkdocs.yml").read_text(encoding="utf-8")
        + "site_url: https://example.org/elsewhere/\n",
    )
    after = ET.fromstring(render_feed(project.index()))
    assert [item.text for item in after.iter(atom("id"))] == before
    assert after.find(atom("link")).get("href") == "https://example.org/elsewhere/feed.xml"


def test_a_changelog_without_a_date_is_an_error(project: Project) -> None:
    with pytest.raises(ValueError, match="no heading such as"):
        feed_of(project, "Nothing yet.")


def test_words_after_a_date_are_kept() -> None:
    assert [(change.day, change.text) for change in changes("Intro.\n\n## 1 Jan 2026: prices\n\nNew.\n")] == [
        ("1 Jan 2026", "prices\n\nNew.")
    ]
