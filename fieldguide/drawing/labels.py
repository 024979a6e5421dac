"""Labels that find a free place by themselves."""

from __future__ import annotations

from collections.abc import Sequence

from fieldguide.drawing.canvas import Anchor
from fieldguide.drawing.measure import text_width

LabelBox = tuple[float, float, float, float]
"""Left, top, right and bottom."""
_NEAR: tuple[tuple[float, float, Anchor], ...] = (
    (10, 0.34, "start"),
    (-10, 0.34, "end"),
    (8, -0.55, "start"),
    (-8, -0.55, "end"),
    (8, 1.2, "start"),
    (-8, 1.2, "end"),
    (0, -0.75, "middle"),
    (0, 1.5, "middle"),
)
"""Units across and sizes down from a mark to a label's baseline, the best first."""
_FAR: tuple[tuple[float, float, Anchor], ...] = tuple(
    (side * 10, down, "end" if side < 0 else "start")
    for down in (-1.6, 2.2, -2.6, 3.2, -3.6, 4.2, 2.7, 3.7, -3.1, -4.1)
    for side in (-1, 1)
)


def box_of(words: str, x: float, y: float, size: float, weight: int, anchor: Anchor) -> LabelBox:
    """The box that a line of text takes, with a small margin."""
    width = text_width(words, size, weight)
    left = x - (width if anchor == "end" else width / 2 if anchor == "middle" else 0)
    return (left - 2, y - size * 0.8, left + width + 2, y + size * 0.26)


def overlap(a: LabelBox, b: LabelBox) -> bool:
    return a[0] < b[2] and b[0] < a[2] and a[1] < b[3] and b[1] < a[3]


def free(
    words: str,
    x: float,
    y: float,
    size: float,
    weight: int,
    taken: Sequence[LabelBox],
    left: float,
    right: float,
) -> tuple[float, float, Anchor, bool] | None:
    """(x, y, anchor, far) of the first place around the mark at (x, y) where a label overlaps none of the
    boxes `taken` and stays between `left` and `right`; `far` means that it needs a leader line. None where no
    place is free.
    """
    for dx, down, anchor in (*_NEAR, *_FAR):
        position = x + dx, y + down * size
        box = box_of(words, *position, size, weight, anchor)
        if box[0] >= left and box[2] <= right and not any(overlap(box, taken_box) for taken_box in taken):
            return (*position, anchor, (dx, down, anchor) in _FAR)
    return None
