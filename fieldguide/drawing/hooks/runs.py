"""The guide's own training runs: their losses by compute and by size, the law fitted to them, and what was
expected beside what was found.
"""

from __future__ import annotations

import math
from itertools import accumulate
from typing import Any

from fieldguide.book import Book
from fieldguide.book.numbers import field
from fieldguide.drawing.figure_values import FieldReference
from fieldguide.drawing.hooks.base import Filling, Hook
from fieldguide.drawing.metrics import Pair
from fieldguide.drawing.record_values import checked
from fieldguide.records.base import Strict
from fieldguide.records.field import Field
from fieldguide.records.formulas.scaling import optimal_loss
from fieldguide.records.run_table import TrainingRun
from fieldguide.records.runs import Interval, Runs, Valley
from fieldguide.text.formats import write
from fieldguide.text.numbers import show_number

STEPS = 40
LINE = 17.0
"""Units from one name to the next."""
LIFT = 12.0
"""Units by which the lowest name of a budget stands above its run at least, clear of the law that goes on
below it.
"""
AWAY = 14.0
"""Units further across for a name with a line to its end."""
QUIET = {"strong": False, "bold": False}


def runs_of(book: Book) -> Runs:
    if book.runs is None:
        raise ValueError("there are no fitted runs; make them with `python -m experiments fit`")
    return book.runs


def size_words(parameters: float) -> str:
    """A number of parameters in words: "20K", "1.6M"."""
    return f"{parameters / 1e3:.0f}K" if parameters < 1e6 else f"{parameters / 1e6:.1f}M"


def budget_words(flop: float) -> str:
    return write(flop, "power.1 FLOP")


def _point(run: TrainingRun, x: float, **keys: Any) -> dict[str, Any]:
    """A run as a point of a chart; `keys` are further keys of the point, which replace these: id, label, …"""
    texts = {
        "size": size_words(run.parameters),
        "tokens": show_number(float(f"{run.tokens:.3g}")),
        "budget": budget_words(run.budget),
    }
    return {
        "id": run.run,
        "name": size_words(run.parameters),
        "x": x,
        "value": run.loss,
        "texts": texts,
        **keys,
    }


def by_budget(runs: Runs) -> dict[float, list[TrainingRun]]:
    """{budget in FLOP: its runs in order of size}, without runs that only repeat a run with another seed."""
    groups: dict[float, list[TrainingRun]] = {}
    for row in sorted(
        (row for row in runs.rows if row.seed == 0), key=lambda row: (row.budget, row.parameters)
    ):
        groups.setdefault(row.budget, []).append(row)
    return groups


class OwnScalingLaw(Hook):
    """Loss against compute: a line a size, the lowest run of each budget, and the law's best split to where
    runs were made and beyond.
    """

    high: float
    """FLOP to which the law is drawn."""
    tall: Pair
    """Units of the plot's height that a loss e times as high takes: names at the ends of lines are moved
    apart by them.
    """

    def compute(self, book: Book) -> Filling:
        runs = runs_of(book)
        budgets = by_budget(runs)
        rows = [row for group in budgets.values() for row in group]
        moved = _apart(
            [
                max((row for row in rows if row.parameters == size), key=lambda row: row.flop)
                for size in {row.parameters for row in rows}
            ],
            self.tall,
        )
        lines = []
        for parameters in sorted({row.parameters for row in rows}):
            points = [_point(row, row.flop) for row in rows if row.parameters == parameters]
            lines.append(
                {
                    "id": f"size-{parameters}",
                    "points": [
                        *points[:-1],
                        points[-1] | {"label": "{name}", "side": "right", **moved[points[-1]["id"]]},
                    ],
                    **QUIET,
                }
            )
        best = [min(group, key=lambda row: row.loss) for group in budgets.values() if len(group) > 1]
        front = [_point(row, row.flop, id=f"best-{row.run}") for row in best]
        first, last = min(row.flop for row in rows), max(row.flop for row in rows)
        curves = [
            {
                "id": f"law-{name}",
                "curve": [
                    (flop, optimal_loss(flop, *runs.law))
                    for flop in (low * (high / low) ** (step / STEPS) for step in range(STEPS + 1))
                ],
            }
            for low, high, name in ((first, last, "within"), (last, self.high, "beyond"))
        ]
        return {
            "panels": [
                {
                    "id": "runs",
                    "series": [*lines, *curves, {"id": "frontier", "points": front}],
                    "regions": [{"x": [first, last]}],
                }
            ]
        }


def _apart(ends: list[TrainingRun], tall: Pair) -> dict[str, dict[str, Any]]:
    """{run: keys of its point} that move the names at the ends of the lines on both sheets, so that names at
    one budget are a line apart, placed from the lowest up. Where a name moves too far from its end, all names
    of that budget get a leader line.
    """
    offsets: dict[str, dict[str, Any]] = {}
    for budget in {row.budget for row in ends}:
        group = sorted((row for row in ends if row.budget == budget), key=lambda row: row.loss)
        moved: dict[str, list[float]] = {row.run: [] for row in group}
        for units in tall:
            wanted = [-units * math.log(row.loss) for row in group]
            places = accumulate(
                [wanted[0] - LIFT, *wanted[1:]], lambda below, place: min(place, below - LINE)
            )
            for row, place, want in zip(group, places, wanted, strict=True):
                moved[row.run].append(place - want)
        leads = (
            {"dx": [AWAY, AWAY], "leads": True} if min(min(down) for down in moved.values()) < -LIFT else {}
        )
        offsets |= {run: {"dy": down, **leads} for run, down in moved.items()}
    return offsets


class OwnIsoflop(Hook):
    """Loss against parameters: a curve a budget, through its runs a parabola where there are enough, and its
    lowest point.
    """

    def compute(self, book: Book) -> Filling:
        runs = runs_of(book)
        valleys = {valley.budget: valley for valley in runs.fit.isoflop.valleys}
        series: list[dict[str, Any]] = []
        for budget, group in by_budget(runs).items():
            valley, name = valleys.get(budget), f"{budget:.0e}".replace("+", "")
            points = [_point(row, row.parameters) for row in group]
            series.append(
                {
                    "id": f"budget-{name}",
                    "points": [*points[:-1], points[-1] | {"label": "{budget}"}],
                    **QUIET,
                    "join": valley is None,
                }
            )
            if valley is not None:
                series.append({"id": f"valley-{name}", "curve": _parabola(valley, group), **QUIET})
        minima = [
            {
                "id": f"minimum-{valley.budget:.0e}".replace("+", ""),
                "name": size_words(valley.parameters),
                "x": valley.parameters,
                "value": valley.loss,
                "basis": "derived",
                "texts": {
                    "size": size_words(valley.parameters),
                    "tokens": show_number(float(f"{valley.budget / 6 / valley.parameters:.3g}")),
                    "budget": budget_words(valley.budget),
                },
            }
            for valley in valleys.values()
            if valley.inside
        ]
        if minima:
            minima[-1]["id"] = "minimum"
        return {"panels": [{"id": "isoflop", "series": [*series, {"id": "minima", "points": minima}]}]}


def _parabola(valley: Valley, rows: list[TrainingRun]) -> list[tuple[float, float]]:
    first, last, middle = (
        math.log(size) for size in (rows[0].parameters, rows[-1].parameters, valley.parameters)
    )
    return [
        (math.exp(log_size), valley.loss + valley.bend * (log_size - middle) ** 2)
        for log_size in (first + (last - first) * step / STEPS for step in range(STEPS + 1))
    ]


class OwnLargestRuns(Hook):
    """The runs of the largest budget: what the smaller runs foretell, and what was measured or is to come."""

    def compute(self, book: Book) -> Filling:
        return {
            "rows": [
                {
                    "id": forecast.run,
                    "name": f"{forecast.parameters:,} parameters",
                    "note": f"reads {forecast.tokens / 1e6:.1f}M tokens",
                    "cells": {
                        "foretold": f"{forecast.foretold:.3f}",
                        "interval": f"{forecast.low:.3f} to {forecast.high:.3f}",
                        "measured": "to come" if forecast.measured is None else f"{forecast.measured:.3f}",
                        "miss": "to come" if forecast.miss is None else _percent(forecast.miss),
                    },
                }
                for forecast in runs_of(book).fit.forecast
            ]
        }


class OwnBacktests(Hook):
    """The law as fitted to the budgets up to each, and how far the runs of the next budget lie from it."""

    def compute(self, book: Book) -> Filling:
        return {
            "rows": [
                {
                    "id": f"up-to-{one.up_to:.0e}".replace("+", ""),
                    "name": f"up to {write(one.up_to, 'power FLOP')}",
                    "note": f"{one.runs} runs",
                    "cells": {
                        "share": _value(one.size_share),
                        "floor": _value(one.floor),
                        "miss": {
                            "text": _percent(one.mean),
                            "note": f"{_percent(one.least)} to {_percent(one.most)}",
                        },
                    },
                }
                for one in runs_of(book).fit.backtests
            ]
        }


class FitChoice(Strict):
    """One way to fit the runs: the fields of what it gives."""

    id: str
    share: FieldReference
    floor: FieldReference


class OwnFitChoices(Hook):
    """The exponent and the floor, each with its interval, by every way to fit the runs."""

    rows: list[FitChoice]

    def compute(self, book: Book) -> Filling:
        return {
            "rows": [
                {
                    "id": row.id,
                    "cells": {
                        "share": _measured(book, row.share, ".3f"),
                        "floor": _measured(book, row.floor, ".2f"),
                    },
                }
                for row in self.rows
            ]
        }


def _measured(book: Book, reference: FieldReference, form: str) -> dict[str, str]:
    """A cell with a measured value as a checked number and its interval, whose ends are written in `form`."""
    one = field(book, reference)
    return {"text": checked(reference, f"{one.value:.2f}"), "note": _ends(one, form)}


def _value(one: Interval) -> dict[str, str]:
    return {"text": f"{one.value:.2f}", "note": f"{one.low:.2f} to {one.high:.2f}"}


def _percent(share: float) -> str:
    return f"{100 * share:+.1f}%".replace("-", "−")


class Expectation(Strict):
    """One quantity of a forecast: the expected field, the measured one, and how both values are written."""

    id: str
    expected: FieldReference
    found: FieldReference
    format: str = ".2f"
    beside: FieldReference | None = None
    """A value that stands before what was found, with its interval."""
    holds: bool = False
    """What was expected is that the interval holds the value, not that the value lies in a range."""
    others: dict[str, FieldReference] = {}
    """For an expectation that holds: further measured intervals, by the words that say what they leave out or
    do otherwise.
    """


class OwnForecast(Hook):
    """What was expected and what was found: whether the value lies in the range, or what is to come."""

    rows: list[Expectation]

    def compute(self, book: Book) -> Filling:
        return {"rows": [{"id": row.id, "cells": _cells(book, row)} for row in self.rows]}


def _cells(book: Book, expectation: Expectation) -> dict[str, Any]:
    expected, measured = field(book, expectation.expected), field(book, expectation.found)
    middle, value = expected.value, measured.value
    if not isinstance(middle, int | float):
        raise KeyError(expectation.expected)
    unit = "%" if expected.unit == "%" else ""
    if expectation.holds:
        others = {words: field(book, other) for words, other in expectation.others.items()}
        return _held(expectation, float(middle), measured, others)
    least = expected.qualifier == "at least"
    bounds = (
        (expected.low, expected.high)
        if expected.low is not None and expected.high is not None
        else (float(middle), math.inf)
        if least
        else (0.0, float(middle))
    )
    number = checked(
        expectation.expected, f"{middle:{'g' if expected.low is None else expectation.format}}{unit}"
    )
    expected_cell = (
        {"text": f"{'at least' if least else 'within'} {number}"}
        if expected.low is None
        else {
            "text": number,
            "note": f"{bounds[0]:{expectation.format}} to {bounds[1]:{expectation.format}}{unit}",
        }
    )
    if not isinstance(value, int | float):
        return {"expected": expected_cell, "found": "to come", "verdict": "**To come.**"}
    text, ends = (
        checked(expectation.found, f"{value:{expectation.format}}{unit}"),
        _ends(measured, expectation.format, unit),
    )
    if expectation.beside is not None:
        compared = field(book, expectation.beside)
        text, ends = (
            f"{checked(expectation.beside, f'{compared.value:{expectation.format}}')}, {text} apart",
            _ends(compared, expectation.format),
        )
    verdict = (
        "**As expected.**"
        if bounds[0] <= value <= bounds[1]
        else "**Higher.**"
        if value > bounds[1]
        else "**Lower.**"
    )
    return {"expected": expected_cell, "found": {"text": text, "note": ends}, "verdict": verdict}


def _held(
    expectation: Expectation, wanted: float, measured: Field, others: dict[str, Field]
) -> dict[str, Any]:
    """The cells of an expectation that the measured interval holds a value. Where another choice of runs
    turns the answer, the cell says both and the verdict is open.
    """
    expected = f"it holds {checked(expectation.expected, f'{wanted:g}')}"
    answers = [
        one.low <= wanted <= one.high
        for one in (measured, *others.values())
        if one.low is not None and one.high is not None
    ]
    if len(answers) <= len(others):
        return {"expected": expected, "found": "to come", "verdict": "**To come.**"}
    note = "; ".join(f"{_ends(one, expectation.format)} {words}" for words, one in others.items())
    verdict = (
        "**Depends on the runs.**"
        if len(set(answers)) > 1
        else "**As expected.**"
        if answers[0]
        else "**Not as expected.**"
    )
    found = _ends(measured, expectation.format)
    return {"expected": expected, "found": {"text": found, "note": note}, "verdict": verdict}


def _ends(measured: Field, form: str, unit: str = "") -> str:
    return (
        f"{measured.low:{form}} to {measured.high:{form}}{unit}"
        if measured.low is not None and measured.high is not None
        else ""
    )
