"""What a figure becomes: its drawings and the table of its data."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Table:
    """The same content as rows of text, for readers who do not see the drawing."""

    caption: str
    header: list[str]
    rows: list[list[str]]


@dataclass(frozen=True)
class Drawing:
    """One figure: SVG text in two or three drawings and its data table, or `html`, which is a table of
    text.
    """

    wide: str = ""
    narrow: str = ""
    medium: str | None = None
    table: Table | None = None
    slide: str | None = None
    """For a slide, where neither the wide nor the narrow drawing has the right shape."""
    html: str | None = None
    """A table of text in place of drawings; it may hold {{cite:key}} and {{fact:id.field|text}}."""
