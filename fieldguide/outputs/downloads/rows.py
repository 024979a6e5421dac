"""The rows of each download: what its columns find in the records, in the order of the lists."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from types import SimpleNamespace

from fieldguide.book.evidence import stakes_of
from fieldguide.index import Index
from fieldguide.lists import companies, hardware, models, prices
from fieldguide.page.evidence_words import subject
from fieldguide.records.dataset import DATASETS, OWN
from fieldguide.records.field import Field, show_value
from fieldguide.records.move import moves_of
from fieldguide.records.price import end_is_only_upper_bound
from fieldguide.records.runs import SOURCE
from fieldguide.records.short_links import badge_file, short_link
from fieldguide.text.inline_marks import fact_words
from fieldguide.text.numbers import whole

DataRow = dict[str, object]
"""Column → value."""


def _rows(name: str, items: Iterable[object], **values: Callable[..., object]) -> list[DataRow]:
    """A row for each item, {column: value}; `values` works out the columns that no path leads to."""
    return [
        {
            column.name: values[column.name](item) if column.name in values else column.value(item)
            for column in DATASETS[name].columns
        }
        for item in items
    ]


def model_rows(index: Index) -> list[DataRow]:
    """One a model, newest first."""
    return _rows("models", models.in_order(index.book.models.values()))


def hardware_rows(index: Index) -> list[DataRow]:
    """One an accelerator, newest year first; units are in the names of the columns."""
    return _rows("hardware", hardware.in_order(index.book.hardware.values()))


def company_rows(index: Index) -> list[DataRow]:
    """Events are lists of {date, what, source}."""
    return _rows(
        "companies",
        companies.in_order(index.book),
        products=lambda company: [product.name for product in company.products],
        events=lambda company: [
            {"date": event.date, "what": fact_words(event.what), "source": event.source}
            for event in company.events
        ],
    )


def company_cells(rows: Iterable[Mapping[str, object]]) -> list[DataRow]:
    """The rows of companies for CSV: lists but the sources joined by "; ", an event as "2026-05-14 words
    (source)".
    """

    def text(value: object) -> object:
        if not isinstance(value, list):
            return value
        return "; ".join(
            f"{item['date']} {item['what']} ({item['source']})" if isinstance(item, dict) else str(item)
            for item in value
        )

    return [
        {name: value if name == "sources" else text(value) for name, value in row.items()} for row in rows
    ]


def price_rows(index: Index) -> list[DataRow]:
    """One a period, newest first within its record, tokens before accelerators."""
    book = index.book
    return _rows(
        "prices",
        [
            SimpleNamespace(price=price, period=period)
            for sells in ("tokens", "gpu-hours")
            for price in prices.in_order(book, sells)
            for period in reversed(price.periods)
        ],
        until_by=lambda item: end_is_only_upper_bound(item.price, item.period, book.sources),
        newest=lambda item: item.period is item.price.newest,
        sources=lambda item: item.period.sources,
    )


def run_rows(index: Index) -> list[DataRow]:
    """In the order in which the runs were made."""
    runs = index.book.runs
    return _rows(OWN, runs.rows if runs is not None else (), sources=lambda _: [SOURCE])


def claim_rows(index: Index) -> list[DataRow]:
    """Pages, its own page and its badge are absolute addresses. A claim that no page states now comes last,
    with no pages.
    """
    book = index.book
    return _rows(
        "claims",
        (*index.claims, *index.resting),
        subject=lambda claim: subject(book, claim.record),
        value=lambda claim: value_of(claim.field),
        shown=lambda claim: show_value(claim.field),
        was=lambda claim: [f"{move.old} until {move.day}" for move in moves_of(claim.field)],
        inputs=lambda claim: list(claim.field.inputs.values()),
        sources=lambda claim: claim.field.sources,
        where=lambda claim: "; ".join(filter(None, claim.field.places)) or None,
        stakes=lambda claim: stakes_of(book, claim.field),
        pages=lambda claim: [book.address(page.src) for page in claim.pages],
        address=lambda claim: book.address(short_link(claim.id)),
        badge=lambda claim: book.address(badge_file(claim.id)),
    )


def value_of(field: Field) -> object:
    """The value for a file: a number, a text, or for a range "66–70"."""
    return (
        "–".join(str(whole(part)) for part in field.value)
        if isinstance(field.value, list)
        else whole(field.value)
    )


ROWS: dict[str, Callable[[Index], list[DataRow]]] = {
    "models": model_rows,
    "companies": company_rows,
    "prices": price_rows,
    "hardware": hardware_rows,
    OWN: run_rows,
    "claims": claim_rows,
}
"""Name of a data set → its rows."""
