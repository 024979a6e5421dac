"""Companies named in a figure: each a link to its card, bold where its record says a word, and how many are."""

from __future__ import annotations

from typing import Any

from fieldguide.book import Book
from fieldguide.records.base import Strict


class Inputs(Strict):
    counted: list[str]
    """Ids of companies that {strong_count} and {named_count} count."""
    others: list[str] = []
    strong: str
    """The word in what a company does that sets its name in bold."""
    said: str
    """How a data table says so, after the name."""


def fill(inputs: Inputs, book: Book) -> dict[str, Any]:
    """A link for each id, and the counts. Raises KeyError for a company without a record."""
    companies = {slug: book.companies[slug] for slug in (*inputs.counted, *inputs.others)}
    strong = {slug for slug, company in companies.items() if inputs.strong in company.what}
    links = {
        slug: {"text": company.name, "href": company.href, "strong": slug in strong, "said": f"{company.name} {inputs.said}" if slug in strong else company.name}
        for slug, company in companies.items()
    }
    return {"links": links, "values": {"strong_count": len(strong & set(inputs.counted)), "named_count": len(inputs.counted)}}
