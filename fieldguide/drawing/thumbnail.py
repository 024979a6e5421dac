"""Thumbnails: what a figure is in the index of figures, where its drawing would be too small to read. A few
large shapes, hardly a word.

A kind draws its data (`FigureKind.thumbnail`), a record names a part of its drawing (`thumbnail:`), and what
has neither shows the names of its first rows.
"""

from __future__ import annotations

import copy
from collections.abc import Iterable, Sequence
from xml.etree import ElementTree as ET

from fieldguide.drawing.axes import Axis, Scale
from fieldguide.drawing.canvas import decimals
from fieldguide.drawing.colors import color
from fieldguide.drawing.grid import Grid, GridCell
from fieldguide.drawing.measure import cut
from fieldguide.drawing.shapes import Drawing, Shapes
from fieldguide.drawing.sheet import Sheet
from fieldguide.records.figure import THUMBNAIL, Detail

WIDTH, HEIGHT = (side / 2 for side in THUMBNAIL)
"""Units across and down: two px of the picture each, for screens that have two where others have one."""
EDGE = 15
LEFT, RIGHT, TOP, FOOT = EDGE, WIDTH - EDGE, EDGE, HEIGHT - EDGE
NAME_SIZE, MOST_NAMES = 20, 4
"""Of the names of rows: 20 units are 13 px where a phone shows two thumbnails side by side."""
THIN = 1.4
"""The least width of a stroke in a part of a drawing."""
FAINT = {color(token) for token in ("rule", "rule-strong")}
"""Colors of lines that only divide or lead."""


def thumbnail_sheet() -> Sheet:
    """An empty sheet of the size of a thumbnail."""
    return Sheet(width=WIDTH, height=HEIGHT, kind="narrow")


def lanes(groups: Iterable[int], gap: float = 0.7) -> tuple[list[float], float]:
    """(the middle of each row from the top down, the distance from one row to the next) of groups of so many
    rows that fill a thumbnail; between two groups are `gap` rows.
    """
    counts = list(groups)
    pitch = (FOOT - TOP) / (sum(counts) + gap * (len(counts) - 1))
    places, y = [], TOP + pitch / 2
    for count in counts:
        places += [y + index * pitch for index in range(count)]
        y += (count + gap) * pitch
    return places, pitch


def fitted(axis: Axis, values: Sequence[float], start: float, end: float) -> Scale:
    """The axis's scale, cut to what lies between the lowest and the highest of the values; the whole scale
    where they are one.
    """
    low, high = min(values), max(values)
    return (axis.model_copy(update={"low": low, "high": high}) if low < high else axis).scale(start, end)


def draw_names(grid: Grid, tone: str) -> Sheet:
    """The names of a table's first rows, each with its number from the first column of numbers in `tone`."""
    sheet, rows = thumbnail_sheet(), grid.rows[:MOST_NAMES]
    places, pitch = lanes([len(rows)])
    for row, y in zip(rows, places, strict=True):
        base, end = y + NAME_SIZE * 0.32, RIGHT
        if number := next((_first(cell) for cell in row[1:] if cell.right), ""):
            width = sheet.text(
                RIGHT, base, number, size=NAME_SIZE, weight=500, fill=tone, anchor="end", face="display"
            )
            end -= width + NAME_SIZE / 2
        name = cut(_first(row[0]), end - LEFT, NAME_SIZE, face="display")
        sheet.text(LEFT, base, name, size=NAME_SIZE, face="display")
        if row is not rows[-1]:
            sheet.line(LEFT, y + pitch / 2, RIGHT, y + pitch / 2, stroke="rule-strong")
    return sheet


def _first(cell: GridCell) -> str:
    """A cell's first line."""
    return cell.plain.partition("; ")[0]


def detail_of(drawing: Drawing, detail: Detail) -> Shapes:
    """A part of one of a drawing's sheets as a thumbnail; without words, unless the record keeps
    them, and without the lines that only divide. Raises ValueError for a drawing without such a sheet.
    """
    shapes: Shapes | None = getattr(drawing, detail.sheet)
    if shapes is None:
        raise ValueError(f"there is no {detail.sheet} drawing of which `thumbnail:` could show a part")
    scale, (x, y) = WIDTH / detail.width, detail.at
    root = ET.Element("svg", {"viewBox": f"0 0 {decimals(WIDTH)} {decimals(HEIGHT)}"})
    shown = ET.SubElement(
        root, "g", {"transform": f"scale({scale:.4f})translate({decimals(0 - x)} {decimals(0 - y)})"}
    )
    shown.extend(copy.deepcopy(child) for child in shapes.root if child.tag not in ("title", "desc"))
    for parent in list(shown.iter()):
        for child in list(parent):
            words = child.tag == "text" and not detail.words
            if words or (child.get("fill", "none") == "none" and child.get("stroke") in FAINT):
                parent.remove(child)
            elif "stroke-width" in child.attrib and child.tag != "text":
                thick = max(float(child.attrib["stroke-width"]), THIN / scale)
                child.set("stroke-width", decimals(thick))
    return Shapes(WIDTH, HEIGHT, root)
