"""A price list as the comparison takes it: what each of its entries says, in USD per million tokens, and the
faults of a list that cannot be trusted.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from decimal import Decimal

from fieldguide.records.price import ListName

HIGHEST_PRICE = Decimal(10_000)
"""USD per million tokens; no maker has listed a tenth of it."""
DAY = re.compile(r"20\d\d-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01])")
"""An ISO day of this century."""
LONG_AGO = "0000"
"""A day before all days."""
UNREADABLE = 0.05
"""The share of entries without a readable price above which a whole list counts as broken."""


class ListFault(ValueError):
    """A list that must not be used: place, fault and cure, as a line for the person at the terminal."""

    def __init__(self, place: str, fault: str, cure: str = "take a fresh copy of the list") -> None:
        line = "".join(letter if letter.isprintable() else " " for letter in f"{place}: {fault} — {cure}")
        super().__init__(line)


@dataclass(frozen=True)
class Prices:
    """What an entry charges: USD per million tokens, and the batch price as a percentage of the usual one.

    Where a price depends on the length of the prompt it is that of short prompts; where it depends on the
    hour, the lower one.
    """

    input: Decimal
    output: Decimal
    cached: Decimal | None = None
    batch: Decimal | None = None
    tiers: str = ""
    """The other prices in words: "Above 272,000 tokens of input: 4 and 15"."""


@dataclass(frozen=True)
class Step:
    """Prices and the day from which they hold, "" where the list does not say."""

    since: str
    prices: Prices


@dataclass(frozen=True)
class Entry:
    """What a list says about one model of one seller. `steps` are in the order of their days."""

    id: str
    seller: str
    """As the list names the seller."""
    model: str
    """The id of the model without the seller."""
    steps: tuple[Step, ...]
    weak: str = ""
    """Why its prices alone are not enough to change a record."""
    retired: str = ""
    """The ISO day from which it is no longer sold, LONG_AGO where the list does not say which."""
    context: int | None = None
    """Tokens of the context window."""
    released: str = ""
    """The day of release: YYYY-MM-DD, YYYY-MM or YYYY."""
    open_weights: bool | None = None

    def on(self, day: str) -> Step:
        """The step that holds on an ISO day; the first one for a day before all of them."""
        return next((step for step in reversed(self.steps) if step.since <= day), self.steps[0])

    def sold(self, day: str) -> bool:
        """Whether the list still has it on sale on an ISO day."""
        return not self.retired or self.retired > day

    def after(self, day: str) -> Step | None:
        """The next step that the list announces for a later day."""
        return next((step for step in self.steps if step.since > day), None)


@dataclass(frozen=True)
class PriceList:
    """One copy of a list: `entries` by id, and `unreadable`, the ids without a usable price with the
    reason.
    """

    name: ListName
    version: str
    sha256: str
    entries: Mapping[str, Entry]
    unreadable: Mapping[str, str] = field(default_factory=dict)
    day: str = ""
    """The ISO day of a copy that has one; without it, its prices are those of the day on which it is read."""
    page: str = ""
    """The id in data/sources of the page that it is a copy of, for the list `page`, of which there may be
    many; the ids of its entries begin with it.
    """

    def names(self, listed: Mapping[ListName, str]) -> str | None:
        """The id under which a record says that this list has it; None where it does not say so."""
        id = listed.get(self.name)
        return id if id is not None and (not self.page or id.startswith(f"{self.page}/")) else None

    def where(self, id: str) -> str:
        """The place of an entry, as a record cites it: version, id and the first digits of the hash."""
        return f"{'copy of' if self.day else 'version'} {self.version}, {id}, sha256 {self.sha256[:12]}"


def checked_list(place: str, prices: PriceList) -> PriceList:
    """The list itself. Raises ListFault where it is empty, or too many of its entries cannot be read."""
    if not prices.entries:
        raise ListFault(place, "it holds no price")
    total = len(prices.entries) + len(prices.unreadable)
    if len(prices.unreadable) > UNREADABLE * total:
        id, reason = next(iter(prices.unreadable.items()))
        raise ListFault(
            place, f"{len(prices.unreadable)} of {total} entries cannot be read; the first, `{id}`: {reason}"
        )
    return prices


def per_million(value: object, factor: int = 1) -> Decimal:
    """A price in USD per million tokens, at six digits. `factor` is 1,000,000 for a price per token. Raises
    ValueError for what isn't a price: text, NaN, a negative or an absurd number.
    """
    if isinstance(value, bool) or not isinstance(value, int | Decimal):
        raise ValueError(f"`{str(value)[:40]}` is not a number")
    number = Decimal(value)
    if not number.is_finite():
        raise ValueError(f"`{value}` is not a finite number")
    if not 0 <= number <= HIGHEST_PRICE / factor:
        raise ValueError(
            f"{float(number) * factor:g} USD per million tokens is not between 0 and {HIGHEST_PRICE:,}"
        )
    return Decimal(f"{number * factor:.6g}").normalize()


def whole(value: object) -> int | None:
    """A positive number of tokens, None for anything else."""
    return value if isinstance(value, int) and not isinstance(value, bool) and 0 < value < 10**9 else None


def batch_share(usual: Prices, batch: Prices) -> Decimal | None:
    """The batch price as a percentage of the usual one; None where input and output have different ones."""
    if not usual.input or not usual.output:
        return None
    shares = {
        Decimal(f"{low / full * 100:.4g}").normalize()
        for full, low in ((usual.input, batch.input), (usual.output, batch.output))
    }
    return shares.pop() if len(shares) == 1 else None


def show(number: Decimal | float) -> str:
    """A number as records write it: "0.0028", "4"."""
    text = f"{Decimal(str(number)):f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def tier_words(start: int, input: Decimal, output: Decimal) -> str:
    """A tier as records word it: "Above 272,000 tokens of input: 4 and 15"."""
    return f"Above {round(start, -3):,} tokens of input: {show(input)} and {show(output)}"


def cheapest(usual: Prices, others: Iterable[Prices]) -> Prices:
    """The lowest of the prices that hold at different hours; its `tiers` name the others."""
    by_price = sorted((usual, *others), key=lambda prices: prices.input)
    higher_tiers = dict.fromkeys(
        f"At other hours: {show(prices.input)} and {show(prices.output)}"
        for prices in by_price[1:]
        if (prices.input, prices.output) != (by_price[0].input, by_price[0].output)
    )
    return replace(by_price[0], tiers=". ".join([*higher_tiers, *filter(None, [usual.tiers])]))
