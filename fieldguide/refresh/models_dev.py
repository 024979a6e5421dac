"""models.dev: its api.json, saved as a file; prices in USD per million tokens."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path
from typing import Any, Final

from fieldguide.refresh.copies import MEMBER, digest, load_json, read_bytes, saved_day
from fieldguide.refresh.price_list import (
    LONG_AGO,
    Entry,
    ListFault,
    PriceList,
    Prices,
    Step,
    checked_list,
    per_million,
    tier_words,
    whole,
)

NAME: Final = "models-dev"
LONG = ("context_over_200k", 200_000)
"""The key of a tier in copies that name no length for it, and the tokens above which it holds."""
RELEASED = re.compile(r"20\d\d(?:-\d\d(?:-\d\d)?)?")
RETIRED = "deprecated"
"""The status of a model that its seller no longer offers to new customers."""


def read(path: Path) -> PriceList:
    """The list in a saved api.json. An entry's id is `provider/model`. Raises ListFault."""
    entries: dict[str, Entry] = {}
    unreadable: dict[str, str] = {}
    for seller, provider in load_json(read_bytes(path, MEMBER), path.name).items():
        models = provider.get("models") if isinstance(provider, dict) else None
        if not isinstance(models, dict):
            raise ListFault(path.name, f"`{seller[:60]}` has no mapping of models")
        for model, row in models.items():
            id = f"{seller}/{model}"
            try:
                cost = row.get("cost")
                if cost is not None and {"input", "output"} <= cost.keys():
                    retired = LONG_AGO if row.get("status") == RETIRED else ""
                    entry = Entry(id, seller, model, (Step("", _prices(cost)),), retired=retired)
                    entries[id] = replace(entry, **_facts(row))
            except (AttributeError, KeyError, TypeError, ValueError) as error:
                unreadable[id] = str(error)
    day = saved_day(path)
    return checked_list(path.name, PriceList(NAME, day, digest(path), entries, unreadable, day))


def _facts(row: dict[str, Any]) -> dict[str, Any]:
    """What it says of the model itself, by the keys of an Entry; a value of another kind is left out."""
    limit, day, weights = row.get("limit"), row.get("release_date"), row.get("open_weights")
    return {
        "context": whole(limit.get("context")) if isinstance(limit, dict) else None,
        "released": day if isinstance(day, str) and RELEASED.fullmatch(day) else "",
        "open_weights": weights if isinstance(weights, bool) else None,
    }


def _prices(cost: dict[str, Any]) -> Prices:
    cached = cost.get("cache_read")
    return Prices(
        per_million(cost["input"]),
        per_million(cost["output"]),
        None if cached is None else per_million(cached),
        tiers=". ".join(
            tier_words(start, per_million(tier["input"]), per_million(tier["output"]))
            for start, tier in _tiers(cost)
        ),
    )


def _tiers(cost: dict[str, Any]) -> list[tuple[int, dict[str, Any]]]:
    """The prices of long prompts, each with the tokens of input above which it holds."""
    if "tiers" in cost:
        return [(tier["tier"]["size"], tier) for tier in cost["tiers"] if tier["tier"]["type"] == "context"]
    key, start = LONG
    return [(start, cost[key])] if cost.get(key) else []
