"""What changed in the guide, from records: numbers that moved, and the lines of the changelog."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from fieldguide.book import Book
from fieldguide.records.changelog import PATH, Line, changes
from fieldguide.records.claim import LEDGER
from fieldguide.records.dataset import DATASETS
from fieldguide.records.field import FieldMatch, Sourced
from fieldguide.records.move import Move, moves_of
from fieldguide.records.page import Page, page_url
from fieldguide.records.short_links import short_link
from fieldguide.text.dates import is_shown_day

LISTED = ("models", "prices", "hardware")
"""Folders of data/ whose records stand in a list, whether or not a page states their numbers."""
UNFOLLOWED = (PATH, "search.md")
"""Pages in the table of contents that have no history of their own."""


@dataclass(frozen=True)
class Moved:
    """A move, with the record and the name of its field. `target` is where it stands, a path from the root of
    docs/: the page of its claim, or its record in a list.
    """

    record: Sourced
    name: str
    move: Move
    target: str

    @property
    def id(self) -> str:
        """The claim's: `record.field`."""
        return f"{self.record.slug}.{self.name}"


@dataclass(frozen=True)
class PageDay:
    """What changed on one page on one ISO day: the numbers that it states, and what the changelog says."""

    day: str
    moved: tuple[Moved, ...]
    lines: tuple[Line, ...]


def has_history(book: Book, page: Page) -> bool:
    """Whether a page shows its history and has a feed: those that people write and the contents list."""
    return (
        PATH in book.pages
        and LEDGER in book.pages
        and page.src in book.positions
        and page_url(page.src) != ""  # the feed beside the home page is that of the guide
        and page.src not in UNFOLLOWED
    )


def page_feed(src: str) -> str:
    """The path below docs/ of the feed of a page."""
    return f"{page_url(src)}feed.xml"


def moved_of(book: Book, claims: Iterable[str], lists: Iterable[str] = LISTED) -> list[Moved]:
    """The moves of these claims, and of all other fields in these lists of records; newest first, and on one
    day in their order. Empty without a ledger, where a claim has no page.
    """
    if LEDGER not in book.pages:
        return []
    targets = {claim: f"{short_link(claim)}index.html" for claim in claims}
    for kind in lists:
        for record in getattr(book, kind).values():
            for name in record.own_fields():
                targets.setdefault(f"{record.slug}.{name}", f"{DATASETS[kind].page}#{record.slug}")
    moved = [
        Moved(match.record, match.name, move, target)
        for claim, target in targets.items()
        if isinstance(match := book.find(claim), FieldMatch)
        for move in moves_of(match.field)
    ]
    return sorted(moved, key=lambda item: item.move.day, reverse=True)


def page_days(book: Book, src: str, claims: Iterable[str]) -> list[PageDay]:
    """The history of a page that states these claims, newest day first; a list's has all of its records."""
    moved: dict[str, list[Moved]] = {}
    for item in moved_of(book, claims, [kind for kind in LISTED if DATASETS[kind].page == src]):
        moved.setdefault(item.move.day, []).append(item)
    lines = {
        change.iso: [line for line in change.lines if src in line.pages]
        for change in changes(book.pages[PATH].body)
        if is_shown_day(change.day)
    }
    return [
        PageDay(day, tuple(moved.get(day, [])), tuple(lines.get(day, [])))
        for day in sorted({*moved, *(day for day in lines if lines[day])}, reverse=True)
    ]
