"""List prices: one record a seller and model, or a seller and accelerator, with the periods for which a source shows a price.

data/prices/<id>.yml; cited as `fact:<id>.input` for the newest period and `fact:<id>.input-2025-08-05` for the one that began then.
Token prices are USD per million tokens, rentals USD per GPU-hour.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from itertools import pairwise
from typing import TYPE_CHECKING, Literal
from xml.etree import ElementTree as ET

from pydantic import Field as Key
from pydantic import PrivateAttr, model_validator

from fieldguide.facts import Field, Sourced, unknown_source
from fieldguide.problems import Problem, closest
from fieldguide.records import Date, Strict
from fieldguide.sources import show_date
from fieldguide.tables import (
    Column,
    cell,
    chips,
    data_table,
    downloads,
    filter_form,
    frame,
    grouped_select,
    missing,
    name_cell,
    row,
    segments,
    select,
    sub,
    whole,
)
from fieldguide.tree import E

if TYPE_CHECKING:
    from fieldguide.book import Book
    from fieldguide.markdown import Builder
    from fieldguide.models import Model

Role = Literal["maker", "cloud", "host", "gateway", "reseller"]
PER_MILLION = "USD per million tokens"
UNITS = {"input": PER_MILLION, "output": PER_MILLION, "cached": PER_MILLION, "batch": "%", "hour": "USD per GPU-hour"}
"""What a period may state. `batch` is the batch price as a percentage of the usual one."""


class Period(Strict):
    """A price and the days for which it is known to hold."""

    from_: Date = Key(alias="from")
    """The first day on which a source shows it."""
    from_source: str | None = None
    """The source of that day, where it is not `source`: the seller's own notice, or a list that shows the price earlier."""
    from_where: str | None = None
    until: Date | None = None
    """The day from which it no longer held; absent while no source shows another. Where the next period's first day is that of a list which lags, the day by which."""
    as_of: Date
    """The last day on which a source shows it."""
    input: float | None = None
    output: float | None = None
    cached: float | None = None
    batch: float | None = None
    hour: float | None = None
    source: str
    where: str
    seen: Date
    via: str | None = None
    note: str | None = None

    @model_validator(mode="after")
    def _order(self) -> Period:
        if self.as_of < self.from_ or (self.until is not None and self.until <= self.from_):
            raise ValueError(f"the period from {self.from_} ends before it begins")
        if (self.from_source is None) != (self.from_where is None):
            raise ValueError(f"the period from {self.from_}: `from_source` and `from_where` go together")
        return self

    @property
    def sources(self) -> list[str]:
        """What shows the price, then what gives its first day."""
        return list(dict.fromkeys(key for key in (self.source, self.from_source) if key))


class Price(Sourced):
    """What one seller lists for one thing."""

    provider: str = Key(max_length=40)
    company: str | None = None
    role: Role
    sells: Literal["tokens", "gpu-hours"]
    model: str | None = None
    """As sold; `record` is its id in data/models."""
    record: str | None = None
    accelerator: str | None = None
    """Its id in data/hardware."""
    terms: Literal["on demand", "reserved", "marketplace", "spot"] | None = None
    periods: list[Period] = Key(min_length=1)

    _fields: dict[str, Field] = PrivateAttr(default_factory=dict)

    @model_validator(mode="after")
    def _whole(self) -> Price:
        if self.sells == "tokens":
            wanted, refused, needed = ("model",), ("accelerator", "terms"), ("input", "output")
        else:
            wanted, refused, needed = ("accelerator", "terms"), ("model", "record"), ("hour",)
        for name in wanted:
            if getattr(self, name) is None:
                raise ValueError(f"a price of {self.sells} needs `{name}`")
        for name in refused:
            if getattr(self, name) is not None:
                raise ValueError(f"a price of {self.sells} has no `{name}`")
        for period in self.periods:
            if not any(getattr(period, name) is not None for name in needed):
                raise ValueError(f"the period from {period.from_} states no {' or '.join(needed)}")
        return self

    @property
    def newest(self) -> Period:
        return self.periods[-1]

    def own_fields(self) -> dict[str, Field]:
        return self._fields

    def set_field(self, name: str, field: Field) -> None:
        self._fields[name] = field

    def field_location(self, name: str) -> tuple[str, ...]:
        return ("periods",)

    def about(self) -> str:
        return f"{self.provider}, {self.model or self.accelerator}"

    def inherit(self) -> None:
        """Lay the periods out as fields: plain names for the newest, `name-<from>` for the others."""
        self._fields = {}
        for period in self.periods:
            suffix = "" if period is self.newest else f"-{period.from_}"
            origin = {"source": period.source, "where": period.where, "as_of": period.as_of, "seen": period.seen, "via": period.via}
            for name, unit in UNITS.items():
                value = getattr(period, name)
                if value is not None:
                    self._fields[name + suffix] = Field(value=value, unit=unit, note=period.note, **origin)
            self._fields[f"date{suffix}"] = Field(value=period.as_of, unit="date", **origin)
            start = origin if period.from_source is None else {"source": period.from_source, "where": period.from_where, "as_of": period.from_, "seen": period.seen}
            self._fields[f"since{suffix}"] = Field(value=period.from_, unit="date", **start)

    def source_keys(self) -> list[str]:
        return list(dict.fromkeys(key for period in reversed(self.periods) for key in period.sources))


def ended_by(book: Book, price: Price, period: Period) -> bool:
    """Whether `until` is only the day by which the price had changed: the next period begins on it by a list whose days are those of its own edits."""
    for after in price.periods:
        if period.until is not None and after.from_ == period.until:
            source = book.sources.get(after.from_source or after.source)
            return source is not None and source.lags
    return False


def check_price(price: Price, book: Book) -> list[Problem]:
    """Periods that overlap, and names that no record has."""
    problems = []
    for at, (before, after) in enumerate(pairwise(price.periods), 1):
        end = before.until or before.as_of
        if after.from_ < end or (before.until is None and after.from_ <= before.as_of):
            problems.append(price.problem(
                f"the price from {after.from_} overlaps the one from {before.from_}, which holds until {end}",
                "put periods in order, and end the earlier one: `until` is the first day of the later", "periods", at))
    named = (("company", book.companies), ("record", book.models), ("accelerator", book.hardware))
    for name, records in named:
        value = getattr(price, name)
        if value is not None and value not in records:
            problems.append(price.problem(f"unknown {'model' if name == 'record' else name} `{value}`", closest(value, records) or f"write its record, or leave `{name}` out", name))
    problems += [unknown_source(price, key, book.sources, "periods") for key in price.source_keys() if key not in book.sources]
    return problems


def check_rivals(prices: Iterable[Price]) -> list[Problem]:
    """Two records of one seller for one thing whose periods overlap."""
    problems = []
    first: dict[tuple[str | None, ...], Price] = {}
    for price in prices:
        key = (price.provider.casefold(), (price.model or price.accelerator or "").casefold(), price.terms)
        other = first.setdefault(key, price)
        if other is not price and any(_overlap(a, b) for a in other.periods for b in price.periods):
            problems.append(price.problem(f"its dates overlap those of {other.path}, a price of the same seller for the same thing", "keep one record and put both prices into its periods", "periods"))
    return problems


def check_newest(prices: Iterable[Price], models: Iterable[Model]) -> list[Problem]:
    """A maker's price of a model without record, first seen after the newest recorded model of its family: the table of families would call an older model the newest.

    The family is the one whose name begins the model's; a price that names no recorded family is left alone.
    What counts for the newest model is the later of its release and its first price, as a list shows a model some days after its release.
    """
    newest: dict[str, Model] = {}
    for model in models:
        known = newest.get(model.family.casefold())
        if known is None or model.date > known.date:
            newest[model.family.casefold()] = model
    makers = [price for price in prices if price.role == "maker" and price.sells == "tokens"]
    first: dict[str, str] = {}
    for price in makers:
        if price.record is not None:
            first[price.record] = min(price.periods[0].from_, first.get(price.record, price.periods[0].from_))
    problems = []
    for price in makers:
        families = [name for name in newest if re.match(rf"{re.escape(name)}(?![a-z])", (price.model or "").casefold())]
        if price.record is not None or not families:
            continue
        model, seen = newest[max(families, key=len)], price.periods[0].from_
        if _later(seen, max(model.date, first.get(model.slug, model.date))):
            problems.append(price.problem(f"`{price.model}` is priced since {seen}, after the newest model record of its family, {model.name}", "write its model record, and name it in `record`", "model"))
    return problems


def _later(day: str, than: str) -> bool:
    """Whether one date is after another, both read as exactly as the vaguer one is given."""
    digits = min(len(day), len(than))
    return day[:digits] > than[:digits]


def _overlap(a: Period, b: Period) -> bool:
    """Whether two periods share a day for which both are known to hold."""
    return a.from_ <= b.as_of and b.from_ <= a.as_of and not (a.until == b.from_ or b.until == a.from_)


# ---- the data page

TOKENS = [
    Column("name", "Model", "as sold"), Column("provider", "Seller", "its role"), Column("input", "Input", "USD per million", number=True), Column("cached", "Cached input", "USD per million", number=True),
    Column("output", "Output", "USD per million", number=True), Column("date", "Known to hold", "first and last day seen"), Column("sources", "Sources", sorts=False),
]
HOURS = [
    Column("name", "Accelerator"), Column("provider", "Seller", "terms"), Column("hour", "Price", "USD per GPU-hour", number=True), Column("date", "Known to hold", "first and last day seen"), Column("sources", "Sources", sorts=False),
]
ROLES = {"": "All", "maker": "Maker", "cloud": "Cloud", "host": "Host", "gateway": "Gateway", "reseller": "Reseller"}


def render_prices(builder: Builder, element: ET.Element) -> None:
    """Token prices: a row a period, newest period first; older periods stand below and say so."""
    caption = frame(element, "div", {"class": "fg-prices"})
    prices = in_order(builder.book, "tokens")
    periods = [(price, period) for price in prices for period in reversed(price.periods)]
    role = segments("role", "Role of the seller", {value: words for value, words in ROLES.items() if not value or any(price.role == value for price in prices)})
    current = E("label", {"class": "fg-check"}, E("input", {"type": "checkbox", "name": "newest", "value": "yes"}), " Without earlier prices")
    sellers = Counter(name_of(builder.book, price) for price in prices)
    groups: dict[str, list[ET.Element]] = {}
    names: dict[str, list[str]] = {}
    for price, period in periods:  # a model that several sell is a group; the others stand with their seller
        name = name_of(builder.book, price)
        group = name if sellers[name] > 1 else price.provider
        groups.setdefault(group, []).append(_row(builder, price, period, TOKENS))
        names.setdefault(SEVERAL if sellers[name] > 1 else group, []).append(name)
    model = grouped_select("model", "Model", "Any model", dict(sorted(names.items(), key=lambda group: (group[0] != SEVERAL, group[0].casefold()))))
    element.append(downloads(builder, filter_form("prices", "Find a model or seller", len(periods), "prices", role, model, current), "prices"))
    element.append(caption)
    element.append(E("p", {"class": "fg-list__caption"}, age(prices)))
    element.append(data_table("prices", "List prices of tokens", TOKENS, dict(sorted(groups.items(), key=lambda group: group[0].casefold()))))


SEVERAL = "Sold by several"


def age(prices: list[Price]) -> str:
    """How fresh the newest prices are, in a sentence."""
    days = Counter(price.newest.as_of for price in prices)
    day, count = max(days.items(), key=lambda item: (item[1], item[0]))
    later = sum(number for other, number in days.items() if other > day)
    return f"Of {len(prices)} offers, {count} were last seen on {show_date(day)} and {later} after it; look at the dates before you plan with a price."


def render_rentals(builder: Builder, element: ET.Element) -> None:
    """Rental prices of accelerators: a row a period, with a filter of its own."""
    caption = frame(element, "div", {"class": "fg-prices"})
    groups: dict[str, list[ET.Element]] = {}
    for price in in_order(builder.book, "gpu-hours"):
        for period in reversed(price.periods):
            groups.setdefault(name_of(builder.book, price), []).append(_row(builder, price, period, HOURS))
    count = sum(len(rows_) for rows_ in groups.values())
    accelerator = select("accelerator", "Accelerator", "Any accelerator", groups)
    element.append(filter_form("rentals", "Find a seller of hours", count, "prices", accelerator, find_name="find-hours"))
    element.append(caption)
    element.append(data_table("rentals", "Rental prices of accelerators", HOURS, groups))


def in_order(book: Book, sells: str) -> list[Price]:
    """By what is sold, then by price, lowest first."""
    def key(price: Price) -> tuple[str, float, str]:
        newest = price.newest
        return name_of(book, price).casefold(), next(value for value in (newest.input, newest.output, newest.hour) if value is not None), price.provider.casefold()

    return sorted((price for price in book.prices.values() if price.sells == sells), key=key)


def name_of(book: Book, price: Price) -> str:
    """The model or accelerator, by its record's name where there is one."""
    if price.accelerator is not None:
        item = book.hardware.get(price.accelerator)
        return item.name if item is not None else price.accelerator
    model = book.models.get(price.record or "")
    return model.name if model is not None else price.model or ""


def _row(builder: Builder, price: Price, period: Period, columns: list[Column]) -> ET.Element:
    book = builder.book
    newest = period is price.newest
    uid = price.slug if newest else f"{price.slug}-{period.from_}"
    as_sold = price.model if price.model and price.model != name_of(book, price) else ""
    seller: ET.Element | str = price.provider
    if price.company in book.companies:
        seller = E("a", {"href": builder.href(f"data/companies.md#{price.company}")}, price.provider)
    cells = [name_cell(name_of(book, price), as_sold), cell(columns[1], seller, sub(price.terms or price.role))]
    for column in columns[2:-2]:
        value = getattr(period, column.key)
        below = sub(f"in batches {period.batch:g}%") if column.key == "output" and period.batch is not None else None
        cells.append(cell(column, missing("not stated") if value is None else f"{value:.2f}" if column.key == "hour" else show_price(value), below))
    first, last = show_date(period.from_), show_date(period.as_of)
    days = first if first == last else f"{first} – {last}"
    after = f"changed {'by ' if ended_by(book, price, period) else ''}{show_date(period.until)}" if period.until else "" if newest else "earlier price"
    cells.append(cell(columns[-2], E("time", {"datetime": period.as_of}, days), sub(after) if after else None))
    cells.append(cell(columns[-1], *chips(builder, period.sources), sub(period.note) if period.note else None))
    sorts = {"name": name_of(book, price).lower(), "provider": price.provider.lower(), "date": period.as_of} | {name: getattr(period, name) for name in UNITS}
    return row(uid, f"{name_of(book, price)} {price.model or ''} {price.provider}", {"role": price.role, "model": name_of(book, price), "accelerator": name_of(book, price), "newest": "yes" if newest else ""}, sorts, cells)


def show_price(value: float) -> str:
    """Dollars as price lists write them: 8.00, 0.60, 0.075."""
    text = f"{value:.4f}".rstrip("0")
    whole_part, _, decimals = text.partition(".")
    return f"{whole_part}.{decimals.ljust(2, '0')}"


def rows(book: Book) -> list[dict[str, object]]:
    """The download's rows: one a period, USD."""
    table: list[dict[str, object]] = []
    for sells in ("tokens", "gpu-hours"):
        for price in in_order(book, sells):
            for period in reversed(price.periods):
                table.append({
                    "id": price.slug, "sells": price.sells, "model": price.model, "model_id": price.record, "accelerator": price.accelerator, "terms": price.terms,
                    "provider": price.provider, "company": price.company, "role": price.role, "from": period.from_, "until": period.until, "until_by": ended_by(book, price, period), "as_of": period.as_of,
                    "input_usd_per_million": whole(period.input), "cached_input_usd_per_million": whole(period.cached), "output_usd_per_million": whole(period.output),
                    "batch_percent": whole(period.batch), "usd_per_gpu_hour": whole(period.hour), "newest": period is price.newest, "note": period.note, "sources": period.sources,
                })
    return table
