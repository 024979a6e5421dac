"""Companies and sellers as their records describe them, and what the layers sell to each other."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from statistics import median
from typing import Any

from pydantic import Field as Key

from fieldguide.book import Book
from fieldguide.drawing.hooks.base import Filling, Hook
from fieldguide.records.base import Strict
from fieldguide.records.company import Company
from fieldguide.records.price import Period, Price, Role
from fieldguide.records.stack import Layer
from fieldguide.text.dates import show_date
from fieldguide.text.formats import show_price


class Companies(Hook):
    """What the records of companies say, as texts: `{groq_sells}`, `{groq_unit}`, `{groq_events}`,
    `{groq_for}` and `{groq_against}`; and how many units of sale there are.
    """

    companies: dict[str, str]
    """How a company's texts begin → its record."""
    events: int = 2
    """How many of the newest are told."""

    def compute(self, book: Book) -> Filling:
        """The texts, and `units`: how many different units of sale. Raises ValueError for a company without a
        record.
        """
        if unknown := set(self.companies.values()) - set(book.companies):
            raise ValueError(f"there is no company `{min(unknown)}`")
        companies = {name: book.companies[slug] for name, slug in self.companies.items()}
        texts = {
            f"{name}_{key}": text
            for name, company in companies.items()
            for key, text in _texts(company, self.events).items()
        }
        return {"texts": texts, "values": {"units": len({company.unit for company in companies.values()})}}


def _texts(company: Company, events: int) -> dict[str, str]:
    """What the company sells and in which unit, its newest events, a line each, and the case for and against
    it, with their sources.
    """
    events_told = [
        f"**{show_date(event.date)}** {_capital(event.what)}{_cites([event.source])}"
        for event in reversed(company.events[-events:])
    ]
    return {
        "sells": _capital(company.what) + _cites(company.sources[:1]),
        "unit": company.unit,
        "events": "\n".join(events_told),
        "for": company.moat.claim,
        "against": company.moat.counter + _cites(company.moat.sources),
    }


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]


def _cites(keys: Iterable[str | None]) -> str:
    return "".join(f" [@{key}]" for key in keys if key)


class CompanyLinks(Hook):
    """The companies that a figure names: each a link to its card, in bold where its record has the word
    `strong`, and how many are named and in bold.
    """

    counted: list[str]
    """Ids of companies that {strong_count} and {named_count} count."""
    others: list[str] = []
    strong: str
    """The word in what a company does that sets its name in bold."""
    said: str
    """How a data table says so, after the name."""

    def compute(self, book: Book) -> Filling:
        """A link for each id, and the counts. Raises KeyError for a company without a record."""
        companies = {slug: book.companies[slug] for slug in (*self.counted, *self.others)}
        strong = {slug for slug, company in companies.items() if self.strong in company.what}
        links = {
            slug: {
                "text": company.name,
                "href": company.href,
                "strong": slug in strong,
                "said": f"{company.name} {self.said}" if slug in strong else company.name,
            }
            for slug, company in companies.items()
        }
        return {
            "links": links,
            "values": {"strong_count": len(strong & set(self.counted)), "named_count": len(self.counted)},
        }


class LayerTrades(Hook):
    """What each layer of data/stack.yml sells and buys, as texts of a figure."""

    def compute(self, book: Book) -> Filling:
        """For each layer its name, what it sells and buys, with whom and in which unit, and what flows:
        `model_sells`, `model_sells_with`, … Raises ValueError without a stack.
        """
        if book.stack is None:
            raise ValueError("data/stack.yml is missing or has errors; this figure is drawn from it")
        return {
            "texts": {f"{layer.id}{key}": text for layer in book.stack.layers for key, text in _trades(layer)}
        }


def _trades(layer: Layer) -> Iterator[tuple[str, str]]:
    yield from (
        ("", layer.name),
        ("_title", layer.name.upper()),
        ("_paid", layer.paid),
        ("_returns", layer.returns or ""),
    )
    for verb, what, partner, unit in (
        ("sells", layer.sells.what, f"to {_party(layer.sells.to)}", layer.sells.unit),
        ("buys", layer.buys.what, f"from {_party(layer.buys.from_)}", layer.buys.unit),
    ):
        yield from ((f"_{verb}", what), (f"_{verb}_with", partner), (f"_{verb}_unit", unit))


def _party(name: str) -> str:
    """A name as it stands after a verb: "the model layer"."""
    return f"the {name.lower()}" if name.endswith(" layer") else name


STRIPS = ("input", "output")


class PriceClass(Strict):
    """A role of sellers, as a row."""

    role: Role
    name: str
    what: str = ""


@dataclass(frozen=True)
class Listing:
    """One seller's list prices on one day."""

    price: Price
    period: Period

    @property
    def slug(self) -> str:
        return self.price.slug

    @property
    def role(self) -> Role:
        return self.price.role

    def value(self, strip: str) -> float:
        """The price in USD per million tokens."""
        return float(getattr(self.period, strip))

    def field(self, strip: str) -> str:
        """The reference of the price."""
        return f"{self.slug}.{self.price.field_name(strip, self.period)}"


def listings(book: Book, record: str, as_of: str) -> dict[str, Listing]:
    """The list prices of a model that sources showed on the day `as_of` (ISO), by id, the lowest input price
    first.
    """
    found = [
        Listing(price, period)
        for price in book.prices.values()
        if price.record == record and (period := price.shown_on(as_of)) is not None
    ]
    found.sort(key=lambda listing: (listing.value("input"), listing.value("output"), listing.slug))
    return {listing.slug: listing for listing in found}


def check_repeats(repeats: dict[str, str], every: Mapping[str, Listing]) -> None:
    """Compares each listing with the one that it repeats, {id of the listing: id of the original}. Raises
    ValueError where a price differs, KeyError for an id without a listing.
    """
    for slug, original in repeats.items():
        if any(every[slug].value(strip) != every[original].value(strip) for strip in STRIPS):
            raise ValueError(f"{slug} does not list the prices of {original}")


def commonest(found: Iterable[Listing]) -> tuple[tuple[float, float], int]:
    """The pair of prices that most sellers list, and the number of sellers that list it."""
    pairs = [(listing.value("input"), listing.value("output")) for listing in found]
    best = max(sorted(set(pairs)), key=pairs.count)
    return best, pairs.count(best)


class SellersByPrice(Hook):
    """Every seller of one open model as a dot by its price of input and of output, in a row by role; a dot
    that would cover another stands above it.
    """

    record: str
    """The model's id."""
    as_of: str
    """The day of the listing; a price that no source showed on that day is left out."""
    classes: list[PriceClass] = Key(min_length=2)
    repeats: dict[str, str]
    """A listing and the one whose price list it repeats: other prices are an error."""
    runs: list[Role]
    """The roles that run the model themselves."""
    low: float
    high: float
    """USD per million tokens between which the scale runs."""
    apart: float
    """How much of the scale two dots of one height keep between them."""

    def compute(self, book: Book) -> Filling:
        """A panel for each strip with the series `<strip>-runs` and `<strip>-passes`, the median of those
        that run it, and how many list the {commonest} pair of prices. Raises ValueError when a listing no
        longer repeats the other.
        """
        every = listings(book, self.record, self.as_of)
        check_repeats(self.repeats, every)
        running = [listing for listing in every.values() if listing.role in self.runs]
        pair, count = commonest(running)
        values = {
            "sellers": len(running),
            "commonest": count,
            **{f"common_{strip}": price for strip, price in zip(STRIPS, pair, strict=True)},
        }
        return {"values": values, "panels": [_strip(strip, every, running, self) for strip in STRIPS]}


def _strip(
    strip: str, every: Mapping[str, Listing], running: list[Listing], inputs: SellersByPrice
) -> dict[str, Any]:
    """The panel of one kind of price: its dots, and its axis with a row for each class of sellers, the first
    on top. Heights are counted in dots.
    """
    points: dict[str, list[dict[str, Any]]] = {"runs": [], "passes": []}
    ticks: list[float] = []
    words, base = [], 0.5
    for item in reversed(inputs.classes):
        row = sorted(
            (listing for listing in every.values() if listing.role == item.role),
            key=lambda listing: (listing.value(strip), listing.slug),
        )
        heights = _heights(
            [
                math.log(listing.value(strip) / inputs.low) / math.log(inputs.high / inputs.low)
                for listing in row
            ],
            inputs.apart,
        )
        for listing, height in zip(row, heights, strict=True):
            alike = sum(member.value(strip) == listing.value(strip) for member in row)
            original = inputs.repeats.get(listing.slug)
            repeated = every[original].price.provider if original else ""
            points["runs" if listing in running else "passes"].append(
                {
                    "id": listing.slug,
                    "name": listing.price.provider,
                    "x": listing.field(strip),
                    "value": base + height,
                    "basis": "estimate" if repeated else "disclosed",
                    "values": {"alike": alike - 1, **{of: listing.field(of) for of in STRIPS}},
                    "texts": {"role": item.name, "repeats": f"repeats {repeated}" if repeated else ""},
                }
            )
        ticks.append(base - 0.5)
        words.append(f"{item.name} {len(row)}")
        base += max(heights, default=0) + 2.5
    middle = median(listing.value(strip) for listing in running)
    return {
        "id": strip,
        "x": {"low": inputs.low, "high": inputs.high},
        "y": {"high": base, "ticks": ticks, "words": words},
        "series": [{"id": f"{strip}-{does}", "points": dots} for does, dots in points.items()],
        "rules": [
            {
                "at": middle,
                "across": False,
                "text": f"median of the {len(running)}: ${show_price(middle)}",
                "dy": -6,
                "anchor": "middle",
            }
        ],
    }


def _heights(places: list[float], apart: float) -> list[int]:
    """The height of each dot, counted in dots from 0, so that no dot covers an earlier one."""
    heights: list[int] = []
    for index, place in enumerate(places):
        taken = {heights[before] for before in range(index) if place - places[before] < apart}
        heights.append(next(height for height in range(index + 1) if height not in taken))
    return heights
