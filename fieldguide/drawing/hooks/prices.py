"""What tokens cost over time: the lowest price of an ability, and what the sellers of one model asked."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from pydantic import Field as Key

from fieldguide.book import Book
from fieldguide.book.numbers import field, number
from fieldguide.drawing.figure_values import FieldReference
from fieldguide.drawing.hooks.base import Filling, Hook
from fieldguide.records.base import Date, Strict
from fieldguide.records.price import Period, Price

BLEND = ("input", "input", "input", "output")
"""What the mean of a price is taken of: three tokens read for each token written."""
ROUNDED = 0.01
"""By how much of itself a price differs that is only rounded."""


def blended(price: Price, period: Period) -> tuple[float, list[str]]:
    """The price of a million tokens in a period, three read for each one written, and the fields that it is
    the mean of. Raises ValueError for a period that does not state both prices.
    """
    values = [getattr(period, name) for name in BLEND]
    if None in values:
        raise ValueError(f"{price.slug} does not state both prices from {period.from_}")
    suffix = "" if period is price.newest else f"-{period.from_}"
    return sum(values) / len(values), [f"{price.slug}.{name}{suffix}" for name in BLEND]


class Offer(Strict):
    """A model at its maker's price."""

    id: str
    name: str
    score: FieldReference
    price: str
    """The record of its maker's price."""
    launch: FieldReference | None = None
    """The same price blended, seen at its release, on the day of this field; its record begins later."""
    period: Date | None = None
    """Only the period that began on this day, where the name was another model's before and after."""


class Level(Strict):
    """An ability: the score of the model that had it first."""

    id: str
    name: str
    """As the data table says it."""
    offer: str
    """The id of that model among the offers."""


@dataclass(frozen=True)
class Asked:
    """A price that holds from a day until another, which is "" while it is not known to have ended."""

    offer: Offer
    begins: str
    ends: str
    value: float
    drawn: dict[str, list[str]]
    """The same as a figure's value."""
    parts: dict[str, str]
    """The fields of its input and output price."""

    def holds(self, day: str) -> bool:
        return self.begins <= day and (not self.ends or day < self.ends)


class PriceByAbility(Hook):
    """The lowest price, among offers, of a model that scores as high as another did at its release: a line of
    steps for each level, with a point wherever the lowest price changes, `<level>-<offer>-<day>`.

    Later periods than `as_of` are left out, so that a record that goes on changes nothing here.
    """

    as_of: Date
    offers: list[Offer] = Key(min_length=2)
    levels: list[Level] = Key(min_length=1)

    def compute(self, book: Book) -> Filling:
        """The series, in USD per million tokens. Raises KeyError for a price or an offer that does not exist,
        ValueError for a period without both prices, and for a day on which no offer has one.
        """
        asked = [price for offer in self.offers for price in _asked(offer, str(self.as_of), book)]
        by_id = {offer.id: offer for offer in self.offers}
        series = []
        for level in self.levels:
            own = by_id[level.offer]
            reached = [price for price in asked if number(book, price.offer.score) >= number(book, own.score)]
            own_days = [price.begins for price in reached if price.offer is own]
            if not own_days:
                raise ValueError(f"{own.price} has no price by {self.as_of}")
            first = min(own_days)
            steps = list(_lowest(reached, first))
            points = [_point(level, day, price) for day, price in steps]
            points[-1]["until"] = str(self.as_of)
            series.append({"id": level.id, "points": points})
        return {"panels": [{"id": "ability", "series": series}]}


def _asked(offer: Offer, today: str, book: Book) -> Iterator[Asked]:
    """What an offer cost up to `today`, oldest first."""
    price = book.prices[offer.price]
    periods = [
        period for period in price.periods if period.from_ <= today and offer.period in (None, period.from_)
    ]
    if not periods:
        if offer.period is not None:
            raise ValueError(f"{price.slug} has no period from {offer.period}")
        return
    begins = [period.from_ for period in periods]
    if offer.launch is not None:
        begins[0] = str(field(book, offer.launch).as_of)
        if not math.isclose(number(book, offer.launch), blended(price, periods[0])[0], rel_tol=ROUNDED):
            raise ValueError(f"{offer.launch} is not the first price of {price.slug}")
    for period, day, after in zip(periods, begins, [*begins[1:], ""], strict=True):
        ends = period.until if period.until and period.until <= today else after
        value, fields = blended(price, period)
        parts = {"input": fields[0], "output": fields[-1]}
        yield Asked(offer, day, ends, value, {"mean": fields}, parts)


def _lowest(asked: list[Asked], first: str) -> Iterator[tuple[str, Asked]]:
    """(day, lowest price) for each day from `first` on which the lowest price becomes another."""
    days = sorted({day for price in asked for day in (price.begins, price.ends) if day >= first})
    before: Asked | None = None
    for day in days:
        holding = [price for price in asked if price.holds(day)]
        best = min(holding, key=lambda price: (price.value, price is not before, price.begins), default=None)
        if best is None:
            raise ValueError(f"no offer of this ability has a price on {day}")
        if before is None or best.value != before.value:
            yield day, best
            before = best


def _point(level: Level, day: str, price: Asked) -> dict[str, Any]:
    return {
        "id": f"{level.id}-{price.offer.id}-{day}",
        "name": price.offer.name,
        "x": day,
        "value": price.drawn,
        "values": {"score": str(price.offer.score), **price.parts},
        "texts": {"level": level.name},
    }
