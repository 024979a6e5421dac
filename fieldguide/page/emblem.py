"""The emblem: three blocks, one bar, two strata, and two rails: many, few, deep.

emblems/ has a file for each grid, with every edge on a whole pixel: 16 for the favicon, 24 inline, 32 in page
headers, 320 from 96 px up. The parts have classes instead of colors: the theme highlights all of them or one.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Literal

from fieldguide.drawing.colors import LAYER_TOKENS

Grid = Literal[16, 24, 32, 320]
EMBLEMS = Path(__file__).with_name("emblems")


@cache
def _parts(grid: Grid) -> str:
    """The markup of a grid's parts, one `<g class="fg-emblem__application">` for each layer."""
    drawn = (EMBLEMS / f"{grid}.svg").read_text(encoding="utf-8")
    return "".join(re.findall("<g .*</g>", drawn))


def emblem(grid: Grid = 24, size: float | None = None) -> str:
    """The emblem as decorative SVG. `size` is its side in px, by default that of the grid."""
    side = size or {32: 40}.get(grid, grid)
    large = " fg-emblem--large" if grid == 320 else ""
    return (
        f'<svg class="fg-emblem{large}" width="{side:g}" height="{side:g}" viewBox="0 0 {grid} {grid}"'
        f' aria-hidden="true">{_parts(grid)}</svg>'
    )


def favicon_svg(tokens: Mapping[str, Mapping[str, str]]) -> str:
    """The emblem on grid 16 as an SVG file: light colors, or dark ones if the reader's system is dark."""
    paths = re.sub(r'<g class="fg-emblem__(\w)\w+"><path (.*?)</g>', r'<path class="\1" \2', _parts(16))

    def rules(scheme: str) -> str:
        layers = ("application", "model", "infrastructure")
        return "".join(f".{name[0]}{{fill:{tokens[scheme][LAYER_TOKENS[name]]}}}" for name in layers)

    return (
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 16 16">'
        f"<style>{rules('light')}@media(prefers-color-scheme:dark){{{rules('dark')}}}</style>"
        f"{paths}</svg>\n"
    )
