"""Repetition: values that many chapter pages state, although evidence has one home."""

from __future__ import annotations

from fieldguide.book import Book
from fieldguide.index import Index
from fieldguide.records.page import Page

CHAPTERS = ("foundations", "training", "stack", "business", "investing")
TEN_MINUTES = "ten-minutes.md"
MOST_PAGES = 3
"""The number of chapter pages that may state a value before `check` lists it."""


def chapters(book: Book) -> list[Page]:
    """The chapter pages, in the order of the table of contents."""
    pages = [
        page
        for page in book.pages.values()
        if not page.made
        and (page.src == TEN_MINUTES or page.section in CHAPTERS)
        and page.src in book.positions
    ]
    return sorted(pages, key=lambda page: book.order(page.src))


def repeated_values(index: Index) -> dict[str, list[Page]]:
    """{`record.field`: chapter pages that state it}, if there are more than MOST_PAGES; the most frequent
    value first.
    """
    sources = {page.src for page in chapters(index.book)}
    stating = {claim.id: [page for page in claim.pages if page.src in sources] for claim in index.claims}
    repeated = [(value, pages) for value, pages in stating.items() if len(pages) > MOST_PAGES]
    return dict(sorted(repeated, key=lambda item: (-len(item[1]), item[0])))
