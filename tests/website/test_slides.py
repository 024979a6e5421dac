"""The pictures of figures as they are published."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from PIL import Image

from fieldguide.book import Book


@pytest.fixture(scope="module")
def pictures(site: Path) -> list[Path]:
    return [
        path for path in (site / "figures").rglob("*.png") if re.search(r"-(?:light|dark)\.png$", path.name)
    ]


def test_every_picture_of_the_site_opens_at_full_size(pictures: list[Path], book: Book) -> None:
    shown = [slug for slug in book.figures if f"figures/{slug}.md" in book.pages]
    assert len(pictures) == 2 * len(shown)
    for path in pictures:
        picture = Image.open(path)
        assert picture.size == (1920, 1080), path
        assert len(picture.convert("RGB").resize((192, 108)).getcolors(192 * 108) or []) > 20, (
            f"{path} is blank"
        )
        assert path.with_suffix(".svg").exists()
