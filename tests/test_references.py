"""Every drawing, wide and narrow, and every slide, light and dark, looks like its reference."""

from __future__ import annotations

from pathlib import Path

import pytest
from PIL import Image

from tests.guide import guide_book
from tests.references import FOLDER, difference, names, picture, unmatched

SHARE, MEAN = 0.0001, 0.3
"""The share of pixels, and the mean difference of all, that renderers of two machines may differ by."""


def test_references_that_are_missing_and_those_that_are_left_over_are_told_apart(tmp_path: Path) -> None:
    kept, missing = "stack-map", "money-flow"
    for name in (*names(kept), "slides/old-light.png"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).touch()
    lines = list(unmatched(tmp_path, [kept, missing]))
    assert [line.partition(" — ")[0] for line in lines] == [
        "no reference yet of money-flow",
        "left over from a figure that is gone",
    ]
    assert "`.venv/bin/python -m tests.references money-flow`" in lines[0]
    assert lines[1].endswith(f"delete {tmp_path.name}/slides/old-light.png")


@pytest.mark.whole
def test_every_figure_has_its_references_and_none_is_left_of_one_that_is_gone() -> None:
    assert list(unmatched(FOLDER, guide_book().figures)) == []


@pytest.mark.whole
def test_every_drawing_and_every_slide_looks_like_its_reference() -> None:
    wrong = []
    for slug in guide_book().figures:
        for name in filter(lambda name: (FOLDER / name).exists(), names(slug)):
            share, mean = difference(Image.open(FOLDER / name), picture(name, slug))
            if share > SHARE or mean > MEAN:
                wrong.append(f"{name}: {share:.2%} of pixels changed, mean difference {mean:.2f}")
    again = (
        "look at each with `git diff` after `.venv/bin/python -m tests.references SLUG…`, and commit it when"
        " it is meant"
    )
    assert not wrong, "\n".join([*wrong, again])
