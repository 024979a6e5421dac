"""The table of runs, a row each, written when the run ends; what a row is, and how it is read, is the guide's
own, `fieldguide/records/run_table.py`. Standard library only.
"""

from __future__ import annotations

import csv
import io
from pathlib import Path

from fieldguide.records.run_table import CASTS, RunsError, TrainingRun, read_rows

__all__ = [
    "CASTS",
    "RESULTS",
    "RUNS",
    "RunsError",
    "TrainingRun",
    "add_row",
    "load_rows",
    "read_rows",
    "write_rows",
]

RESULTS = Path(__file__).parent / "results"
RUNS = RESULTS / "runs.csv"


def write_rows(rows: list[TrainingRun]) -> str:
    target = io.StringIO()
    writer = csv.writer(target, lineterminator="\n")
    writer.writerow(CASTS)
    writer.writerows([getattr(row, name) for name in CASTS] for row in rows)
    return target.getvalue()


def load_rows(path: Path = RUNS) -> list[TrainingRun]:
    return read_rows(path.read_text(encoding="utf-8")) if path.exists() else []


def add_row(row: TrainingRun, order: list[str], path: Path = RUNS) -> None:
    """The table with this row, in the order of the runs."""
    rows = [*load_rows(path), row]
    path.parent.mkdir(parents=True, exist_ok=True)
    half = path.with_suffix(".part")
    half.write_text(write_rows(sorted(rows, key=lambda one: order.index(one.run))), encoding="utf-8")
    half.replace(path)
