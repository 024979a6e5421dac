"""The small mark of a layer, beside its name in lists."""

from __future__ import annotations

from fieldguide.drawing.colors import LAYER_TOKENS, Layer, color

_MARKS: dict[Layer, str] = {
    "application": "M0 4h4v4H0zM6 4h4v4H6zM12 4h4v4h-4z",
    "model": "M0 4h16v4H0z",
    "infrastructure": "M0 2.5h16v2.6H0zM0 7h16v2.6H0z",
    "capital": "M0 3.2h16v1.6H0zM0 7.2h16v1.6H0z",
    "crypto": "M0 5.2h16v1.6H0zM2 2.5h1.3v7H2zM5.6 2.5h1.3v7H5.6zM9.2 2.5h1.3v7H9.2zM12.8 2.5h1.3v7h-1.3z",
}


def layer_mark(layer: Layer) -> str:
    """The mark of a layer, 16 by 12 px: three squares, a bar, two lines, a road, a railway."""
    return (
        '<svg class="fg-layermark" viewBox="0 0 16 12" width="16" height="12" aria-hidden="true">'
        f'<path d="{_MARKS[layer]}" fill="{color(LAYER_TOKENS[layer])}"/></svg>'
    )
