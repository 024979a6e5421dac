"""Companies: one record each, with its place in the stack, what it sells and buys, one moat claim with its answer, and dated events.

data/companies/<id>.yml. The map, its table and the data page read the same records; data/stack.yml names ids only.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from html import escape
from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

from pydantic import Field as Key
from pydantic import field_validator

from fieldguide.facts import unknown_source
from fieldguide.figures.glyphs import layer_mark
from fieldguide.problems import Problem, closest
from fieldguide.records import Date, Record, Strict
from fieldguide.sources import show_date
from fieldguide.tables import Column, cell, chips, data_table, downloads, filter_form, frame, grouped_select, name_cell, row, segments, sub
from fieldguide.tree import E, parse

if TYPE_CHECKING:
    from fieldguide.book import Book
    from fieldguide.markdown import Builder

LAYERS = ("application", "model", "infrastructure", "capital", "crypto")
PAGE = "data/companies.md"
FACT_LINK = re.compile(r"\[([^\]]+)\]\(fact:([^)\s]+)\)")


class Event(Strict):
    """Something that happened. `what` may hold checked numbers, `[$650 million](fact:…)`."""

    date: Date
    what: str = Key(max_length=240)
    source: str | None = Key(None, examples=["together-oracle2026"])
    where: str | None = Key(None, examples=["first paragraph"])


class Moat(Strict):
    """The argument that a backer makes, and the answer that a skeptic gives, one sentence each."""

    claim: str = Key(max_length=170)
    counter: str = Key(max_length=170)
    sources: list[str] = []


class Product(Strict):
    """A product that stands on the map under its own name."""

    slug: str = Key(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$")
    name: str = Key(max_length=24)
    node: str
    what: str = Key(max_length=120)
    sources: list[str] = Key(min_length=1)


class Company(Record):
    """One company, network or project."""

    name: str = Key(max_length=32, examples=["Groq"])
    layer: str = Key(examples=["infrastructure"])
    node: str | None = Key(None, examples=["inference"])
    """Its place in data/stack.yml, where one fits."""
    what: str = Key(max_length=120)
    unit: str = Key(max_length=60)
    cost: str = Key(max_length=90)
    buys: list[str] = Key(min_length=1, max_length=6)
    supplies: list[str] = Key(min_length=1, max_length=6)
    moat: Moat
    sources: list[str] = Key(min_length=1)
    events: list[Event] = Key([], max_length=6)
    products: list[Product] = []
    checked: Date

    @field_validator("layer")
    @classmethod
    def _known_layer(cls, value: str) -> str:
        if value not in LAYERS:
            raise ValueError(f"unknown layer `{value}`; {closest(value, LAYERS) or 'layers are ' + ', '.join(LAYERS)}")
        return value

    @property
    def href(self) -> str:
        """Where its card is, counted from the documents' root."""
        return f"/{PAGE}#{self.slug}"

    def source_keys(self) -> list[str]:
        """Every source behind the card, in order of first use."""
        keys = [*self.sources, *self.moat.sources, *(event.source for event in self.events if event.source)]
        return list(dict.fromkeys([*keys, *(key for product in self.products for key in product.sources)]))


def check_company(company: Company, book: Book) -> list[Problem]:
    """Places that the stack does not have, events without a source, sources without a record."""
    problems = []
    if book.stack is not None:
        nodes = {node.slug: part.id for part in book.stack.parts() for node in part.nodes}
        if company.node is not None and nodes.get(company.node) != company.layer:
            known = [slug for slug, part in nodes.items() if part == company.layer]
            problems.append(company.problem(f"`{company.node}` is no place of the {company.layer} layer", closest(company.node, known) or f"its places are {', '.join(known)}", "node"))
        for at, product in enumerate(company.products):
            if product.node not in nodes:
                problems.append(company.problem(f"`{product.node}` is no place of the stack", closest(product.node, nodes) or "see data/stack.yml", "products", at, "node"))
    for at, event in enumerate(company.events):
        for key, example in (("source", "together-oracle2026"), ("where", "first paragraph")):
            if not getattr(event, key):
                problems.append(company.problem(f"the event of {event.date} has no {key}", f"add `{key}: {example}`, or delete the event", "events", at))
    problems += [unknown_source(company, key, book.sources, "sources") for key in company.source_keys() if key not in book.sources]
    days = [event.date for event in company.events]
    if days != sorted(days):
        problems.append(company.problem("the events are not in the order of their dates", "put the newest last", "events"))
    return problems


# ---- the data page

COLUMNS = [
    Column("name", "Company"), Column("sells", "Sells", "and in which unit", sorts=False), Column("chain", "Pays for", "main cost, suppliers, buyers", sorts=False),
    Column("moat", "Moat claim", "and its answer: arguments", sorts=False), Column("events", "Dated events", "newest first"),
]


def render_companies(builder: Builder, element: ET.Element) -> None:
    """One card a company in the order of the stack; filter by layer and place, sort, downloads."""
    caption = frame(element, "div", {"class": "fg-companies"})
    book = builder.book
    companies = in_order(book)
    without = {company.layer for company in companies if company.node is None}
    layers = segments("layer", "Layer", {"": "All"} | {layer: layer.capitalize() for layer in LAYERS if any(company.layer == layer for company in companies)})
    places = {part.name: [node.name for node in part.nodes if node.examples] + ([OTHER] if part.id in without else []) for part in book.stack.parts()} if book.stack else {}
    place = grouped_select("place", "Place in the stack", "Any place", {name: found for name, found in places.items() if found})
    element.append(downloads(builder, filter_form("companies", "Find a company", len(companies), "companies", layers, place), "companies"))
    groups: dict[str, list[ET.Element]] = {}
    for company in companies:
        groups.setdefault(f"{company.layer.capitalize()}: {place_name(book, company)}", []).append(_card(builder, company))
    element.append(caption)
    element.append(data_table("companies", "Companies of the stack", COLUMNS, groups))


def in_order(book: Book) -> list[Company]:
    """From the top of the map to its base, then the rails; within a place by name."""
    places = [node.slug for part in book.stack.parts() for node in part.nodes] if book.stack is not None else []
    place = {slug: at for at, slug in enumerate(places)}
    return sorted(book.companies.values(), key=lambda item: (LAYERS.index(item.layer), place.get(item.node or "", len(places)), item.name.casefold()))


OTHER = "Other"
"""Where no place of the map fits."""


def place_name(book: Book, company: Company) -> str:
    nodes = {node.slug: node.name for part in book.stack.parts() for node in part.nodes} if book.stack is not None else {}
    return nodes.get(company.node or "", OTHER)


def places(book: Book, company: Company) -> dict[str, str]:
    """{place: layer} of the company and of its products: one card answers wherever one of them stands."""
    nodes = {node.slug: (node.name, part.id) for part in book.stack.parts() for node in part.nodes} if book.stack is not None else {}
    found = {place_name(book, company): company.layer}
    return found | {nodes[product.node][0]: nodes[product.node][1] for product in company.products if product.node in nodes}


def _card(builder: Builder, company: Company) -> ET.Element:
    book = builder.book
    newest = company.events[-1].date if company.events else ""
    about = [
        company.name, company.what, company.unit, company.cost, *places(book, company), *(product.name for product in company.products),
        *(book.companies[party].name if party in book.companies else party for party in (*company.buys, *company.supplies)), *(plain_event(event.what) for event in company.events),
    ]
    sells = cell(COLUMNS[1], company.what[:1].upper() + company.what[1:], sub(f"unit: {company.unit}"))
    for product in company.products:
        sells.append(sub(f"{product.name}: {product.what}"))
    chain = cell(
        COLUMNS[2], company.cost[:1].upper() + company.cost[1:],
        E("span", {"class": "fg-sub"}, "Buys from: ", *_parties(book, company.buys)), E("span", {"class": "fg-sub"}, "Sells to: ", *_parties(book, company.supplies)),
    )
    moat = cell(COLUMNS[3], E("span", {"class": "fg-data__claim"}, E("b", {}, "For: "), company.moat.claim), E("span", {"class": "fg-data__claim"}, E("b", {}, "Against: "), company.moat.counter))
    moat.extend(chips(builder, company.moat.sources))
    return row(
        company.slug, " ".join(about), {"layer": "|".join(dict.fromkeys(places(book, company).values())), "place": "|".join(places(book, company))}, {"name": company.name.lower(), "events": newest},
        [name_cell(company.name, "", parse(layer_mark(company.layer))), sells, chain, moat, _events(builder, company)],
    )


def _parties(book: Book, parties: list[str]) -> list[ET.Element | str]:
    """Names of companies as links to their cards, other words as they are."""
    shown: list[ET.Element | str] = []
    for at, party in enumerate(parties):
        company = book.companies.get(party)
        shown += [", "] if at else []
        shown.append(E("a", {"href": f"#{company.slug}"}, company.name) if company is not None else party)
    return shown


def _events(builder: Builder, company: Company) -> ET.Element:
    listing = E("ul", {"class": "fg-data__events"})
    for event in reversed(company.events):
        item = E("li", {}, E("time", {"datetime": event.date}, show_date(event.date)), " ", builder.markup(f"<span>{event_markup(event.what)}</span>"))
        if event.source in builder.book.sources:
            item[-1].tail = " "
            item.append(builder.cite(event.source))
        listing.append(item)
    about = E("span", {"class": "fg-sub"}, "What it sells: ", *_spaced(chips(builder, company.sources)), f" Checked {show_date(company.checked)}.")
    return cell(COLUMNS[4], listing if len(listing) else None, about)


def _spaced(elements: list[ET.Element]) -> list[ET.Element | str]:
    for element in elements:
        element.tail = None
    return [part for element in elements for part in (element, " ")][:-1]


def event_markup(what: str) -> str:
    """The words of an event as our own markup, checked numbers as placeholders."""
    return FACT_LINK.sub(r"{{fact:\2|\1}}", escape(what, quote=False))


def plain_event(what: str) -> str:
    """The words of an event without links."""
    return FACT_LINK.sub(r"\1", what)


def rows(book: Book) -> list[dict[str, object]]:
    """The download's rows; events are lists of date, words and source."""
    return [
        {
            "id": company.slug, "name": company.name, "layer": company.layer, "place": company.node, "sells": company.what, "unit": company.unit, "main_cost": company.cost,
            "buys_from": company.buys, "sells_to": company.supplies, "moat_claim": company.moat.claim, "moat_answer": company.moat.counter,
            "products": [product.name for product in company.products],
            "events": [{"date": event.date, "what": plain_event(event.what), "source": event.source} for event in company.events],
            "sources": company.source_keys(), "checked": company.checked,
        }
        for company in in_order(book)
    ]


def flat(rows_: Iterable[dict[str, object]]) -> list[dict[str, object]]:
    """Rows for CSV: lists joined by "; ", an event as "2026-05-14 words (source)"."""
    def text(value: object) -> object:
        if isinstance(value, list):
            return "; ".join(f"{item['date']} {item['what']} ({item['source']})" if isinstance(item, dict) else str(item) for item in value)
        return value

    return [{name: value if name == "sources" else text(value) for name, value in line.items()} for line in rows_]
