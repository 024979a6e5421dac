"""OpenRouter: the JSON of its models, saved as a file; prices in USD per token, written as text."""

from __future__ import annotations

from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import Any, Final

from fieldguide.refresh.copies import MEMBER, digest, load_json, read_bytes, saved_day
from fieldguide.refresh.price_list import (
    DAY,
    Entry,
    ListFault,
    PriceList,
    Prices,
    Step,
    checked_list,
    per_million,
    tier_words,
)

NAME: Final = "openrouter"
ROUTED = "-1"
"""The price of an entry that passes a request on to whichever model it chooses."""
LONG = "min_prompt_tokens"
"""The key, among the overrides of a price, of the length from which the price of long prompts holds."""


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
                retired = _retired(row)
                entries[id] = Entry(id, NAME, id, (Step("", _prices(pricing)),), retired=retired)
        except (KeyError, TypeError, ValueError) as error:
            unreadable[id] = f"{type(error).__name__}: {error}"
    day = saved_day(path)
    return checked_list(path.name, PriceList(NAME, day, digest(path), entries, unreadable, day))


def _prices(pricing: dict[str, Any]) -> Prices:
    cached = pricing.get("input_cache_read")
    return Prices(
        _per_token(pricing["prompt"]),
        _per_token(pricing["completion"]),
        None if cached is None else _per_token(cached),
        tiers=". ".join(
            tier_words(
                tier[LONG],
                _per_token(tier.get("prompt", pricing["prompt"])),
                _per_token(tier.get("completion", pricing["completion"])),
            )
            for tier in pricing.get("overrides") or ()
            if LONG in tier
        ),
    )


def _retired(row: dict[str, Any]) -> str:
    """The ISO day from which the model is no longer served, "" where none is announced. Raises ValueError."""
    day = row.get("expiration_date") or ""
    if day and not DAY.fullmatch(day):
        raise ValueError(f"`{str(day)[:40]}` is no day")
    return str(day)


def _per_token(text: object) -> Decimal:
    try:
        return per_million(Decimal(str(text)), 10**6)
    except InvalidOperation as error:
        raise ValueError(f"`{str(text)[:40]}` is not a number") from error
