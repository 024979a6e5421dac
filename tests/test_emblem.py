"""The emblem's grids, parts and favicon."""

import re
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

from fieldguide.outputs.tokens import read_tokens
from fieldguide.page.emblem import PARTS, emblem, favicon_svg

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


@pytest.mark.parametrize("grid", PARTS)
def test_parts_are_on_whole_pixels_inside_the_grid_and_never_touch(grid: int) -> None:
    boxes = [box for found in PARTS[grid].values() for box in found]
    for x, y, width, height in boxes:
        assert all(value == int(value) for value in (x, y, width, height))
        assert x >= 1 and y >= 1 and x + width <= grid - 1 and y + height <= grid - 1
    for index, (x, y, width, height) in enumerate(boxes):
        for other_x, other_y, other_width, other_height in boxes[index + 1 :]:
            apart = (
                x + width < other_x
                or other_x + other_width < x
                or y + height < other_y
                or other_y + other_height < y
            )
            assert apart


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
