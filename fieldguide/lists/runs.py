"""The guide's own training runs: a row each, with the loss beside what the fitted law says."""

from __future__ import annotations

from xml.etree import ElementTree as ET

from fieldguide.lists.html import Column, cell, data_table, downloads, empty_block, filter_form, how_to_read, jump_row, name_cell, row, select
from fieldguide.page.context import Context
from fieldguide.records.dataset import OWN
from fieldguide.records.runs import CURE, FIT, Runs
from fieldguide.text.runs import Row
from fieldguide.text.spoken import power
from fieldguide.text.tree import E

COLUMNS = [
    Column("name", "Run", "size"), Column("tokens", "Tokens", "read", number=True, brief=True), Column("loss", "Loss", "nats a token", number=True, brief=True),
    Column("miss", "Beside the law", "%", number=True), Column("definition", "Definitions alone", "nats a token", number=True), Column("bits", "Loss", "bits a byte", number=True),
    Column("epochs", "Each line read", "times", number=True), Column("steps", "Steps", "of the optimizer", number=True),
]


def render_runs(here: Context, element: ET.Element) -> None:
    """How many of the planned runs are here, then one row a run in groups of one budget, in the order in which they were made."""
    caption = empty_block(element, "div", {"class": "fg-runs"})
    runs = here.book.runs
    if runs is None:
        here.problem("there are no fitted runs to list", f"make {FIT}: {CURE}", OWN)
        return
    size = select("size", "Size", "Any size", (show_size(one) for one in runs.rows))
    element.append(E("p", {"class": "fg-runs__state"}, state(runs)))
    element.append(downloads(here, filter_form(OWN, "Find a run", len(runs.rows), "runs", size, sorts=True), OWN))
    groups: dict[str, list[ET.Element]] = {}
    for one in runs.rows:
        groups.setdefault(f"{power(one.budget)} FLOP", []).append(_row(runs, one))
    element.append(how_to_read(caption))
    element.append(jump_row(OWN, groups))
    element.append(data_table(OWN, "Training runs by budget", COLUMNS, groups))


def state(runs: Runs) -> str:
    """How many of the planned runs have ended, and which are to come."""
    done, later = len(runs.rows), runs.fit.to_come
    if not later:
        return f"All {done} planned runs are here."
    budgets = dict.fromkeys(name.partition("-")[0].removeprefix("c") for name in later)
    parts = [f"{sum(name.startswith(f'c{budget}-') for name in later)} at {power(float(budget))} FLOP" for budget in budgets]
    return f"{done} of {done + len(later)} planned runs are here; to come are {' and '.join([', '.join(parts[:-1]), parts[-1]] if parts[1:] else parts)}."


def show_size(one: Row) -> str:
    return f"{one.parameters:,} parameters"


def _row(runs: Runs, one: Row) -> ET.Element:
    seed = f", seed {one.seed}" if one.seed else ""
    shape, miss = f"width {one.width}, {one.layers} layers", runs.miss(one)
    shown = [f"{one.tokens / 1e6:.2f}M", f"{one.loss:.3f}", f"{miss:+.1f}".replace("-", "−"), f"{one.definition_loss:.3f}", f"{one.bits_per_byte:.3f}", f"{one.epochs:.2f}", f"{one.steps:,}"]
    cells = [name_cell(f"{show_size(one)}{seed}", shape, whole=f"{show_size(one)} at {power(one.budget)} FLOP{seed}"), *(cell(column, text) for column, text in zip(COLUMNS[1:], shown, strict=True))]
    sorts: dict[str, object] = {"name": one.parameters, "tokens": one.tokens, "loss": one.loss, "miss": miss, "definition": one.definition_loss, "bits": one.bits_per_byte, "epochs": one.epochs, "steps": one.steps}
    return row(one.run, f"{one.run} {show_size(one)}{seed} {shape} {power(one.budget)}", {"size": show_size(one)}, sorts, cells)
