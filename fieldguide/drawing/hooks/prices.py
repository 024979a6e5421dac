"""What tokens cost over time: the lowest price of an ability, and what the sellers of one model asked."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby, pairwise
from statistics import median
from typing import Any

from pydantic import Field as Key

from fieldguide.book import Book
from fieldguide.book.numbers import number
from fieldguide.drawing.figure_values import FieldReference
from fieldguide.drawing.hooks.base import Filling, Hook
from fieldguide.records.base import Date, Strict
from fieldguide.records.price import Period, Price
from fieldguide.records.price_history import MANY, SELLERS
from fieldguide.text.dates import fractional_year, show_date
from fieldguide.text.formats import show_price

BLEND = ("input", "input", "input", "output")
"""What `Period.blend` is the mean of."""


def blended(price: Price, period: Period) -> tuple[float, list[str]]:
    """The price of a million tokens in a period, three read for each one written, and the fields that it is
    the mean of. Raises ValueError for a period that does not state both prices.
    """
    value = period.blend
    if value is None:
        raise ValueError(f"{price.slug} does not state both prices from {period.from_}")
    suffix = "" if period is price.newest else f"-{period.from_}"
    return value, [f"{price.slug}.{name}{suffix}" for name in BLEND]


class Offer(Strict):
    """A model at its maker's price."""

    id: str
    name: str
    score: FieldReference
    price: str
    """The record of its maker's price."""
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
    for period, after in zip(periods, [*(period.from_ for period in periods[1:]), ""], strict=True):
        ends = period.until if period.until and period.until <= today else after
        value, fields = blended(price, period)
        parts = {"input": fields[0], "output": fields[-1]}
        yield Asked(offer, period.from_, ends, value, {"mean": fields}, parts)


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


@dataclass(frozen=True, eq=False)
class Held:
    """A price of a seller, and the first and last day for which it is known."""

    price: Price
    period: Period
    value: float
    fields: list[str]
    ends: str
    """The day from which the next is known, or else the last day."""


TICKS = ((1, 2, 5), (1, 3), (1,))
"""Digits of the labels on the scale of prices, the next set where there are more than MOST labels."""
MOST = 6
ROOM = 1.6
"""How far the scale goes on beyond the highest and the lowest price."""
LATE = 0.8
"""The share of the scale of time after which a label has no room at its right."""
THIN: dict[str, Any] = {"strong": False, "bold": False, "thick": 1.1}
UNSEEN: dict[str, Any] = {"steps": False, "join": False, "marks": False}
"""Of a seller that stands only in the table."""
CHANGED = 2
"""How many sellers are drawn for the size of a change, where there are MANY."""


class SellersOverTime(Hook):
    """What each seller of one model asked: a line of steps a seller, and the range of those that are not its
    maker wherever at least SELLERS of them have a price.

    Of MANY sellers, the range has its median, and only the maker, the cheapest and the most expensive of the
    last day and the CHANGED sellers with the largest changes have lines.
    """

    prices: list[str] = Key(min_length=1)
    """Records of prices; those of a maker stand out."""

    def compute(self, book: Book) -> Filling:
        """One panel with its scales. Raises KeyError for a price that does not exist."""
        runs = [run for run in (_held(book.prices[slug]) for slug in self.prices) if run]
        held = [item for run in runs for item in run]
        days = [item.period.from_ for item in held] + [item.period.as_of for item in held]
        last = max(days)
        values = [item.value for item in held]
        many = len(runs) >= MANY
        named = {run[-1] for run in (sorted(runs, key=_change)[-CHANGED:] if many else [])}
        named |= {run[-1] for run in runs if run[0].price.role == "maker"}
        now = [run[-1] for run in runs if run[-1].period.as_of == last]
        # of equal prices, one that is named anyway, or else the newest
        now.sort(key=lambda item: (item in named, item.period.from_), reverse=True)
        named |= {choose(now, key=lambda item: item.value) for choose in (min, max)}
        if len(runs) == 1:
            before = [math.nan, *(item.value for item in runs[0])]
            named = {item for item, value in zip(runs[0], before, strict=False) if item.value != value}
        series: list[dict[str, Any]] = []
        for spans in _spans([item for item in held if item.price.role != "maker"]):
            series.append({"id": f"range-{spans[0][0]}", "band": _range(spans), "tabled": False})
            if many:
                series.append(_medians(spans))
        time = _time(min(days), last)
        for run in runs:
            line = _line(run, named, book, alone=len(runs) == 1)
            if many and not named & {*run}:
                line |= UNSEEN
            if len(runs) == 1:
                after = [*(item.value for item in run[1:]), 0]
                for point, item, then in zip(line["points"], run, after, strict=True):
                    across = (fractional_year(point["x"]) - time["low"]) / (time["high"] - time["low"])
                    height = "lower" if then > item.value else "upper"  # a line that rises would cross it
                    point["side"] = f"{height} {'right' if across < LATE else 'left'}"
            series.append(line)
        return {
            "panels": [
                {
                    "id": "sellers",
                    "x": time,
                    "y": _scale(min(values) / ROOM, max(values) * ROOM),
                    "series": series,
                }
            ]
        }


def _held(price: Price) -> list[Held]:
    """The periods of a price that state both prices, oldest first."""
    whole = [period for period in price.periods if period.input is not None and period.output is not None]
    begins = [period.from_ for period in whole]
    return [
        Held(price, period, *blended(price, period), after or period.as_of)
        for period, after in zip(whole, [*begins[1:], ""], strict=True)
    ]


def _line(run: list[Held], named: set[Held], book: Book, alone: bool) -> dict[str, Any]:
    price = run[0].price
    points = [
        {
            "id": f"{price.slug}-{item.period.from_}",
            "name": price.provider,
            "x": item.period.from_,
            "until": item.period.as_of,
            "value": {"mean": item.fields},
            "texts": {
                "input": f"${show_price(item.period.input or 0)}",
                "output": f"${show_price(item.period.output or 0)}",
                "role": price.role,
                "first": _unbroken(item.period.from_),
                "last": _unbroken(item.period.as_of),
                "sources": _publishers(item.period, book),
            },
            "label": "" if item not in named else "{value:dollars}" if alone else "{name} {value:dollars}",
        }
        for item in run
    ]
    look = {} if alone or price.role == "maker" else THIN
    return {"id": price.slug, "steps": True, "side": "free", "points": points, **look}


def _unbroken(day: str) -> str:
    """A date that stays on one line."""
    return show_date(day).replace(" ", "\N{NO-BREAK SPACE}")


def _publishers(period: Period, book: Book) -> str:
    return ", ".join(
        dict.fromkeys(book.sources[key].publisher for key in period.sources if key in book.sources)
    )


def _change(run: list[Held]) -> float:
    """The largest change from one price of a seller to the next, as the logarithm of their ratio."""
    return max((abs(math.log(after.value / before.value)) for before, after in pairwise(run)), default=0)


def _spans(held: list[Held]) -> Iterator[list[tuple[str, str, list[float]]]]:
    """Stretches of (first day, day after the last, prices in order) without a break, where at least SELLERS
    sellers have a price.
    """
    days = sorted({day for item in held for day in (item.period.from_, item.ends)})
    spans: list[tuple[str, str, list[float]]] = []
    for day, after in pairwise(days):
        there = [item for item in held if item.period.from_ <= day < item.ends]
        if len({item.price.slug for item in there}) >= SELLERS:
            spans.append((day, after, sorted(item.value for item in there)))
        elif spans:
            yield spans
            spans = []
    if spans:
        yield spans


def _range(spans: list[tuple[str, str, list[float]]]) -> list[tuple[float, float, float]]:
    """(year, lowest, highest price) at both ends of each span."""
    return [
        (fractional_year(day), values[0], values[-1])
        for first, after, values in spans
        for day in (first, after)
    ]


def _medians(spans: list[tuple[str, str, list[float]]]) -> dict[str, Any]:
    """The median price of the spans as a series of steps, the longest of them labeled."""
    steps = [(value, [*same]) for value, same in groupby(spans, key=lambda span: median(span[2]))]
    points = [
        {"name": "median", "x": same[0][0], "until": same[-1][1], "value": value, "label": ""}
        for value, same in steps
    ]
    longest = max(points, key=lambda point: fractional_year(point["until"]) - fractional_year(point["x"]))
    longest["label"] = "median"
    look = {"marks": False, "tabled": False, "thick": 2}
    return {"id": f"median-{spans[0][0]}", "steps": True, "side": "free", "points": points, **look}


def _time(first: str, last: str) -> dict[str, Any]:
    """A scale of years where there are several, else of quarters."""
    begin, end = fractional_year(first), fractional_year(last)
    several = end - begin > 1.5
    parts = 1 if several else 4
    low, high = math.floor(begin * parts), math.floor(end * parts) + 1
    return {
        "low": low / parts,
        "high": high / parts,
        "ticks": [tick / parts for tick in range(low, high + 1)],
        "strokes": True,
        "between": several,
        "format": ".0f" if several else ["month", "month.2"],
        "every": 1 if several or high - low < 4 else [1, 2],
    }


def _scale(low: float, high: float) -> dict[str, Any]:
    """A logarithmic scale of prices with at most MOST labels."""
    powers = range(math.floor(math.log10(low)), math.ceil(math.log10(high)) + 1)
    for digits in TICKS:
        ticks = [
            tick
            for power in powers
            for tick in (float(f"{digit}e{power}") for digit in digits)
            if low <= tick <= high
        ]
        if len(ticks) <= MOST:
            break
    return {"low": low, "high": high, "log": True, "ticks": ticks, "format": "$g", "line": "start"}
