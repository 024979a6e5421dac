"""The pilot that chose the learning rate, and the grid of runs that the law is fitted to."""

from __future__ import annotations

import csv
import datetime
import math
import signal
import time
from collections.abc import Callable
from pathlib import Path

from experiments.bytepair import Tokenizer
from experiments.corpus import Corpus
from experiments.grid import CONTEXT, ROWS, SHAPES, VOCABULARY, Run, all_runs
from experiments.reading import Text, encode_small
from experiments.table import RESULTS, TrainingRun, add_row, load_rows
from experiments.training import Measured, Progress, Recipe, Stopped, Watch, measure, train

PILOT = RESULTS / "pilot.csv"
PILOT_STEPS = 400
PILOT_RUNS = [
    *((16, PILOT_STEPS, rate) for rate in (0.005, 0.01, 0.02, 0.04)),
    *((48, PILOT_STEPS, rate) for rate in (0.005, 0.01, 0.02, 0.04)),
    *((128, PILOT_STEPS, rate) for rate in (0.0025, 0.005, 0.01)),
]
"""Width, steps, highest rate."""
TELL_EVERY = 15
"""Seconds between two lines of progress."""


class Stop:
    """Set by Ctrl-C or `kill`: the run keeps its checkpoint and ends."""

    def __init__(self) -> None:
        self.asked = False
        for number in (signal.SIGINT, signal.SIGTERM):
            signal.signal(number, self.ask)

    def ask(self, number: int, frame: object) -> None:
        self.asked = True

    def __call__(self) -> bool:
        return self.asked


def teller(
    name: str, steps: int, share: Callable[[float], str] = lambda done: "", rows: int = ROWS
) -> Callable[[Progress], None]:
    """Prints a line of progress every few seconds; a step reads `rows` rows."""
    told, began, first = time.monotonic(), time.monotonic(), -1

    def tell(progress: Progress) -> None:
        nonlocal told, first
        if first < 0:
            first = progress.step - 1
        now = time.monotonic()
        if now - told < TELL_EVERY and progress.step < steps:
            return
        told = now
        pace = (now - began) / (progress.step - first)
        left = datetime.timedelta(seconds=round(pace * (steps - progress.step)))
        done = progress.step / steps
        bar = ("#" * round(20 * done)).ljust(20, ".")
        print(
            f"{name} [{bar}] step {progress.step}/{steps}, loss {progress.loss:.3f},"
            f" {rows * CONTEXT / pace:,.0f} tokens/s, {left} left{share(done)}",
            flush=True,
        )

    return tell


def read_small(corpus: Corpus, tokenizer: Tokenizer) -> Text:
    return encode_small(corpus, tokenizer, VOCABULARY)


def run_pilot(text: Text) -> bool:
    """Short runs at several rates; measured on the tuning part, never on the held-out one. False when it was
    asked to stop.
    """
    done = {}
    if PILOT.exists():
        with PILOT.open(encoding="utf-8", newline="") as source:
            done = {
                (int(row["width"]), int(row["steps"]), float(row["peak_rate"])): row["tuning_loss"]
                for row in csv.DictReader(source)
            }
    stop = Stop()
    for width, steps, rate in PILOT_RUNS:
        if stop():
            return False
        if (width, steps, rate) in done:
            continue
        shape = next(shape for shape in SHAPES if shape.width == width)
        weights, _ = train(text.parts["training"], Recipe(shape, steps, 0, rate), Watch())
        done[width, steps, rate] = f"{measure(weights, shape, text.parts['tuning']).loss:.4f}"
        print(width, steps, rate, done[width, steps, rate], flush=True)
        with PILOT.open("w", encoding="utf-8", newline="") as target:
            writer = csv.writer(target, lineterminator="\n")
            writer.writerow(["width", "steps", "peak_rate", "tuning_loss"])
            writer.writerows([*key, done[key]] for key in PILOT_RUNS if key in done)
    return True


def row_of(run: Run, progress: Progress, measured: Measured, text: Text) -> TrainingRun:
    shape = run.shape
    return TrainingRun(
        run=run.name,
        budget=run.budget,
        width=shape.width,
        layers=shape.layers,
        heads=shape.heads,
        vocabulary=shape.vocabulary,
        parameters=shape.parameters,
        tokens=progress.tokens,
        epochs=round(progress.tokens / text.tokens("training"), 3),
        steps=run.steps,
        peak_rate=round(run.learning_rate, 6),
        seed=run.seed,
        flop=float(6 * shape.parameters * progress.tokens),
        loss=round(measured.loss, 5),
        definition_loss=round(measured.definition_loss, 5),
        bits_per_byte=round(measured.nats / math.log(2) / text.bytes["held-out"], 5),
        training_loss=round(progress.loss, 5),
        seconds=round(progress.seconds, 1),
        finished=datetime.date.today().isoformat(),
    )


def run_grid(text: Text, work: Path, until: float = math.inf) -> bool:
    """Every run that has no row yet, one after another; false when it was asked to stop before the end."""
    stop = Stop()
    runs = [run for run in all_runs() if run.budget <= until]
    order = [run.name for run in all_runs()]
    whole = sum(run.budget for run in runs)
    for number, run in enumerate(runs, 1):
        if run.name in {row.run for row in load_rows()}:
            continue
        before = sum(earlier.budget for earlier in runs[: number - 1])

        def share(done: float, before: float = before, run: Run = run) -> str:
            return f"; {(before + done * run.budget) / whole:.1%} of the grid's FLOP"

        checkpoint = work / f"{run.name}.pt"
        watch = Watch(checkpoint, teller(f"[{number}/{len(runs)}] {run.name}", run.steps, share), stop)
        try:
            weights, progress = train(
                text.parts["training"],
                Recipe(run.shape, run.steps, run.seed, run.learning_rate, run.seed),
                watch,
            )
        except Stopped:
            print(f"stopped in {run.name}; the same command goes on from its checkpoint", flush=True)
            return False
        row = row_of(run, progress, measure(weights, run.shape, text.parts["held-out"]), text)
        add_row(row, order)
        checkpoint.unlink(missing_ok=True)
        print(
            f"done {row.run}: {row.parameters:,} parameters, {row.tokens:,} tokens, {row.epochs} epochs,"
            f" held-out loss {row.loss}, {row.seconds:.0f} s",
            flush=True,
        )
        if stop():
            return False
    return True
