"""OpenRouter: the JSON of its models, saved as a file; prices in USD per token, written as text."""

from __future__ import annotations

from decimal import Decimal, InvalidOperation
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
)

NAME: Final = "openrouter"
ROUTED = "-1"
"""The price of an entry that passes a request on to whichever model it chooses."""


def read(path: Path) -> PriceList:
    """The list in a saved answer of OpenRouter's list of models. An entry's id is its `id` there, and the
    seller OpenRouter itself. Raises ListFault.
    """
    rows = load_json(read_bytes(path, MEMBER), path.name).get("data")
    if not isinstance(rows, list):
        raise ListFault(path.name, "it has no list `data`")
    entries: dict[str, Entry] = {}
    unreadable: dict[str, str] = {}
    for row in rows:
        id = row.get("id") if isinstance(row, dict) else None
        if not isinstance(id, str) or id in entries or id in unreadable:
            raise ListFault(path.name, f"an entry without an id of its own: {str(row)[:60]}")
        try:
            pricing = row["pricing"]
            if pricing["prompt"] != ROUTED:
                entries[id] = Entry(id, NAME, id, (Step("", _prices(pricing)),))
        except (KeyError, TypeError, ValueError) as error:
            unreadable[id] = f"{type(error).__name__}: {error}"
    return checked_list(path.name, PriceList(NAME, digest(path)[:7], digest(path), entries, unreadable))


def _prices(pricing: dict[str, Any]) -> Prices:
    cached = pricing.get("input_cache_read")
    return Prices(
        _per_token(pricing["prompt"]),
        _per_token(pricing["completion"]),
        None if cached is None else _per_token(cached),
    )


def _per_token(text: object) -> Decimal:
    try:
        return per_million(Decimal(str(text)), 10**6)
    except InvalidOperation as error:
        raise ValueError(f"`{str(text)[:40]}` is not a number") from error
