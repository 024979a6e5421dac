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
    """Milliseconds to read a prompt at `rate` TFLOP/s, 2 FLOP a parameter and token: a lower bound,
    attention's context term left out.
    """
    return inference_flop(parameters) * tokens / (rate * 1e12) * 1000


def prefill_shared(users: Number, prefill: Number, weights: Number, bandwidth: Number) -> float:
    """Milliseconds that one of `users` prompts takes, all of them read in one pass: a lower bound (Austin et
    al. 2025, "All About Transformer Inference").

    `prefill` is the arithmetic of one prompt in ms, `weights` the GB that the pass reads, once for all, at
    `bandwidth` TB/s; it takes the longer of the two. One prompt alone carries the whole of the move.
    """
    return max(prefill, weights / bandwidth / users)


def decode_step(
    users: Number, cache: Number, weights: Number, parameters: Number, rate: Number, bandwidth: Number
) -> float:
    """Milliseconds in which each of `users` gets one token: a lower bound (Austin et al. 2025, "All About
    Transformer Inference").

    `cache` is one user's key-value cache and `weights` the model, in GB; `rate` is in TFLOP/s and `bandwidth`
    in TB/s.
    Caches are always read; the weights are read once for all, unless the arithmetic takes longer.
    """
    arithmetic = inference_flop(parameters) * users / (rate * 1e12) * 1000
    return users * cache / bandwidth + max(arithmetic, weights / bandwidth)


def serving_bound(
    users: Number,
    prompt: Number,
    answer: Number,
    cache_per_token: Number,
    weights: Number,
    parameters: Number,
    rate: Number,
    bandwidth: Number,
) -> float:
    """Most tokens of answer a second, all users together, when chips take turns between reading prompts and
    writing answers.

    The cache, in bytes a token, is that of `middle_cache`.
    """
    cache = middle_cache(cache_per_token, prompt, answer)
    reading = prefill_shared(users, prefill_time(parameters, prompt, rate), weights, bandwidth)
    return tokens_in_turns(
        users, answer, reading, decode_step(users, cache, weights, parameters, rate, bandwidth)
    )


def middle_cache(cache_per_token: Number, prompt: Number, answer: Number) -> float:
    """GB of cache of a request that has half of its answer, the average while it is written;
    `cache_per_token` is in bytes.
    """
    return gigabytes(cache_per_token * (prompt + answer / 2))


def prefill_in_round(users: Number, answer: Number, speed: Number, step: Number) -> float:
    """Milliseconds that reading one prompt took, if `users` together got `speed` tokens of answer a second
    and one token for each of them took `step` milliseconds: `tokens_in_turns` the other way round.
    """
    return answer * 1000 / speed - answer * step / users


def tokens_in_turns(users: Number, answer: Number, reading: Number, step: Number) -> float:
    """Tokens of answer a second, all users together, of chips that take turns: a round reads one prompt for
    each user and then writes every answer.

    `reading` is the time of one prompt and `step` that of one token for each user, both in milliseconds.
    """
    return users * answer / (users * reading + answer * step) * 1000


def read_parameters(
    parameters: Number, active: Number, experts: Number, chosen: Number, tokens: Number
) -> float:
    """Parameters that one pass for so many tokens reads of a mixture of experts, on average: an expert is
    left out if no token chooses it.

    Each token chooses `chosen` of `experts`, evenly and without regard to the others: (1 − chosen /
    experts)^tokens is the chance that none does
    (the guide's own sum). What belongs to no expert is what `active` and `parameters` leave for it, and is
    always read; a dense model is read whole.
    """
    share = chosen / experts
    if share >= 1:
        return float(parameters)
    of_experts = min(parameters, max(0.0, (parameters - active) / (1 - share)))
    return parameters - of_experts * (1 - share) ** tokens


def distinct_experts(experts: Number, chosen: Number, tokens: Number) -> float:
    """Different experts of one layer that a pass of so many tokens touches, on average: experts · (1 − (1 −
    chosen / experts)^tokens).

    The guide's own sum: each token chooses `chosen` of `experts`, evenly and without regard to the others, so
    that (1 − chosen / experts)^tokens
    is the chance that no token chooses a given expert. Real routers are less even, so this is the most to
    expect. ValueError where more are chosen than there are.
    """
    if not 0 <= chosen <= experts:
        raise ValueError(f"{chosen} of {experts} experts can't be chosen — choose none to all of them")
    return experts * (1 - (1 - chosen / experts) ** tokens)


def whole_machines(volume: Number, capacity: Number) -> float:
    """Machines for so many tokens, of which each does `capacity` in the same time: whole ones, and at least
    one.
    """
    return max(1, math.ceil(volume / capacity - 1e-9))


def stairs_meet(fixed: Number, machine: Number, capacity: Number, price: Number) -> float:
    """Tokens a month at which a bill that grows by whole machines first equals a list price in USD per
    million tokens; infinity where it never does.

    The bill is `fixed` USD and `machine` for each `capacity` tokens begun. On n machines both meet at (fixed
    + n · machine) / price, if these n do so many.
    """
    gain = capacity * price / 1e6 - machine
    if gain <= 0:
        return math.inf
    steps = max(1, math.ceil(fixed / gain - 1e-9))
    return (fixed + steps * machine) / price * 1e6


def stairs_stay_below(fixed: Number, machine: Number, capacity: Number, price: Number) -> float:
    """Tokens a month above which no further step lifts that bill over the list price again; infinity where it
    never falls below.

    A step up stays below once fixed + (n + 1) · machine is no more than the price of n · `capacity` tokens.
    """
    gain = capacity * price / 1e6 - machine
    if gain <= 0:
        return math.inf
    steps = max(1, math.ceil((fixed + machine) / gain - 1e-9))
    return (fixed + steps * machine) / price * 1e6
