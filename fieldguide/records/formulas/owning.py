"""Owning machines: a year's rent, space and power, what a machine loses in value, and how soon it is paid
back.
"""

from __future__ import annotations

import math

from fieldguide.records.formulas.arithmetic import from_share, percent_of
from fieldguide.records.formulas.number import Number

HOURS = 8_760
"""In a year of 365 days."""


def rent_year(chips: Number, hour: Number) -> float:
    """USD a year from `chips` rented at `hour` USD a chip and hour, every hour paid for."""
    return chips * hour * HOURS


def space_year(kilowatts: Number, month: Number) -> float:
    """USD a year for space that is let at `month` USD a kilowatt and month; electricity is extra."""
    return kilowatts * month * 12


def power_year(kilowatts: Number, kilowatt_hour: Number) -> float:
    """USD a year for a draw of `kilowatts` without a pause, at `kilowatt_hour` USD a kWh."""
    return kilowatts * kilowatt_hour * HOURS


def straight_line(price: Number, years: Number) -> float:
    """A year's depreciation in USD of what cost `price`, in equal parts over `years`, nothing left at the
    end. Source: IAS 16, paragraph 62.
    """
    return price / years


def book_value(price: Number, years: Number, passed: Number) -> float:
    """What the accounts still show, in USD, of `price` written off in equal parts over `years` once `passed`
    of them are over; never below nothing.
    """
    return max(0.0, price * (1 - passed / years))


def payback_years(price: Number, cash: Number) -> float:
    """Years until `cash` USD a year have returned `price`; interest is not counted. Raises ValueError where
    nothing is left to pay it back.
    """
    if cash <= 0:
        raise ValueError("a machine that leaves no cash is never paid back")
    return price / cash


def recovery_factor(rate: Number, years: Number) -> float:
    """Part of a sum to pay each year so that equal payments over `years` return it with `rate` percent
    interest a year: r / (1 − (1 + r)^−years), or 1 / years without interest (NREL, Annual Technology Baseline
    2024, capital recovery factor).
    """
    part = rate / 100
    return part / (1 - math.pow(1 + part, -years)) if part else 1 / years


def capital_year(price: Number, years: Number, rate: Number, left: Number) -> float:
    """USD a year for what cost `price` and is sold after `years` for `left` percent of it, with `rate`
    percent interest a year: the price, less the present value of the sale, times the recovery factor.
    """
    sale = percent_of(price, left) / math.pow(1 + rate / 100, years)
    return (price - sale) * recovery_factor(rate, years)


def rent_to_cover(costs: Number, chips: Number) -> float:
    """USD a chip and hour at which a machine of `chips` brings exactly `costs` USD a year, every hour paid
    for.
    """
    return costs / (chips * HOURS)


def hour_from_month(month: Number, chips: Number) -> float:
    """USD a chip and hour behind a monthly fee of `month` USD for `chips`, a month taken as a twelfth of the
    year.
    """
    return month * 12 / (chips * HOURS)


def owned_hour(capital: Number, busy: Number, space: Number, power: Number) -> float:
    """USD for an hour of use of a machine that one owns.

    `capital`, what the machine itself costs, and `space` are USD a year, spread over the `busy` percent of
    all hours in use. `power` is USD for the electricity of one hour in use.
    """
    return from_share(rent_to_cover(capital + space, 1), busy) + power


def busy_to_match(capital: Number, space: Number, power: Number, hour: Number) -> float:
    """Percent of all hours that a machine must be in use so that an hour of it costs what renting one does;
    above 100 it never does. `owned_hour` has the first three; `hour` is the rent. Raises ZeroDivisionError
    where the electricity costs as much as the rent.
    """
    return 100 * rent_to_cover(capital + space, 1) / (hour - power)
