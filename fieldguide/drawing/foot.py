"""What stands at the foot of a chart: the key of its marks, and what the figure says."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from fieldguide.drawing.measure import text_width
from fieldguide.drawing.metrics import Metrics
from fieldguide.drawing.sheet import Sheet

KeyItem = tuple[Callable[[float, float], None], str]
"""An entry of the key: what draws its mark or swatch at a left end and middle, and its words."""


def key(sheet: Sheet, items: Sequence[KeyItem], x: float, y: float, m: Metrics) -> float:
    """Draws a key: each item's mark or swatch and its words, from the left end `x` and the baseline `y`, on
    to the next line where an item would leave the sheet. Returns the y coordinate of the last baseline.
    """
    left = x
    for draw, words in items:
        across = m.key_text + text_width(words, m.size)
        if left > x and left + across > m.width:
            left, y = x, y + m.size * 1.5
        draw(left, y - m.half)
        sheet.text(left + m.key_text, y, words, size=m.size, fill="ink-2")
        left += across + m.key_gap
    return y


def point(sheet: Sheet, text: str, y: float, m: Metrics) -> float:
    """Draws the figure's point at its foot: the first sentence in bold, then the rest. Returns the y
    coordinate of the last baseline.
    """
    head, _, rest = text.partition(". ")
    size = m.size + 0.5
    y += 1 + sheet.paragraph(
        0, y, head + ("." if rest else ""), m.width, size=size, weight=600, leading=m.point_line / size
    )
    return (
        y
        + sheet.paragraph(0, y, rest, m.aside, size=m.size, fill="ink-2", leading=m.point_line / m.size)
        - m.point_line
    )


def note(sheet: Sheet, text: str, y: float, m: Metrics, token: str = "muted") -> float:
    """Draws a note, wrapped to the width of the sheet. Returns the y coordinate of the last baseline."""
    return y + sheet.paragraph(0, y, text, m.width, size=m.size, fill=token, leading=1.3) - 1.3 * m.size
