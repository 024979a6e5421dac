"""The table of the guide's own training runs as text, a row a run: read here, and written by
`experiments/table.py`.
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


CASTS = {field.name: {"str": str, "int": int, "float": float}[str(field.type)] for field in fields(Row)}
"""Column → what its cells are."""


def read_rows(text: str) -> list[Row]:
    """Raises RunsError for the first line that is wrong."""
    reader = csv.DictReader(io.StringIO(text))
    if reader.fieldnames != list(CASTS):
        raise RunsError(
            1,
            f"columns are {reader.fieldnames} and not {list(CASTS)}",
            "make the runs again, or restore the committed table",
        )
    rows: list[Row] = []
    for number, line in enumerate(reader, 2):
        try:
            row = Row(**{name: kind(line[name]) for name, kind in CASTS.items()})
        except (TypeError, ValueError) as error:
            raise RunsError(number, str(error)) from error
        if (
            not min(row.parameters, row.tokens, row.loss, row.flop) > 0
            or not abs(row.flop / (6 * row.parameters * row.tokens) - 1) <= 1e-9
        ):
            raise RunsError(
                number, f"{row.run} does not have a positive loss and 6 × parameters × tokens FLOP"
            )
        if row.run in {one.run for one in rows}:
            raise RunsError(number, f"{row.run} stands twice", "take one of its rows out")
        rows.append(row)
    return rows
