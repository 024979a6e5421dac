"""What a figure becomes: its drawings and the table of its data."""

from __future__ import annotations

import copy
from dataclasses import dataclass
from functools import cached_property
from xml.etree import ElementTree as ET

from fieldguide.text.tree import serialize


@dataclass(frozen=True)
class Table:
    """The same content as rows of text, for readers who do not see the drawing."""

    caption: str
    header: list[str]
    rows: list[list[str]]


@dataclass(frozen=True, eq=False)
class Shapes:
    """One drawing for one width: its size in units, and its shapes below an `<svg>` without a namespace."""

    width: float
    height: float
    root: ET.Element

    def __repr__(self) -> str:
        return self.svg

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Shapes) and self.svg == other.svg

    @cached_property
    def svg(self) -> str:
        """The shapes as text; a file of its own needs xmlns="http://www.w3.org/2000/svg"."""
        return serialize(self.root)

    def element(self) -> ET.Element:
        """The `<svg>` for a page, which may change it."""
        return copy.deepcopy(self.root)

    def smallest(self, default: float) -> float:
        """The size of the smallest text in units, or `default` where there is none."""
        return min((float(text.get("font-size", 16)) for text in self.root.iter("text")), default=default)


@dataclass(frozen=True)
class Drawing:
    """One figure: two or three drawings and its data table, or `html`, which is a table of text."""

    wide: Shapes | None = None
    narrow: Shapes | None = None
    medium: Shapes | None = None
    table: Table | None = None
    slide: Shapes | None = None
    """For a slide, where neither the wide nor the narrow drawing has the right shape."""
    fold_gap: float | None = None
    """The least gap, in units, at which a slide may cut the narrow drawing into columns; None where its parts
    need a common axis.
    """
    titled: bool = False
    """Whether the drawings bear the figure's title and context themselves."""
    thumbnail: Shapes | None = None
    """For the index of figures, where the drawings would be too small to read."""
    html: str | None = None
    """A table of text in place of drawings; it may hold {{cite:key}} and {{fact:id.field|text}}."""
