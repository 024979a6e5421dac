"""Measures of a drawing in units, for both widths: what a kind lays out with instead of asking which width it draws.

A record writes whatever differs between the widths as a pair, `[wide, narrow]`; one value serves both.
"""

from __future__ import annotations

from typing import Annotated, Any, TypeVar

from pydantic import BaseModel, BeforeValidator

from fieldguide.drawing.canvas import NARROW, WIDE
from fieldguide.drawing.sheet import Sheet
from fieldguide.records.base import Strict

T = TypeVar("T")
HALF_LINE = 0.34
"""From the middle of a line of text down to its baseline, in sizes."""


def both(value: Any) -> Any:
    """One value as the pair that it stands for."""
    return value if isinstance(value, list | tuple) else (value, value)


Pair = Annotated[tuple[float, float], BeforeValidator(both)]
"""A measure on the wide and on the narrow sheet."""
Words = Annotated[tuple[str, str], BeforeValidator(both)]
"""A text on the wide and on the narrow sheet."""


class Sizes(Strict):
    """The measures that every kind has; a kind adds its own, a record changes any under `metrics:`."""

    size: Pair = (13.5, 12.5)
    """Of ordinary text."""
    left: Pair = (0, 0)
    """Where the plot starts."""
    right: Pair = (0, 0)
    """Room between the plot's end and the edge of the sheet."""


class Metrics:
    """The measures of one width: every key of the sizes as a number, and what follows from them."""

    def __init__(self, sizes: BaseModel, wide: bool) -> None:
        self._sizes = sizes
        self.wide = wide
        self.width: float = WIDE if wide else NARROW

    def __getattr__(self, name: str) -> float:
        """The size of that name. Raises AttributeError for one that the kind does not have."""
        pair: tuple[float, float] = getattr(self._sizes, name)
        return pair[0 if self.wide else 1]

    @property
    def half(self) -> float:
        """From the middle of a line of ordinary text down to its baseline."""
        return self.size * HALF_LINE

    @property
    def end(self) -> float:
        """Where the plot ends."""
        return self.width - self.right

    def pick(self, pair: tuple[T, T]) -> T:
        """What a pair holds for this width."""
        return pair[0 if self.wide else 1]

    def sheet(self) -> Sheet:
        """An empty sheet of this width."""
        return Sheet() if self.wide else Sheet(width=NARROW, kind="narrow")
