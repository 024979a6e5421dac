"""The pixels of a slide as a PNG, and of its plot as a small one for the index of figures."""

from __future__ import annotations

import functools
import io

from PIL import Image

from fieldguide.outputs.slides.layout import HEIGHT, WIDTH
from fieldguide.records.figure import THUMBNAIL

TOOLS = ("resvg_py", "pillow")
LEVEL = 4
"""How hard a slide is compressed: two steps more save a twentieth of its bytes and take half as long
again.
"""
SMALL_LEVEL = 6
"""How hard a small picture is compressed: the hardest saves a fiftieth of its bytes and takes four times as
long.
"""


def slide_png(svg: str, width: int = WIDTH) -> bytes:
    """The slide as a PNG of `width` px with a palette: a slide has few hundred colors, so it takes half the
    bytes and no color is off by more than a shade.
    """
    return _png(
        _pixels(svg, width).quantize(256, method=Image.Quantize.MAXCOVERAGE, dither=Image.Dither.NONE), LEVEL
    )


def thumbnail(svg: str) -> bytes:
    """A small picture of a sheet as large as a slide."""
    return _png(
        _pixels(svg, THUMBNAIL[0]).quantize(32, method=Image.Quantize.MEDIANCUT, dither=Image.Dither.NONE),
        SMALL_LEVEL,
    )


def picture_png(svg: str, width: int, height: int) -> bytes:
    """A drawing of any shape as a PNG of `width` × `height` px, with a palette as a slide has."""
    return _png(
        _pixels(svg, width, height).quantize(
            256, method=Image.Quantize.MAXCOVERAGE, dither=Image.Dither.NONE
        ),
        LEVEL,
    )


@functools.lru_cache(maxsize=1)  # a small copy is made right after its slide
def _pixels(svg: str, width: int, height: int = 0) -> Image.Image:
    import resvg_py

    drawn = resvg_py.svg_to_bytes(
        svg_string=svg, width=width, height=height or round(width * HEIGHT / WIDTH), skip_system_fonts=True
    )
    return Image.open(io.BytesIO(drawn)).convert("RGB")


def _png(picture: Image.Image, level: int) -> bytes:
    out = io.BytesIO()
    picture.save(out, "PNG", compress_level=level)
    return out.getvalue()
