"""Which models have a page of their prices, what stands on it, and where."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from fieldguide.records.model import Model
from fieldguide.records.price import Price
from fieldguide.text.names import kebab

FOLDER = "data/prices"
SELLERS = 3
"""From how many sellers on a model has a page even if none changed its price."""
MANY = 8
"""From how many sellers on the chart of a page draws a line only for some of them."""
LIST = "price-history"
"""The generated list that such a page shows."""


@dataclass(frozen=True)
class PriceHistory:
    """The token prices of one model, its maker's first."""

    key: str
    name: str
    prices: list[Price]

    @property
    def begins(self) -> str:
        """The first day on which a source shows a price."""
        return min(price.periods[0].from_ for price in self.prices)

    @property
    def ends(self) -> str:
        """The last one."""
        return max(price.newest.as_of for price in self.prices)

    @property
    def current(self) -> list[Price]:
        """Those that a source shows on the last day with both prices, the cheapest first."""
        shown = [
            price
            for price in self.prices
            if price.newest.as_of == self.ends and price.newest.blend is not None
        ]
        return sorted(shown, key=lambda price: price.newest.blend or 0)


def history_src(key: str) -> str:
    """The path below docs/ of the page of a model's prices."""
    return f"{FOLDER}/{key}.md"


def history_key(price: Price) -> str:
    """What the page of a price's model is called: the id of the model's record, else its name."""
    return price.record or kebab(price.model or "")


def price_histories(prices: Iterable[Price], models: Mapping[str, Model]) -> dict[str, PriceHistory]:
    """{key: history} of each model with a seller that changed its price, or with at least SELLERS sellers."""
    found: dict[str, list[Price]] = {}
    for price in prices:
        if price.sells == "tokens":
            found.setdefault(history_key(price), []).append(price)
    return {
        key: PriceHistory(
            key,
            models[key].name if key in models else sold[0].model or "",
            sorted(sold, key=lambda price: (price.role != "maker", price.provider.casefold())),
        )
        for key, sold in sorted(found.items())
        if len(sold) >= SELLERS or any(_changed(price) for price in sold)
    }


def _changed(price: Price) -> bool:
    return len({(period.input, period.output) for period in price.periods}) > 1
