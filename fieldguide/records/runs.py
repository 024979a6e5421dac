"""The guide's own training runs and the law that was fitted to them, as `experiments/` commits them; and the
fields of records that were measured in them.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from pydantic import ValidationError

from fieldguide.records.base import Strict
from fieldguide.records.field import Sourced
from fieldguide.records.formulas.scaling import fitted_loss
from fieldguide.records.run_table import RunsError, TrainingRun, read_rows
from fieldguide.records.yaml_source import read_text
from fieldguide.text.problems import Problem, closest

RUNS = "experiments/results/runs.csv"
FIT = "experiments/results/fit.json"
SOURCE = "own-runs"
"""The source that stands for them."""
CURE = "python -m experiments fit"
LATER = (
    "seeds.percent",
    "seeds.least-percent",
    "held-out.percent",
    "isoflop.growth",
    "isoflop.apart",
    "forecast.percent",
)
"""What only some runs can tell: without them it is to come."""


class Interval(Strict):
    """A value with the ends of its interval."""

    value: float
    low: float
    high: float


class Law(Strict):
    """The constants of L(N, D) = floor + size_factor/N^size_exponent + data_factor/D^data_exponent, and what
    follows from them.
    """

    floor: Interval
    size_factor: Interval
    size_exponent: Interval
    data_factor: Interval
    data_exponent: Interval
    size_share: Interval
    best_size: Interval
    tokens_per_parameter: Interval


class Miss(Strict):
    """How far the runs lie from the law, as shares of the loss."""

    relative_deviation: float
    largest: float
    of: str


class Valley(Strict):
    """The lowest point of a parabola in ln N through the runs of a budget: loss + bend × (ln N − ln
    parameters)².
    """

    budget: float
    parameters: float
    loss: float
    bend: float
    inside: bool


class Valleys(Strict):
    """The lowest point of each budget's parabola, and the exponent with which the best size grows with
    compute; None where too few budgets tell it.
    """

    valleys: list[Valley]
    growth: Interval | None = None


class Seeds(Strict):
    """Runs that differ in their seed alone, and how far their losses lie apart, as a share of the loss."""

    runs: list[str]
    relative_deviation: float


class Forecast(Strict):
    """A run of the largest budget, foretold from all smaller ones; before it has ended it has neither a
    measured loss nor a miss, the share by which the loss lies above the forecast.
    """

    run: str
    parameters: int
    tokens: int
    """As planned."""
    foretold: float
    low: float
    high: float
    measured: float | None = None
    miss: float | None = None


class Backtest(Strict):
    """The law of the budgets up to one, and by what share the runs of the next budget lie above it."""

    up_to: float
    runs: int
    floor: Interval
    size_share: Interval
    next: float
    least: float
    mean: float
    most: float


class OtherFit(Strict):
    """What one more way to fit the law, or to resample the runs, gives."""

    floor: Interval
    size_exponent: Interval
    data_exponent: Interval
    size_share: Interval


class HeldOut(Strict):
    """The loss of one run on the held-out lines, with the standard error that comes from there being only so
    many lines.
    """

    run: str
    lines: int
    loss: float
    standard_error: float


class Fit(Strict):
    """fit.json."""

    runs: int
    to_come: list[str]
    budgets: list[float]
    resamples: int
    interval: float
    at_flop: float
    law: Law
    miss: Miss
    isoflop: Valleys
    seeds: list[Seeds]
    forecast: list[Forecast]
    backtests: list[Backtest]
    often: int
    """A run that read each line more often than this reads repeated data."""
    held_out: HeldOut | None
    ways: dict[str, OtherFit]
    without_the_table: dict[str, float]
    definitions_alone: dict[str, float]


@dataclass(frozen=True)
class Runs:
    """The table, and what was fitted to it."""

    rows: list[TrainingRun]
    fit: Fit

    @property
    def law(self) -> tuple[float, float, float, float, float]:
        """The constants of the fitted law, in the order that the scaling formulas take; those give nats per
        token.
        """
        law = self.fit.law
        return (
            law.floor.value,
            law.size_factor.value,
            law.data_factor.value,
            law.size_exponent.value,
            law.data_exponent.value,
        )

    @property
    def finished(self) -> str:
        """The day on which the newest run ended."""
        return max(row.finished for row in self.rows)

    def miss(self, row: TrainingRun) -> float:
        """By how much a run's loss is above the law's, in percent of the law's; negative below it."""
        return 100 * (row.loss / fitted_loss(row.parameters, row.tokens, *self.law) - 1)


def load_runs(root: Path) -> tuple[Runs | None, list[Problem]]:
    """The runs with their fit, and the problems; None in place of the runs where there are none, or where one
    of the two files is missing or wrong.
    """
    if not (root / RUNS).is_file():
        return None, []
    if not (root / FIT).is_file():
        return None, [
            Problem(FIT, 1, "the table of runs is there, and what was fitted to it is not", f"run `{CURE}`")
        ]
    text, problems = read_text(root / RUNS, root)
    fitted, fit_problems = read_text(root / FIT, root)
    if problems or fit_problems:
        return None, [*problems, *fit_problems]
    try:
        rows = read_rows(text)
    except RunsError as error:
        return None, [Problem(RUNS, error.line, error.fault, error.cure)]
    try:
        fit = Fit.model_validate_json(fitted)
    except ValidationError as error:
        first = error.errors()[0]
        return None, [
            Problem(
                FIT, 1, f"`{'.'.join(map(str, first['loc'])) or 'the file'}`: {first['msg']}", f"run `{CURE}`"
            )
        ]
    if fit.runs != len(rows):
        return None, [
            Problem(
                FIT, 1, f"it was fitted to {fit.runs} runs, and the table has {len(rows)}", f"run `{CURE}`"
            )
        ]
    return Runs(rows, fit), []


def measurements(runs: Runs) -> dict[str, Interval]:
    """{name that a field may give as `measured:`: its interval}; an interval of one point where the fit gives
    only a value.
    """
    rows, fit = runs.rows, runs.fit
    plain = {
        "runs.count": len(rows),
        "runs.to-come": len(fit.to_come),
        "runs.planned": len(rows) + len(fit.to_come),
        "runs.smallest": min(row.parameters for row in rows),
        "runs.largest": max(row.parameters for row in rows),
        "runs.least-flop": min(row.flop for row in rows),
        "runs.most-flop": max(row.flop for row in rows),
        "runs.most-epochs": max(row.epochs for row in rows),
        "runs.repeated": sum(row.epochs > fit.often for row in rows),
        "runs.flop": sum(row.flop for row in rows),
        "runs.hours": sum(row.seconds for row in rows) / 3600,
        "law.share-span": fit.law.size_share.high - fit.law.size_share.low,
        "miss.percent": 100 * fit.miss.relative_deviation,
        "miss.most-percent": 100 * abs(fit.miss.largest),
        **{f"without-the-table.{name}": value for name, value in fit.without_the_table.items()},
        **{f"definitions-alone.{name}": value for name, value in fit.definitions_alone.items()},
    }
    if fit.seeds:
        plain["seeds.percent"] = 100 * max(cell.relative_deviation for cell in fit.seeds)
        plain["seeds.least-percent"] = 100 * min(cell.relative_deviation for cell in fit.seeds)
    misses = [forecast.miss for forecast in fit.forecast]
    if misses and None not in misses:
        plain["forecast.percent"] = 100 * max(abs(miss) for miss in misses if miss is not None)
    if fit.isoflop.growth is not None:
        plain["isoflop.apart"] = abs(fit.isoflop.growth.value - fit.law.size_share.value)
    if fit.held_out is not None:
        plain["held-out.percent"] = 100 * fit.held_out.standard_error / fit.held_out.loss
    known = {name: Interval(value=value, low=value, high=value) for name, value in plain.items()}
    known |= {
        f"{way.replace('_', '-')}.{name}": getattr(one, name)
        for way, one in fit.ways.items()
        for name in OtherFit.model_fields
    }
    known |= {f"up-to-{one.up_to:.0e}.size_share".replace("+", ""): one.size_share for one in fit.backtests}
    known |= {f"law.{name}": getattr(fit.law, name) for name in Law.model_fields}
    return known | ({"isoflop.growth": fit.isoflop.growth} if fit.isoflop.growth is not None else {})


def fill_measured(
    records: Mapping[str, Sourced], runs: Runs | None
) -> tuple[dict[str, Sourced], list[Problem]]:
    """The records with the value, interval and date (the newest run's) of each `measured:` field, and the
    problems. Without runs, or for an unknown name, the field has no value and there is a problem.
    """
    filled, problems = dict(records), []
    known: Mapping[str, Interval] = measurements(runs) if runs is not None else {}
    for slug, record in records.items():
        fields = {name: field for name, field in record.own_fields().items() if field.measured is not None}
        if fields and runs is None:
            problems.append(
                record.problem(
                    "its fields were measured in runs, and there are no fitted ones",
                    f"restore {RUNS}, and run `{CURE}`",
                )
            )
            continue
        results = {}
        for name, field in fields.items():
            interval = known.get(str(field.measured))
            if interval is not None and runs is not None:
                ends = {"low": interval.low, "high": interval.high} if interval.low < interval.high else {}
                day = runs.finished
                results[name] = field.model_copy(
                    update={"value": interval.value, **ends, "as_of": day, "seen": day}
                )
            elif field.measured not in LATER:
                problems.append(
                    record.problem(
                        f"`{name}` is called `{field.measured}`, which was not measured",
                        closest(str(field.measured), [*known, *LATER]) or "there are " + ", ".join(known),
                        *record.field_location(name),
                    )
                )
        if results:
            filled[slug] = record.with_fields(results)
    return filled, problems
