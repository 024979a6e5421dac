"""Crypto and AI: for each area what works, a dated number, and what does not."""

from __future__ import annotations

from pydantic import Field as Key

from fieldguide.book import Book
from fieldguide.drawing.matrix import cell, cites, matrix, text
from fieldguide.drawing.sheet import Drawing
from fieldguide.records.base import Strict

COLUMNS = ("Works today", "Number and date", "Does not, or not yet")


class Area(Strict):
    name: str
    what: str
    works: str
    number: str
    fails: str
    sources: list[str] = Key(min_length=1)
    against: list[str] = Key(default_factory=list)
    """Sources of what does not work."""


class Data(Strict):
    areas: list[Area] = Key(min_length=3)


def render(data: Data, book: Book) -> Drawing:
    """One row an area. Raises KeyError for an unknown source, ValueError for an area whose number rests on no record and no year."""
    rows = []
    works, number, fails = COLUMNS
    for area in data.areas:
        for key in [*area.sources, *area.against]:
            book.sources[key]
        if "{{fact:" not in area.number or "20" not in area.number:
            raise ValueError(f"what-works-today: the number of {area.name} needs a record and its year")
        head = f'<th scope="row">{text(area.name)}<span class="fg-sub">{text(area.what)}</span></th>'
        cells = (
            cell(works, f"{text(area.works)} {cites(area.sources)}") + cell(number, text(area.number))
            + cell(fails, f"{text(area.fails)} {cites(area.against)}".strip())
        )
        rows.append(f"<tr>{head}{cells}</tr>")
    return Drawing(html=matrix("What works today", ["Area", *COLUMNS], rows))
