"""The guide's own training runs as rows of a download."""

from __future__ import annotations

from fieldguide.records.runs import SOURCE, Runs
from fieldguide.text.numbers import whole


def rows(runs: Runs | None) -> list[dict[str, object]]:
    """The download's rows, in the order in which the runs were made."""
    return [
        {("id" if name == "run" else name): whole(value) for name, value in vars(row).items()}
        | {"sources": [SOURCE]}
        for row in (runs.rows if runs is not None else ())
    ]
