"""One instruction cut by one tokenizer, on texts of the tests' own and a word in Hindi, whose outlines are
kept.
"""

from pathlib import Path
from typing import Any

import pytest

from fieldguide.book import Book
from fieldguide.drawing.figure import draw
from fieldguide.drawing.shapes import Drawing
from tests.drawing.fixtures import book, picture
from tests.figures.reading import check_drawing

ROWS = [
    {
        "name": "English",
        "note": "words",
        "text": "sales.text",
        "pieces": "sales.pieces",
        "count": "sales.count",
    },
    {
        "name": "Hindi",
        "note": "parts of words",
        "text": "sales.hindi-text",
        "pieces": "sales.hindi-pieces",
        "count": "sales.hindi",
    },
]
DATA = {
    "rows": ROWS,
    "before": "sales.before",
    "ratio": "sales.ratio",
    "point": "{ratio} times as many. It was {before}.",
}


def drawing(tmp_path: Path, **changes: Any) -> Drawing:
    words = {
        "text": "If a letter",
        "pieces": "If |  a |  letter",
        "hindi_text": "अगर, x",
        "hindi_pieces": "अगर | , |  x",
    }
    values = {"count": 3, "hindi": 3, "before": 9, "ratio": 1.03}
    fields = {name: {"value": value, "unit": "text"} for name, value in words.items()} | {
        name: {"value": value, "unit": "tokens"} for name, value in values.items()
    }
    fields |= {name: {**fields[name], "value": value} for name, value in changes.items()}
    records: Book = book(tmp_path, **fields)
    return draw(picture(records, "token-cuts", DATA), records)


def test_the_drawing_is_legible_in_both_widths(tmp_path: Path) -> None:
    check_drawing(drawing(tmp_path))


def test_counts_and_pieces_are_those_of_the_record(tmp_path: Path) -> None:
    drawn = drawing(tmp_path)
    assert drawn.table is not None
    assert drawn.table.rows[0] == ["English", "If a letter", "If |  a |  letter", "{{fact:sales.count|3}}"]
    assert "1.0 times as many." in drawn.wide.svg and "It was 9." in drawn.narrow.svg


def test_another_script_is_drawn_as_outlines_and_not_as_text_of_a_missing_typeface(tmp_path: Path) -> None:
    drawn = drawing(tmp_path)
    for svg in (drawn.wide.svg, drawn.narrow.svg):
        assert "अगर" not in svg
        assert svg.count("scale(0.01") == 1


def test_pieces_that_do_not_spell_the_text_are_refused(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match=r"the pieces in sales\.pieces do not spell sales\.text"):
        drawing(tmp_path, pieces="If |  a |  word")


def test_another_number_of_pieces_than_the_record_says_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match=r"3 pieces are drawn, the record sales\.count says 4"):
        drawing(tmp_path, count=4)


def test_a_piece_without_an_outline_is_named(tmp_path: Path) -> None:
    with pytest.raises(KeyError, match="नया"):
        drawing(tmp_path, hindi_text="नया", hindi_pieces="नया", hindi=1)
