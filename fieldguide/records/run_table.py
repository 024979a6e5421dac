"""The table of the guide's own training runs as text, a row a run: read here, and written by
`experiments/table.py`, which has the standard library only.
"""

from __future__ import annotations

import csv
import io
from dataclasses import dataclass, fields


class RunsError(ValueError):
    """A row that cannot be a run. `line` counts from 1."""

    def __init__(
        self, line: int, fault: str, cure: str = "take the row out, and the run is made again"
    ) -> None:
        super().__init__(f"runs, line {line}: {fault} — {cure}")
        self.line, self.fault, self.cure = line, fault, cure


@dataclass(frozen=True)
class TrainingRun:
    """A row of the table."""

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


CASTS = {
    field.name: {"str": str, "int": int, "float": float}[str(field.type)] for field in fields(TrainingRun)
}
"""Column → what its cells are."""


def read_rows(text: str) -> list[TrainingRun]:
    """The runs in the order of the table. Raises RunsError for the first line that is wrong."""
    reader = csv.DictReader(io.StringIO(text))
    if reader.fieldnames != list(CASTS):
        raise RunsError(
            1,
            f"columns are {reader.fieldnames} and not {list(CASTS)}",
            "make the runs again, or restore the committed table",
        )
    runs: dict[str, TrainingRun] = {}
    for number, cells in enumerate(reader, 2):
        try:
            run = TrainingRun(**{name: cast(cells[name]) for name, cast in CASTS.items()})
        except (TypeError, ValueError) as error:
            raise RunsError(number, str(error)) from error
        if (
            not min(run.parameters, run.tokens, run.loss, run.flop) > 0
            or not abs(run.flop / (6 * run.parameters * run.tokens) - 1) <= 1e-9
        ):
            raise RunsError(
                number, f"{run.run} does not have a positive loss and 6 × parameters × tokens FLOP"
            )
        if run.run in runs:
            raise RunsError(number, f"{run.run} stands twice", "take one of its rows out")
        runs[run.run] = run
    return list(runs.values())
