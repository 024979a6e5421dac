"""Places in time for the figures: ISO dates of any precision as fractional years."""

from __future__ import annotations

from datetime import date


def fractional_year(iso: str) -> float:
    """2020.5 for the middle of 2020. A year or month without a day counts from its middle."""
    parts = [int(part) for part in iso.split("-")]
    if len(parts) == 1:
        return parts[0] + 0.5
    if len(parts) == 2:
        return parts[0] + (parts[1] - 0.5) / 12
    day, start, end = date(*parts), date(parts[0], 1, 1), date(parts[0] + 1, 1, 1)
    return parts[0] + (day - start) / (end - start)
