"""The Atom feed (RFC 4287) of the changelog, with an entry for each dated heading."""

from __future__ import annotations

import datetime
import re
from dataclasses import dataclass
from xml.etree import ElementTree as ET

import markdown
from markdown.extensions.toc import slugify

from fieldguide.book import Book
from fieldguide.index import Index
from fieldguide.outputs.plain import plain_text
from fieldguide.page.context import CHANGELOG
from fieldguide.text.dates import epoch, is_shown_day, newest_change
from fieldguide.text.problems import Problem

ATOM = "http://www.w3.org/2005/Atom"
TAG = "tag:starx.capital,2026:field-guide"
"""The beginning of every id. Ids are names, not addresses, so that readers see no entry twice if the site
moves.
"""


@dataclass(frozen=True)
class Change:
    """The changelog's text under one date. `day` is written as in the heading, "25 Nov 2026"."""

    day: str
    text: str

    @property
    def stamp(self) -> str:
        """The beginning of the day as Atom writes it: "2026-11-25T00:00:00Z"."""
        return datetime.datetime.fromtimestamp(epoch(self.day), datetime.UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def changes(changelog: str) -> list[Change]:
    """The dated entries of the changelog, in its order. Words after the date in a heading belong to
    the text.
    """
    parts = re.split(r"^## (\d{1,2} [A-Z][a-z]{2} \d{4})\b[ \t:,]*", changelog, flags=re.M)
    return [Change(day, text.strip()) for day, text in zip(parts[1::2], parts[2::2], strict=True)]


def check_changelog(book: Book) -> list[Problem]:
    """A changelog that is missing or has no dated heading, and dates that do not exist."""
    page = book.pages.get(CHANGELOG)
    if page is None:
        there = (book.root / "docs" / CHANGELOG).exists()  # then its own problems are already reported
        return (
            []
            if there
            else [
                Problem(
                    f"docs/{CHANGELOG}",
                    1,
                    "there is no changelog, which gives the site its date",
                    "write it, with what changed under a heading such as `## 25 Nov 2026`",
                )
            ]
        )
    days = [change.day for change in changes(page.body)]
    if not days:
        return [
            page.problem(
                "the changelog has no dated heading",
                "write what changed under a heading such as `## 25 Nov 2026`",
            )
        ]
    return [
        page.problem(f"no calendar has the day `{day}`", "write it as in `## 25 Nov 2026`", f"## {day}")
        for day in days
        if not is_shown_day(day)
    ]


def render_feed(index: Index) -> str:
    """The feed, newest entry first. Raises ValueError if the changelog has no dated heading."""
    book = index.book
    page = book.pages[CHANGELOG]
    newest_change(page.body)
    entries = sorted(
        (change for change in changes(page.body) if is_shown_day(change.day)),
        key=lambda change: change.stamp,
        reverse=True,
    )
    feed = ET.Element("feed", {"xmlns": ATOM, "xml:lang": "en"})
    _text(feed, "id", f"{TAG}/changelog")
    _text(feed, "title", f"{book.name}: changelog")
    _text(feed, "subtitle", page.meta.description or "")
    _text(feed, "updated", entries[0].stamp)
    ET.SubElement(
        feed, "link", {"rel": "self", "type": "application/atom+xml", "href": book.address("feed.xml")}
    )
    ET.SubElement(feed, "link", {"rel": "alternate", "type": "text/html", "href": book.address(CHANGELOG)})
    _text(ET.SubElement(feed, "author"), "name", book.publisher)
    _text(feed, "rights", f"© {book.publisher}")
    for change in entries:
        feed.append(_entry(index, change))
    ET.indent(feed)
    return '<?xml version="1.0" encoding="utf-8"?>\n' + ET.tostring(feed, encoding="unicode") + "\n"


def _entry(index: Index, change: Change) -> ET.Element:
    entry = ET.Element("entry")
    _text(entry, "id", f"{TAG}/changelog/{change.stamp[:10]}")
    _text(entry, "title", f"Changes of {change.day}")
    _text(entry, "updated", change.stamp)
    ET.SubElement(
        entry,
        "link",
        {
            "rel": "alternate",
            "type": "text/html",
            "href": index.book.address(f"{CHANGELOG}#{slugify(change.day, '-')}"),
        },
    )
    _text(entry, "content", markdown.markdown(plain_text(index, change.text, CHANGELOG)), type="html")
    return entry


def _text(parent: ET.Element, tag: str, text: str, **attributes: str) -> None:
    ET.SubElement(parent, tag, attributes).text = text
