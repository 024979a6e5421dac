"""Hosts of one open model side by side, from their company, price and speed records: one row an aspect, one column a company."""

from __future__ import annotations

from pydantic import Field as Key

from fieldguide.book import Book
from fieldguide.drawing.matrix import cell, cites, matrix, text
from fieldguide.drawing.sheet import Drawing
from fieldguide.drawing.values import field
from fieldguide.records.base import Strict
from fieldguide.records.company import Company, event_markup
from fieldguide.text.dates import show_date

SLUG = "three-providers"
EVENTS_SHOWN = 2


class Host(Strict):
    """One column. `machines`, `pays` and `earns` may hold {{fact:…}} and {{cite:…}}."""

    company: str
    price: str
    """Its price record."""
    speed: str = ""
    """A fact: tokens per second; empty where none was found."""
    measured: str
    machines: str
    pays: str
    earns: str


class Data(Strict):
    hosts: list[Host] = Key(min_length=2, max_length=4)
    price_note: str


def render(data: Data, book: Book) -> Drawing:
    """Raises ValueError when two of the companies sell in the same units: the title says that they are different businesses."""
    columns = [(host, book.companies[host.company]) for host in data.hosts]
    if len({company.unit for _, company in columns}) < len(columns):
        raise ValueError(f"{SLUG}: the title claims different businesses, but two companies have one unit of sale")
    rows = (
        ("Sells today", [_sells(company) for _, company in columns]),
        ("Machines", [text(host.machines) for host, _ in columns]),
        ("List price", [_price(book, host, data.price_note) for host, _ in columns]),
        ("Speed of one stream", [_speed(book, host) for host, _ in columns]),
        ("Who uses or pays it", [text(host.pays) for host, _ in columns]),
        ("Revenue", [text(host.earns) for host, _ in columns]),
        ("Latest events", [_events(book, company) for _, company in columns]),
        ("The case for it", [text(company.moat.claim) for _, company in columns]),
        ("The case against", [f"{text(company.moat.counter)} {cites(company.moat.sources)}" for _, company in columns]),
    )
    names = [company.name for _, company in columns]
    body = [
        f'<tr><th scope="row">{text(label)}</th>' + "".join(cell(name, content) for name, content in zip(names, contents, strict=True)) + "</tr>"
        for label, contents in rows
    ]
    return Drawing(html=matrix("Three hosts side by side", ["What", *names], body))


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]


def _sub(words: str) -> str:
    return f'<span class="fg-sub">{words}</span>'


def _sells(company: Company) -> str:
    return f"{text(_capital(company.what))}{_sub(text('unit: ' + company.unit))} {cites(company.sources[:1])}"


def _price(book: Book, host: Host, note: str) -> str:
    """Input and output of the newest period, with the last day on which a source shows them."""
    sums = [f"{{{{fact:{host.price}.{name}|${float(field(book, f'{host.price}.{name}').value):.2f}}}}} {words}" for name, words in (("input", "in"), ("output", "out"))]
    day = show_date(str(field(book, f"{host.price}.date").value))
    return ", ".join(sums) + _sub(text(f"{note}, {day}"))


def _speed(book: Book, host: Host) -> str:
    if not host.speed:
        return "Not found" + _sub(text(host.measured))
    found = field(book, host.speed)
    written = f"{found.value[0]:,.0f}–{found.value[1]:,.0f}" if isinstance(found.value, list) else f"{float(found.value):,.0f}"
    head = f"{found.qualifier} " if found.qualifier else ""
    return f"{_capital(head)}{{{{fact:{host.speed}|{written}}}}} tokens a second{_sub(text(host.measured))}"


def _events(book: Book, company: Company) -> str:
    """The newest events, newest first, each with its source."""
    shown = []
    for event in reversed(company.events[-EVENTS_SHOWN:]):
        source = cites([event.source]) if event.source in book.sources else ""
        shown.append(f"<b>{show_date(event.date)}</b> {_capital(event_markup(event.what))} {source}")
    return "<br/>".join(shown)
