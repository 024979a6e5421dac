"""Broad data, one model, many products."""

from tests.figures.reading import book_with, check_drawing, drawn

SLUG = "broad-data-one-model"


def test_the_drawing_is_legible_in_both_widths() -> None:
    check_drawing(drawn(SLUG, book_with(SLUG)))


def test_the_table_names_every_part_of_the_record() -> None:
    book = book_with(SLUG)
    data = book.figures[SLUG].data
    cells = {row[1] for row in drawn(SLUG, book).table.rows}
    assert cells >= {item["name"] for item in data["data"]} | {way["name"] for way in data["adapt"]} | set(data["products"])


def test_only_fine_tuning_is_said_to_change_the_weights() -> None:
    rows = drawn(SLUG, book_with(SLUG)).table.rows
    assert [row[1] for row in rows if row[2].endswith("changes the weights")] == ["Fine-tune"]
