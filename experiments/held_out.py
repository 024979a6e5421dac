"""How sure a loss on the held-out lines is: its standard error, from the losses of the lines.

The weights of a run are not kept, so one run is made again: the shortest of all. It has to end within a
thousandth of the loss in its row; another processor adds in another order.
"""

from __future__ import annotations

import json
import math
import statistics
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from experiments.grid import all_runs
from experiments.reading import Text
from experiments.report import HELD_OUT
from experiments.scaling import Stop, teller
from experiments.table import RunsError, load_rows
from experiments.training import Recipe, Stopped, Watch, measure_lines, train

RUN = "c3e11-w48"
APART = 1e-3


def standard_error(lines: Sequence[tuple[float, int]]) -> float:
    """Of nats a token over lines of (nats, tokens), if other lines had been drawn: that of a ratio, since
    lines differ in length.
    """
    tokens = sum(count for _, count in lines)
    loss = sum(nats for nats, _ in lines) / tokens
    deviation = statistics.stdev(nats - loss * count for nats, count in lines)
    return math.sqrt(len(lines)) * deviation / tokens


def measure_again(text: Text, work: Path) -> bool:
    """The run made again and its standard error written, unless it is there; false when it was asked to stop.
    Raises RunsError when the run ends at another loss.
    """
    if HELD_OUT.exists():
        return True
    run = next(run for run in all_runs() if run.name == RUN)
    row = next(row for row in load_rows() if row.run == RUN)
    recipe = Recipe(run.shape, run.steps, run.seed, run.learning_rate, run.seed)
    checkpoint = work / f"again-{RUN}.pt"
    try:
        weights, _ = train(text.parts["training"], recipe, Watch(checkpoint, teller(RUN, run.steps), Stop()))
    except Stopped:
        return False
    lines = measure_lines(weights, run.shape, text.parts["held-out"])
    loss = sum(nats for nats, _ in lines) / sum(count for _, count in lines)
    if abs(loss / row.loss - 1) > APART:
        raise RunsError(
            0,
            f"{RUN} ends at a loss of {loss:.5f}, and its row has {row.loss}",
            "make the table again with this code, or measure with the code that made it",
        )
    found: dict[str, Any] = {
        "run": RUN,
        "lines": len(lines),
        "loss": round(loss, 5),
        "standard_error": float(f"{standard_error(lines):.4g}"),
    }
    checkpoint.unlink(missing_ok=True)
    HELD_OUT.write_text(json.dumps(found, indent=1) + "\n", encoding="utf-8")
    return True
