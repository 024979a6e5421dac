"""Every published drawing, whatever draws it."""

import json

import pytest

from fieldguide.drawing.draw import check_figure, draw, noun
from fieldguide.drawing.kinds import scene
from tests.drawings import guide
from tests.figures.reading import check_drawing

BOOK = guide()
DRAWN = {slug: draw(figure, BOOK) for slug, figure in BOOK.figures.items()}


@pytest.mark.parametrize("slug", [slug for slug, drawing in DRAWN.items() if drawing.html is None])
def test_nothing_is_too_small_cut_off_or_overlapping_in_either_width(slug: str) -> None:
    check_drawing(DRAWN[slug])


def test_every_record_bears_its_title() -> None:
    assert [str(problem) for figure in BOOK.figures.values() for problem in check_figure(figure, BOOK)] == []


def test_every_kind_gives_its_scene() -> None:
    for figure in BOOK.figures.values():
        if figure.kind is not None:
            assert json.loads(json.dumps(scene(figure, BOOK)))["kind"] == figure.kind


def test_a_table_of_text_is_called_a_table() -> None:
    assert {slug for slug, figure in BOOK.figures.items() if noun(figure) == "table"} == {slug for slug, drawing in DRAWN.items() if drawing.html is not None}
