"""Serving: the time of reading and writing, the chips that hold a model, and the most that they give."""

from __future__ import annotations

import math

from fieldguide.records.formulas.arithmetic import gigabytes
from fieldguide.records.formulas.compute import inference_flop
from fieldguide.records.formulas.number import Number


def chips_to_hold(size: Number, memory: Number) -> float:
    """Whole chips whose memory holds `size`, both in one unit, with nothing left over for anything else."""
    return math.ceil(size / memory - 1e-9)


def prefill_time(parameters: Number, tokens: Number, rate: Number) -> float:
    """Milliseconds to read a prompt at `rate` TFLOP/s, 2 FLOP a parameter and token: a lower bound, attention's context term left out."""
    return inference_flop(parameters) * tokens / (rate * 1e12) * 1000


def decode_step(users: Number, cache: Number, weights: Number, parameters: Number, rate: Number, bandwidth: Number) -> float:
    """Milliseconds in which each of `users` gets one token: a lower bound (Austin et al. 2025, "All About Transformer Inference").

    `cache` is one user's key-value cache and `weights` the model, in GB; `rate` is in TFLOP/s and `bandwidth` in TB/s.
    Caches are always read; the weights are read once for all, unless the arithmetic takes longer.
    """
    arithmetic = inference_flop(parameters) * users / (rate * 1e12) * 1000
    return users * cache / bandwidth + max(arithmetic, weights / bandwidth)


def serving_bound(
    users: Number, prompt: Number, answer: Number, cache_per_token: Number, weights: Number, parameters: Number, rate: Number, bandwidth: Number,
) -> float:
    """Most tokens of answer a second, all users together, when chips take turns between reading prompts and writing answers.

    A round reads one prompt for each user and then writes every answer; the cache, in bytes a token, has half the answer on average.
    """
    cache = gigabytes(cache_per_token * (prompt + answer / 2))
    reading = users * prefill_time(parameters, prompt, rate)
    writing = answer * decode_step(users, cache, weights, parameters, rate, bandwidth)
    return users * answer / (reading + writing) * 1000
