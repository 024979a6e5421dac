"""What a formula takes."""

from typing import NewType

Number = float | int

Day = NewType("Day", int)
"""A day as its number, as `datetime.date.toordinal` counts. A record gives a full date for it."""
