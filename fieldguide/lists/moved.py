"""The numbers that moved on one day of the changelog, from their records."""

from __future__ import annotations

from xml.etree import ElementTree as ET

from fieldguide.book.changes import moved_of
from fieldguide.index import Index
from fieldguide.page.changes import moved_items
from fieldguide.page.context import Context
from fieldguide.text.tree import E

TITLE = "Numbers that changed"


def moved_on(context: Context, index: Index, day: str) -> list[ET.Element]:
    """A title and a list of the claims that moved on an ISO day; nothing where none did."""
    moved = [item for item in moved_of(index.book, index.known) if item.move.day == day]
    if not moved:
        return []
    return [
        E("p", {}, E("strong", {}, TITLE)),
        E("ul", {}, *moved_items(context, moved)),
    ]
