"""List prices: one record a seller and model, or a seller and accelerator, with the periods for which a
source shows a price.

data/prices/<id>.yml; cited as `fact:<id>.input` for the newest period and `fact:<id>.input-2025-08-05` for
the one that began then.
Token prices are USD per million tokens, rentals USD per GPU-hour.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from itertools import pairwise
from typing import Literal, Self

from pydantic import Field as Key
from pydantic import PrivateAttr, model_validator

from fieldguide.records.base import Date, Strict, WebAddress
from fieldguide.records.field import Field, SecondSource, Sourced, Was, unknown_source
from fieldguide.records.model import Model
from fieldguide.records.source import Source
from fieldguide.text.dates import show_date
from fieldguide.text.problems import Problem, closest

Role = Literal["maker", "cloud", "host", "gateway", "reseller"]
ListName = Literal["genai-prices", "litellm", "models-dev", "openrouter", "page"]
"""The lists of token prices that `make refresh` can read: public ones, and a seller's own page."""
COPIED = re.compile(r"\bcopy of (\d{4}-\d{2}-\d{2})\b")
"""The day of a dated copy of a list, as `where` names it; `make refresh` writes it so."""
PER_MILLION = "USD per million tokens"
PRICE_FIELDS = {
    "input": PER_MILLION,
    "output": PER_MILLION,
    "cached": PER_MILLION,
    "batch": "%",
    "hour": "USD per GPU-hour",
}
"""What a period may state. `batch` is the batch price as a percentage of the usual one."""


KEYS_OF: dict[str, tuple[tuple[str, ...], tuple[str, ...], tuple[str, ...]]] = {
    "tokens": (("model",), ("accelerator", "terms"), ("input", "output")),
    "gpu-hours": (("accelerator", "terms"), ("model", "record"), ("hour",)),
}
"""What is sold → the keys that a price needs, those that it may not have, and those of which each
period states one.
"""


class Period(Strict):
    """A price and the days for which it is known to hold."""

    from_: Date = Key(alias="from")
    """The first day on which a source that the record names shows it; it may have applied before."""
    from_source: str | None = None
    """The source of that day, where it is not `source`: the seller's own notice, or a list that shows the
    price earlier.
    """
    from_where: str | None = None
    until: Date | None = None
    """The day from which it no longer held; absent while no source shows another. Where the next period's
    first day is that of a list which lags, the day by which.
    """
    until_source: str | None = None
    """The source of that day where no later period has it: the seller's notice of the end, or a list."""
    until_where: str | None = None
    added: Date | None = None
    """The day on which the guide began the period, where it had shown an earlier price until then: the price
    counts as changed on that day. `make refresh` writes it.
    """
    as_of: Date
    """The last day on which a source that the record names shows it; it may have applied after."""
    input: float | None = Key(None, ge=0)
    output: float | None = Key(None, ge=0)
    cached: float | None = Key(None, ge=0)
    batch: float | None = Key(None, ge=0)
    hour: float | None = Key(None, ge=0)
    source: str
    where: str
    seen: Date
    via: WebAddress | None = None
    note: str | None = None
    also: list[SecondSource] = []
    """Sources besides `source` that show the same prices in the period."""

    @model_validator(mode="after")
    def _order(self) -> Period:
        if self.as_of < self.from_ or (self.until is not None and self.until <= self.from_):
            raise ValueError(f"the period from {self.from_} ends before it begins")
        if self.added is not None and (len(self.added) != len("2026-11-30") or self.added < self.from_):
            raise ValueError(f"the period from {self.from_}: `added` is YYYY-MM-DD, on or after `from`")
        if (self.from_source is None) != (self.from_where is None):
            raise ValueError(f"the period from {self.from_}: `from_source` and `from_where` go together")
        if (self.until_source is None) != (self.until_where is None) or (
            self.until_source and not self.until
        ):
            raise ValueError(
                f"the period from {self.from_}: `until`, `until_source` and `until_where` go together"
            )
        return self

    def field(self, value: float | str, unit: str, note: str | None = None) -> Field:
        """A value of the list in this period, as a field."""
        return Field(
            value=value,
            unit=unit,
            note=note,
            source=self.source,
            where=self.where,
            as_of=self.as_of,
            seen=self.seen,
            via=self.via,
            also=self.also,
        )

    @property
    def blend(self) -> float | None:
        """USD per million tokens, three read for each one written; None unless it states both prices."""
        if self.input is None or self.output is None:
            return None
        return sum((self.input, self.input, self.input, self.output)) / 4

    def begin(self) -> Field:
        """The first day of the period, as a field with its source."""
        if self.from_source is None:
            return self.field(self.from_, "date")
        return Field(
            value=self.from_,
            unit="date",
            source=self.from_source,
            where=self.from_where,
            as_of=self.from_,
            seen=self.seen,
        )

    @property
    def sources(self) -> list[str]:
        """The keys of the sources of the price, then of those of its first day and its end."""
        return list(
            dict.fromkeys(
                key
                for key in (
                    self.source,
                    *(second.source for second in self.also),
                    self.from_source,
                    self.until_source,
                )
                if key
            )
        )


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
    listed: dict[ListName, str] = {}
    """The id under which each public list has exactly this offer: the same model, seller, region and service.
    `make refresh` looks there.
    """
    periods: list[Period] = Key(min_length=1)

    _fields: dict[str, Field] = PrivateAttr(default_factory=dict)

    @model_validator(mode="after")
    def _whole(self) -> Price:
        wanted, refused, needed = KEYS_OF[self.sells]
        for name in (*wanted, *refused):
            if (getattr(self, name) is None) == (name in wanted):
                raise ValueError(
                    f"a price of {self.sells} {'needs' if name in wanted else 'has no'} `{name}`"
                )
        if self.sells != "tokens" and self.listed:
            raise ValueError(f"a price of {self.sells} has no `listed`")
        for period in self.periods:
            if not any(getattr(period, name) is not None for name in needed):
                raise ValueError(f"the period from {period.from_} states no {' or '.join(needed)}")
        return self

    @property
    def newest(self) -> Period:
        """The period that a source showed last."""
        return self.periods[-1]

    def shown_on(self, day: str) -> Period | None:
        """The period in which sources showed the price on an ISO day; None where no source showed one."""
        return next((period for period in self.periods if period.from_ <= day <= period.as_of), None)

    def field_name(self, name: str, period: Period) -> str:
        """The name of the field with a value of one of its periods."""
        return name if period is self.newest else f"{name}-{period.from_}"

    def own_fields(self) -> dict[str, Field]:
        return self._fields

    def with_fields(self, fields: Mapping[str, Field]) -> Self:
        price = self.model_copy()
        price._fields = {**self._fields, **fields}
        return price

    def field_location(self, name: str) -> tuple[str, ...]:
        return ("periods",)

    def about(self) -> str:
        return f"{self.provider}, {self.model or self.accelerator}"

    def inherit(self) -> Self:
        """The record itself, since its fields take everything from their periods."""
        return self

    def model_post_init(self, _: object) -> None:
        """Lay the periods out as fields: plain names for the newest, `name-<from>` for the others."""
        for period in self.periods:
            for name, unit in PRICE_FIELDS.items():
                value = getattr(period, name)
                if value is not None:
                    was = self._was(name) if period is self.newest else []
                    field = period.field(value, unit, period.note).model_copy(update={"was": was})
                    self._fields[self.field_name(name, period)] = field
            self._fields[self.field_name("date", period)] = period.field(period.as_of, "date")
            self._fields[self.field_name("since", period)] = period.begin()

    def _was(self, name: str) -> list[Was]:
        """What the guide showed as the newest value until it began another period, oldest first."""
        shown: dict[str, tuple[float, str]] = {}
        for before, after in pairwise(self.periods):
            value = getattr(before, name)
            if after.added is not None and value is not None:
                # of periods that began together, readers saw none but the last
                first, _ = shown.get(after.added, (value, ""))
                shown[after.added] = first, after.from_
        then = [*(value for value, _ in list(shown.values())[1:]), getattr(self.newest, name)]
        return [
            Was(value=old, day=day, why=f"{self.provider} changed its price by {show_date(since)}.")
            for (day, (old, since)), new in zip(shown.items(), then, strict=False)
            if old != new
        ]

    def source_keys(self) -> list[str]:
        """Every source of its periods, newest period first."""
        return list(dict.fromkeys(key for period in reversed(self.periods) for key in period.sources))


def end_is_only_upper_bound(price: Price, period: Period, sources: Mapping[str, Source]) -> bool:
    """Whether the price may have changed or ended before `until`: a list that is dated by its own edits says
    so, of the end or of the next period that begins on that day.
    """
    if period.until_source is not None:
        source = sources.get(period.until_source)
        return source is not None and source.lags
    for after in price.periods:
        if period.until is not None and after.from_ == period.until:
            source = sources.get(after.from_source or after.source)
            return source is not None and source.lags
    return False


def secondhand(price: Price, period: Period, sources: Mapping[str, Source]) -> list[str]:
    """The kinds of source that a price is known from, where none is the seller's own page or the press:
    "list" (data that others keep), "reseller" or both. Empty where there is such a source.
    """
    kinds = []
    for source in (sources[key] for key in period.sources if key in sources):
        own = source.publisher.casefold().startswith(
            price.provider.casefold()
        ) or price.provider.casefold().startswith(source.publisher.casefold())
        if own or source.kind not in ("data", "vendor"):
            return []
        kinds.append("list" if source.kind == "data" else "reseller")
    return sorted(set(kinds))


def check_price(
    price: Price, named: Mapping[str, Mapping[str, object]], sources: Mapping[str, Source]
) -> Iterator[Problem]:
    """The problems of a price: periods that overlap, or begin after a dated copy that shows them, and names
    or sources that no record has. `named` is {key of a price (company, record, accelerator): the records that
    it may name}.
    """

    for index, (before, after) in enumerate(pairwise(price.periods), 1):
        end = before.until or before.as_of
        if after.from_ < end or (before.until is None and after.from_ <= before.as_of):
            yield price.problem(
                f"the price from {after.from_} overlaps the one from {before.from_}, which holds until {end}",
                "put periods in order, and end the earlier one: `until` is the first day of the later",
                "periods",
                index,
            )
    for index, period in enumerate(price.periods):
        copies = (COPIED.search(second.where) for second in period.also)
        first = min((match[1] for match in copies if match), default=period.from_)
        if first < period.from_:
            yield price.problem(
                f"the price from {period.from_} is in a copy of {first}, which its `also` names",
                f"begin it by then, `from: {first}`, with the copy in `from_source` and `from_where`, and end"
                " the period before it; or take the copy out of `also`",
                "periods",
                index,
            )
    for name, records in named.items():
        value = getattr(price, name)
        if value is not None and value not in records:
            yield price.problem(
                f"unknown {'model' if name == 'record' else name} `{value}`",
                closest(value, records) or f"write its record, or leave `{name}` out",
                name,
            )
    yield from (
        unknown_source(price, key, sources, "periods") for key in price.source_keys() if key not in sources
    )


def check_rivals(prices: Iterable[Price]) -> Iterator[Problem]:
    """A problem for each record whose periods overlap those of another record of the same seller for the same
    thing.
    """

    first: dict[tuple[str | None, ...], Price] = {}
    for price in prices:
        key = (price.provider.casefold(), (price.model or price.accelerator or "").casefold(), price.terms)
        rival = first.setdefault(key, price)
        if rival is not price and any(_overlap(a, b) for a in rival.periods for b in price.periods):
            yield price.problem(
                f"its dates overlap those of {rival.path}, a price of the same seller for the same thing",
                "keep one record and put both prices into its periods",
                "periods",
            )


def check_newest(prices: Iterable[Price], models: Iterable[Model]) -> Iterator[Problem]:
    """A maker's price of a model without record, first seen after the newest recorded model of its family:
    the table of families would call an older model the newest.

    The family is the one whose name begins the model's; a price that names no recorded family is left alone.
    What counts for the newest model is the later of its release and its first price, as a list shows a model
    some days after its release.
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

    for price in makers:
        families = [
            name
            for name in newest
            if re.match(rf"{re.escape(name)}(?![a-z])", (price.model or "").casefold())
        ]
        if price.record is not None or not families:
            continue
        model, seen = newest[max(families, key=len)], price.periods[0].from_
        if _later(seen, max(model.date, first.get(model.slug, model.date))):
            yield price.problem(
                f"`{price.model}` is priced since {seen}, after the newest model record of its family,"
                f" {model.name}",
                "write its model record, and name it in `record`",
                "model",
            )


def _later(day: str, than: str) -> bool:
    """Whether `day` is later than `than`, compared at the precision of the less precise date."""
    digits = min(len(day), len(than))
    return day[:digits] > than[:digits]


def _overlap(a: Period, b: Period) -> bool:
    """Whether two periods share a day on which both prices are known to hold."""
    return a.from_ <= b.as_of and b.from_ <= a.as_of and not (a.until == b.from_ or b.until == a.from_)
