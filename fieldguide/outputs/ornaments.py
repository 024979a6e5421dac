"""The ornaments of slides, cards and decks: the frame of a map sheet, and the publisher's mark."""

from __future__ import annotations

from fieldguide.drawing.shapes import Shapes
from fieldguide.drawing.sheet import Sheet

STAR = "M9 1v16M1 9h16M4.6 4.6l8.8 8.8M13.4 4.6l-8.8 8.8"
"""The publisher's mark on a grid of 18, as in overrides/partials/fg-star.html."""
STAR_LINE = 1.6
"""The width of the mark's strokes on that grid."""


def star(x: float, y: float, side: float, color: str) -> str:
    """The publisher's mark, `side` px wide, with its top left corner at (x, y)."""
    return (
        f'<path transform="translate({x:.1f} {y:.1f})scale({side / 18:.4f})" d="{STAR}" fill="none"'
        f' stroke="{color}" stroke-width="{STAR_LINE}"/>'
    )


def neatline(
    width: float, height: float, *, inset: float = 24, band: float = 10, segment: float = 78
) -> Shapes:
    """The frame of a sheet of this size, in px; see `Sheet.neatline`."""
    sheet = Sheet(width, height)
    sheet.neatline(inset=inset, band=band, segment=segment)
    return sheet.drawn("frame", "", "")
