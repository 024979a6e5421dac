"""Agents: the tokens that a loop reads, and the cost of what succeeds."""

from __future__ import annotations

from fieldguide.records.formulas.number import Number


def agent_input_tokens(calls: Number, first: Number, growth: Number) -> float:
    """Tokens that a loop reads in all its calls when each sends the whole context again: n·first + growth·n(n
    − 1)/2.

    `first` is the context of the first call, `growth` what each call adds to it, both in tokens.
    """
    return calls * first + growth * calls * (calls - 1) / 2


def agent_resent_tokens(calls: Number, first: Number, growth: Number) -> float:
    """Of the tokens that a loop reads, those that an earlier call had sent already: all but the last call's
    context.
    """
    return agent_input_tokens(calls, first, growth) - (first + growth * (calls - 1))


def compacted_input_tokens(
    calls: Number, first: Number, growth: Number, limit: Number, kept: Number
) -> float:
    """Tokens that a loop reads when a context that would pass `limit` is first cut to a summary of `kept`
    tokens.

    The tokens of writing the summaries are not counted. Raises ValueError where the summary would not fit.
    """
    if kept >= limit:
        raise ValueError("the summary must be smaller than the limit")
    context, read = float(first), 0.0
    for _ in range(int(calls)):
        read += context
        context = kept if context + growth > limit else context + growth
    return read


def cost_per_completed_task(cost: Number, percent: Number) -> float:
    """Expected USD for one success when a try costs `cost` and succeeds in `percent` percent: cost / p.

    Holds for independent tries repeated until one succeeds, where a failure is noticed. Raises
    ZeroDivisionError for 0 percent.
    """
    return cost / (percent / 100)
