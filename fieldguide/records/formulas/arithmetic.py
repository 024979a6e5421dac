"""Arithmetic of any quantity: sums, shares, rates of growth, units."""

from __future__ import annotations

import math

from fieldguide.records.formulas.number import Number


def ratio(numerator: Number, denominator: Number) -> float:
    """numerator / denominator, in times. Raises ZeroDivisionError."""
    return numerator / denominator


def product(a: Number, b: Number) -> float:
    """a × b."""
    return a * b


def total(a: Number, b: Number) -> float:
    """a + b, in the unit of both."""
    return a + b


def difference(a: Number, b: Number) -> float:
    """a − b, in the unit of both."""
    return a - b


def share(part: Number, whole: Number) -> float:
    """part of whole, in percent. Raises ZeroDivisionError."""
    return 100 * part / whole


def percent_of(whole: Number, percent: Number) -> float:
    """What `percent` percent of a whole comes to, in the unit of the whole."""
    return whole * percent / 100


def from_share(part: Number, percent: Number) -> float:
    """The whole of which `part` is `percent` percent, in its unit. Raises ZeroDivisionError."""
    return 100 * part / percent


def in_proportion(amount: Number, part: Number, whole: Number) -> float:
    """What an amount that belongs to `whole` comes to for `part`, in its unit. Raises ZeroDivisionError."""
    return amount * part / whole


def relative_difference(found: Number, known: Number) -> float:
    """By how much a found value is above the known one, in percent of it; below it, negative. Raises
    ZeroDivisionError.
    """
    return 100 * (found - known) / known


def remainder(percent: Number) -> float:
    """What a part of `percent` percent leaves of the whole, in percent."""
    return 100 - percent


def opposite(change: Number) -> float:
    """The same change in the other direction, in its unit."""
    return -change


def times_the_rest(percent: Number) -> float:
    """How many times the rest of a whole a part of `percent` percent is. Raises ZeroDivisionError where
    nothing is left.
    """
    return percent / (100 - percent)


def tenfold(amount: Number) -> float:
    """Ten times the amount, in its unit."""
    return 10 * amount


def growth_per_year(start: Number, end: Number, years: Number) -> float:
    """The constant yearly factor that turns start into end in so many years, in times a year."""
    return math.pow(end / start, 1 / years)


def grown(amount: Number, rate: Number, years: Number) -> float:
    """An amount after growing `rate` times a year for so many years, in its unit."""
    return amount * math.pow(rate, years)


def years_to_grow(start: Number, end: Number, rate: Number) -> float:
    """Years until `start` has become `end` at `rate` times a year. Raises ZeroDivisionError for a rate of
    1.
    """
    return math.log(end / start) / math.log(rate)


def times_per_tenfold(exponent: Number) -> float:
    """How often a quantity that grows as C^exponent multiplies when C grows tenfold, in times."""
    return 10**exponent


def years_for_tenfold(rate: Number) -> float:
    """Years to grow tenfold at a constant rate in times a year. Raises ZeroDivisionError for a rate of 1."""
    return 1 / math.log10(rate)


def rate_from_halving(months: Number) -> float:
    """Times a year by which something improves whose need halves in so many months."""
    return 2 ** (12 / months)


def times_from_log_points(points: Number) -> float:
    """The factor that a fall or rise of so many natural log points is: exp(points)."""
    return math.exp(points)


def gigabytes(size: Number) -> float:
    """A size in bytes as decimal GB."""
    return size / 1e9


def tera(amount: Number) -> float:
    """An amount given in trillions as a plain number: TFLOP/s as FLOP/s."""
    return amount * 1e12


def hours_between(days: Number, events: Number) -> float:
    """Average hours from one event to the next, over so many days."""
    return days * 24 / events


def gigawatt_hours(hours: Number, watts: Number) -> float:
    """Energy in GWh of so many hours at so many watts."""
    return hours * watts / 1e9


def per_second(milliseconds: Number) -> float:
    """How often a step of so many milliseconds fits into a second."""
    return 1000 / milliseconds


def seconds_in(minutes: Number) -> float:
    """So many minutes in seconds."""
    return 60 * minutes
