"""The emblem: three blocks, one bar, two strata, and two rails. Many, few, deep.

Every edge is on a whole pixel of its grid. The parts carry classes, not colors: the theme lights all of them
or one.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

from fieldguide.drawing.colors import LAYER_TOKENS

Grid = Literal[16, 24, 32, 320]
Box = tuple[float, float, float, float]
"""x, y, width and height in units of the grid."""

PARTS: dict[int, dict[str, list[Box]]] = {
    16: {
        "application": [(x, 1, 4, 4) for x in (1, 6, 11)],
        "model": [(1, 6, 14, 3)],
        "infrastructure": [(1, 10, 14, 2), (1, 13, 14, 2)],
    },
    24: {
        "application": [(x, 1, 6, 6) for x in (1, 9, 17)],
        "model": [(1, 9, 22, 5)],
        "infrastructure": [(1, 16, 22, 3), (1, 20, 22, 3)],
    },
    32: {
        "application": [(x, 3, 6, 7) for x in (6, 13, 20)],
        "model": [(6, 12, 20, 6)],
        "infrastructure": [(6, 20, 20, 3), (6, 25, 20, 4)],
        "capital": [(2, 3, 2, 26)],
        "crypto": [(28, y, 2, 5) for y in (3, 10, 17, 24)],
    },
}


def emblem(grid: Grid = 24, size: float | None = None) -> str:
    """The emblem as decorative SVG: 16 for the favicon, 24 inline, 32 in page headers, 320 from 96 px up.
    `size` is its side in px; its own where absent.
    """
    side = size or {32: 40}.get(grid, grid)
    parts = _large_parts() if grid == 320 else {name: _boxes(boxes) for name, boxes in PARTS[grid].items()}
    groups = "".join(f'<g class="fg-emblem__{name}">{content}</g>' for name, content in parts.items())
    large = " fg-emblem--large" if grid == 320 else ""
    return (
        f'<svg class="fg-emblem{large}" width="{side:g}" height="{side:g}" viewBox="0 0 {grid} {grid}"'
        f' aria-hidden="true">{groups}</svg>'
    )


def favicon_svg(tokens: Mapping[str, Mapping[str, str]]) -> str:
    """The 16 grid as a file of its own: light values, dark ones where the reader's system is dark."""

    def rules(scheme: str) -> str:
        values = tokens[scheme]
        return "".join(f".{name[0]}{{fill:{values[LAYER_TOKENS[name]]}}}" for name in PARTS[16])

    paths = "".join(_boxes(boxes, f' class="{name[0]}"') for name, boxes in PARTS[16].items())
    return (
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 16 16">'
        f"<style>{rules('light')}@media(prefers-color-scheme:dark){{{rules('dark')}}}</style>"
        f"{paths}</svg>\n"
    )


def _boxes(boxes: list[Box], attributes: str = "") -> str:
    """Rectangles as one path."""
    drawn = "".join(f"M{x:g} {y:g}h{width:g}v{height:g}h-{width:g}z" for x, y, width, height in boxes)
    return f'<path{attributes} d="{drawn}"/>'


def _large_parts() -> dict[str, str]:
    """The 320 grid: the map's patterns, a road, a railway, and rings joined to the layers.

    Everything is filled, also outlines and lines, so that the same CSS rule lights a part in every grid.
    """
    boxes: dict[str, list[Box]] = {
        name: [(x * 10, y * 10, width * 10, height * 10) for x, y, width, height in found]
        for name, found in PARTS[32].items()
    }
    stations = (65, 150, 270)
    dots = []
    for x, y, width, height in boxes["application"]:
        dots += [
            (x + 4 * column, y + 4 * row)
            for row in range(1, int(height / 4))
            for column in range(1, int(width / 4))
            if (row + column) % 2 == 0
        ]
    strata = []
    for (x, y, width, height), gap in zip(boxes["infrastructure"], (8, 4.5), strict=True):
        strata += [
            (x, y + gap * line, width, 1.7)
            for line in range(1, int(height / gap) + 1)
            if gap * line < height - 3
        ]
    arms_left = [(32 + 2, y - 1, 26, 2) for y in stations]
    arms_right = [(260, y - 1, 26, 2) for y in stations]
    return {
        "application": (
            "".join(_frame(box) for box in boxes["application"])
            + "".join(f'<circle cx="{x:g}" cy="{y:g}" r="1.7"/>' for x, y in dots)
        ),
        "model": _boxes(boxes["model"]),
        "infrastructure": "".join(_frame(box) for box in boxes["infrastructure"]) + _boxes(strata),
        "capital": (
            _cut([(23, 30, 2, 260), (35, 30, 2, 260)], stations)
            + _boxes([(38, y, w - 4, h) for _, y, w, h in arms_left])
            + "".join(_ring(30, y) for y in stations)
        ),
        "crypto": (
            _cut([(288.5, 30, 3, 260), *((282, y, 16, 1.7) for y in range(36, 290, 13))], stations)
            + _boxes([(x, y, w - 4, h) for x, y, w, h in arms_right])
            + "".join(_ring(290, y) for y in stations)
        ),
    }


def _frame(box: Box, line: float = 2) -> str:
    """An outline inside its box: the inner path runs the other way and is left empty."""
    x, y, width, height = box
    inner = f"M{x + line:g} {y + line:g}v{height - 2 * line:g}h{width - 2 * line:g}v-{height - 2 * line:g}z"
    return f'<path d="M{x:g} {y:g}h{width:g}v{height:g}h-{width:g}z{inner}"/>'


def _ring(x: float, y: float, radius: float = 8, line: float = 2) -> str:
    """A station: two circles as one path, the inner one the other way round."""

    def circle(r: float, sweep: int) -> str:
        half = f"a{r:g} {r:g} 0 1 {sweep}"
        return f"M{x - r:g} {y:g}{half} {2 * r:g} 0{half} -{2 * r:g} 0z"

    return f'<path d="{circle(radius + line / 2, 1)}{circle(radius - line / 2, 0)}"/>'


def _cut(boxes: list[Box], stations: tuple[float, ...], radius: float = 8) -> str:
    """Boxes without what would show inside a station's ring."""
    pieces: list[Box] = []
    for x, y, width, height in boxes:
        top = y
        for station in stations:
            if station - radius < y + height and station + radius > top:
                if station - radius > top:
                    pieces.append((x, top, width, station - radius - top))
                top = max(top, station + radius)
        if top < y + height:
            pieces.append((x, top, width, y + height - top))
    return _boxes(pieces)
