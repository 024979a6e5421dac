"""A small version of the home page's map: three layers, and the parts of the lowest. It highlights what a
step of one request is about.
"""

from __future__ import annotations

from collections.abc import Collection

WIDE, TALL, TEXT = 232, 86, 12
"""Width and height of the map and size of its words, in px; it is never scaled."""
BANDS = (
    ("application", "Applications", 0, 20),
    ("model", "Models", 23, 20),
    ("infrastructure", "Infrastructure", 46, 40),
)
"""(layer, name, top, height)."""
PARTS = {"host": (0, 50), "machines": (50, 78), "power": (128, 54), "chips": (182, 50)}
"""{part of the infrastructure: (left, width)}, in the order in which a dollar reaches them."""


def mini_map(highlighted: Collection[str]) -> str:
    """The map as decorative SVG. `highlighted` names layers and parts; the theme draws them in the color of
    their layer, with heavier lines and words.
    """
    bands = "".join(
        _box(layer, name, 0, top, WIDE, height, layer in highlighted) for layer, name, top, height in BANDS
    )
    parts = "".join(
        _box("infrastructure", name, left, 66, width, 20, name in highlighted)
        for name, (left, width) in PARTS.items()
    )
    return (
        f'<svg class="fg-way" width="{WIDE}" height="{TALL}" viewBox="0 0 {WIDE} {TALL}"'
        f' aria-hidden="true">{bands}{parts}</svg>'
    )


def _box(
    layer: str, name: str, left: float, top: float, width: float, height: float, highlighted: bool
) -> str:
    mark = ' data-lit=""' if highlighted else ""
    return (
        f'<g data-layer="{layer}"{mark}><rect x="{left + 1:g}" y="{top + 1:g}" width="{width - 2:g}"'
        f' height="{height - 2:g}"/><text x="{left + 8:g}" y="{top + 14.5:g}">{name}</text></g>'
    )
