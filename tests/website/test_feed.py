"""The Atom feed and the sitemap as they are published."""

from __future__ import annotations

import re
from pathlib import Path
from xml.etree import ElementTree as ET

from fieldguide.book import Book
from fieldguide.records.page import page_url
from tests.built import BASE, file_of, ids, parse
from tests.test_feed import atom, check_feed
from tests.website.test_structured import published


def test_every_page_names_the_feed_and_every_address_in_it_opens(site: Path, book: Book) -> None:
    feed = ET.parse(site / "feed.xml").getroot()
    check_feed(feed)
    for link in feed.iter(atom("link")):
        url = link.get("href")
        assert url.startswith(BASE)
        file = file_of(site, url.partition("#")[0])
        assert file.is_file()
        if "#" in url:
            assert url.partition("#")[2] in ids(file)
    for address in published(book):
        links = parse(site / address / "index.html").find("head").find_all("link")
        feeds = [link.attr("href") for link in links if link.attr("type") == "application/atom+xml"]
        own = ["feed.xml"] if (site / address / "feed.xml").is_file() and address else []
        assert [(site / address / href).resolve() for href in feeds] == [
            (site / "feed.xml").resolve(),
            *((site / address / href).resolve() for href in own),
        ], address


def test_the_sitemap_lists_pages_with_their_review_dates_and_robots_name_it(site: Path, book: Book) -> None:
    text = (site / "sitemap.xml").read_text(encoding="utf-8")
    listed = re.findall(r"<loc>([^<]+)</loc>\s*<lastmod>([^<]+)</lastmod>", text)
    assert sorted(listed) == sorted(
        (BASE + page_url(page.src), page.meta.reviewed)
        for page in book.pages.values()
        if page.meta.status != "draft"
    )
    assert text.count("<loc>") == len(listed)
    assert f"Sitemap: {BASE}sitemap.xml\n" in (site / "robots.txt").read_text(encoding="utf-8")
