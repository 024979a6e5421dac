"""Hosts of one open model side by side, from their company, price and speed records: one row an aspect, one column a company."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from pydantic import Field as Key

from fieldguide.book import Book
from fieldguide.drawing.values import checked, field, number
from fieldguide.records.base import Strict
from fieldguide.records.company import FACT_LINK, Company
from fieldguide.text.dates import show_date

EVENTS_SHOWN = 2
CHECKED = r"{{fact:\2|\1}}"
"""What an event's link to a fact becomes."""


class Host(Strict):
    """One column. `measured`, `machines`, `pays` and `earns` may hold {{fact:…}} and {{cite:…}}."""

    company: str
    price: str
    """Its price record."""
    speed: str = ""
    """A fact: tokens per second; empty where none was found."""
    measured: str
    machines: str
    pays: str
    earns: str


class Inputs(Strict):
    hosts: list[Host] = Key(min_length=2, max_length=4)
    price_note: str


def fill(inputs: Inputs, book: Book) -> dict[str, Any]:
    """The columns and the rows; the first row's `units` is how many different units of sale there are. Raises KeyError for a company, price or speed without a record."""
    hosts = [(host, book.companies[host.company]) for host in inputs.hosts]
    columns = {host.company: _column(host, company, inputs.price_note, book) for host, company in hosts}
    rows: list[dict[str, Any]] = [{"name": aspect, "cells": {key: column[aspect] for key, column in columns.items()}} for aspect in next(iter(columns.values()))]
    rows[0] |= {"id": "sells", "values": {"units": len({company.unit for _, company in hosts})}}
    return {"columns": {host.company: company.name for host, company in hosts}, "rows": rows}


def _column(host: Host, company: Company, price_note: str, book: Book) -> dict[str, Any]:
    """Aspect → the cell of a company."""
    return {
        "Sells today": {"text": _capital(company.what) + cites(company.sources[:1]), "note": f"unit: {company.unit}"},
        "Machines": host.machines,
        "List price": _price(host, price_note, book),
        "Speed of one stream": {"text": _speed(host, book), "note": host.measured},
        "Who uses or pays it": host.pays,
        "Revenue": host.earns,
        "Latest events": [f"**{show_date(event.date)}** {_capital(FACT_LINK.sub(CHECKED, event.what))}{cites([event.source])}" for event in reversed(company.events[-EVENTS_SHOWN:])],
        "The case for it": company.moat.claim,
        "The case against": company.moat.counter + cites(company.moat.sources),
    }


def cites(keys: Iterable[str | None]) -> str:
    return "".join(f" {{{{cite:{key}}}}}" for key in keys if key)


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]


def _price(host: Host, note: str, book: Book) -> dict[str, str]:
    """Input and output of the newest period, with the last day on which a source shows them."""
    sums = [f"{checked(reference, f'${number(book, reference):.2f}')} {words}" for reference, words in ((f"{host.price}.input", "in"), (f"{host.price}.output", "out"))]
    return {"text": ", ".join(sums), "note": f"{note}, {show_date(str(field(book, f'{host.price}.date').value))}"}


def _speed(host: Host, book: Book) -> str:
    if not host.speed:
        return "Not found"
    qualifier = field(book, host.speed).qualifier
    return _capital(f"{qualifier} " if qualifier else "") + checked(host.speed, f"{number(book, host.speed):,.0f}") + " tokens a second"

