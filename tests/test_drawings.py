"""Every drawing looks like its reference, wide and narrow."""

from __future__ import annotations

import pytest
from PIL import Image

from tests.drawings import WIDTHS, difference, drawings, reference, small
from tests.guide import guide_book

SHARE, MEAN = 0.0001, 0.3
"""The share of pixels, and the mean difference of all, that renderers of two machines may differ by."""


@pytest.fixture(scope="module")
def pictures() -> dict[tuple[str, str], str]:
    """(slug, width) → SVG, of every figure that is a drawing."""
    made = {slug: drawings(slug) for slug in guide_book().figures}
    return {(slug, kind): files[f"-{kind}.svg"] for slug, files in made.items() for kind in WIDTHS if f"-{kind}.svg" in files}


@pytest.mark.whole
def test_every_drawing_looks_like_its_reference(pictures: dict[tuple[str, str], str]) -> None:
    wrong = []
    for (slug, kind), svg in pictures.items():
        file = reference(slug, kind)
        if not file.exists():
            wrong.append(f"{slug}, {kind}: no reference")
            continue
        share, mean = difference(Image.open(file), small(svg, kind))
        if share > SHARE or mean > MEAN:
            wrong.append(f"{slug}, {kind}: {share:.2%} of pixels changed, mean difference {mean:.2f}")
    again = "look at each with `git diff` after `.venv/bin/python -m tests.drawings SLUG…`, and commit it when it is meant"
    assert not wrong, "\n".join([*wrong, again])
