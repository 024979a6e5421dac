"""Small copies of the slides, for the index of figures."""

from __future__ import annotations

import functools
import hashlib
import io
import posixpath
from collections.abc import Iterator, Mapping
from importlib.metadata import version
from pathlib import Path

from PIL import Image

from fieldguide.outputs.exports import Make, made_once
from fieldguide.records.figure import SMALL, THUMBNAIL


def thumbnails(root: Path, slides: Mapping[str, Make]) -> Iterator[tuple[str, Make]]:
    """A small copy of each PNG slide, for the index. `slides` is path below docs/ → how to make it, of every file of the slides."""
    for path, make in slides.items():
        if path.endswith(".png"):
            yield path.removesuffix(".png") + SMALL, functools.partial(_thumbnail, root, path, make)


def _thumbnail(root: Path, path: str, make: Make) -> bytes:
    picture = make()

    def shrink() -> bytes:
        small = Image.open(io.BytesIO(picture)).convert("RGB").resize(THUMBNAIL, Image.Resampling.LANCZOS)
        out = io.BytesIO()
        small.quantize(32, method=Image.Quantize.MEDIANCUT, dither=Image.Dither.NONE).save(out, "PNG", optimize=True)
        return out.getvalue()

    return made_once(root, posixpath.basename(path).removesuffix(".png") + SMALL, hashlib.sha256(picture).hexdigest() + version("pillow"), shrink)
