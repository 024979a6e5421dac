"""The companies of the stack: a card each, in the order of the map."""

from __future__ import annotations

from xml.etree import ElementTree as ET

from fieldguide.book import Book
from fieldguide.lists.data_tables import (
    ListColumn,
    cell,
    chips,
    downloads,
    empty_block,
    filter_form,
    folded,
    grouped_select,
    grouped_table,
    name_cell,
    row,
    segments,
    sub,
)
from fieldguide.page.context import Context
from fieldguide.page.layer_mark import layer_mark
from fieldguide.page.source_mark import WRAPPED
from fieldguide.records.company import Company
from fieldguide.text.dates import show_date
from fieldguide.text.inline_marks import fact_markup, fact_words
from fieldguide.text.names import LAYERS
from fieldguide.text.tree import E, parse

COLUMNS = [
    ListColumn("name", "Company"),
    ListColumn("sells", "Sells", "and in which unit", sorts=False, brief=True),
    ListColumn("chain", "Pays for", "main cost, suppliers, buyers", sorts=False),
    ListColumn("moat", "Moat claim", "and its answer: arguments", sorts=False),
    ListColumn("events", "Dated events", "newest first"),
]
OTHER = "Other"
"""The place of a company that no place of the map fits."""


def render_companies(context: Context, element: ET.Element) -> None:
    """One card a company in the order of the stack; filter by layer and place, sort, downloads."""
    caption = empty_block(element, "div", {"class": "fg-companies"})
    book = context.book
    companies = in_order(book)
    without = {company.layer for company in companies if company.node is None}
    layers = segments(
        "layer",
        "Layer",
        {"": "All"}
        | {
            layer: layer.capitalize()
            for layer in LAYERS
            if any(company.layer == layer for company in companies)
        },
    )
    places = (
        {
            part.name: (
                [node.name for node in part.nodes if node.examples] + ([OTHER] if part.id in without else [])
            )
            for part in book.stack.parts()
        }
        if book.stack
        else {}
    )
    place = grouped_select(
        "place", "Place in the stack", "Any place", {name: found for name, found in places.items() if found}
    )
    form = filter_form("companies", "Find a company", len(companies), "companies", layers, place, sorts=True)
    rows = [
        (f"{company.layer.capitalize()}: {place_name(book, company)}", _card(context, company))
        for company in companies
    ]
    element.append(downloads(context, form, "companies"))
    element.extend(
        grouped_table(
            "companies",
            "Companies of the stack",
            caption,
            COLUMNS,
            rows,
            label=lambda title: title.partition(":")[0],
        )
    )


def in_order(book: Book) -> list[Company]:
    """From the top of the map to its base, then the rails; within a place by name."""
    rank = {slug: index for index, slug in enumerate(_nodes(book))}
    return sorted(
        book.companies.values(),
        key=lambda item: (
            LAYERS.index(item.layer),
            rank.get(item.node or "", len(rank)),
            item.name.casefold(),
        ),
    )


def _nodes(book: Book) -> dict[str, tuple[str, str]]:
    """Slug of each place of the map → its name and its layer, from the top of the map to its base."""
    return (
        {node.slug: (node.name, part.id) for part in book.stack.parts() for node in part.nodes}
        if book.stack is not None
        else {}
    )


def place_name(book: Book, company: Company) -> str:
    """The name of its place on the map."""
    return _nodes(book).get(company.node or "", (OTHER, ""))[0]


def places_of(book: Book, company: Company) -> dict[str, str]:
    """{place: layer} of the company and of its products: one card answers wherever one of them stands."""
    nodes = _nodes(book)
    return {place_name(book, company): company.layer} | dict(
        nodes[product.node] for product in company.products if product.node in nodes
    )


def _card(context: Context, company: Company) -> ET.Element:
    book = context.book
    newest = company.events[-1].date if company.events else ""
    about = [
        company.name,
        company.what,
        company.unit,
        company.cost,
        *places_of(book, company),
        *(product.name for product in company.products),
        *(
            book.companies[party].name if party in book.companies else party
            for party in (*company.buys, *company.supplies)
        ),
        *(fact_words(event.what) for event in company.events),
    ]
    sells = cell(
        COLUMNS[1], company.what[:1].upper() + company.what[1:], folded(sub(f"unit: {company.unit}"))
    )
    for product in company.products:
        sells.append(folded(sub(f"{product.name}: {product.what}")))
    chain = cell(
        COLUMNS[2],
        company.cost[:1].upper() + company.cost[1:],
        E("span", {"class": "fg-sub"}, "Buys from: ", *_parties(book, company.buys)),
        E("span", {"class": "fg-sub"}, "Sells to: ", *_parties(book, company.supplies)),
    )
    moat = cell(
        COLUMNS[3],
        E("span", {"class": "fg-data__claim"}, E("b", {}, "For: "), company.moat.claim),
        E("span", {"class": "fg-data__claim"}, E("b", {}, "Against: "), company.moat.counter),
    )
    moat.extend(chips(context, company.moat.sources))
    return row(
        company.slug,
        " ".join(about),
        {
            "layer": "|".join(dict.fromkeys(places_of(book, company).values())),
            "place": "|".join(places_of(book, company)),
        },
        {"name": company.name.lower(), "events": newest},
        [
            name_cell(company.name, "", parse(layer_mark(company.layer))),
            sells,
            chain,
            moat,
            _events(context, company),
        ],
    )


def _parties(book: Book, parties: list[str]) -> list[ET.Element | str]:
    """Names of companies as links to their cards, other words as they are."""
    shown: list[ET.Element | str] = []
    for index, party in enumerate(parties):
        company = book.companies.get(party)
        shown += [", "] if index else []
        shown.append(E("a", {"href": f"#{company.slug}"}, company.name) if company is not None else party)
    return shown


def _events(context: Context, company: Company) -> ET.Element:
    listing = E("ul", {"class": "fg-data__events"})
    for event in reversed(company.events):
        item = E(
            "li",
            {},
            E("time", {"datetime": event.date}, show_date(event.date)),
            " ",
            context.markup(f"<span>{fact_markup(event.what)}</span>"),
        )
        if event.source is not None and event.source in context.book.sources:
            item[-1].tail = " "
            item.append(context.cite(event.source))
        listing.append(item)
    about = E(
        "span",
        {"class": "fg-sub"},
        E("span", {"class": WRAPPED}, "What it sells: ", *chips(context, company.sources), ". "),
        f"Checked {show_date(company.checked)}.",
    )
    return cell(COLUMNS[4], listing if len(listing) else None, about)
