"""What the records of companies say, as texts: `{groq_sells}`, `{groq_unit}`, `{groq_events}`, `{groq_for}` and `{groq_against}`; and how many units of sale there are."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from fieldguide.book import Book
from fieldguide.records.base import Strict
from fieldguide.records.company import FACT_LINK, Company
from fieldguide.text.dates import show_date

CHECKED = r"{{fact:\2|\1}}"
"""What an event's link to a fact becomes."""


class Inputs(Strict):
    companies: dict[str, str]
    """How a company's texts begin → its record."""
    events: int = 2
    """How many of the newest are told."""


def fill(inputs: Inputs, book: Book) -> dict[str, Any]:
    """The texts, and `units`: how many different units of sale. Raises ValueError for a company without a record."""
    if unknown := set(inputs.companies.values()) - set(book.companies):
        raise ValueError(f"there is no company `{min(unknown)}`")
    found = {name: book.companies[slug] for name, slug in inputs.companies.items()}
    texts = {f"{name}_{key}": text for name, company in found.items() for key, text in _texts(company, inputs.events).items()}
    return {"texts": texts, "values": {"units": len({company.unit for company in found.values()})}}


def _texts(company: Company, events: int) -> dict[str, str]:
    """What the company sells and in which unit, its newest events, a line each, and the case for and against it, with their sources."""
    told = [f"**{show_date(event.date)}** {_capital(FACT_LINK.sub(CHECKED, event.what))}{_cites([event.source])}" for event in reversed(company.events[-events:])]
    return {
        "sells": _capital(company.what) + _cites(company.sources[:1]), "unit": company.unit, "events": "\n".join(told),
        "for": company.moat.claim, "against": company.moat.counter + _cites(company.moat.sources),
    }


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]


def _cites(keys: Iterable[str | None]) -> str:
    return "".join(f" {{{{cite:{key}}}}}" for key in keys if key)
