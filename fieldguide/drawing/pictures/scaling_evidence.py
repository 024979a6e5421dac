"""The scaling hypothesis taken apart: each claim, whether it is a law or a bet, the strongest evidence on both sides, and the test."""

from __future__ import annotations

from typing import Literal

from pydantic import Field as Key

from fieldguide.book import Book
from fieldguide.drawing.matrix import cell, cites, matrix, text
from fieldguide.drawing.sheet import Drawing
from fieldguide.records.base import Strict

COLUMNS = ("Strongest evidence for", "Strongest evidence against", "What would settle it")
KINDS = {"law": "the law", "step": "between the two", "hypothesis": "the hypothesis"}


class Side(Strict):
    says: str
    sources: list[str] = Key(min_length=1)


class Claim(Strict):
    name: str
    kind: Literal["law", "step", "hypothesis"]
    scope: str
    supports: Side
    opposes: Side
    settles: str


class Data(Strict):
    claims: list[Claim] = Key(min_length=3)


def render(data: Data, book: Book) -> Drawing:
    """One row a claim, from what is measured to what is bet. Raises KeyError for an unknown source."""
    rows = []
    for claim in data.claims:
        head = f'<th scope="row">{text(claim.name)}<span class="fg-sub">{KINDS[claim.kind]}: {text(claim.scope)}</span></th>'
        cells = ""
        for column, side in zip(COLUMNS, (claim.supports, claim.opposes), strict=False):
            for key in side.sources:
                book.sources[key]
            cells += cell(column, f"{text(side.says)} {cites(side.sources)}")
        rows.append(f"<tr>{head}{cells}{cell(COLUMNS[2], text(claim.settles))}</tr>")
    return Drawing(html=matrix("The scaling hypothesis: claims and evidence", ["Claim", *COLUMNS], rows))
