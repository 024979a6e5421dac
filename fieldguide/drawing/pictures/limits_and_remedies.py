"""Limits and remedies: what goes wrong, why, what reduces it and what remains."""

from __future__ import annotations

from pydantic import Field as Key

from fieldguide.book import Book
from fieldguide.drawing.matrix import cell, cites, matrix, text
from fieldguide.drawing.sheet import Drawing
from fieldguide.records.base import Strict

COLUMNS = ("Why it happens", "What reduces it", "What remains")


class Limit(Strict):
    name: str
    what: str
    why: str
    reduces: str
    remains: str
    sources: list[str] = Key(min_length=1)


class Data(Strict):
    limits: list[Limit] = Key(min_length=3)


def render(data: Data, book: Book) -> Drawing:
    """One row a limit. Raises KeyError for an unknown source."""
    rows = []
    for limit in data.limits:
        for key in limit.sources:
            book.sources[key]
        head = f'<th scope="row">{text(limit.name)}<span class="fg-sub">{text(limit.what)}</span></th>'
        why, reduces, remains = COLUMNS
        cells = cell(why, f"{text(limit.why)} {cites(limit.sources)}") + cell(reduces, text(limit.reduces)) + cell(remains, text(limit.remains))
        rows.append(f"<tr>{head}{cells}</tr>")
    return Drawing(html=matrix("Limits and remedies", ["Limit", *COLUMNS], rows))
