"""Serving: what chips, their memory and their rent allow."""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import partial
from typing import Any

from pydantic import Field as Key

from fieldguide.book import Book
from fieldguide.book.numbers import number
from fieldguide.drawing.figure_values import FieldReference, amount
from fieldguide.drawing.hooks.base import Filling, Hook
from fieldguide.labs.calculator import calculator
from fieldguide.records.base import Strict
from fieldguide.records.formulas.money import mixed_price, rental_cost_per_million
from fieldguide.records.formulas.serving import chips_to_hold, serving_bound, stairs_meet


class BatchBound(Hook):
    """The most tokens a second that users served together can get, if reading prompts and writing answers
    take turns.
    """

    prompt: FieldReference
    answer: FieldReference
    cache_per_token: FieldReference
    weights: FieldReference
    parameters: FieldReference
    rate: FieldReference
    bandwidth: FieldReference
    seats: FieldReference
    at: list[int]
    """Numbers of users whose bound the data table names."""
    lab: str
    """The lab on serving whose default case this is: what it expects, and the band around it."""

    def compute(self, book: Book) -> Filling:
        """The series `bound` of the panels `all` and `each`, with its text {bound} for points of the series
        `measured`, the series `expected` of `all`, with its band, and {seats}. Raises KeyError for a lab that
        there is not.
        """
        given = {
            name: number(book, getattr(self, name))
            for name in type(self).model_fields
            if name not in ("seats", "at", "lab")
        }
        seats = round(number(book, self.seats))
        totals = {users: serving_bound(users, **given) for users in range(1, seats + 1)}
        worked = calculator(book, book.labs[self.lab])
        expected = [(users, worked.work({**worked.values, "users": users})["out"]) for users in totals]
        low, high = worked.band("dense")
        around = {
            "id": "expected",
            "curve": expected,
            "band": [(users, out * low, out * high) for users, out in expected],
        }
        texts = {
            users: f"{totals[users]:,.0f}" if users in totals else "more than the memory holds"
            for users in self.at
        }
        measured = {
            "id": "measured",
            "points": [{"id": f"users-{users}", "texts": {"bound": words}} for users, words in texts.items()],
        }
        return {
            "values": {"seats": self.seats},
            "panels": [
                {"id": "all", "series": [{"id": "bound", "curve": list(totals.items())}, around, measured]},
                {
                    "id": "each",
                    "series": [
                        {"id": "bound", "curve": [(users, total / users) for users, total in totals.items()]}
                    ],
                },
            ],
        }


class ChipsThatHold(Hook):
    """How many chips of each design hold a model's weights, as squares whose area is memory, filled from the
    first.
    """

    weights: FieldReference
    """GB to hold."""
    side: float = Key(gt=0)
    """Units on a side for one GB of memory."""
    columns: dict[str, tuple[int, int]]
    """For each accelerator how many stand side by side on the wide and on the narrow sheet."""

    def compute(self, book: Book) -> Filling:
        """The part `designs`, with a panel for each accelerator and its drawing `squares`. Raises KeyError
        for an accelerator that there is not.
        """
        return {"parts": [{"id": "designs", "panels": [_panel(chip, self, book) for chip in self.columns]}]}


def _panel(chip: str, inputs: ChipsThatHold, book: Book) -> dict[str, Any]:
    item, weights, memory = book.hardware[chip], number(book, inputs.weights), number(book, f"{chip}.memory")
    count = int(chips_to_hold(weights, memory))
    left = count * memory - weights
    return {
        "id": chip,
        "name": item.name,
        "values": {"memory": f"{chip}.memory", "bandwidth": f"{chip}.bandwidth", "count": count},
        "texts": {
            "kind": "on-chip SRAM" if item.memory_type.startswith("SRAM") else item.memory_type,
            "size": f"{memory * 1000:.0f} MB" if memory < 1 else f"{memory:g} GB",
            "left": f"{left:g} GB left for caches" if left >= 1 else "next to nothing left",
        },
        "draw": {
            "squares": [
                piece
                for columns, only in zip(inputs.columns[chip], ("wide", "narrow"), strict=True)
                for piece in _squares(
                    count, 1 - left / memory, columns, inputs.side * math.sqrt(memory), only
                )
            ]
        },
    }


def _squares(count: int, last: float, columns: int, side: float, only: str) -> list[dict[str, Any]]:
    """The pieces of `count` squares in rows of `columns`, each with an outline where it is large enough; the
    last square is filled up to the share `last` of its height.
    """
    gap = max(1.6, min(8, side * 0.12))
    step, made = side + gap, []
    for line in range(math.ceil(count / columns)):
        in_line = min(columns, count - line * columns)
        full = in_line - (line * columns + in_line == count)
        row = {"piece": "box", "only": only, "step": [step, 0]}
        if side > 12:
            made.append(
                {
                    **row,
                    "at": [0, line * step, side, side],
                    "repeat": in_line,
                    "fill": "paper",
                    "stroke": "infra",
                    "thick": 1.25,
                }
            )
        made.append({**row, "at": [0, line * step, side, side], "repeat": full, "fill": "infra"})
    x, y = (count - 1) % columns * step, (count - 1) // columns * step
    return [
        *made,
        {"piece": "box", "only": only, "at": [x, y + side * (1 - last), side, side * last], "fill": "infra"},
    ]


STEPS = 60
SHARES = {"quarter": 25, "half": 50, "full": 100}
"""Percent of the capacity for which the data table has a cost."""


class CostLine(Strict):
    id: str
    speed: FieldReference
    """Tokens per second at full use."""
    hour: FieldReference
    """USD."""
    share: FieldReference
    """The break-even, percent; above 100 it is never reached."""


class RentOrRun(Hook):
    """Cost per million tokens of a rented machine by how much of it is used, and where that is the list
    price.
    """

    price: FieldReference
    high: float
    """The highest cost drawn, USD per million tokens."""
    lines: list[CostLine]

    def compute(self, book: Book) -> Filling:
        """A curve for each line with {speed}, {hour}, {share} and its cost at each of SHARES (the chart names
        {id_hour} and {id_full}), its end as a point, and the series `even` of the break-evens that are
        reached.
        """
        series: list[dict[str, Any]] = []
        even: list[dict[str, Any]] = []
        every: dict[str, float | FieldReference] = {}
        for line in self.lines:
            hour, speed, share = (
                number(book, reference) for reference in (line.hour, line.speed, line.share)
            )
            cost = partial(rental_cost_per_million, hour, speed)
            first = max(2.0, cost(100) / self.high * 100)
            used = [first + (100 - first) * (step / STEPS) ** 2 for step in range(STEPS + 1)]
            values = {
                **{name: cost(percent) for name, percent in SHARES.items()},
                "speed": line.speed,
                "hour": line.hour,
                "share": line.share,
            }
            every |= {f"{line.id}_hour": line.hour, f"{line.id}_full": cost(100)}
            texts = {"never": "" if share <= 100 else ", never"}
            series.append(
                {
                    "id": line.id,
                    "curve": [(percent, cost(percent)) for percent in used],
                    "values": values,
                    "texts": texts,
                    "strong": share <= 100,
                    "points": [{"id": f"{line.id}-full", "x": 100, "value": cost(100), "bold": False}],
                }
            )
            if share <= 100:
                even.append({"id": f"{line.id}-even", "x": line.share, "value": self.price, "row": line.id})
        return {
            "values": every,
            "panels": [{"id": "cost", "series": [*series, {"id": "even", "points": even}]}],
        }


class Roofline(Hook):
    """A chip's roofline (Williams et al. 2009): how much arithmetic its memory can feed, another chip's
    beside it, and where kinds of work stand on the first.
    """

    chip: str
    other: str
    low: float
    high: float
    floor: float
    """FLOP for each byte between which the lines run, and the lowest rate drawn, TFLOP/s."""
    works: dict[str, float | FieldReference]
    """Each kind of work's tokens in one pass over the weights: at 16 bits the FLOP for each byte."""

    def compute(self, book: Book) -> Filling:
        """Curves `main` and `other`, the points `busy` where each bends, and points of the works with
        {share}, the percentage of the peak; the chart names {id_rate} and {id_share}.
        """
        chips = {"main": self.chip, "other": self.other}
        roofs = {
            key: Roof(number(book, f"{slug}.bf16"), number(book, f"{slug}.bandwidth"))
            for key, slug in chips.items()
        }
        main, curves, busy = roofs["main"], [], []
        for key, roof in roofs.items():
            start = max(self.low, self.floor / roof.bandwidth)
            curves.append(
                {"id": key, "curve": [(start, roof(start)), (roof.ridge, roof.peak), (self.high, roof.peak)]}
            )
            busy.append({"id": f"{key}-busy", "x": roof.ridge, "value": f"{chips[key]}.bf16"})
        points: list[dict[str, Any]] = []
        every: dict[str, float] = {}
        for key, work in self.works.items():
            tokens = amount(book, work).value
            rate, share = main(tokens), 100 * main(tokens) / main.peak
            points.append({"id": key, "x": work, "value": rate, "values": {"share": share}})
            every |= {f"{key}_rate": rate, f"{key}_share": share}
        return {
            "texts": {"main": book.hardware[self.chip].name, "other": book.hardware[self.other].name},
            "values": {
                **every,
                "ridge": main.ridge,
                "peak": f"{self.chip}.bf16",
                "other_peak": f"{self.other}.bf16",
            },
            "panels": [
                {
                    "id": "roof",
                    "series": [
                        *curves[::-1],
                        {"id": "busy", "points": busy},
                        {"id": "works", "points": points},
                    ],
                }
            ],
        }


@dataclass(frozen=True)
class Roof:
    """Peak in TFLOP/s, bandwidth in TB/s."""

    peak: float
    bandwidth: float

    @property
    def ridge(self) -> float:
        """FLOP per byte at which the memory limit and the arithmetic limit meet."""
        return self.peak / self.bandwidth

    def __call__(self, intensity: float) -> float:
        """TFLOP/s that memory and arithmetic allow at `intensity` FLOP per byte."""
        return min(self.peak, intensity * self.bandwidth)


class SelfHostStairs(Hook):
    """What a month costs by volume in the default case of a lab on serving: stairs of whole machines, and the
    lines of list prices.
    """

    lab: str
    high: float
    """Billions of tokens a month up to which all is drawn."""
    day: str
    """The ISO day of the list prices."""
    prices: dict[str, str]
    """Series → price record."""

    def compute(self, book: Book) -> Filling:
        """A curve for each series with {price} and, where it is reached, {even} and its point; {step},
        {capacity} in billions of tokens and {full}, USD per million of a machine never idle, for the stairs.

        The chart names {id_price} and {id_even}. Raises KeyError for a lab or a price that there is not,
        ValueError for a price that no source showed on the day.
        """
        lab = calculator(book, book.labs[self.lab])
        values, result = lab.values, lab.work()
        machine, capacity = result["machine"], result["capacity"] / 1e9
        steps = math.ceil(self.high / capacity)
        full = result["machine"] / result["capacity"] * values["utilization"] / 100 * 1e6
        series: list[dict[str, Any]] = [
            {
                "id": "stairs",
                "values": {"step": machine, "capacity": capacity, "full": full},
                "curve": [
                    (min(machines * capacity, self.high), (step + 1) * machine)
                    for step in range(steps)
                    for machines in (step, step + 1)
                ],
            }
        ]
        every: dict[str, float] = {"stairs_step": machine}
        for key, slug in self.prices.items():
            record = book.prices[slug]
            period = record.shown_on(self.day)
            if period is None:
                raise ValueError(f"no source shows a price of `{slug}` on {self.day}")
            price = mixed_price(
                values["prompt"],
                number(book, f"{slug}.{record.field_name('input', period)}"),
                values["answer"],
                number(book, f"{slug}.{record.field_name('output', period)}"),
            )
            even = stairs_meet(0, machine, result["capacity"], price) / 1e9
            price_values: dict[str, float] = {"price": price, **({"even": even} if even < self.high else {})}
            every |= {f"{key}_{name}": value for name, value in price_values.items()}
            points = (
                [{"id": f"{key}-even", "x": even, "value": even * 1000 * price}]
                if "even" in price_values
                else []
            )
            series.append(
                {
                    "id": key,
                    "values": price_values,
                    "curve": [(0, 0), (self.high, self.high * 1000 * price)],
                    "points": points,
                }
            )
        return {"values": every, "panels": [{"id": "bill", "series": series}]}
