"""The faces for pictures made in the build: without axes, since renderers of SVG and Pillow take a weight as a file."""

from __future__ import annotations

from pathlib import Path

STATIC = Path(__file__).parent / "static_fonts"
"""With their license files. `python -m fieldguide fonts` makes them."""


def static_font(family: str, weight: int) -> Path:
    """The file of a static face: family "newsreader" or "source-sans-3". Raises FileNotFoundError that lists what there is."""
    path = STATIC / f"{family}-{weight}.ttf"
    if not path.exists():
        raise FileNotFoundError(f"no static face {path.name}: there are {', '.join(sorted(item.name for item in STATIC.glob('*.ttf')))}")
    return path
