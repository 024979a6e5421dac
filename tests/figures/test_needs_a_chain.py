"""Does this need a chain?"""

import pytest

from tests.figures.published import published
from tests.figures.reading import check_drawing, drawn

SLUG = "needs-a-chain"


def test_the_drawing_is_legible_in_both_widths() -> None:
    check_drawing(drawn(SLUG, published(SLUG)))


def test_every_question_has_an_exit_and_the_other_answer_leads_on() -> None:
    book = published(SLUG)
    drawing = drawn(SLUG, book)
    questions = book.figures[SLUG].data["questions"]
    for row, question in zip(drawing.table.rows, questions, strict=False):
        assert row[1:] == [question["ask"], f"{question['leaves']}: {question['exit']}", question["instead"]]
    onward = sum(question["leaves"] == "no" for question in questions)
    assert drawing.narrow.count(">yes: go on<") == onward
    assert drawing.narrow.count(">no: go on<") == len(questions) - onward


def test_a_figure_without_the_plainest_exit_is_refused() -> None:
    book = published(SLUG)
    for question in book.figures[SLUG].data["questions"]:
        question["exit"] = "A chain"
    with pytest.raises(ValueError, match="database"):
        drawn(SLUG, book)
