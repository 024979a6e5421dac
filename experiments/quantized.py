"""A model in a file: whole numbers of at most eight bits and a scale a row, gzip, which takes fewer bytes
for smaller numbers; and the sheet that says how to read it.
"""

from __future__ import annotations

import gzip
import hashlib
from typing import Any

import torch

from experiments.grid import Shape
from experiments.model import BASE, Weights, names

LARGEST = 127


def quantize(weights: Weights, shape: Shape, largest: int = LARGEST) -> tuple[bytes, bytes]:
    """Scales as little-endian float32, then whole numbers from -`largest` to `largest` as int8; matrices in
    the order of `names`, row after row.
    """
    scales, numbers = bytearray(), bytearray()
    for name in names(shape):
        weight = weights[name].detach()
        scale = weight.abs().amax(1).clamp(min=1e-12) / largest
        scales += scale.float().numpy().astype("<f4").tobytes()
        numbers += (weight / scale[:, None]).round().clamp(-largest, largest).to(torch.int8).numpy().tobytes()
    return bytes(scales), bytes(numbers)


def write_model(weights: Weights, shape: Shape, largest: int = LARGEST) -> tuple[bytes, dict[str, Any]]:
    """The file and its sheet."""
    scales, numbers = quantize(weights, shape, largest)
    packed = gzip.compress(scales + numbers, 9, mtime=0)
    sheet = {
        "shape": {**vars(shape), "parameters": shape.parameters},
        "rotary_base": BASE,
        "norm_epsilon": 1e-6,
        "format": (
            "gzip of: a float32 scale a row, then an int8 a weight; matrices in this order, row after row;"
            " weight = number × scale of its row"
        ),
        "matrices": [
            {"name": name, "rows": rows, "columns": columns} for name, (rows, columns) in names(shape).items()
        ],
        "bytes": len(packed),
        "unpacked": len(scales) + len(numbers),
        "sha256": hashlib.sha256(packed).hexdigest(),
    }
    return packed, sheet


def write_small_model(weights: Weights, shape: Shape, most: int) -> tuple[bytes, dict[str, Any]]:
    """The file with the finest numbers that take at most `most` bytes, and its sheet, which says how large
    they are. Raises ValueError where even numbers of two bits take more.
    """
    for largest in range(LARGEST, 0, -2):
        packed, sheet = write_model(weights, shape, largest)
        if len(packed) <= most:
            return packed, sheet | {"largest_number": largest}
    raise ValueError(
        f"a model of {shape.parameters:,} parameters does not fit in {most:,} bytes — make it smaller"
    )


def read_model(packed: bytes, shape: Shape) -> Weights:
    """The weights as the page has them."""
    raw = gzip.decompress(packed)
    sizes = names(shape)
    rows = sum(count for count, _ in sizes.values())
    assert len(raw) == 4 * rows + shape.parameters, "the file is not a model of this shape"
    scales = torch.frombuffer(bytearray(raw[: 4 * rows]), dtype=torch.float32)
    numbers = torch.frombuffer(bytearray(raw[4 * rows :]), dtype=torch.int8)
    weights, row, place = {}, 0, 0
    for name, (count, columns) in sizes.items():
        weights[name] = (
            numbers[place : place + count * columns].view(count, columns).float()
            * scales[row : row + count, None]
        )
        row, place = row + count, place + count * columns
    return weights
