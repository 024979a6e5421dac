"""LiteLLM: the JSON map of models that its wheel carries, in USD per token."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any, Final

from fieldguide.refresh.copies import digest, load_json, wheel_member
from fieldguide.refresh.price_list import (
    DAY,
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
)

NAME: Final = "litellm"
MEMBER = "litellm/model_prices_and_context_window_backup.json"
NO_SOURCE = "the list names no source for it"
MODES = ("chat", "completion", "responses")
"""The modes whose entries are sold by tokens of text."""
KEYS = ("input_cost_per_token", "output_cost_per_token", "cache_read_input_token_cost")
ABOVE = re.compile(r"input_cost_per_token_above_(\d+)k_tokens")


def read(path: Path) -> PriceList:
    """The list in a wheel of litellm. An entry's id is its key there. Raises ListFault."""
    version, content = wheel_member(path, MEMBER)
    place = f"{path.name}, {MEMBER}"
    entries: dict[str, Entry] = {}
    unreadable: dict[str, str] = {}
    for id, row in load_json(content, place).items():
        if not isinstance(row, dict):
            raise ListFault(place, f"`{id[:60]}` is not a mapping")
        if row.get("mode") not in MODES or not {*KEYS[:2]} <= row.keys():
            continue
        try:
            prices = _prices(row)
        except (AttributeError, TypeError, ValueError) as error:
            unreadable[id] = str(error)
            continue
        seller = str(row.get("litellm_provider", ""))
        entries[id] = Entry(
            id,
            seller,
            id.removeprefix(f"{seller}/"),
            (Step("", prices),),
            weak="" if row.get("source") else NO_SOURCE,
            retired=_day(row.get("deprecation_date")),
        )
    return checked_list(place, PriceList(NAME, version, digest(path), entries, unreadable))


def _prices(row: dict[str, Any]) -> Prices:
    usual = _plain(row)
    batch = {key: row.get(f"{key}_batches") for key in KEYS}
    thousands = sorted(int(match[1]) for key in row if (match := ABOVE.fullmatch(key)))
    tiers = [
        tier_words(start * 1000, per_million(low, 10**6), per_million(high, 10**6))
        for start in thousands
        if (low := row.get(f"{KEYS[0]}_above_{start}k_tokens")) is not None
        and (high := row.get(f"{KEYS[1]}_above_{start}k_tokens")) is not None
    ]
    off_peak = row.get("off_peak_pricing")
    return cheapest(
        Prices(
            usual.input,
            usual.output,
            usual.cached,
            None if None in (batch[KEYS[0]], batch[KEYS[1]]) else batch_share(usual, _plain(batch)),
            ". ".join(tiers),
        ),
        [] if off_peak is None else [_plain({**row, **off_peak})],
    )


def _plain(row: dict[str, Any]) -> Prices:
    cached = row.get(KEYS[2])
    return Prices(
        per_million(row[KEYS[0]], 10**6),
        per_million(row[KEYS[1]], 10**6),
        None if cached is None else per_million(cached, 10**6),
    )


def _day(text: object) -> str:
    """An ISO day, "" for anything else: the list has also years and words there."""
    return text if isinstance(text, str) and DAY.fullmatch(text) else ""
