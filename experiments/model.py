"""A decoder-only transformer in a page: tied table, rotary positions, RMS norm without gains, squared ReLU,
no biases.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from typing import NamedTuple

import torch
from torch import Tensor
from torch.nn import functional as F

from experiments.grid import Shape

Weights = dict[str, Tensor]
BASE = 1000.0
"""Of the rotary angles; lines are short."""


def names(shape: Shape) -> dict[str, tuple[int, int]]:
    """Every matrix as (rows, columns); a row makes one output."""
    width = shape.width
    found = {"table": (shape.vocabulary, width)}
    for layer in range(shape.layers):
        found |= {
            f"{layer}.qkv": (3 * width, width),
            f"{layer}.out": (width, width),
            f"{layer}.up": (4 * width, width),
            f"{layer}.down": (width, 4 * width),
        }
    return found


def make_weights(shape: Shape, seed: int) -> Weights:
    source = torch.Generator().manual_seed(seed)
    weights = {}
    for name, (rows, columns) in names(shape).items():
        spread = 0.02 if name == "table" else 1 / math.sqrt(columns)
        if name.endswith(("out", "down")):
            spread /= math.sqrt(2 * shape.layers)
        weights[name] = (torch.randn(rows, columns, generator=source) * spread).requires_grad_()
    assert sum(weight.numel() for weight in weights.values()) == shape.parameters
    return weights


def angles(length: int, half: int) -> Tensor:
    """Unit complex numbers, one a place and pair of channels."""
    speeds = BASE ** (-torch.arange(half) / half)
    return torch.polar(torch.ones(length, half), torch.arange(length)[:, None] * speeds)


def turn(pairs: Tensor, by: Tensor) -> Tensor:
    """Neighboring channels are a complex number, turned by the place's angle."""
    return torch.view_as_real(torch.view_as_complex(pairs.unflatten(-1, (-1, 2))) * by).flatten(-2)


def norm(values: Tensor) -> Tensor:
    return F.rms_norm(values, values.shape[-1:], eps=1e-6)


def mask_of(line_of: Tensor) -> Tensor:
    """Each place sees itself and what came before it in its own line."""
    same = line_of[:, :, None] == line_of[:, None, :]
    return same.tril()[:, None]


def logits(weights: Weights, shape: Shape, reads: Tensor, mask: Tensor, dropout: float = 0.0) -> Tensor:
    """(rows, places, vocabulary). `dropout` is the share of numbers that are dropped from what the table and
    each part of a layer add.
    """
    rows, length = reads.shape
    by = angles(length, shape.width // shape.heads // 2)
    stream = F.dropout(norm(F.embedding(reads, weights["table"])), dropout)
    for layer in range(shape.layers):
        mixed = (
            F.linear(norm(stream), weights[f"{layer}.qkv"])
            .view(rows, length, 3, shape.heads, -1)
            .permute(2, 0, 3, 1, 4)
        )
        queries, keys = turn(mixed[:2], by)
        read = attend(queries, keys, mixed[2], mask).transpose(1, 2).reshape(rows, length, -1)
        stream = stream + F.dropout(F.linear(read, weights[f"{layer}.out"]), dropout)
        up = F.relu(F.linear(norm(stream), weights[f"{layer}.up"])).square()
        stream = stream + F.dropout(F.linear(up, weights[f"{layer}.down"]), dropout)
    return F.linear(norm(stream), weights["table"])


def attend(queries: Tensor, keys: Tensor, values: Tensor, mask: Tensor) -> Tensor:
    """The values that each place reads. Written out where numbers of 16 bits are used: the kernel takes twice
    as long there.
    """
    if not torch.is_autocast_enabled("cpu"):
        return F.scaled_dot_product_attention(queries, keys, values, attn_mask=mask)
    scores = queries @ keys.transpose(-1, -2) / math.sqrt(queries.shape[-1])
    return scores.masked_fill(~mask, -math.inf).softmax(-1) @ values


class Layer(NamedTuple):
    """What one layer does with a line, for each of its places."""

    before: Tensor
    """(places, width): the vectors that it reads and adds to."""
    queries: Tensor
    keys: Tensor
    values: Tensor
    """(heads, places, width of a head); queries and keys are turned by their place."""
    scores: Tensor
    attention: Tensor
    """(heads, places, places): before softmax, minus infinity where a token comes later; and after."""
    mixed: Tensor
    """(heads, places, width of a head): the values, averaged by attention."""
    attended: Tensor
    """(places, width): what attention adds."""
    hidden: Tensor
    """(places, 4 × width): in the feed-forward network, before the squared ReLU."""
    fed: Tensor
    """(places, width): what the feed-forward network adds."""

    @property
    def after(self) -> Tensor:
        return self.before + self.attended + self.fed


def layers(weights: Weights, shape: Shape, ids: list[int]) -> Iterator[Layer]:
    """One line written out step by step, as the page's own code does it."""
    length, width = len(ids), shape.width // shape.heads
    by = angles(length, width // 2)
    later = torch.ones(length, length, dtype=torch.bool).triu(1)
    stream = norm(weights["table"][torch.tensor(ids)])
    for layer in range(shape.layers):
        three = norm(stream) @ weights[f"{layer}.qkv"].T
        queries, keys, values = three.view(length, 3, shape.heads, width).permute(1, 2, 0, 3)
        queries, keys = turn(queries, by), turn(keys, by)
        scores = (queries @ keys.transpose(-1, -2) / math.sqrt(width)).masked_fill(later, -math.inf)
        attention = scores.softmax(-1)
        mixed = attention @ values
        attended = mixed.transpose(0, 1).reshape(length, -1) @ weights[f"{layer}.out"].T
        hidden = norm(stream + attended) @ weights[f"{layer}.up"].T
        fed = F.relu(hidden).square() @ weights[f"{layer}.down"].T
        yield Layer(stream, queries, keys, values, scores, attention, mixed, attended, hidden, fed)
        stream = stream + attended + fed


def trace(weights: Weights, shape: Shape, ids: list[int]) -> tuple[Tensor, Tensor]:
    """Of one line: logits (places, vocabulary) and attention (layers, heads, places, places)."""
    found = list(layers(weights, shape, ids))
    return norm(found[-1].after) @ weights["table"].T, torch.stack([one.attention for one in found])
