"""Measures of a drawing in units, for both widths: what a kind lays out with instead of asking which width it
draws.

A record writes whatever differs between the widths as a pair, `[wide, narrow]`; one value serves both.
"""

from __future__ import annotations

from collections.abc import Mapping
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


Both = tuple[float, float]
Pair = Annotated[Both, BeforeValidator(both)]
"""A measure on the wide and on the narrow sheet."""
Words = Annotated[tuple[str, str], BeforeValidator(both)]
"""A text on the wide and on the narrow sheet."""


class Sizes(Strict):
    """The measures that kinds share; a kind adds its own, a record changes any under `metrics:`."""

    size: Pair = (13.5, 12.5)
    """Of ordinary text."""
    left: Pair = (0, 0)
    """Where the plot starts."""
    right: Pair = (0, 0)
    """Room between the plot's end and the edge of the sheet."""
    top: Pair = (30, 30)
    """From the sheet's edge to the plot."""
    title: Pair = (14, 14)
    """Baseline of what stands over the plot."""
    bottom: Pair = (10, 10)
    """From the last baseline to the sheet's edge."""
    line: Pair = (17, 16)
    """From one line of a note or a list to the next."""
    foot: Pair = (54, 54)
    """Baseline of what stands first below the plot."""
    foot_x: Pair = (0, 0)
    foot_step: Pair = (24, 22)
    key_text: Pair = (16, 16)
    key_gap: Pair = (18, 18)
    key_x: Pair = (0, 0)
    """Where a key over the plot starts."""
    rule: Pair = (0, 0)
    """A rule across the sheet over a group, and one below the foot of the plot; 0 leaves them out."""
    close: Pair = (0, 0)
    label_size: Pair = (0, 0)
    """Added to the size for a label."""
    point_line: Pair = (17, 17)
    aside: Pair = (760, 328)
    """How wide the second part of what the figure says may be."""


class Metrics:
    """The measures of one width: every key of the sizes as a number, and what follows from them; `own` are
    those of a part that differ.
    """

    def __init__(self, sizes: BaseModel, wide: bool, own: Mapping[str, Both] | None = None) -> None:
        self._sizes, self._own = sizes, own or {}
        self.wide = wide
        self.width: float = WIDE if wide else NARROW

    def __getattr__(self, name: str) -> float:
        """The size of that name. Raises AttributeError for one that the kind does not have."""
        pair: Both = self._own[name] if name in self._own else getattr(self._sizes, name)
        return pair[0 if self.wide else 1]

    def of(self, own: Mapping[str, Both]) -> Metrics:
        """The measures of a part with its own."""
        return Metrics(self._sizes, self.wide, own)

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
