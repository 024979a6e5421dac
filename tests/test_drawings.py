"""Every drawing looks like its reference, wide and narrow."""

from __future__ import annotations

from pathlib import Path

import pytest
from PIL import Image

from tests.drawings import WIDTHS, difference, drawings, reference, small
from tests.guide import guide_book
from tests.references import unmatched

SHARE, MEAN = 0.0001, 0.3
"""The share of pixels, and the mean difference of all, that renderers of two machines may differ by."""


def test_references_that_are_missing_and_those_that_are_left_over_are_told_apart(tmp_path: Path) -> None:
    for name in ("old-light.png", "kept-light.png"):
        (tmp_path / name).touch()
    found = unmatched(
        tmp_path,
        {"kept-light.png": "kept", "new-light.png": "new", "new-dark.png": "new"},
        "tests.references",
    )
    assert [line.partition(" — ")[0] for line in found] == [
        "no reference yet of new",
        "left over from figures that are gone: old-light.png",
    ]
    assert (
        "`.venv/bin/python -m tests.references new`" in found[0]
        and f"delete them from {tmp_path.name}/" in found[1]
    )
    assert unmatched(tmp_path, {"kept-light.png": "kept", "old-light.png": "old"}, "tests.references") == []


@pytest.fixture(scope="module")
def pictures() -> dict[tuple[str, str], str]:
    """(slug, width) → SVG, of every figure that is a drawing."""
    made = {slug: drawings(slug) for slug in guide_book().figures}
    return {
        (slug, kind): files[f"-{kind}.svg"]
        for slug, files in made.items()
        for kind in WIDTHS
        if f"-{kind}.svg" in files
    }


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
    again = (
        "look at each with `git diff` after `.venv/bin/python -m tests.drawings SLUG…`, and commit it when it"
        " is meant"
    )
    assert not wrong, "\n".join([*wrong, again])
