"""Dates: how long it is from one day to another, and which day comes so many days before or after one.

A formula takes and gives a day as its number, as `datetime.date.toordinal` counts; a record names fields with
full dates.
"""

from __future__ import annotations

import math

from fieldguide.records.formulas.number import Day, Number

YEAR = 365.25
"""Days of a year, leap years evened out."""


def days_between(start: Day, end: Day) -> float:
    """Days from the first to the second; negative where the second is earlier."""
    return end - start


def months_between(start: Day, end: Day) -> float:
    """The same in months of a twelfth of 365.25 days."""
    return 12 * (end - start) / YEAR


def years_between(start: Day, end: Day) -> float:
    """The same in years of 365.25 days."""
    return (end - start) / YEAR


def date_from(start: Day, days: Number) -> Day:
    """The day on which so many days since `start` are over; of a broken number the whole days count."""
    return Day(start + math.floor(days))


def date_back_from(end: Day, days: Number) -> Day:
    """The day from which it is so many days to `end`; of a broken number the whole days count."""
    return Day(end - math.floor(days))
