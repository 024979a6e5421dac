"""Operations of training and inference, and the chips and hours that they take."""

from __future__ import annotations

from fieldguide.records.formulas.arithmetic import from_share
from fieldguide.records.formulas.number import Number


def training_flop(parameters: Number, tokens: Number) -> float:
    """Training compute of a dense transformer, FLOP: C ≈ 6ND (Kaplan et al. 2020, section 2.1).

    For a mixture of experts pass the active parameters.
    """
    return 6 * parameters * tokens


def inference_flop(parameters: Number) -> float:
    """Forward-pass compute per token, FLOP: about 2N (Kaplan et al. 2020, section 2.1), attention's context
    term left out.
    """
    return 2 * parameters


def attention_extra(layers: Number, width: Number, context: Number, parameters: Number) -> float:
    """What 6ND leaves out, in percent of it: attention over a full context, layers · context · width / N
    (Kaplan et al. 2020, equation 2.2).
    """
    return 100 * layers * context * width / parameters


def gpu_hours(flop: Number, flop_per_second: Number) -> float:
    """Hours that one chip at that speed would take; with the peak speed, the least that the work can cost."""
    return flop / flop_per_second / 3600


def billed_hours(hours: Number, lost: Number) -> float:
    """All chip-hours that are paid for, of which `hours` do the work and `lost` percent go to failures,
    restarts and waits. Raises ZeroDivisionError where all are lost.
    """
    return from_share(hours, 100 - lost)


def chip_hours(gpus: Number, days: Number) -> float:
    """GPU-hours of so many chips, all kept for so many days: the reverse of `days_on`."""
    return gpus * days * 24


def reached_share(flop: Number, flop_per_second: Number, hours: Number) -> float:
    """Percent of one chip's peak speed that a run reached over all its GPU-hours, pauses included; 6ND
    counts its work. Raises ZeroDivisionError.
    """
    return 100 * gpu_hours(flop, flop_per_second) / hours


def days_on(hours: Number, gpus: Number) -> float:
    """Days that so many GPU-hours last on so many chips, all in use throughout."""
    return hours / gpus / 24


def break_even_tokens(extra: Number, larger: Number, smaller: Number) -> float:
    """Tokens to serve until `extra` training FLOP are paid back by the smaller model's cheaper forward pass,
    2 FLOP a parameter.
    """
    return extra / (inference_flop(larger) - inference_flop(smaller))
