"""Pictures of pixels: every renderer draws the same, and a palette loses nothing."""

import io
import sys

import pytest
from PIL import Image

from fieldguide.outputs.raster import draw_by_png, draw_svg, palette_png

SVG = (
    '<svg xmlns="http://www.w3.org/2000/svg" width="300" height="200" viewBox="0 0 300 200"><rect width="300" height="200" fill="#F7F4EC"/>'
    '<path d="M20 20C90 180 200-60 280 170" fill="none" stroke="#1F1B16" stroke-width="3"/><circle cx="150" cy="100" r="61.3" fill="#B4552D" fill-opacity=".4"/></svg>'
)


def opened(data: bytes) -> Image.Image:
    return Image.open(io.BytesIO(data))


def test_both_renderers_give_the_same_pixels(monkeypatch: pytest.MonkeyPatch) -> None:
    picture = draw_svg(SVG, 300, 200)
    assert (picture.size, picture.mode) == ((300, 200), "RGB") and len(picture.getcolors(60_000) or []) > 50
    assert picture.tobytes() == draw_by_png(SVG, 300, 200).tobytes()
    monkeypatch.setitem(sys.modules, "svg2png_py", None)
    assert draw_svg(SVG, 300, 200).tobytes() == picture.tobytes(), "where the quick one is not installed"


def test_a_picture_is_drawn_in_any_size() -> None:
    assert draw_svg(SVG, 150, 100).size == (150, 100)


@pytest.mark.parametrize("steps", [200, 256, 300])
def test_a_palette_holds_colors_that_are_next_to_each_other(steps: int) -> None:
    picture = Image.new("RGB", (steps, 2))
    for at in range(steps):
        for row in range(2):
            picture.putpixel((at, row), (at % 256, (at + row) % 256 // 2, at // 2))
    found = opened(palette_png(picture))
    assert found.mode == "P"
    worst = max(abs(a - b) for a, b in zip(found.convert("RGB").tobytes(), picture.tobytes(), strict=True))
    assert worst == 0 if len(picture.getcolors(1000) or []) <= 256 else worst <= 8


def test_a_palette_is_exact_where_colors_meet_in_the_look_up() -> None:
    picture = Image.new("RGB", (2, 1))
    picture.putpixel((1, 0), (64, 61, 53))  # as far from black as the cells are many
    assert opened(palette_png(picture)).convert("RGB").tobytes() == picture.tobytes()
