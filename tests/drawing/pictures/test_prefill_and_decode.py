"""The two phases of one request, on a request of the tests' own."""

from pathlib import Path
from typing import Any

import pytest

from fieldguide.book import Book
from fieldguide.drawing.draw import draw
from fieldguide.drawing.drawn import Drawing
from tests.drawing.fixtures import book, picture
from tests.figures.reading import check_drawing, texts

PHASES = [
    {"name": "Prefill", "says": "the prompt is read", "passes": "all {prompt} at once", "weights": "once", "waits": "arithmetic", "least": "sales.least", "measured": "sales.first",
     "each": "for the prompt", "felt": "the wait"},
    {"name": "Decode", "says": "the answer is written", "passes": "one", "weights": "{answer} times", "waits": "memory", "least": "sales.step", "measured": "sales.between",
     "each": "for each token", "felt": "the pace"},
]
DATA = {"prompt": "sales.prompt", "answer": "sales.answer", "first": "sales.first", "between": "sales.between", "phases": PHASES, "ticks": [0, 2, 4, 6], "every": 10}
CLAIMS = [{"range": ["@reading.seconds"], "equals": 0.5, "says": "reading took half a second"}, {"range": ["@writing.seconds"], "equals": 4, "says": "writing took four"}]


@pytest.fixture
def records(tmp_path: Path) -> Book:
    return book(tmp_path, prompt=3000, answer=200, first=500, between=20, least=177, step=10.7)


def drawing(records: Book, **more: Any) -> Drawing:
    return draw(picture(records, "prefill-and-decode", DATA, **more), records)


def test_the_drawing_is_legible_in_both_widths(records: Book) -> None:
    check_drawing(drawing(records))


def test_bounds_and_measurements_stand_beside_each_other(records: Book) -> None:
    drawn = drawing(records)
    assert drawn.table is not None
    rows = {row[0]: row[1:] for row in drawn.table.rows}
    assert rows["least time"] == ["{{fact:sales.least|177 ms}} for the prompt", "{{fact:sales.step|10.7 ms}} for each token"]
    assert rows["measured"] == ["{{fact:sales.first|500 ms}} for the prompt", "{{fact:sales.between|20.0 ms}} for each token"]
    assert rows["tokens in a pass"] == ["all 3,000 at once", "one"] and rows["weights are read"][1] == "200 times"
    assert "177 ms for the prompt" in [text for text, *_ in texts(drawn.wide)], "in the drawing a measure is plain words"


def test_the_answer_is_as_many_strokes_as_it_has_tens_of_tokens(records: Book) -> None:
    assert drawing(records).wide.count('stroke="var(--fg-model)"') == 20


def test_seconds_that_are_not_the_title_s_are_refused(records: Book) -> None:
    drawing(records, asserts=CLAIMS)
    with pytest.raises(ValueError, match="writing took four; the records give 4, not 5"):
        drawing(records, asserts=[CLAIMS[0], {**CLAIMS[1], "equals": 5}])
