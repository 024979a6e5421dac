"""Thumbnails: the data of a figure in a few large shapes, none of which looks like its neighbor's."""

from __future__ import annotations

import io
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from fieldguide.drawing.figure import draw
from fieldguide.drawing.shapes import Shapes
from fieldguide.drawing.thumbnail import EDGE, HEIGHT, LEFT, NAME_SIZE, RIGHT, WIDTH, lanes
from fieldguide.outputs.color_tokens import SCHEMES, tokens_of
from fieldguide.outputs.slides.files import words_of
from fieldguide.outputs.slides.png import thumbnail
from fieldguide.outputs.slides.svg import in_colors, uncolored_thumbnail
from fieldguide.records.figure import THUMBNAIL
from tests.drawing.fixtures import book, figure
from tests.drawing.kinds.test_rows_and_bars import chart, records
from tests.drawing.kinds.test_table import table
from tests.guide import book_for_references, drawn
from tests.references import difference

INK = 0.02, 0.5
"""How much of a thumbnail may be other than paper: less shows nothing, more is a field of color."""
APART = 0.04
"""How many of their pixels two neighbors in the index have different at least."""
MOST_BYTES = 10_500


def small(shapes: Shapes | None) -> Shapes:
    assert shapes is not None and (shapes.width, shapes.height) == (WIDTH, HEIGHT)
    return shapes


def numbers(shapes: Shapes, tag: str, name: str) -> list[float]:
    return [float(item.get(name, 0)) for item in shapes.root.iter(tag)]


@pytest.mark.whole
@pytest.mark.parametrize("scheme", SCHEMES)
def test_no_thumbnail_is_empty_heavy_or_like_its_neighbor(scheme: str) -> None:
    guide = book_for_references()
    tokens, pictures = tokens_of(guide)[scheme], dict[str, Image.Image]()
    paper = Image.new("RGB", THUMBNAIL, tokens["paper"])
    for slug in guide.homes:
        svg = uncolored_thumbnail(words_of(guide.figures[slug], guide), small(drawn(slug).thumbnail))
        data = thumbnail(in_colors(svg, tokens))
        assert len(data) <= MOST_BYTES, slug
        pictures[slug] = Image.open(io.BytesIO(data)).convert("RGB")
        assert pictures[slug].size == THUMBNAIL
        ink, _ = difference(paper, pictures[slug])
        assert INK[0] <= ink <= INK[1], (slug, ink)
    for one, other in pairwise(pictures):
        assert difference(pictures[one], pictures[other])[0] >= APART, (one, other)
    assert len({picture.tobytes() for picture in pictures.values()}) == len(pictures)


@pytest.mark.whole
def test_words_of_thumbnails_can_be_read() -> None:
    for slug in book_for_references().homes:
        assert small(drawn(slug).thumbnail).smallest(NAME_SIZE) >= 12.5, slug


def test_bars_fill_the_sheet_in_proportion_to_their_values(tmp_path: Path) -> None:
    made = records(tmp_path)
    shapes = small(draw(figure(made, "bars", chart()), made).thumbnail)
    widths = numbers(shapes, "rect", "width")
    assert max(widths) == pytest.approx(RIGHT - LEFT)
    assert [width / widths[2] for width in widths] == pytest.approx([5.7 / 41.5, 11 / 41.5, 1], abs=1e-3)
    assert not list(shapes.root.iter("text"))


def test_marks_of_rows_stay_on_the_sheet_also_where_all_values_are_one(tmp_path: Path) -> None:
    made = book(tmp_path, one=3e9)
    rows: dict[str, Any] = {"groups": [{"rows": [{"name": "One", "value": "sales.one"}]}]}
    for join in ("stem", "interval"):
        shapes = small(draw(figure(made, "rows", chart(join=join) | rows), made).thumbnail)
        assert all(EDGE <= x <= WIDTH - EDGE for x in numbers(shapes, "circle", "cx"))


def test_a_table_shows_its_answers_or_else_the_names_of_its_rows(tmp_path: Path) -> None:
    made = book(tmp_path, one=5)
    shapes = small(draw(figure(made, "table", table()), made).thumbnail)
    assert len(list(shapes.root.iter("circle"))) == 2 and not list(shapes.root.iter("text"))
    plain = table()
    plain["columns"]["verdict"]["among"] = []
    shapes = small(draw(figure(made, "table", plain), made).thumbnail)
    assert [text.text for text in shapes.root.iter("text")] == ["One", "Two"]


def test_a_record_names_a_part_of_its_drawing(tmp_path: Path) -> None:
    made = records(tmp_path)
    detail = {"at": [200, 0], "width": 480}
    drawing = draw(figure(made, "bars", chart(), thumbnail=detail), made)
    shapes = small(drawing.thumbnail)
    assert shapes.root[0].get("transform") == f"scale({WIDTH / 480:.4f})translate(-200 0)"
    assert numbers(shapes, "rect", "width") == numbers(drawing.wide, "rect", "width")
    assert not list(shapes.root.iter("text")) and "--fg-rule" not in shapes.svg
    worded = draw(figure(made, "bars", chart(), thumbnail=detail | {"words": True}), made)
    assert list(small(worded.thumbnail).root.iter("text"))


def test_rows_of_groups_share_the_height() -> None:
    places, pitch = lanes([2, 1], gap=1)
    assert pitch == (HEIGHT - 2 * EDGE) / 4
    assert places == [EDGE + pitch / 2, EDGE + 1.5 * pitch, EDGE + 3.5 * pitch]
