"""The emblem's grids, parts and favicon."""

import itertools
import re
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

from fieldguide.outputs.color_tokens import read_tokens
from fieldguide.page.emblem import emblem, favicon_svg

TOKENS = Path(__file__).parents[1] / "overrides/assets/css/tokens.css"
LAYERS = {"application", "model", "infrastructure"}


@pytest.mark.parametrize(
    ("grid", "parts"),
    [
        (16, LAYERS),
        (24, LAYERS),
        (32, LAYERS | {"capital", "crypto"}),
        (320, LAYERS | {"capital", "crypto"}),
    ],
)
def test_a_grid_has_its_parts_and_no_color(grid: int, parts: set[str]) -> None:
    svg = emblem(grid)
    classes = {group.get("class") for group in ET.fromstring(svg).iter("g")}
    assert classes == {f"fg-emblem__{part}" for part in parts}
    assert "fill" not in svg and "#" not in svg


@pytest.mark.parametrize("grid", [16, 24, 32])
def test_parts_are_on_whole_pixels_inside_the_grid_and_never_touch(grid: int) -> None:
    svg = emblem(grid)
    boxes = [
        (x, y, x + width, y + height)
        for box in re.findall(r"M(\d+) (\d+)h(\d+)v(\d+)h-\d+z", svg)
        for x, y, width, height in [map(int, box)]
    ]
    assert len(boxes) == svg.count("z") >= 6
    assert all(min(box) >= 1 and max(box) <= grid - 1 for box in boxes)
    for (left, top, right, bottom), other in itertools.combinations(boxes, 2):
        assert right < other[0] or other[2] < left or bottom < other[1] or other[3] < top


def test_the_favicon_takes_both_schemes_from_the_tokens() -> None:
    tokens = read_tokens(TOKENS)
    svg = favicon_svg(tokens)
    ET.fromstring(svg)
    light, dark = svg.split("prefers-color-scheme:dark")
    for token in ("app", "model", "infra"):
        assert tokens["light"][token] in light
        assert tokens["dark"][token] in dark
    assert len(re.findall("<path", svg)) == 3


def test_tokens_of_one_scheme_only_are_an_error(tmp_path: Path) -> None:
    sheet = tmp_path / "tokens.css"
    sheet.write_text(
        ":root {\n --fg-ink: #000;\n --fg-new: #111;\n}\n[data-scheme=dark] {\n --fg-ink: #FFF;\n}\n"
    )
    with pytest.raises(ValueError, match="--fg-new"):
        read_tokens(sheet)
    sheet.write_text(":root {\n --fg-ink: #000;\n}\n")
    with pytest.raises(ValueError, match="scheme=dark"):
        read_tokens(sheet)
