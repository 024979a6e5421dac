"""Where a reader reports a mistake in a page or a claim: a form or a letter in which the page, the claim and
the guide's version are filled in, or the publisher's site.
"""

from __future__ import annotations

import re
from urllib.parse import quote

from fieldguide.book import Book
from fieldguide.text.dates import show_date

REPORT = "Report a mistake"
"""The words of the link."""


def report_address(book: Book, page: str, title: str, version: str, claim: str = "") -> str:
    """Where the link leads, from `book.report_url`, which must be set: its places are filled in with the
    page's address and title, the id of a claim, and the guide's version.
    """
    values = {"page": page, "title": title, "claim": claim, "version": version}
    return re.sub(r"\{(\w+)\}", lambda name: quote(values[name[1]], safe=""), book.report_url)


def report_hint(book: Book, version: str) -> str:
    """What the reader has to say where the address cannot: "" where it has places for it."""
    if "{page}" in book.report_url:
        return ""
    return f" to {book.publisher}: name this page and its version, {show_date(version)}."
