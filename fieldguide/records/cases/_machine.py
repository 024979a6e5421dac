"""What a machine holds of a model and how fast it serves it, for the lab on what serving costs."""

from __future__ import annotations

import math
from typing import Any

from fieldguide.records.cases import Result, Values
from fieldguide.records.formulas.arithmetic import gigabytes
from fieldguide.records.formulas.serving import (
    chips_to_hold,
    decode_step,
    prefill_shared,
    prefill_time,
    read_parameters,
    tokens_in_turns,
)
from fieldguide.records.formulas.size import kv_cache_bytes, memory_bytes

BITS = {"sixteen": 16, "eight": 8, "four": 4}


def memory_of(given: Values) -> dict[str, Any]:
    """What weights and caches take, and how many users' caches fit; the last one's may lack a half, since
    answers are at different lengths.
    """
    weights = gigabytes(memory_bytes(given["parameters"], BITS[given["bits"]]))
    token = (
        kv_cache_bytes(given["layers"], given["kv_heads"], given["head_size"], BITS[given["cache_bits"]] / 8)
        * given["vectors"]
        / 2
    )
    cache = gigabytes(token * (given["prompt"] + given["answer"]))
    each = given["memory"] * (1 - given["reserve"] / 100)
    usable = given["chips"] * each
    seats = max(0.0, (usable - weights) / cache)
    return {
        "weights": weights,
        "token": token,
        "cache": cache,
        "usable": usable,
        "seats": seats,
        "places": float(math.floor(seats + 0.5)),
        "least": chips_to_hold(weights, each),
        "one": chips_to_hold(weights + cache / 2, each),
        "needed": chips_to_hold(weights + (given["users"] - 0.5) * cache, each),
    }


def limits_of(given: Values) -> tuple[float, float]:
    """TFLOP/s and TB/s of the machine. Weights of 4 bits are unpacked, and worked with at 16."""
    return (
        given["chips"] * given["rate8" if given["bits"] == "eight" else "rate16"],
        given["chips"] * given["bandwidth"],
    )


def read_of(given: Values, tokens: float) -> float:
    """GB of weights that a pass for so many tokens reads."""
    return gigabytes(
        memory_bytes(
            read_parameters(given["parameters"], given["active"], given["experts"], given["chosen"], tokens),
            BITS[given["bits"]],
        )
    )


def together_of(given: Values, users: float) -> float:
    """GB of weights that one pass over the prompts of so many users reads."""
    return read_of(given, users * given["prompt"])


def share_of(given: Values, users: float, prefill: float) -> float:
    """ms of reading for each of so many users, whose prompts are read in one pass; `prefill` is the
    arithmetic of one.
    """
    return prefill_shared(users, prefill, together_of(given, users), limits_of(given)[1])


def step_of(given: Values, users: float, middle: float) -> float:
    """ms for a token of each user."""
    rate, bandwidth = limits_of(given)
    return decode_step(users, middle, read_of(given, users), given["active"], rate, bandwidth)


def reached_of(given: Values, users: float, prefill: float, step: float) -> float:
    """Tokens of answer a second, all users together; `prefill` is the arithmetic of one prompt in ms."""
    return tokens_in_turns(
        users,
        given["answer"],
        share_of(given, users, prefill) / given["reading"] * 100,
        step / given["writing"] * 100,
    )


def speed_of(given: Values, result: Result) -> dict[str, Any]:
    """The bounds of reading and writing, and what is reached of them, or what was measured. `prefill` is the
    arithmetic of a prompt, `pass` its time in the pass that it shares.
    """
    rate, bandwidth = limits_of(given)
    users, length = min(given["users"], result["places"]), given["prompt"] + given["answer"]
    middle = gigabytes(result["token"] * (given["prompt"] + given["answer"] / 2))
    prefill, step = prefill_time(given["active"], given["prompt"], rate), step_of(given, users, middle)
    first = max(prefill, read_of(given, given["prompt"]) / bandwidth) / given["reading"] / 10
    out = reached_of(given, users, prefill, step)
    if given["speed"] == "measured":
        first, out = None, given["measured"] * given["answer"] / length
    return {
        "users": users,
        "prefill": prefill,
        "pass": share_of(given, users, prefill),
        "read": read_of(given, users),
        "middle": middle,
        "step": step,
        "first": first,
        "out": out,
        "each": out / users,
        "all": out * length / given["answer"],
    }


def fixed_of(given: Values, result: Result) -> float:
    """USD a month that do not grow with the volume."""
    return float(given["spares"] * result["machine"] + result["people"])


def shape_problems(values: Values) -> list[dict[str, str]]:
    """What a model of this shape cannot be, by the input that says it."""
    found = []
    if values["active"] > values["parameters"]:
        found.append({"id": "active", "message": "A token cannot use more parameters than the model has."})
    if values["chosen"] > values["experts"]:
        found.append({"id": "chosen", "message": "A token cannot use more experts than a layer has."})
    return found
