"""Sellers of one model, each by its price."""

from pathlib import Path
from typing import Any

import pytest

from fieldguide.book import Book
from fieldguide.drawing.hooks.companies import SellersByPrice
from fieldguide.records.price import Price
from tests.drawing.fixtures import book

INPUTS: dict[str, Any] = {
    "record": "one",
    "as_of": "2026-07-02",
    "classes": [{"role": "host", "name": "Hosts"}, {"role": "gateway", "name": "Gateways"}],
    "repeats": {"gate": "host-a"},
}


def priced(slug: str, role: str, asked: float, as_of: str = "2026-07-02") -> Price:
    period = {
        "from": "2026-01-01",
        "as_of": as_of,
        "input": asked,
        "output": 4 * asked,
        "source": "a-filing",
        "where": "p. 1",
        "seen": "2026-07-03",
    }
    price = Price.model_validate(
        {
            "provider": slug,
            "role": role,
            "sells": "tokens",
            "model": "One",
            "record": "one",
            "periods": [period],
        }
    )
    price._slug = slug
    return price


def sellers(tmp_path: Path, gate: float = 0.2) -> Book:
    made = book(tmp_path, one=1)
    found = [
        priced("host-a", "host", 0.2),
        priced("host-b", "host", 0.5),
        priced("gate", "gateway", gate),
        priced("other", "gateway", 0.1),
        priced("gone", "host", 9, "2026-06-01"),
    ]
    made.prices = {price.slug: price for price in found}
    return made


def test_each_seller_is_a_dot_by_its_price_above_those_that_it_would_cover(tmp_path: Path) -> None:
    inputs = INPUTS | {"runs": ["host"], "low": 0.1, "high": 10, "apart": 0.05}
    book = sellers(tmp_path)
    book.prices |= {
        price.slug: price for price in (priced("near", "host", 0.22), priced("same", "host", 0.2))
    }
    found = SellersByPrice.model_validate(inputs).compute(book)
    strip = found["panels"][0]
    runs, passes = ({point["id"]: point for point in series["points"]} for series in strip["series"])
    assert (strip["y"]["words"], strip["y"]["ticks"]) == (["Gateways 2", "Hosts 4"], [0, 2.5])
    assert [(slug, point["value"]) for slug, point in runs.items()] == [
        ("host-a", 3),
        ("same", 4),
        ("near", 5),
        ("host-b", 3),
    ]
    assert (passes["gate"]["basis"], passes["gate"]["texts"]["repeats"], passes["other"]["basis"]) == (
        "estimate",
        "repeats host-a",
        "disclosed",
    )
    assert (runs["same"]["values"]["alike"], runs["near"]["values"]["alike"], found["values"]) == (
        1,
        0,
        {"sellers": 4, "commonest": 2, "common_input": 0.2, "common_output": 0.8},
    )
    assert strip["rules"][0]["at"] == pytest.approx(0.21)
    with pytest.raises(ValueError, match="gate does not list the prices of host-a"):
        SellersByPrice.model_validate(inputs).compute(sellers(tmp_path, gate=0.3))
