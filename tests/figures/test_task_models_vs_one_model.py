"""One model for each task against one model for every task."""

from tests.figures.reading import book_with, check_drawing, drawn

SLUG = "task-models-vs-one-model"


def test_the_drawing_is_legible_in_both_widths() -> None:
    check_drawing(drawn(SLUG, book_with(SLUG)))


def test_one_bar_serves_all_tasks_on_the_right_and_one_each_on_the_left() -> None:
    drawing = drawn(SLUG, book_with(SLUG))
    assert drawing.wide.count('fill="var(--fg-model)"') == 4 + 1


def test_the_table_says_what_one_task_more_takes() -> None:
    book = book_with(SLUG)
    data = book.figures[SLUG].data
    assert drawn(SLUG, book).table.rows[-1] == ["One task more", data["before"]["new_task"], data["after"]["new_task"]]
