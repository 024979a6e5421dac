"""Small copies of the slides, for the index of figures."""

from __future__ import annotations

import functools
import io
import posixpath
from collections.abc import Iterator, Mapping
from importlib.metadata import version

from PIL import Image

from fieldguide.outputs.exports import Export, Make
from fieldguide.records.figure import SMALL, THUMBNAIL

LEVEL = 6
"""How hard a copy is compressed: the hardest saves a fiftieth of its bytes and takes four times as long."""


def thumbnails(slides: Mapping[str, Make]) -> Iterator[tuple[str, Make]]:
    """A small copy of each PNG slide. `slides` is path below docs/ → how to make it, of every file of the slides."""
    for path, slide in slides.items():
        if path.endswith(".png") and isinstance(slide, Export):
            name = posixpath.basename(path).removesuffix(".png") + SMALL
            yield path.removesuffix(".png") + SMALL, Export(slide.root, name, functools.partial(_inputs, slide), functools.partial(_thumbnail, slide), slide.group)


def _inputs(slide: Export) -> str:
    return f"{slide.place.name} {THUMBNAIL} {LEVEL} {version('pillow')}"


def _thumbnail(slide: Export) -> bytes:
    small = Image.open(io.BytesIO(slide())).convert("RGB").resize(THUMBNAIL, Image.Resampling.LANCZOS)
    out = io.BytesIO()
    small.quantize(32, method=Image.Quantize.MEDIANCUT, dither=Image.Dither.NONE).save(out, "PNG", compress_level=LEVEL)
    return out.getvalue()
