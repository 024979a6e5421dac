"""The table of runs, a row each, written when the run ends. Standard library only."""

from __future__ import annotations

import csv
import io
from dataclasses import dataclass, fields
from pathlib import Path

RESULTS = Path(__file__).parent / "results"
RUNS = RESULTS / "runs.csv"


class TableError(ValueError):
    """A row that cannot be a run."""


@dataclass(frozen=True)
class Row:
    run: str
    budget: float
    """FLOP planned."""
    width: int
    layers: int
    heads: int
    vocabulary: int
    parameters: int
    tokens: int
    """Predicted in training."""
    epochs: float
    """How often each line was read."""
    steps: int
    peak_rate: float
    seed: int
    flop: float
    """6 × parameters × tokens."""
    loss: float
    """Nats a token on held-out lines, word and definition."""
    definition_loss: float
    """Nats a token on the definitions of the held-out lines alone."""
    bits_per_byte: float
    training_loss: float
    """Nats a token over the last steps, smoothed."""
    seconds: float
    """On one thread beside other work, so not a measure of speed."""
    finished: str
    """Day."""


KINDS = {field.name: {"str": str, "int": int, "float": float}[str(field.type)] for field in fields(Row)}


def read_rows(text: str) -> list[Row]:
    reader = csv.DictReader(io.StringIO(text))
    if reader.fieldnames != list(KINDS):
        raise TableError(f"runs, line 1: columns are {reader.fieldnames} and not {list(KINDS)} — make the runs again, or restore the committed table")
    rows = []
    for number, line in enumerate(reader, 2):
        try:
            row = Row(**{name: kind(line[name]) for name, kind in KINDS.items()})
        except (TypeError, ValueError) as error:
            raise TableError(f"runs, line {number}: {error} — take the row out, and the run is made again") from error
        if min(row.parameters, row.tokens, row.loss, row.flop) <= 0 or abs(row.flop / (6 * row.parameters * row.tokens) - 1) > 1e-9:
            raise TableError(f"runs, line {number}: {row.run} does not have a positive loss and 6 × parameters × tokens FLOP — take the row out, and the run is made again")
        rows.append(row)
    if len({row.run for row in rows}) < len(rows):
        raise TableError("runs: a run stands twice — take one of its rows out")
    return rows


def write_rows(rows: list[Row]) -> str:
    target = io.StringIO()
    writer = csv.writer(target, lineterminator="\n")
    writer.writerow(KINDS)
    writer.writerows([getattr(row, name) for name in KINDS] for row in rows)
    return target.getvalue()


def load_rows(path: Path = RUNS) -> list[Row]:
    return read_rows(path.read_text(encoding="utf-8")) if path.exists() else []


def add_row(row: Row, order: list[str], path: Path = RUNS) -> None:
    """The table with this row, in the order of the runs."""
    rows = [*load_rows(path), row]
    path.parent.mkdir(parents=True, exist_ok=True)
    half = path.with_suffix(".part")
    half.write_text(write_rows(sorted(rows, key=lambda one: order.index(one.run))), encoding="utf-8")
    half.replace(path)
