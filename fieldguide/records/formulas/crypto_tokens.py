"""Crypto tokens: how many are issued, what that takes from holders, what a sale fetches, and what a
subsidized price leaves out.
"""

from __future__ import annotations

import math

from fieldguide.records.formulas.number import Number

DAY = 86_400
"""Seconds."""


def issued_per_day(per_block: Number, block_seconds: Number) -> float:
    """Tokens a day from so many a block."""
    return per_block * DAY / block_seconds


def halving_threshold(cap: Number, halvings: Number) -> float:
    """Tokens issued at the n-th halving of a supply that halves by what is issued: half of the cap, three
    quarters, seven eighths …

    Source: `get_block_emission_for_issuance` in Bittensor's code.
    """
    return cap * (1 - 0.5**halvings)


def halved_emission(first: Number, issued: Number, cap: Number) -> float:
    """What is issued a block, in tokens, once `issued` of `cap` are out: `first` / 2^n with n = floor(log2(1
    / (1 − issued / cap))), nothing at the cap.

    Source: as for `halving_threshold`.
    """
    if issued >= cap:
        return 0.0
    return first * 0.5 ** math.floor(math.log2(1 / (1 - issued / cap)))


def dilution(new: Number, existing: Number) -> float:
    """By how many percent a holder's share of all tokens falls when `new` ones are issued to others."""
    return 100 * new / (existing + new)


def break_even_multiple(coverage: Number) -> float:
    """How many times the price must be for sales to pay a cost of which they cover `coverage` percent, if
    neither the amount sold nor the cost changes.
    """
    return 100 / coverage


def pool_proceeds(sold: Number, tokens: Number, money: Number, fee: Number) -> float:
    """What a constant-product pool of `tokens` and `money` pays for `sold` tokens, in the unit of `money`;
    `fee` in percent stays in the pool.

    The product of the two reserves may not fall: money × in / (tokens + in), with in = sold less the fee.
    Source: `getAmountOut` in Uniswap's UniswapV2Library.
    """
    taken = sold * (1 - fee / 100)
    return money * taken / (tokens + taken)


def pool_price(sold: Number, tokens: Number, money: Number, fee: Number) -> float:
    """Price of a token in such a pool after the sale: money left over tokens there."""
    return (money - pool_proceeds(sold, tokens, money, fee)) / (tokens + sold)


def next_four_quarters(quarter: Number, change: Number) -> float:
    """Revenue of the four quarters after one of `quarter`, in its unit, if each changes by `change` percent
    on the one before.
    """
    rate = 1 + change / 100
    return quarter * sum(rate**n for n in range(1, 5))


def burn_and_mint(bill: Number, price_in: Number, price_out: Number) -> float:
    """Change of a supply, in tokens, when a bill in dollars destroys tokens at one price and the supplier is
    paid in new ones at another.

    Source: AEP-76 of Akash, "Net supply effect per dollar of usage".
    """
    return bill / price_out - bill / price_in
