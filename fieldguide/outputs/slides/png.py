"""A slide as a PNG, and its plot as a thumbnail for the index of figures."""

from __future__ import annotations

import functools
import io

from PIL import Image

from fieldguide.outputs.slides.arrangement import HEIGHT, WIDTH
from fieldguide.records.figure import THUMBNAIL

TOOLS = ("resvg_py", "pillow")
LEVEL = 4
"""Compression of a slide: two levels more save 5% of the bytes and take half as long again."""
SMALL_LEVEL = 6
"""Compression of a thumbnail: the highest level saves 2% of the bytes and takes four times as long."""


def slide_png(svg: str, width: int = WIDTH) -> bytes:
    """The slide as a PNG `width` px wide, with a palette: a slide has a few hundred colors, so this halves
    the bytes and changes no color by more than a shade.
    """
    return _png(
        _pixels(svg, width).quantize(256, method=Image.Quantize.MAXCOVERAGE, dither=Image.Dither.NONE), LEVEL
    )


def thumbnail(svg: str) -> bytes:
    """A thumbnail of a sheet as large as a slide."""
    return _png(
        _pixels(svg, THUMBNAIL[0]).quantize(32, method=Image.Quantize.MEDIANCUT, dither=Image.Dither.NONE),
        SMALL_LEVEL,
    )


def picture_png(svg: str, width: int, height: int) -> bytes:
    """A drawing of any shape as a PNG of `width` × `height` px, with a palette."""
    return _png(
        _pixels(svg, width, height).quantize(
            256, method=Image.Quantize.MAXCOVERAGE, dither=Image.Dither.NONE
        ),
        LEVEL,
    )


@functools.lru_cache(maxsize=1)  # the thumbnail is made right after its slide
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
