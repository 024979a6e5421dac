"""Companies: one record each, with its place in the stack, what it sells and buys, one moat claim with its
answer, and dated events.

data/companies/<id>.yml. The map, its table and the data page read the same records; data/stack.yml names ids
only.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from pydantic import Field as Key
from pydantic import field_validator

from fieldguide.records.base import Date, Record, Slug, Strict
from fieldguide.records.field import unknown_source
from fieldguide.records.source import Source
from fieldguide.text.names import LAYERS, LayerName
from fieldguide.text.problems import Problem, closest

COMPANIES = "data/companies.md"
"""The page with a card for each."""


class CompanyEvent(Strict):
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

    slug: Slug
    name: str = Key(max_length=24)
    node: str
    what: str = Key(max_length=120)
    sources: list[str] = Key(min_length=1)


class Company(Record):
    """One company, network or project."""

    name: str = Key(max_length=32, examples=["Groq"])
    layer: LayerName = Key(examples=["infrastructure"])
    node: str | None = Key(None, examples=["inference"])
    """Its place in data/stack.yml, where one fits."""
    what: str = Key(max_length=120)
    unit: str = Key(max_length=60)
    cost: str = Key(max_length=90)
    buys: list[str] = Key(min_length=1, max_length=6)
    supplies: list[str] = Key(min_length=1, max_length=6)
    moat: Moat
    sources: list[str] = Key(min_length=1)
    events: list[CompanyEvent] = Key([], max_length=6)
    products: list[Product] = []
    checked: Date

    @field_validator("layer", mode="before")
    @classmethod
    def _known_layer(cls, value: object) -> object:
        if value not in LAYERS:
            raise ValueError(
                f"unknown layer `{value}`; {closest(str(value), LAYERS) or 'layers are ' + ', '.join(LAYERS)}"
            )
        return value

    @property
    def href(self) -> str:
        """Where its card is, counted from the documents' root."""
        return f"/{COMPANIES}#{self.slug}"

    def source_keys(self) -> list[str]:
        """Every source behind the card, in order of first use."""
        keys = [*self.sources, *self.moat.sources, *(event.source for event in self.events if event.source)]
        return list(dict.fromkeys([*keys, *(key for product in self.products for key in product.sources)]))


def check_company(
    company: Company, places: Mapping[str, str] | None, sources: Mapping[str, Source]
) -> Iterator[Problem]:
    """The problems of a company: places that the stack does not have, events without a source or out of
    order, and sources without a record. `places` is {place of the stack: its layer}, None without a stack.
    """

    if places is not None:
        if company.node is not None and places.get(company.node) != company.layer:
            known = [slug for slug, part in places.items() if part == company.layer]
            yield company.problem(
                f"`{company.node}` is no place of the {company.layer} layer",
                closest(company.node, known) or f"its places are {', '.join(known)}",
                "node",
            )
        for index, product in enumerate(company.products):
            if product.node not in places:
                yield company.problem(
                    f"`{product.node}` is no place of the stack",
                    closest(product.node, places) or "see data/stack.yml",
                    "products",
                    index,
                    "node",
                )
    for index, event in enumerate(company.events):
        for key, example in (("source", "together-oracle2026"), ("where", "first paragraph")):
            if not getattr(event, key):
                yield company.problem(
                    f"the event of {event.date} has no {key}",
                    f"add `{key}: {example}`, or delete the event",
                    "events",
                    index,
                )
    yield from (
        unknown_source(company, key, sources, "sources")
        for key in company.source_keys()
        if key not in sources
    )
    days = [event.date for event in company.events]
    if days != sorted(days):
        yield company.problem(
            "the events are not in the order of their dates", "put the newest last", "events"
        )
