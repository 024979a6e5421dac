"""How fast the page's code writes, as a ratio to PyTorch on one thread: both keep keys and values, and write
the same lines. A benchmark, no test.
"""

from __future__ import annotations

import json
import math
import shutil
import subprocess
import time
from pathlib import Path

import torch
from torch.nn import functional as F

from experiments.bytepair import END
from experiments.definer import FOLDER, SHAPE
from experiments.grid import CONTEXT
from experiments.model import Weights, angles, norm, turn
from experiments.quantized import read_model

LINES = 20
SCRIPT = Path(__file__).with_name("speed.mjs")


class SpeedError(Exception):
    """Says what is missing and where it is from."""


def write_line(weights: Weights, first: int) -> int:
    """Takes the likeliest token until the context is full; returns how many were read."""
    width = SHAPE.width // SHAPE.heads
    by = angles(CONTEXT, width // 2)
    kept = torch.zeros(2, SHAPE.layers, SHAPE.heads, CONTEXT, width)
    token = END
    for place in range(CONTEXT):
        stream = norm(weights["table"][token])
        for layer in range(SHAPE.layers):
            queries, keys, values = F.linear(norm(stream), weights[f"{layer}.qkv"]).view(
                3, SHAPE.heads, 1, width
            )
            kept[0, layer, :, place : place + 1] = turn(keys, by[place : place + 1])
            kept[1, layer, :, place : place + 1] = values
            scores = (
                turn(queries, by[place : place + 1])
                @ kept[0, layer, :, : place + 1].transpose(-1, -2)
                / math.sqrt(width)
            )
            stream = stream + F.linear(
                (scores.softmax(-1) @ kept[1, layer, :, : place + 1]).flatten(), weights[f"{layer}.out"]
            )
            stream = stream + F.linear(
                F.relu(F.linear(norm(stream), weights[f"{layer}.up"])).square(), weights[f"{layer}.down"]
            )
        token = int(F.linear(norm(stream), weights["table"]).argmax()) if place else first
    return CONTEXT


def pytorch_speed(weights: Weights) -> float:
    """Tokens a second."""
    with torch.inference_mode():
        write_line(weights, 97)
        start = time.perf_counter()
        read = sum(write_line(weights, 97 + line) for line in range(LINES))
        return read / (time.perf_counter() - start)


def page_speed() -> float:
    """Tokens a second of docs/labs/next-token/model.mjs, in Node."""
    node = shutil.which("node")
    if node is None:
        raise SpeedError("node is not on the path: the page's code is measured with it")
    done = subprocess.run(
        [node, str(SCRIPT), str(FOLDER), str(LINES)], capture_output=True, text=True, check=True
    )
    return float(json.loads(done.stdout)["speed"])


def compare() -> str:
    weights = read_model((FOLDER / "model.bin.gz").read_bytes(), SHAPE)
    here, there = pytorch_speed(weights), page_speed()
    return (
        f"PyTorch, one thread: {here:,.0f} tokens/s; the page's code in Node: {there:,.0f} tokens/s; ratio"
        f" {there / here:.2f}"
    )
