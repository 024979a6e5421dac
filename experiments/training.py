"""One run: the same from its seed, whether it was interrupted or not."""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import torch
from torch import Tensor
from torch.nn import functional as F

from experiments.grid import CONTEXT, ROWS, Shape, rate_at
from experiments.model import Weights, logits, make_weights, mask_of
from experiments.packing import NOTHING, Encoded, batches, lay_row, pack

KEEP_EVERY = 60
"""Seconds between two checkpoints."""


@dataclass
class Progress:
    step: int
    tokens: int
    seconds: float
    loss: float
    """Of the last steps, smoothed."""


@dataclass
class Recipe:
    shape: Shape
    steps: int
    seed: int
    peak: float
    order: int = 0
    """Seed of the order in which lines are read."""
    rows: int = ROWS
    """Of a batch."""
    dropout: float = 0.0
    decay: float = 0.01
    """Of the weights, times the rate, at each step."""
    short: bool = False
    """Matrices are multiplied in numbers of 16 bits (bfloat16)."""


@dataclass
class Watch:
    """What a run tells, and when it should stop."""

    checkpoint: Path | None = None
    tell: Callable[[Progress], None] = lambda progress: None
    stop: Callable[[], bool] = lambda: False
    at_step: Callable[[int, Weights], None] = lambda step, weights: None


class Stopped(Exception):
    """Asked to stop; the checkpoint is written."""


def tensors(rows: Sequence[Sequence[Encoded]]) -> tuple[Tensor, Tensor, Tensor, Tensor]:
    laid = [lay_row(row, CONTEXT) for row in rows]
    reads, says, line_of, defines = (torch.tensor([row[place] for row in laid]) for place in range(4))
    return reads, says, mask_of(line_of), defines


def optimizer_for(weights: Weights, decay: float) -> torch.optim.Optimizer:
    return torch.optim.AdamW(weights.values(), betas=(0.9, 0.99), eps=1e-8, weight_decay=decay, fused=True)


def keep(path: Path, weights: Weights, optimizer: torch.optim.Optimizer, progress: Progress) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    half = path.with_suffix(".part")
    torch.save(
        {
            "weights": {name: weight.detach() for name, weight in weights.items()},
            "optimizer": optimizer.state_dict(),
            "progress": vars(progress),
        },
        half,
    )
    os.replace(half, path)


def train(lines: Sequence[Encoded], recipe: Recipe, watch: Watch) -> tuple[Weights, Progress]:
    weights = make_weights(recipe.shape, recipe.seed)
    optimizer = optimizer_for(weights, recipe.decay)
    progress = Progress(0, 0, 0.0, 0.0)
    if watch.checkpoint and watch.checkpoint.exists():
        kept = torch.load(watch.checkpoint, weights_only=True)
        with torch.no_grad():
            for name, weight in weights.items():
                weight.copy_(kept["weights"][name])
        optimizer.load_state_dict(kept["optimizer"])
        progress = Progress(**kept["progress"])
    else:
        watch.at_step(0, weights)
    source = batches(lines, CONTEXT, recipe.rows, recipe.order, progress.step)
    last = kept_at = time.monotonic()
    while progress.step < recipe.steps:
        reads, says, mask, _ = tensors(next(source))
        for group in optimizer.param_groups:
            group["lr"] = rate_at(progress.step, recipe.steps, recipe.peak)
        if recipe.dropout:  # what is dropped hangs on the step alone, so that an interruption changes nothing
            torch.manual_seed(1_000_003 * recipe.seed + progress.step)
        with torch.autocast("cpu", torch.bfloat16, enabled=recipe.short):
            scores = logits(weights, recipe.shape, reads, mask, recipe.dropout)
        loss = F.cross_entropy(scores.float().flatten(0, 1), says.flatten(), ignore_index=NOTHING)
        optimizer.zero_grad()
        loss.backward()
        torch.nn.utils.clip_grad_norm_(weights.values(), 1.0)
        optimizer.step()
        now = time.monotonic()
        progress.loss = loss.item() if not progress.step else 0.98 * progress.loss + 0.02 * loss.item()
        progress.step += 1
        progress.tokens += int((says != NOTHING).sum())
        progress.seconds += now - last
        last = now
        watch.tell(progress)
        watch.at_step(progress.step, weights)
        if watch.checkpoint and (watch.stop() or now - kept_at > KEEP_EVERY):
            keep(watch.checkpoint, weights, optimizer, progress)
            kept_at = now
            if watch.stop():
                raise Stopped
    return weights, progress


@dataclass(frozen=True)
class Measured:
    loss: float
    """Nats a token, over all tokens of the lines."""
    definition_loss: float
    """Nats a token, over those of the definitions alone."""
    nats: float
    tokens: int


def measure(weights: Weights, shape: Shape, lines: Sequence[Encoded]) -> Measured:
    """The surprise at lines that were not trained on, each read by itself."""
    rows = [[lines[place] for place in row] for row in pack([len(line) for line in lines], CONTEXT)]
    sums = torch.zeros(4, dtype=torch.float64)
    with torch.no_grad():
        for first in range(0, len(rows), 64):
            reads, says, mask, defines = tensors(rows[first : first + 64])
            each = F.cross_entropy(
                logits(weights, shape, reads, mask).flatten(0, 1),
                says.flatten(),
                ignore_index=NOTHING,
                reduction="none",
            ).double()
            here = (says != NOTHING).flatten()
            sums += torch.stack([each.sum(), here.sum(), (each * defines.flatten()).sum(), defines.sum()])
    nats, tokens, defining, places = sums.tolist()
    return Measured(nats / tokens, defining / places, nats, int(tokens))


def measure_lines(weights: Weights, shape: Shape, lines: Sequence[Encoded]) -> list[tuple[float, int]]:
    """Nats and tokens of each line by itself."""
    found: list[tuple[float, int]] = []
    with torch.no_grad():
        for first in range(0, len(lines), 64):
            reads, says, mask, _ = tensors([[line] for line in lines[first : first + 64]])
            each = F.cross_entropy(
                logits(weights, shape, reads, mask).flatten(0, 1),
                says.flatten(),
                ignore_index=NOTHING,
                reduction="none",
            )
            nats = each.double().view(says.shape).sum(1)
            found += zip(nats.tolist(), (says != NOTHING).sum(1).tolist(), strict=True)
    return found
