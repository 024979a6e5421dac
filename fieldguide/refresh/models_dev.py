"""models.dev: its api.json, saved as a file; prices in USD per million tokens."""

from __future__ import annotations

from pathlib import Path
from typing import Any, Final

from fieldguide.refresh.copies import MEMBER, digest, load_json, read_bytes
from fieldguide.refresh.price_list import (
    Entry,
    ListFault,
    PriceList,
    Prices,
    Step,
    checked_list,
    per_million,
    tier_words,
)

NAME: Final = "models-dev"
LONG = ("context_over_200k", 200_000)
"""The one tier that the list knows: its key, and the tokens above which it holds."""


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
                    entries[id] = Entry(id, seller, model, (Step("", _prices(cost)),))
            except (AttributeError, KeyError, TypeError, ValueError) as error:
                unreadable[id] = str(error)
    return checked_list(path.name, PriceList(NAME, digest(path)[:7], digest(path), entries, unreadable))


def _prices(cost: dict[str, Any]) -> Prices:
    cached, long = cost.get("cache_read"), cost.get(LONG[0])
    return Prices(
        per_million(cost["input"]),
        per_million(cost["output"]),
        None if cached is None else per_million(cached),
        tiers=""
        if long is None
        else tier_words(LONG[1], per_million(long["input"]), per_million(long["output"])),
    )
