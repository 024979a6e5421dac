"""The emblem: three blocks, one bar, two strata, and two rails. Many, few, deep.

emblems/ has it once for each grid, every edge on a whole pixel: 16 for the favicon, 24 inline, 32 in page
headers, 320 from 96 px up. The parts carry classes, not colors: the theme lights all of them or one.
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
    """One `<g class="fg-emblem__application">` for each layer."""
    drawn = (EMBLEMS / f"{grid}.svg").read_text(encoding="utf-8")
    return "".join(re.findall("<g .*</g>", drawn))


def emblem(grid: Grid = 24, size: float | None = None) -> str:
    """The emblem as decorative SVG; `size` is its side in px, its own where absent."""
    side = size or {32: 40}.get(grid, grid)
    large = " fg-emblem--large" if grid == 320 else ""
    return (
        f'<svg class="fg-emblem{large}" width="{side:g}" height="{side:g}" viewBox="0 0 {grid} {grid}"'
        f' aria-hidden="true">{_parts(grid)}</svg>'
    )


def favicon_svg(tokens: Mapping[str, Mapping[str, str]]) -> str:
    """The 16 grid as a file of its own: light values, dark ones where the reader's system is dark."""
    paths = re.sub(r'<g class="fg-emblem__(\w)\w+"><path (.*?)</g>', r'<path class="\1" \2', _parts(16))

    def rules(scheme: str) -> str:
        layers = ("application", "model", "infrastructure")
        return "".join(f".{name[0]}{{fill:{tokens[scheme][LAYER_TOKENS[name]]}}}" for name in layers)

    return (
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 16 16">'
        f"<style>{rules('light')}@media(prefers-color-scheme:dark){{{rules('dark')}}}</style>"
        f"{paths}</svg>\n"
    )
