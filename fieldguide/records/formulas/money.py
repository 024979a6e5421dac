"""Money: the cost and price of tokens, revenue and margin."""

from __future__ import annotations

import math

from fieldguide.records.formulas.compute import gpu_hours
from fieldguide.records.formulas.number import Number


def token_cost(tokens: Number, price: Number) -> float:
    """USD for all of `tokens` at `price` USD per million tokens."""
    return tokens * price / 1e6


def read_cost(tokens: Number, cached: Number, price: Number, cached_price: Number) -> float:
    """USD for reading `tokens` of which `cached` percent come from a cache, at two prices in USD per million
    tokens. Definition; storing in the cache is free here.
    """
    return token_cost(tokens * (1 - cached / 100), price) + token_cost(tokens * cached / 100, cached_price)


def blended_cost(usual: Number, other: Number, share: Number) -> float:
    """USD on average when `share` percent of the work costs `other` and the rest `usual`. Definition."""
    return (usual * (100 - share) + other * share) / 100


def pass_cost_per_million(
    flop: Number, parameters: Number, flop_per_second: Number, utilization: Number, hour: Number
) -> float:
    """USD of rented time to put a million tokens through a dense model at `flop` operations a parameter and
    token.

    6 for training, 2 for reading once; `utilization` is the percentage of the chip's peak that is reached,
    `hour` USD per GPU-hour.
    """
    return gpu_hours(flop * parameters * 1e6, flop_per_second * utilization / 100) * hour


def cost_per_million(cost: Number, tokens: Number) -> float:
    """USD per million tokens, of `cost` USD for so many tokens. Raises ZeroDivisionError."""
    return cost / tokens * 1e6


def rental_cost_per_million(hour: Number, tokens_per_second: Number, utilization: Number) -> float:
    """USD per million tokens from a machine rented at `hour` USD that does `utilization` percent of the
    tokens it could.
    """
    return hour * 1e6 / (tokens_per_second * 3600 * utilization / 100)


def full_use_cost_per_million(hour: Number, tokens_per_second: Number) -> float:
    """USD per million tokens from a machine rented at `hour` USD that is never idle."""
    return rental_cost_per_million(hour, tokens_per_second, 100)


def break_even_utilization(hour: Number, tokens_per_second: Number, price: Number) -> float:
    """Percent of its capacity at which a rented machine costs per token what a list price does; above 100 it
    never does.
    """
    return full_use_cost_per_million(hour, tokens_per_second) / price * 100


def break_even_volume(bill: Number, price: Number) -> float:
    """Tokens at which `bill` USD equals a list price in USD per million tokens."""
    return bill / price * 1e6


def mixed_price(tokens_in: Number, price_in: Number, tokens_out: Number, price_out: Number) -> float:
    """USD per million tokens, in and out together, of a request at two list prices. Raises ZeroDivisionError
    for a request without tokens.
    """
    return (tokens_in * price_in + tokens_out * price_out) / (tokens_in + tokens_out)


def break_even_hits(fresh: Number, write: Number, cached: Number) -> float:
    """Percent of requests that must find a beginning in the cache for caching to cost what reading it fresh
    costs.

    All three are prices of the same tokens: read fresh, stored on a miss, read from the cache on a hit.
    Raises ZeroDivisionError.
    """
    return 100 * (write - fresh) / (write - cached)


def annualized_month(month: Number) -> float:
    """A month's revenue times twelve, in USD: a run-rate, not a year's revenue."""
    return month * 12


def annualized_quarter(quarter: Number) -> float:
    """A quarter's revenue times four, in USD, to set beside a run-rate."""
    return quarter * 4


def average_quarter(year: Number) -> float:
    """A quarter of a year's amount, in the amount's unit: the average quarter, not a reported one."""
    return year / 4


def gross_margin(revenue: Number, cost: Number) -> float:
    """What is left of revenue after the direct cost of what was sold, in percent. Raises ZeroDivisionError
    without revenue.
    """
    return 100 * (revenue - cost) / revenue


def contribution_break_even(price: Number, fixed: Number, variable: Number) -> float:
    """Uses at which a customer who pays `price` contributes nothing: (price − fixed) / variable, the costs in
    USD a customer and a use.
    """
    return (price - fixed) / variable


def price_for_margin(cost: Number, fees: Number, margin: Number) -> float:
    """Price in USD at which `margin` percent is left after `cost` USD and `fees` percent of the price: cost /
    (1 − fees − margin), all of one unit sold.

    Definition, solved for the price. Raises ValueError where fees and margin take the whole price.
    """
    if fees + margin >= 100:
        raise ValueError("no price leaves such a margin: with the fees it takes all of it")
    return cost / (1 - fees / 100 - margin / 100)


def lifetime_profit(monthly: Number, churn: Number) -> float:
    """Gross profit in USD of a customer who leaves `monthly` USD a month, over an average life: monthly /
    churn, where `churn` percent of customers leave every month (Skok). Raises ZeroDivisionError without
    churn.
    """
    return monthly / (churn / 100)


def payback_months(cost: Number, monthly: Number, churn: Number) -> float:
    """Months until customers who cost `cost` USD to win have earned it back, where each leaves `monthly` USD
    a month and `churn` percent of those who remain leave every month: ln(1 − cost·c/monthly)/ln(1 − c).

    The month at which the sum of Skok's exponential decay, monthly·(1 − (1 − c)ⁿ)/c, reaches the cost;
    without churn, cost / monthly. Infinity where customers leave before they have earned it.
    """
    if not churn:
        return cost / monthly if monthly > 0 else math.inf
    left = 1 - cost * churn / 100 / monthly if monthly > 0 else 0.0
    return math.log(left) / math.log(1 - churn / 100) if left > 0 else math.inf
