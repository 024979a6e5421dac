"""Owning machines: a year's rent, space and power, what a machine loses in value, and how soon it is paid
back.
"""

from __future__ import annotations

from fieldguide.records.formulas.arithmetic import from_share
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


def owned_hour(price: Number, years: Number, busy: Number, space: Number, power: Number) -> float:
    """USD for an hour of use of a machine that one owns.

    What it cost is written off in equal parts over `years`; `space` is USD a year, and both are spread over
    the `busy` percent of all hours in use.
    `power` is USD for the electricity of one hour in use.
    """
    return from_share(rent_to_cover(straight_line(price, years) + space, 1), busy) + power
