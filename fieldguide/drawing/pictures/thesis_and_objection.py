"""Thesis and objection: each claim of StarX beside the evidence for it, an objection and the pages that hold both."""

from __future__ import annotations

from html import escape

from pydantic import Field as Key

from fieldguide.book import Book
from fieldguide.drawing.matrix import cell, cites, matrix, text
from fieldguide.drawing.sheet import Drawing
from fieldguide.records.base import Strict

COLUMNS = ("Evidence for", "An objection", "Where the guide has it")
OPINION = "starx"
"""The key that prints the chip “StarX’s view”."""


class Side(Strict):
    """One side of the argument; `says` may hold {{fact:…}}."""

    says: str
    sources: list[str] = Key(min_length=1)


class Where(Strict):
    """A page that holds the evidence: its path under docs/ and the link's words."""

    page: str = Key(pattern=r"^[a-z-]+/[a-z-]+\.md$")
    name: str


class Claim(Strict):
    claim: str
    article: str = ""
    """The StarX article that makes the claim."""
    inferred: str = ""
    """How the guide comes to the claim, where no article makes it."""
    evidence: Side
    objection: Side
    where: list[Where] = Key(min_length=1, max_length=3)


class Data(Strict):
    claims: list[Claim] = Key(min_length=3)


def render(data: Data, book: Book) -> Drawing:
    """One row a claim. Raises KeyError for an unknown source, and ValueError for a claim that is neither in an article of StarX's nor inferred, or that stands as its own evidence."""
    return Drawing(html=matrix("StarX’s claims and the objections to them", ["StarX’s claim, opinion", *COLUMNS], [_row(claim, book) for claim in data.claims]))


def _row(claim: Claim, book: Book) -> str:
    made_by = [claim.article] if claim.article else []
    for key in (*made_by, *claim.evidence.sources, *claim.objection.sources):
        book.sources[key]
    if bool(claim.article) == bool(claim.inferred):
        raise ValueError(f"thesis-and-objection: “{claim.claim}” needs the article that makes it, or else how the guide infers it")
    if claim.article and not claim.article.startswith("starx-"):
        raise ValueError(f"thesis-and-objection: “{claim.claim}” is called StarX’s claim, but {claim.article} is not StarX’s article")
    if any(key.startswith("starx-") for side in (claim.evidence, claim.objection) for key in side.sources):
        raise ValueError(f"thesis-and-objection: “{claim.claim}” has StarX’s own article as evidence")
    links = "<br/>".join(f'<a href="/{escape(item.page)}">{text(item.name)}</a>' for item in claim.where)
    evidence, objection, where = COLUMNS
    return (
        f'<tr><th scope="row">{text(claim.claim)}<span class="fg-sub">{cites((OPINION, *made_by))} {text(claim.inferred)}</span></th>'
        + cell(evidence, f"{text(claim.evidence.says)} {cites(claim.evidence.sources)}")
        + cell(objection, f"{text(claim.objection.says)} {cites(claim.objection.sources)}")
        + cell(where, links)
        + "</tr>"
    )
