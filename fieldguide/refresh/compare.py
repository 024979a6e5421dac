"""The records of token prices beside the lists: what is the same, what changed, what is gone, and what only a
person can decide.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Literal

from fieldguide.records.price import Period, Price
from fieldguide.refresh.price_list import LONG_AGO, Entry, ListFault, PriceList, Step, show

State = Literal["changed", "disagree", "person", "gone", "same", "unlisted"]
STATES: dict[State, str] = {
    "changed": "changed",
    "disagree": "for a person: lists disagree",
    "person": "for a person",
    "gone": "gone",
    "same": "same",
    "unlisted": "on none of these lists",
}
"""Each state in words, in the order of the table."""
KEYS = ("input", "output", "cached", "batch")
"""What is compared; the last two where both sides state them."""
CLOSE = Decimal("0.001")
"""Prices within a tenth of a percent are the same: a list may have converted them from another unit."""
LARGEST_MOVE = 5
"""A price that moves by more than this factor is looked at by a person."""
COPY = re.compile(r"(-\d{8}|-\d{4}-\d\d-\d\d|-latest|@\d+|\(.*\))+$")
"""What the name of a dated copy, or of a pointer to one, ends with."""
OTHER_USE = re.compile(
    r"^ft:|audio|realtime|image|tts|transcribe|search|embed|live|moderation|ocr|robotics|-ft-|:"
)
"""What marks a model that is fine-tuned, or not sold for text."""
LOST = 0.5
"""A list that no longer has this share of the ids that records name is taken for a broken copy."""


@dataclass(frozen=True)
class Listing:
    """What one list says about one record."""

    source: PriceList
    entry: Entry

    @property
    def where(self) -> str:
        return self.source.where(self.entry.id)

    def day(self, today: str) -> str:
        """The ISO day on which the list shows its price: that of the copy, else `today`."""
        return self.source.day or today


@dataclass(frozen=True)
class Finding:
    """What the lists say about one record, and what follows."""

    record: Price
    state: State
    listings: Sequence[Listing] = ()
    """Those that have it on sale."""
    reason: str = ""
    """Why a person has to look, or why it is gone."""
    steps: Sequence[Step] = ()
    """For a change: the prices to write and the first day of each, the newest last."""
    by: Listing | None = None
    """For a change: the list that dates it, else the first."""

    @property
    def strong(self) -> list[Listing]:
        return [listing for listing in self.listings if not listing.entry.weak]


@dataclass(frozen=True)
class Offer:
    """A model of a maker on record that has no price record, as one list has it."""

    maker: str
    listing: Listing


def compare_prices(prices: Iterable[Price], lists: Sequence[PriceList], day: str) -> list[Finding]:
    """A finding for each record of tokens whose newest period is open, in the order of STATES and of their
    ids. Raises ListFault where a list lacks most of what records name, or an entry that one names cannot be
    read.
    """
    records = [price for price in prices if price.sells == "tokens" and price.newest.until is None]
    for source in lists:
        _check_list(source, [id for price in records if (id := source.names(price.listed)) is not None])
    order = list(STATES)
    findings = [_finding(price, lists, day) for price in records]
    return sorted(findings, key=lambda finding: (order.index(finding.state), finding.record.slug))


def _check_list(source: PriceList, ids: Sequence[str]) -> None:
    place = f"{source.name} {source.version}"
    for id in ids:
        if id in source.unreadable:
            raise ListFault(place, f"`{id}` cannot be read: {source.unreadable[id]}")
    missing = [id for id in ids if id not in source.entries]
    if len(missing) > LOST * len(ids):
        raise ListFault(
            place,
            f"it lacks {len(missing)} of the {len(ids)} ids that records name, such as `{missing[0]}`",
            "take a whole copy, or correct `listed:` in data/prices",
        )


def _finding(price: Price, lists: Sequence[PriceList], day: str) -> Finding:
    carrying = [(source, id) for source in lists if (id := source.names(price.listed)) is not None]
    older = [source for source, _ in carrying if source.day and later(price.newest.as_of, source.day)]
    named = [(source, id) for source, id in carrying if source not in older]
    if not named:
        reasons = [f"the copy of {source.name} is older than the record" for source in older]
        return Finding(price, "unlisted", reason="; ".join(reasons))
    listings, absent = [], []
    for source, id in named:
        entry = source.entries.get(id)
        if entry is None:
            absent.append(f"{source.name} no longer has it")
        elif not entry.sold(day):
            absent.append(f"{source.name} has it as retired{_since(entry.retired)}")
        else:
            listings.append(Listing(source, entry))
    if not listings:
        return Finding(price, "gone", reason="; ".join(absent))
    contradictions = _contradictions(price.newest, listings, day)
    if contradictions:
        return Finding(price, "disagree", listings, "; ".join([*contradictions, *absent]))
    weak = [f"{listing.source.name}: {listing.entry.weak}" for listing in listings if listing.entry.weak]
    if not absent and len(weak) == len(listings):
        absent = ["only a weak list has it", *weak]
    if absent:
        return Finding(price, "person", listings, "; ".join(absent))
    return _verdict(Finding(price, "same", listings), day)


def _since(day: str) -> str:
    return "" if day == LONG_AGO else f" since {day}"


def _contradictions(newest: Period, listings: Sequence[Listing], day: str) -> list[str]:
    """For each price on which two lists differ, what each of them says."""
    found = []
    for key, recorded in recorded_values(newest).items():
        stated = [
            (value, listing.source.name)
            for listing in listings
            if (value := getattr(listing.entry.on(day).prices, key)) is not None
        ]
        if (key != "batch" or recorded is not None) and any(
            not close(stated[0][0], value) for value, _ in stated
        ):
            found.append(f"{key} " + ", ".join(f"{show(value)} ({name})" for value, name in stated))
    return found


def _verdict(finding: Finding, day: str) -> Finding:
    """The finding for lists that agree, of which at least one is not weak; `finding` says that all is the
    same.
    """
    newest, strong = finding.record.newest, finding.strong
    by = next((listing for listing in strong if listing.entry.on(day).since), strong[0])
    recorded, agreed = recorded_values(newest), {key: _first(strong, key, day) for key in KEYS}
    changed = [
        key
        for key, old in recorded.items()
        if old is not None and (new := agreed[key]) is not None and not close(old, new)
    ]
    unseen = [key for key, old in recorded.items() if old is not None and agreed[key] is None]
    steps = _moves(newest, by.entry, day)
    since = by.entry.on(day).since
    begin = since or min(listing.day(day) for listing in strong)
    reason = ""
    if not changed and unseen:
        reason = f"no list gives {' and '.join(unseen)}"
    elif not changed and steps:
        reason = f"{by.source.name} has another price in between, from {steps[0].since}"
    elif changed and not later(begin, newest.as_of):
        reason = f"{by.source.name} has its price from {begin}, and the record saw another on {newest.as_of}"
    if reason or not changed:
        return replace(finding, state="person", reason=reason) if reason else finding
    cached = agreed["cached"]
    if cached is not None and close(cached, by.entry.on(day).prices.input):
        cached = None  # no discount: the list has the key for every model
    latest = replace(by.entry.on(day).prices, cached=cached, batch=agreed["batch"])
    steps = [*steps[:-1], Step(steps[-1].since if steps else begin, latest)]
    far = [key for step in steps for key in changed if _far(recorded[key], getattr(step.prices, key))]
    if far:
        reason = f"{' and '.join(dict.fromkeys(far))} would move more than {LARGEST_MOVE} times"
        return replace(finding, state="person", reason=reason)
    return replace(finding, state="changed", steps=steps, by=by)


def _moves(newest: Period, entry: Entry, day: str) -> list[Step]:
    """The changes that a list dates after the day on which the record last saw its price, up to `day`."""
    moves, last = [], recorded_values(newest)
    for step in entry.steps:
        if step.since and later(step.since, newest.as_of) and step.since <= day:
            prices = {key: getattr(step.prices, key) for key in KEYS}
            if any(
                old is not None and new is not None and not close(old, new)
                for old, new in ((last[key], prices[key]) for key in ("input", "output", "cached"))
            ):
                moves.append(step)
            last = prices
    return moves


def _first(listings: Sequence[Listing], key: str, day: str) -> Decimal | None:
    stated = (getattr(listing.entry.on(day).prices, key) for listing in listings)
    return next((value for value in stated if value is not None), None)


def recorded_values(period: Period) -> dict[str, Decimal | None]:
    """What a record states in a period, by KEYS."""
    stated = {key: getattr(period, key) for key in KEYS}
    return {key: None if value is None else Decimal(str(value)) for key, value in stated.items()}


def close(one: Decimal, other: Decimal) -> bool:
    """Whether two prices are the same but for a conversion."""
    return abs(one - other) <= CLOSE * max(one, other)


def _far(old: Decimal | None, new: Decimal | None) -> bool:
    if old is None or new is None:
        return False
    return max(old, new) > LARGEST_MOVE * min(old, new)


def later(day: str, than: str) -> bool:
    """Whether one date is after another, both read as exactly as the vaguer one is given."""
    digits = min(len(day), len(than))
    return day[:digits] > than[:digits]


def new_offers(prices: Iterable[Price], lists: Sequence[PriceList], day: str) -> list[Offer]:
    """The models on sale at the makers on record, of the families on record, that no price record names; by
    maker, and then newest generation first.

    Dated copies, fine-tuned models, those for sound or pictures and further names at the same price are left
    out.
    """
    own = [price for price in prices if price.sells == "tokens" and price.role == "maker"]
    named = [
        (price.provider, source.name, source.entries[id])
        for price in own
        for source in lists
        if (id := source.names(price.listed)) is not None and id in source.entries
    ]
    makers = {(name, entry.seller): provider for provider, name, entry in named}
    families = {(provider, _family(entry.model)) for provider, _, entry in named}
    known = {(provider, _plain_name(entry.model)): _charged(entry, day) for provider, _, entry in named}
    for price in own:
        known.setdefault((price.provider, _plain_name(price.model or "")), None)
    offers: list[Offer] = []
    for source in lists:
        for entry in sorted(source.entries.values(), key=lambda entry: len(entry.model)):
            maker = makers.get((source.name, entry.seller), "")
            name, charged = _plain_name(entry.model), _charged(entry, day)
            if (
                (maker, _family(entry.model)) in families
                and (maker, name) not in known
                and entry.sold(day)
                and not entry.weak
                and not OTHER_USE.search(entry.model)
                and not any(
                    by == maker and name.startswith(short) and charged == old
                    for (by, short), old in known.items()
                )
            ):
                known[maker, name] = charged
                offers.append(Offer(maker, Listing(source, entry)))
    return sorted(
        offers,
        key=lambda offer: (offer.maker, *_age(offer.listing.entry.model), offer.listing.entry.model),
    )


def _charged(entry: Entry, day: str) -> tuple[Decimal, Decimal] | None:
    prices = entry.on(day).prices
    return prices.input, prices.output


def _family(model: str) -> str:
    """The first word of a name: "claude", "gpt", "o"."""
    word = re.match(r"[a-z]+", model.rpartition("/")[2].casefold())
    return word[0] if word else ""


def _plain_name(model: str) -> str:
    """A name as two lists may both write it: "gpt-5.5-2026-04-23" and "GPT-5.5" are "gpt55"."""
    return re.sub(r"[^a-z0-9]", "", COPY.sub("", model.rpartition("/")[2].casefold()))


def _age(model: str) -> tuple[int, int]:
    """What sorts the newest generation first: the version in a name, negative."""
    version = re.search(r"(?<!\d)(\d{1,2})(?:[.-](\d{1,2}))?(?![\db])", model)
    return (-int(version[1]), -int(version[2] or 0)) if version else (0, 0)
