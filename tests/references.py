"""Reference pictures of the slides, small ones: `python -m tests.references` writes them again, with figure
slugs only those.

A picture that changed on purpose is committed with the change; the review looks at it.
"""

from __future__ import annotations

import io
import sys
from collections.abc import Mapping
from pathlib import Path

from PIL import Image

from fieldguide.outputs.slides.files import slide_of
from fieldguide.outputs.slides.png import slide_png
from fieldguide.outputs.tokens import SCHEMES
from tests.guide import ROOT, book_for_references, drawn

FOLDER = Path(__file__).parent / "references" / "slides"
WIDTH, COLORS = 480, 24


def small(svg: str) -> Image.Image:
    """A slide as its reference shows it: 480×270, few colors."""
    picture = Image.open(io.BytesIO(slide_png(svg, WIDTH))).convert("RGB")
    return picture.quantize(COLORS, method=Image.Quantize.MAXCOVERAGE, dither=Image.Dither.NONE)


def reference(slug: str, scheme: str) -> Path:
    return FOLDER / f"{slug}-{scheme}.png"


def unmatched(folder: Path, expected: Mapping[str, str], module: str) -> list[str]:
    """How the files of `folder` differ from those that the figures ask for, each with what to run; `expected`
    is file name → figure, `module` writes the files.
    """
    there = {path.name for path in folder.iterdir()}
    missing, left = (
        sorted({slug for name, slug in expected.items() if name not in there}),
        sorted(there - expected.keys()),
    )
    return [
        *(
            [
                f"no reference yet of {', '.join(missing)} — run `.venv/bin/python -m {module}"
                f" {' '.join(missing)}`, look at the pictures and commit them"
            ]
            if missing
            else []
        ),
        *(
            [
                f"left over from figures that are gone: {', '.join(left)} — delete them from"
                f" {folder.relative_to(ROOT).as_posix() if folder.is_relative_to(ROOT) else folder.name}/"
            ]
            if left
            else []
        ),
    ]


def main(slugs: list[str]) -> int:
    """Write the references of `slugs`, or of all figures; then also delete those of figures that are gone."""
    book = book_for_references()
    unknown = [slug for slug in slugs if slug not in book.figures]
    if unknown:
        print(f"no such figure: {', '.join(unknown)}", file=sys.stderr)
        return 1
    FOLDER.mkdir(parents=True, exist_ok=True)
    for slug in slugs or book.figures:
        for scheme in SCHEMES:
            small(slide_of(slug, book, drawn(slug), scheme)).save(reference(slug, scheme), optimize=True)
    for path in [] if slugs else FOLDER.glob("*.png"):
        if path.stem.rsplit("-", 1)[0] not in book.figures:
            path.unlink()
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
