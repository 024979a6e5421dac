"""genai-prices: the Python data of its wheel, entered by contributors from the sellers' pages."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from typing import Any, Final

from fieldguide.refresh.copies import digest, wheel_member
from fieldguide.refresh.literals import Built, read_assignment
from fieldguide.refresh.price_list import (
    DAY,
    LONG_AGO,
    Entry,
    ListFault,
    PriceList,
    Prices,
    Step,
    batch_share,
    cheapest,
    checked_list,
    per_million,
    tier_words,
    whole,
)

NAME: Final = "genai-prices"
MEMBER = "genai_prices/data.py"
BATCH = {"processing": "batch"}
"""What marks the batch price among the variants of a price."""
ENDLESS = "9999"
"""A day after all days."""


def read(path: Path) -> PriceList:
    """The list in a wheel of genai-prices. An entry's id is `provider/model`. Raises ListFault."""
    version, content = wheel_member(path, MEMBER)
    place = f"{path.name}, {MEMBER}"
    entries: dict[str, Entry] = {}
    unreadable: dict[str, str] = {}
    for provider in _built(read_assignment(content, "providers", place), "Provider", place):
        seller = str(provider.keys.get("id", ""))
        for model in _built(provider.keys.get("models"), "ModelInfo", place):
            id = f"{seller}/{model.keys.get('id', '')}"
            if id in entries or id in unreadable:
                raise ListFault(place, f"`{id}` stands twice")
            try:
                steps = _steps(model)
            except (AttributeError, KeyError, TypeError, ValueError) as error:
                unreadable[id] = f"{type(error).__name__}: {error}"
                continue
            if steps:
                entries[id] = Entry(
                    id,
                    seller,
                    id.removeprefix(f"{seller}/"),
                    tuple(steps),
                    retired=LONG_AGO if model.keys.get("deprecated") else "",
                    context=whole(model.keys.get("context_window")),
                )
    return checked_list(place, PriceList(NAME, version, digest(path), entries, unreadable))


def _built(items: Any, name: str, place: str) -> Sequence[Built]:
    if not isinstance(items, list) or not all(
        isinstance(item, Built) and item.name == name for item in items
    ):
        raise ListFault(place, f"a list of {name} is due where something else stands")
    return items


def _steps(model: Built) -> list[Step]:
    """The prices of a model from day to day; empty for one that is not sold by input and output tokens."""
    prices = model.keys["prices"]
    conditions = prices if isinstance(prices, list) else [Built("ConditionalPrice", {"prices": prices})]
    variants = [item for item in model.keys.get("price_variants", []) if item.keys["when"] == BATCH]
    by_hour = [item.keys["prices"] for item in conditions if _constraint(item) == "TimeOfDateConstraint"]
    by_day = sorted((item for item in conditions if _constraint(item) != "TimeOfDateConstraint"), key=_since)
    if not all({"input_mtok", "output_mtok"} <= item.keys["prices"].keys.keys() for item in by_day):
        return []
    steps = []
    for position, item in enumerate(by_day):
        end = _since(by_day[position + 1]) if position + 1 < len(by_day) else ENDLESS
        batch = [variant for variant in sorted(variants, key=_since) if _since(variant) < end]
        usual = _base_prices(item.keys["prices"])
        if batch:
            usual = replace(usual, batch=batch_share(usual, _base_prices(batch[-1].keys["prices"])))
        steps.append(Step(_since(item), cheapest(usual, map(_base_prices, by_hour))))
    return steps


def _constraint(item: Built) -> str:
    constraint = item.keys.get("constraint")
    if constraint is None:
        return ""
    if constraint.name not in ("StartDateConstraint", "TimeOfDateConstraint"):
        raise ValueError(f"the condition {constraint.name} is not known")
    return str(constraint.name)


def _since(item: Built) -> str:
    """The ISO day from which a price holds, "" without one."""
    since = str(item.keys["constraint"].keys["start_date"]) if _constraint(item) else ""
    if since and not DAY.fullmatch(since):
        raise ValueError(f"`{since[:40]}` is not a day")
    return since


def _base_prices(price: Built) -> Prices:
    """The prices of short prompts, with the tiers of longer ones in words."""
    input, output, cached = (price.keys.get(key) for key in ("input_mtok", "output_mtok", "cache_read_mtok"))
    long = {tier.keys["start"]: tier for tier in _tiers(output)}
    tiers = [
        tier_words(start, per_million(tier.keys["price"]), per_million(long[start].keys["price"]))
        for tier in _tiers(input)
        if (start := tier.keys["start"]) in long
    ]
    return Prices(
        _base(input), _base(output), None if cached is None else _base(cached), tiers=". ".join(tiers)
    )


def _base(price: Any) -> Decimal:
    return per_million(price.keys["base"] if isinstance(price, Built) else price)


def _tiers(price: Any) -> Sequence[Built]:
    return price.keys["tiers"] if isinstance(price, Built) else []
