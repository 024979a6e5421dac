"""Metrics for diligence: formula, the record it is computed from, the formula worked once, and what flatters the result."""

from __future__ import annotations

import re

from pydantic import Field as Key

from fieldguide.book import Book
from fieldguide.drawing.matrix import cell, matrix, text
from fieldguide.drawing.sheet import Drawing
from fieldguide.records.base import Strict
from fieldguide.records.formulas import FORMULAS

SLUG = "diligence-metrics"
COLUMNS = ("Computed from", "Worked once", "What flatters it")
_NUMBER = re.compile(r"[\d,]*\.?\d+")


class Metric(Strict):
    name: str
    formula: str
    """In words."""
    record: str
    """What the company must keep."""
    function: str
    """A name of `formulas.FORMULAS`."""
    inputs: dict[str, float]
    how: str
    """The arithmetic as a reader redoes it; every input greater than one stands in it."""
    shows: str
    """A format for the result: "{:.0f}%"."""
    flatters: str


class Data(Strict):
    metrics: list[Metric] = Key(min_length=7, max_length=7)


def worked(metric: Metric) -> str:
    """The metric's result. Raises ValueError for an unknown formula, and when an input is not in the arithmetic shown."""
    if metric.function not in FORMULAS:
        raise ValueError(f"{SLUG}: no formula is called {metric.function}")
    shown = {float(found.replace(",", "")) for found in _NUMBER.findall(metric.how)}
    if missing := [value for value in metric.inputs.values() if value > 1 and value not in shown]:
        raise ValueError(f"{SLUG}: the arithmetic of “{metric.name}” does not show {missing[0]:g}")
    return metric.shows.format(FORMULAS[metric.function](**metric.inputs))


def render(data: Data, book: Book) -> Drawing:
    """One row a metric. Raises ValueError as `worked` does."""
    record, case, flatters = COLUMNS
    rows = []
    for metric in data.metrics:
        head = f'<th scope="row">{text(metric.name)}<span class="fg-sub">{text(metric.formula)}</span></th>'
        cells = cell(record, text(metric.record)) + cell(case, f"{text(metric.how)} = <strong>{text(worked(metric))}</strong>") + cell(flatters, text(metric.flatters))
        rows.append(f"<tr>{head}{cells}</tr>")
    return Drawing(html=matrix("Seven metrics for diligence", ["Metric and formula", *COLUMNS], rows))
