"""Pictures of pixels: an SVG drawn by resvg, and a picture as a PNG with a palette."""

from __future__ import annotations

import io
from importlib.metadata import version
from importlib.util import find_spec
from typing import cast

from PIL import Image

RENDERERS = ("svg2png_py", "resvg_py")
"""Two packages of the same renderer. The first gives pixels and takes an eighth of the time, but has no wheels for some systems; the second has them for all, and gives a PNG."""
LEVEL = 4
"""How hard a slide is compressed: two steps more save a twentieth of its bytes and take half as long again."""
_APART = [value % cells * 4 for cells in (64, 61, 53) for value in range(256)]
"""For each channel its values spread over Pillow's 64 cells, so that neighbors do not share one. By three numbers, so that colors on a line through all channels do not meet."""


def draw_svg(svg: str, width: int, height: int) -> Image.Image:
    """An SVG file without text, of `width` × `height` px, that covers its whole area. The same pixels whichever renderer is there."""
    if find_spec("svg2png_py") is None:
        return draw_by_png(svg, width, height)
    import svg2png_py

    pixels, across, down = svg2png_py.svg_to_rgba(svg, svg2png_py.FontDatabase())
    if (across, down) != (width, height):  # it draws in the file's own size alone
        return draw_by_png(svg, width, height)
    return Image.frombytes("RGB", (width, height), pixels, "raw", "RGBX")


def draw_by_png(svg: str, width: int, height: int) -> Image.Image:
    """The same by the package that encodes what it has drawn."""
    import resvg_py

    drawn = resvg_py.svg_to_bytes(svg_string=svg, width=width, height=height, skip_system_fonts=True)
    return Image.open(io.BytesIO(drawn)).convert("RGB")


def renderer_stamp() -> str:
    """Changes with the renderer."""
    return " ".join(f"{name} {version(name)}" for name in RENDERERS if find_spec(name) is not None)


def palette_png(picture: Image.Image) -> bytes:
    """The picture as a PNG with a palette: exact where it has at most 256 colors, and else no color is off by more than a shade."""
    result = io.BytesIO()
    (_indexed(picture) or picture.quantize(256, method=Image.Quantize.MAXCOVERAGE, dither=Image.Dither.NONE)).save(result, "PNG", compress_level=LEVEL)
    return result.getvalue()


def _indexed(picture: Image.Image) -> Image.Image | None:
    """The picture with a palette of exactly its colors, in a third of the time that quantizing takes; None where it has more than 256.

    Pillow looks a color up in a palette by the cell of 4 × 4 × 4 values in which it lies, and the colors of a smooth edge share cells.
    So both are spread over the cells first, and each color meets itself; None too where two colors still share one.
    """
    counted = picture.getcolors(256)
    if counted is None:
        return None
    colors = [cast(tuple[int, int, int], color) for _, color in sorted(counted, reverse=True)]
    apart = [tuple(_APART[256 * channel + value] for channel, value in enumerate(color)) for color in colors]
    if len(set(apart)) < len(apart):
        return None
    palette = Image.new("P", (1, 1))
    palette.putpalette([value for color in apart for value in color])
    indexed = picture.point(_APART).quantize(palette=palette, dither=Image.Dither.NONE)
    indexed.putpalette([value for color in colors for value in color])
    return indexed
