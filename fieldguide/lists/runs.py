"""The guide's own training runs: a row each, with the loss beside what the fitted law says."""

from __future__ import annotations

from collections.abc import Callable
from xml.etree import ElementTree as ET

from fieldguide.lists.data_tables import (
    ListColumn,
    cell,
    downloads,
    empty_block,
    filter_form,
    grouped_table,
    name_cell,
    row,
    select,
)
from fieldguide.page.context import Context, GeneratedList
from fieldguide.records.dataset import OWN
from fieldguide.records.formulas.scaling import optimal_loss
from fieldguide.records.run_table import TrainingRun
from fieldguide.records.runs import CURE, FIT, Runs
from fieldguide.text.formats import write
from fieldguide.text.numbers import joined
from fieldguide.text.tree import E

COLUMNS = [
    ListColumn("name", "Run", "size"),
    ListColumn("tokens", "Tokens", "read", number=True, brief=True),
    ListColumn("loss", "Loss", "nats per token", number=True, brief=True),
    ListColumn("miss", "Above or below the law", "%", number=True),
    ListColumn("definition", "Definitions only", "nats per token", number=True),
    ListColumn("bits", "Loss", "bits per byte", number=True),
    ListColumn("epochs", "Times each line was read", "times", number=True),
    ListColumn("steps", "Steps", "of the optimizer", number=True),
]


def render_runs(context: Context, element: ET.Element) -> None:
    """One row a run in groups of one budget, in the order in which they were made."""
    caption = empty_block(element, "div", {"class": "fg-runs"})
    runs = context.book.runs
    if runs is None:
        context.problem("there are no fitted runs to list", f"make {FIT}: {CURE}", OWN)
        return
    size = select("size", "Size", "Any size", (show_size(run) for run in runs.rows))
    form = filter_form(OWN, "Find a run", len(runs.rows), "runs", size, sorts=True)
    rows = [(write(run.budget, "power FLOP"), _row(runs, run)) for run in runs.rows]
    element.append(downloads(context, form, OWN))
    element.extend(grouped_table(OWN, "Training runs by budget", caption, COLUMNS, rows))


def _words(say: Callable[[Runs], str]) -> GeneratedList:
    """A paragraph of what the runs say, before the words that the page gives it."""

    def render(context: Context, element: ET.Element) -> None:
        caption = empty_block(element, "div", {"class": "fg-run-words"})
        if context.book.runs is None:
            context.problem("there are no fitted runs to tell of", f"make {FIT}: {CURE}", OWN)
            return
        element.extend([E("p", {}, say(context.book.runs)), caption])

    return render


def state(runs: Runs) -> str:
    """How many of the planned runs have ended, and which are to come."""
    done, later = len(runs.rows), runs.fit.to_come
    if not later:
        return f"All {done} planned runs are here."
    budgets = dict.fromkeys(name.partition("-")[0].removeprefix("c") for name in later)
    parts = [
        f"{sum(name.startswith(f'c{budget}-') for name in later)} with a budget of"
        f" {write(float(budget), 'power FLOP')}"
        for budget in budgets
    ]
    return (
        f"{done} of {done + len(later)} planned runs are in the table below, and {joined(parts)} are still to"
        " come."
    )


def near(runs: Runs) -> str:
    """How far the runs lie from the law, and how that goes with the budget."""
    miss, rows = runs.fit.miss, {row.run: row for row in runs.rows}
    worst = rows[miss.of]
    aside = []
    for budget in runs.fit.budgets:
        misses = [runs.miss(row) for row in runs.rows if row.budget == budget]
        if min(misses) > 0 or max(misses) < 0:
            aside.append(
                f"all {len(misses)} runs at {write(budget, 'power FLOP')} lie"
                f" {'above' if min(misses) > 0 else 'below'} the law"
            )
    sides = joined(aside) if aside else "each budget has runs on both sides of the law"
    spent = {row.budget: row.flop for row in runs.rows}
    lowest = max(
        (
            abs(valley.loss / optimal_loss(spent[valley.budget], *runs.law) - 1)
            for valley in runs.fit.isoflop.valleys
            if valley.inside
        ),
        default=0.0,
    )
    return (
        f"The loss of a run typically differs from the law by about {100 * miss.relative_deviation:.1f}%. The"
        f" run farthest from the law, with {show_size(worst)} and a budget of {write(worst.budget, 'power')}"
        f" FLOP, differs by {percent(runs.miss(worst))}."
        f" {sides[0].upper()}{sides[1:]}."
        f" The lowest points of the curves differ from the law by at most {100 * lowest:.1f}%."
    )


def repeated(runs: Runs) -> str:
    """Of the runs that read the text more than three times, how many lie above the law."""
    often = runs.fit.often
    long = [row for row in runs.rows if row.epochs > often]
    above = sum(runs.miss(row) > 0 for row in long)
    return (
        f"Of the {len(long)} runs that read each line more than {often} times, {above}"
        f" {'lies' if above == 1 else 'lie'} above the law."
        if long
        else f"No run has read each line more than {often} times yet."
    )


def percent(value: float) -> str:
    """A percentage with its sign and one decimal: "+0.4%", "−1.2%"."""
    return f"{value:+.1f}%".replace("-", "−")


def show_size(run: TrainingRun) -> str:
    """A run's size in whole parameters: "12,345 parameters"."""
    return f"{run.parameters:,} parameters"


def _row(runs: Runs, run: TrainingRun) -> ET.Element:
    seed = f", seed {run.seed}" if run.seed else ""
    shape, miss = f"width {run.width}, {run.layers} layers", runs.miss(run)
    shown = [
        f"{run.tokens / 1e6:.2f}M",
        f"{run.loss:.3f}",
        f"{miss:+.1f}".replace("-", "−"),
        f"{run.definition_loss:.3f}",
        f"{run.bits_per_byte:.3f}",
        f"{run.epochs:.2f}",
        f"{run.steps:,}",
    ]
    cells = [
        name_cell(
            f"{show_size(run)}{seed}",
            shape,
            whole=f"{show_size(run)} at {write(run.budget, 'power FLOP')}{seed}",
        ),
        *(cell(column, text) for column, text in zip(COLUMNS[1:], shown, strict=True)),
    ]
    sorts: dict[str, object] = {
        "name": run.parameters,
        "tokens": run.tokens,
        "loss": run.loss,
        "miss": miss,
        "definition": run.definition_loss,
        "bits": run.bits_per_byte,
        "epochs": run.epochs,
        "steps": run.steps,
    }
    return row(
        run.run,
        f"{run.run} {show_size(run)}{seed} {shape} {write(run.budget, 'power')}",
        {"size": show_size(run)},
        sorts,
        cells,
    )


RUN_WORDS: dict[str, GeneratedList] = {
    "runs-state": _words(state),
    "runs-near": _words(near),
    "runs-repeated": _words(repeated),
}
"""Paragraphs about the runs that are computed from their rows."""
