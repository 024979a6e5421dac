"""Why to trust the guide, in a line of the home page: how many claims have a source and a date, when the
guide was checked last, and who publishes it.
"""

from __future__ import annotations

from xml.etree import ElementTree as ET

from fieldguide.index import Index
from fieldguide.page.context import CHANGELOG, CLAIMS, DISCLOSURES, Context
from fieldguide.text.dates import show_date
from fieldguide.text.tree import E


def trust_line(context: Context, index: Index, _: str) -> list[ET.Element]:
    """A paragraph whose parts lead to the ledger of claims, the changelog and the disclosures."""
    book = context.book
    claims = E("a", {"href": context.href(CLAIMS)}, f"{len(index.claims):,} claims")
    day = (
        E("a", {"href": context.href(CHANGELOG)}, f"last checked {show_date(book.version)}")
        if CHANGELOG in book.pages
        else None
    )
    opinion = (
        E("a", {"href": context.href(DISCLOSURES)}, "opinion marked")
        if DISCLOSURES in book.pages
        else "opinion marked"
    )
    return [
        E(
            "p",
            {"class": "fg-trust"},
            claims,
            ", each with a source and a date",
            " · " if day is not None else None,
            day,
            f" · published by {book.publisher}, ",
            opinion,
        )
    ]
