"""The stack: three layers, two rails, and what each place in them sells.

data/stack.yml is one record. It names companies and products by id only: their names, what they sell and
their
sources are in data/companies/, so nobody edits a company in two places. The stack map, its table and the
figure
what-each-layer-buys are drawn from both. The order of layers is application, model, infrastructure; of rails,
capital, crypto; names are alphabetical:

    title: The stack and who pays whom
    as_of: 2026-11-25
    layers:
      - id: application
        role: the products people use
        paid: Customers pay per seat, per use or per outcome
        page: stack/application-layer.md
        buys: {what: answers, text and actions, from: Model layer, unit: tokens}
        sells: {what: finished work, to: people and companies, unit: seats, uses or outcomes}
        sources: [key]
        nodes:
          - slug: assistants
            name: Assistants
            sells: subscriptions to a general assistant
            examples: [chatgpt, perplexity]

An example is the id of a company or of one of its products; a node opens its layer's page unless it has one
of its own.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from typing import Literal, Self

from pydantic import Field as Key
from pydantic import model_validator

from fieldguide.records.base import Date, Record, Slug, Strict
from fieldguide.records.company import COMPANIES, Company
from fieldguide.text.names import RAILS, kebab
from fieldguide.text.problems import Problem, closest

TABLE = "stack/index.md"
"""The page that holds the table of the stack, with a row for each place of the map."""


def _href(page: str | None, slug: str) -> str:
    """The address that a place of the map opens, counted from the documents' root: its page, or its row in
    the table.
    """
    return f"/{page}" if page else f"/{TABLE}#{slug}"


LAYER_IDS = ("application", "model", "infrastructure")


@dataclass(frozen=True)
class MapName:
    """An example as the map and its table show it: a company, or a product of one."""

    slug: str
    name: str
    what: str
    company: str
    """The id of the company whose card it opens."""
    node: str | None
    """The place on the map that its record gives it."""
    sources: tuple[str, ...]
    maker: str = ""
    """Who makes it, where the name is a product."""

    @property
    def href(self) -> str:
        return f"/{COMPANIES}#{self.company}"


class Node(Strict):
    """A place on the map: a kind of product, a row of infrastructure, or a station of a rail."""

    slug: Slug
    name: str = Key(max_length=26)
    sells: str = Key(max_length=60)
    """What it sells, lower case: "rents GPU-hours". Infrastructure prints it on the map: 20 characters
    there.
    """
    page: str | None = Key(None, examples=["stack/chips.md"])
    """What it opens; its layer's page unless given."""
    examples: list[str] = Key([], max_length=6)
    sources: list[str] = []
    """For what the node itself claims, where its names' sources do not carry it."""

    _names: tuple[MapName, ...] = ()

    @property
    def names(self) -> tuple[MapName, ...]:
        """The names of the examples; empty before `Stack.resolve`."""
        return self._names

    def placed(self, page: str | None, known: Mapping[str, MapName]) -> Self:
        """The node with its layer's `page` where it has none of its own, and with the names of
        its examples.
        """
        node = self.model_copy(update={"page": self.page or page})
        node._names = tuple(known[slug] for slug in self.examples if slug in known)
        return node

    @property
    def href(self) -> str:
        return _href(self.page, self.slug)


class Buys(Strict):
    """What a layer buys from the layer below, and the unit it pays in."""

    what: str = Key(max_length=60)
    from_: str = Key(alias="from", max_length=40)
    unit: str = Key(max_length=40)


class Sells(Strict):
    """What a layer sells upward, and the unit it is paid in."""

    what: str = Key(max_length=60)
    to: str = Key(max_length=40)
    unit: str = Key(max_length=40)


class _Band(Strict):
    """The name and the address of a layer or a rail."""

    id: str
    page: str | None = None

    @property
    def name(self) -> str:
        return self.id.capitalize()

    @property
    def slug(self) -> str:
        """The id of its row in the table: "layer-model", "rail-crypto"."""
        return f"{type(self).__name__.lower()}-{self.id}"

    @property
    def href(self) -> str:
        return _href(self.page, self.slug)


class Layer(_Band):
    """One band of the map."""

    id: Literal["application", "model", "infrastructure"]
    role: str = Key(max_length=40)
    paid: str = Key(max_length=60)
    """The money that comes down to it: "Products pay per token". Stands above the band, after an arrow
    down.
    """
    returns: str | None = Key(None, max_length=60)
    """What it hands up for that: "Models answer, write, code, see". Stands after an arrow up."""
    page: str | None = None
    buys: Buys
    sells: Sells
    sources: list[str] = Key(min_length=1)
    nodes: list[Node] = Key(min_length=3, max_length=5)


class Station(Node):
    """A place on a rail. `line` stands below its name where no examples do; `joins` is the layer, or the row,
    it reaches.
    """

    joins: str = Key(examples=["application"])
    line: str | None = Key(None, max_length=48)

    @model_validator(mode="after")
    def _says_something(self) -> Station:
        if bool(self.examples) == bool(self.line):
            raise ValueError(f"`{self.slug}` needs either `examples` or `line`")
        return self


class Rail(_Band):
    """Capital or crypto, alongside the layers."""

    id: Literal["capital", "crypto"]
    role: str = Key(max_length=60)
    page: str | None = None
    sources: list[str] = []
    nodes: list[Station] = Key(min_length=2, max_length=5)


def names_of(company: Company) -> Iterator[MapName]:
    """The names that the map may show for a company and its products."""
    yield MapName(
        company.slug, company.name, company.what, company.slug, company.node, tuple(company.sources)
    )
    for product in company.products:
        yield MapName(
            product.slug,
            product.name,
            product.what,
            company.slug,
            product.node,
            tuple(product.sources),
            company.name,
        )


class Stack(Record):
    """data/stack.yml."""

    title: str = Key(max_length=40)
    as_of: Date
    layers: list[Layer]
    rails: list[Rail]

    @model_validator(mode="after")
    def _whole(self) -> Stack:
        for kind, actual, wanted in (
            ("layers", tuple(layer.id for layer in self.layers), LAYER_IDS),
            ("rails", tuple(rail.id for rail in self.rails), RAILS),
        ):
            if actual != wanted:
                raise ValueError(f"{kind} are {', '.join(actual)}; write {', '.join(wanted)}, in this order")
        for row in self.layers[2].nodes:
            if len(row.sells) > 20:
                raise ValueError(
                    f"`{row.slug}` sells {row.sells!r}; the map has room for 20 characters there"
                )
        places = {*LAYER_IDS, *(node.slug for node in self.layers[2].nodes)}
        for station in [station for rail in self.rails for station in rail.nodes]:
            if station.joins not in places:
                raise ValueError(
                    f"`{station.slug}` joins `{station.joins}`; it can join {', '.join(sorted(places))}"
                )
        for slug, count in Counter(self.ids()).items():
            if count > 1:
                raise ValueError(f"the id `{slug}` stands twice; rename one of the two")
        return self

    def resolve(self, companies: Mapping[str, Company]) -> tuple[Self, list[Problem]]:
        """The stack in which each example is a company or product and each node has the page that it opens;
        and the problems: examples that are unknown, out of order or in the wrong place.
        """
        known = {name.slug: name for company in companies.values() for name in names_of(company)}
        problems, taken = [], set(self.ids())
        for _, node in self.nodes():
            for slug in node.examples:
                if slug not in known:
                    fault = f"unknown company `{slug}` in `{node.slug}`"
                    problems.append(
                        self.problem(fault, closest(slug, known) or f"write data/companies/{slug}.yml")
                    )
                elif known[slug].node != node.slug:
                    fault = f"`{slug}` stands in `{node.slug}`, its record says `{known[slug].node}`"
                    problems.append(self.problem(fault, "make the two agree"))
                elif slug in taken:
                    problems.append(
                        self.problem(
                            f"the id `{slug}` stands twice",
                            "name each example once, and give no place the id of a company",
                        )
                    )
                taken.add(slug)
            names = [known[slug] for slug in node.examples if slug in known]
            ordered = sorted(names, key=lambda name: (kebab(name.name), name.name))
            if names != ordered:
                problems.append(
                    self.problem(
                        f"names of `{node.slug}` are not in alphabetical order",
                        f"write {', '.join(name.slug for name in ordered)}",
                    )
                )
        layers, rails = (
            [
                part.model_copy(update={"nodes": [node.placed(part.page, known) for node in part.nodes]})
                for part in parts
            ]
            for parts in (self.layers, self.rails)
        )
        return self.model_copy(update={"layers": layers, "rails": rails}), problems

    def layer(self, id_: str) -> Layer:
        """The layer of that id. Raises StopIteration for any other."""
        return next(layer for layer in self.layers if layer.id == id_)

    def rail(self, id_: str) -> Rail:
        """The rail of that id. Raises StopIteration for any other."""
        return next(rail for rail in self.rails if rail.id == id_)

    def parts(self) -> Iterator[Layer | Rail]:
        """Layers from the top, then rails."""
        yield from self.layers
        yield from self.rails

    def ids(self) -> Iterator[str]:
        """The id of each row of the table, to which the map links."""
        for part in self.parts():
            yield part.slug
            for node in part.nodes:
                yield node.slug
                yield from (name.slug for name in node.names)

    def nodes(self) -> Iterator[tuple[Layer | Rail, Node]]:
        """Every node in the order of the map, each after the layer or rail that it belongs to."""
        for part in self.parts():
            for node in part.nodes:
                yield part, node

    def cited(self) -> list[str]:
        """Every source key, in order of first use."""
        keys: list[str] = []
        for part in self.parts():
            keys += part.sources
            for node in part.nodes:
                keys += [*node.sources, *(key for name in node.names for key in name.sources)]
        return list(dict.fromkeys(keys))

    def unknown_sources(self, sources: Collection[str]) -> list[Problem]:
        """A problem for each source key that has no record."""
        return [
            self.problem(f"unknown source `{key}`", closest(key, sources) or f"write data/sources/{key}.yml")
            for key in self.cited()
            if key not in sources
        ]
