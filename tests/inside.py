"""The definition machine's forward pass in plain Python: what the numbers of the page's code and of PyTorch
are compared with. It shares no code with them.
"""

from __future__ import annotations

import cmath
import gzip
import json
import math
import operator
import struct
from dataclasses import dataclass
from functools import cache
from typing import Any

from fieldguide.records.definer import MODEL, SHEET
from tests.guide import ROOT

Vector = list[float]
Matrix = list[Vector]


def dot(one: Vector, other: Vector) -> float:
    return sum(map(operator.mul, one, other))


def times(matrix: Matrix, vector: Vector) -> Vector:
    return [dot(row, vector) for row in matrix]


def added(one: Vector, other: Vector) -> Vector:
    return list(map(operator.add, one, other))


def softmax(scores: Vector) -> Vector:
    powers = [math.exp(score - max(scores)) for score in scores]
    return [power / sum(powers) for power in powers]


@cache
def read_weights() -> tuple[dict[str, Any], dict[str, Matrix]]:
    """(the sheet, {name: rows of a matrix}) of the committed model."""
    sheet = json.loads((ROOT / SHEET).read_text(encoding="utf-8"))
    raw = gzip.decompress((ROOT / MODEL).read_bytes())
    rows = sum(one["rows"] for one in sheet["matrices"])
    scales = iter(struct.unpack(f"<{rows}f", raw[: 4 * rows]))
    place, found = 4 * rows, {}
    for one in sheet["matrices"]:
        found[one["name"]] = []
        for _ in range(one["rows"]):
            scale = next(scales)
            numbers = struct.unpack_from(f"{one['columns']}b", raw, place)
            found[one["name"]].append([scale * number for number in numbers])
            place += one["columns"]
    return sheet, found


@dataclass
class Layer:
    """What a layer did at each token: vectors by token, or by head and token."""

    before: Matrix
    queries: list[Matrix]
    keys: list[Matrix]
    values: list[Matrix]
    scores: list[Matrix]
    attention: list[Matrix]
    mixed: list[Matrix]
    attended: Matrix
    hidden: Matrix
    fed: Matrix
    after: Matrix


class Reference:
    """The model's way through some tokens: `layers`, and the last vectors, normalized."""

    def __init__(self, ids: list[int]) -> None:
        self.sheet, self.weights = read_weights()
        shape = self.sheet["shape"]
        self.heads, self.head = shape["heads"], shape["width"] // shape["heads"]
        stream = self.norm([self.weights["table"][one] for one in ids])
        self.layers: list[Layer] = []
        for layer in range(shape["layers"]):
            self.layers.append(self._layer(layer, stream))
            stream = self.layers[-1].after
        self.last = self.norm(stream)

    def norm(self, vectors: Matrix) -> Matrix:
        return [
            [value / math.sqrt(dot(one, one) / len(one) + self.sheet["norm_epsilon"]) for value in one]
            for one in vectors
        ]

    def logits(self, vector: Vector) -> Vector:
        return times(self.weights["table"], vector)

    def _turned(self, vector: Vector, place: int) -> Vector:
        """Each pair of numbers as a complex number, turned by an angle that grows with the place."""
        half = self.head // 2
        found: Vector = []
        for pair in range(half):
            by = cmath.rect(1, place * self.sheet["rotary_base"] ** (-pair / half))
            turned = complex(vector[2 * pair], vector[2 * pair + 1]) * by
            found += [turned.real, turned.imag]
        return found

    def _layer(self, layer: int, before: Matrix) -> Layer:
        weights = {name: self.weights[f"{layer}.{name}"] for name in ("qkv", "out", "up", "down")}
        three = [times(weights["qkv"], vector) for vector in self.norm(before)]
        width = self.heads * self.head

        def part(nth: int, head: int) -> Matrix:
            start = nth * width + head * self.head
            return [vector[start : start + self.head] for vector in three]

        turned = [
            [[self._turned(one, at) for at, one in enumerate(part(nth, head))] for head in range(self.heads)]
            for nth in (0, 1)
        ]
        queries, keys = turned
        values = [part(2, head) for head in range(self.heads)]
        scores = [
            [
                [dot(query, key) / math.sqrt(self.head) for key in keys[head][: at + 1]]
                for at, query in enumerate(queries[head])
            ]
            for head in range(self.heads)
        ]
        attention = [[softmax(row) for row in head] for head in scores]
        mixed = [
            [
                [dot(row, list(column)) for column in zip(*values[head][: len(row)], strict=True)]
                for row in attention[head]
            ]
            for head in range(self.heads)
        ]
        attended = [
            times(weights["out"], [value for head in mixed for value in head[at]])
            for at in range(len(before))
        ]
        middle = list(map(added, before, attended))
        hidden = [times(weights["up"], vector) for vector in self.norm(middle)]
        fed = [times(weights["down"], [max(value, 0) ** 2 for value in vector]) for vector in hidden]
        after = list(map(added, middle, fed))
        return Layer(before, queries, keys, values, scores, attention, mixed, attended, hidden, fed, after)
