"""What the command prints: one table, as Markdown."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from decimal import Decimal
from itertools import groupby

from fieldguide.refresh.compare import KEYS, STATES, Finding, Listing, Offer, recorded_values
from fieldguide.refresh.models import STATES as MODEL_STATES
from fieldguide.refresh.models import ModelFinding
from fieldguide.refresh.price_list import PriceList, Prices, show
from fieldguide.text.dates import show_date

SHOWN = 6
"""New models shown for one maker; the others are counted."""
HEAD = "| state | record | recorded | lists | by | note |\n| --- | --- | --- | --- | --- | --- |\n"


def render_table(
    findings: Sequence[Finding],
    offers: Sequence[Offer],
    models: Sequence[ModelFinding],
    lists: Sequence[PriceList],
    day: str,
) -> str:
    """The lists with their versions, how many records are in which state, and a row for each record, each new
    model and each value of a model that is not the same. Prices are input, output and cached input in USD per
    million tokens.
    """
    counts = Counter(finding.state for finding in findings)
    rows = [_row(finding, day) for finding in findings] + _offer_rows(offers, day)
    rows += [_model_row(finding) for finding in models if finding.state != "same"]
    values = Counter(finding.state for finding in models)
    return (
        f"Token prices on {show_date(day)}, compared with " + " and ".join(map(_copy, lists)) + ".\n"
        f"Of {len(findings)} records: "
        + ", ".join(f"{counts[state]} {words}" for state, words in STATES.items() if counts[state])
        + f". {len(offers)} models of the makers on record have no record.\n"
        f"Of {len(models)} values of models: "
        + ", ".join(f"{values[state]} {words}" for state, words in MODEL_STATES.items() if values[state])
        + ". None of them is written.\n"
        "Prices: USD per million tokens of input / output / cached input, for short prompts.\n\n"
        + HEAD
        + "".join(f"| {' | '.join(cell.replace('|', chr(92) + '|') for cell in row)} |\n" for row in rows)
    )


def _copy(source: PriceList) -> str:
    bad = f", {len(source.unreadable)} unreadable" if source.unreadable else ""
    return (
        f"{source.name} {source.version} ({len(source.entries):,} prices{bad}; sha256 {source.sha256[:12]})"
    )


def _row(finding: Finding, day: str) -> tuple[str, ...]:
    newest = finding.record.newest
    recorded = recorded_values(newest)
    shown = finding.by or next(iter(finding.strong or finding.listings), None)
    prices = finding.steps[-1].prices if finding.steps else shown.entry.on(day).prices if shown else None
    notes = [finding.reason]
    if finding.steps:
        notes.append("from " + ", ".join(step.since for step in finding.steps))
    if prices is not None:
        extra = [key for key in ("cached",) if recorded[key] is None and prices.cached is not None]
        notes += [f"{key} is not in the record" for key in extra if finding.state == "same"]
        notes.append(prices.tiers)
    notes += [_announced(listing, day) for listing in finding.listings]
    return (
        STATES[finding.state],
        f"`{finding.record.slug}`: {finding.record.about()}",
        f"{_triple([recorded[key] for key in KEYS[:3]])}, {newest.as_of}",
        _prices(prices) if prices is not None else "",
        ", ".join(
            listing.source.name + (" (weak)" if listing.entry.weak else "") for listing in finding.listings
        ),
        "; ".join(note for note in notes if note),
    )


def _model_row(finding: ModelFinding) -> tuple[str, ...]:
    return (
        MODEL_STATES[finding.state],
        f"`{finding.slug}`: {finding.name}, {finding.key}",
        finding.recorded,
        " / ".join(value for _, value in finding.stated),
        ", ".join(name for name, _ in finding.stated),
        "",
    )


def _announced(listing: Listing, day: str) -> str:
    step = listing.entry.after(day)
    return f"{listing.source.name} announces {_prices(step.prices)} from {step.since}" if step else ""


def _offer_rows(offers: Sequence[Offer], day: str) -> list[tuple[str, ...]]:
    rows: list[tuple[str, ...]] = []
    for maker, own in groupby(offers, key=lambda offer: offer.maker):
        named = list(own)
        for offer in named[:SHOWN]:
            entry = offer.listing.entry
            prices = entry.on(day).prices
            rows.append(
                (
                    "new",
                    f"{maker}, `{plain(entry.model)}`",
                    "",
                    _prices(prices),
                    offer.listing.source.name,
                    prices.tiers,
                )
            )
        if len(named) > SHOWN:
            rows.append(("new", f"{maker}, {len(named) - SHOWN} more", "", "", "", ""))
    return rows


def _prices(prices: Prices) -> str:
    return _triple([prices.input, prices.output, prices.cached])


def _triple(values: Sequence[Decimal | None]) -> str:
    return " / ".join(show(value) for value in values if value is not None)


def plain(name: str) -> str:
    """A name that a list gives, without what could be markup in the text of a pull request."""
    return re.sub(r"[^\w ./:+-]", "", name)[:80]
