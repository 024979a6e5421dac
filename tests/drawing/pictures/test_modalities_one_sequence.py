"""Text, image and sound as one sequence, on examples of the tests' own."""

from pathlib import Path
from typing import Any

import pytest

from fieldguide.book import Book
from fieldguide.drawing.figure import draw
from fieldguide.drawing.shapes import Drawing
from tests.drawing.fixtures import book, picture
from tests.figures.reading import check_drawing

DATA: dict[str, Any] = {
    "text": {
        "name": "Text",
        "unit": "tokens",
        "how": "This sentence",
        "count": "sales.tokens",
        "pieces": ["A ", "small", " moon", "."],
    },
    "image": {"name": "Image", "unit": "patches", "how": "A square of patches", "count": "sales.patches"},
    "sound": {"name": "Sound", "unit": "frames", "how": "Frames in pairs", "count": "sales.frames"},
    "sequence": "One sequence",
    "model": "One model",
    "ratio": "sales.ratio",
    "ratio_note": "{} times as many",
}


@pytest.fixture
def records(tmp_path: Path) -> Book:
    return book(tmp_path, tokens=4, patches=100, frames=1200, ratio=25.2)


def drawing(records: Book, data: dict[str, Any] = DATA) -> Drawing:
    return draw(picture(records, "modalities-one-sequence", data), records)


def test_the_drawing_is_legible_in_both_widths(records: Book) -> None:
    check_drawing(drawing(records))


def test_counts_are_those_of_the_records(records: Book) -> None:
    drawn = drawing(records)
    assert drawn.table is not None
    assert [row[-1] for row in drawn.table.rows] == [
        "{{fact:sales.tokens|4}}",
        "{{fact:sales.patches|100}}",
        "{{fact:sales.frames|1,200}}",
    ]
    assert (
        "100 vectors" in drawn.wide.svg
        and "1,200 vectors" in drawn.narrow.svg
        and "25 times as many" in drawn.wide.svg
    )


def test_few_vectors_are_all_drawn_and_many_end_in_an_ellipsis(records: Book) -> None:
    svg = drawing(records).wide.svg
    assert svg.count('r="1.3"') == 2 * 3, "dots for the image and the sound"
    text = svg[svg.index(">4 vectors<") : svg.index(">100 vectors<")]
    assert text.count("var(--fg-model-wash)") == 4


def test_another_number_of_pieces_than_the_record_says_is_refused(records: Book) -> None:
    with pytest.raises(ValueError, match=r"3 pieces are drawn, the record sales\.tokens says 4"):
        drawing(records, {**DATA, "text": {**DATA["text"], "pieces": ["A ", "small", " moon."]}})
