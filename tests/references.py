"""Small reference pictures of the drawings and slides: `python -m tests.references` writes them again, with
figure slugs only those.

A picture that changed on purpose is committed with the change; the review looks at it.
"""

from __future__ import annotations

import io
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path

from PIL import Image, ImageChops

from fieldguide.drawing.shapes import Shapes
from fieldguide.outputs.color_tokens import SCHEMES, light
from fieldguide.outputs.outlines import document, flatten
from fieldguide.outputs.slides.files import slide_of
from fieldguide.outputs.slides.png import _pixels, slide_png
from tests.guide import book_for_references, drawn

FOLDER = Path(__file__).parent / "references"
WIDTHS = {"wide": 480, "narrow": 246}
"""Px of a drawing's reference: enough to see that a word or a mark moved by a unit or two."""
SLIDE_WIDTH, COLORS = 480, 24
CHANGED = 40
"""A pixel has changed when a channel differs by more."""


def names(slug: str) -> list[str]:
    """The references of a figure, below FOLDER."""
    return [
        *(f"drawings/{slug}-{kind}.png" for kind in WIDTHS if getattr(drawn(slug), kind)),
        *(f"slides/{slug}-{scheme}.png" for scheme in SCHEMES),
    ]


def picture(name: str, slug: str) -> Image.Image:
    """What the reference of that name shows, drawn now."""
    kind = name.removesuffix(".png").rpartition("-")[2]
    if kind in SCHEMES:
        slide = slide_png(slide_of(slug, book_for_references(), drawn(slug), kind), SLIDE_WIDTH)
        pixels = Image.open(io.BytesIO(slide)).convert("RGB")
    else:
        pixels = _drawing(getattr(drawn(slug), kind), WIDTHS[kind])
    return pixels.quantize(COLORS, method=Image.Quantize.MAXCOVERAGE, dither=Image.Dither.NONE)


def _drawing(shapes: Shapes, width: int) -> Image.Image:
    """A drawing on the paper of the light scheme."""
    tokens = light(book_for_references())
    paper = f'<rect width="{shapes.width:g}" height="{shapes.height:g}" fill="{tokens["paper"]}"/>'
    content = paper + flatten(shapes, tokens)
    svg = document(round(shapes.width), round(shapes.height), "", "", content)
    return _pixels(svg, width, round(width * shapes.height / shapes.width))


def difference(before: Image.Image, after: Image.Image) -> tuple[float, float]:
    """(share of pixels that changed, mean difference of all), each from 0; all of two sizes differ."""
    if before.size != after.size:
        return 1, 255
    channels = ImageChops.difference(before.convert("RGB"), after.convert("RGB")).split()
    most = ImageChops.lighter(ImageChops.lighter(channels[0], channels[1]), channels[2])
    counts, total = most.histogram(), before.width * before.height
    mean = sum(value * count for value, count in enumerate(counts)) / total
    return sum(counts[CHANGED + 1 :]) / total, mean


def unmatched(folder: Path, slugs: Iterable[str]) -> Iterator[str]:
    """How the files of `folder` differ from those of these figures, each with what to do."""
    there = {path.relative_to(folder).as_posix() for path in folder.rglob("*.png")}
    expected = {name: slug for slug in slugs for name in names(slug)}
    for slug in sorted({expected[name] for name in expected.keys() - there}):
        yield (
            f"no reference yet of {slug} — run `.venv/bin/python -m tests.references {slug}`, look at the"
            " pictures and commit them"
        )
    for name in sorted(there - expected.keys()):
        yield f"left over from a figure that is gone — delete {folder.name}/{name}"


def main(slugs: list[str]) -> int:
    """Write the references of `slugs`, or of all figures; then also delete those of figures that are gone."""
    figures = book_for_references().figures
    if unknown := [slug for slug in slugs if slug not in figures]:
        print(f"no such figure: {', '.join(unknown)}", file=sys.stderr)
        return 1
    for path in [] if slugs else FOLDER.rglob("*.png"):
        path.unlink()
    for slug in slugs or figures:
        for name in names(slug):
            picture(name, slug).save(FOLDER / name, optimize=True)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
