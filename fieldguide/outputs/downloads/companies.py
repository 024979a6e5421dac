"""Companies as rows of a download."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from fieldguide.book import Book
from fieldguide.lists.companies import in_order
from fieldguide.text.facts import fact_words


def rows(book: Book) -> list[dict[str, object]]:
    """The download's rows; events are lists of date, words and source."""
    return [
        {
            "id": company.slug,
            "name": company.name,
            "layer": company.layer,
            "place": company.node,
            "sells": company.what,
            "unit": company.unit,
            "main_cost": company.cost,
            "buys_from": company.buys,
            "sells_to": company.supplies,
            "moat_claim": company.moat.claim,
            "moat_answer": company.moat.counter,
            "products": [product.name for product in company.products],
            "events": [
                {"date": event.date, "what": fact_words(event.what), "source": event.source}
                for event in company.events
            ],
            "sources": company.source_keys(),
            "checked": company.checked,
        }
        for company in in_order(book)
    ]


def flat(table: Iterable[Mapping[str, object]]) -> list[dict[str, object]]:
    """Rows for CSV: lists joined by "; ", an event as "2026-05-14 words (source)"."""

    def text(value: object) -> object:
        if isinstance(value, list):
            return "; ".join(
                f"{item['date']} {item['what']} ({item['source']})" if isinstance(item, dict) else str(item)
                for item in value
            )
        return value

    return [
        {name: value if name == "sources" else text(value) for name, value in line.items()} for line in table
    ]
