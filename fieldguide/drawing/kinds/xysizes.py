"""Measures of lines and points: of one plot, and of what stands at the foot of the sheet."""

from __future__ import annotations

from fieldguide.drawing.metrics import Pair, Sizes


class XySizes(Sizes):
    """Measures of one plot, and of what stands at the sheet's foot."""

    left: Pair = (52, 44)
    right: Pair = (14, 10)
    inset: Pair = (0, 0)
    """From the start of the plot to the start of the scale across."""
    inset_end: Pair = (0, 0)
    top: Pair = (30, 30)
    floor: Pair = (330, 290)
    """The foot of the plot, and the top, below that of the sheet."""
    title: Pair = (14, 14)
    """Baseline of the name of the scale upward, and with `title_note` of the plot's title and note."""
    title_x: Pair = (0, 0)
    title_note: Pair = (19, 19)
    name: Pair = (44, 43)
    """Baseline of the name of the scale across, below the foot of the plot."""
    tick: Pair = (10, 10)
    side: Pair = (10, 10)
    """From the scale upward to its labels."""
    radius: Pair = (4.6, 4.2)
    small: Pair = (4.6, 4.2)
    """Radius of marks without a label."""
    halo: Pair = (0, 0)
    """Radius of the paper under a mark."""
    label: Pair = (11, 10)
    """From a mark to a label beside it."""
    up: Pair = (10, 10)
    down: Pair = (21, 20)
    """Baseline of a label above or below its mark, from the mark's middle."""
    corner: Pair = (6, 6)
    """From a mark across to a label at its corner."""
    label_size: Pair = (0, 0)
    note: Pair = (18, 16)
    """From a label to the line below it."""
    line: Pair = (17, 16)
    """From a line of names at the end of the plot, or of a list, to the next."""
    beyond: Pair = (10, 8)
    """From the end of the plot to the names of series there."""
    beyond_y: Pair = (-2, -2)
    beyond_note: Pair = (10, 8)
    beyond_gap: Pair = (17, 16)
    """The least distance from one of them to the next."""
    elbow: Pair = (0, 0)
    """Room for a line that leads from a series to its name."""
    key_x: Pair = (0, 0)
    key_y: Pair = (14, 14)
    key_step: Pair = (21, 21)
    key_line: Pair = (26, 26)
    key_mark: Pair = (0, 0)
    """Radius of the mark on a line of the key."""
    key_size: Pair = (0, 0)
    key_note: Pair = (0, 0)
    """From a name in the key down to its note; 0 sets the note beside it."""
    item: Pair = (6, 6)
    """Between items of a list that have a note."""
    row: Pair = (28, 28)
    row_x: Pair = (14, 14)
    foot: Pair = (74, 72)
    """Baseline of what stands first at the sheet's foot, below the plot."""
    foot_x: Pair = (0, 0)
    foot_step: Pair = (24, 22)
    bottom: Pair = (10, 10)
    key_text: Pair = (16, 16)
    key_gap: Pair = (18, 18)
    point_line: Pair = (17, 17)
    aside: Pair = (760, 328)
    """How wide the point's second part may be."""
