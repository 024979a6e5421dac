"""Model inside product inside agent."""

from fieldguide.drawing.pictures.model_product_agent import ROWS
from tests.figures.reading import book_with, check_drawing, drawn

SLUG = "model-product-agent"


def test_the_drawing_is_legible_in_both_widths() -> None:
    check_drawing(drawn(SLUG, book_with(SLUG)))


def test_the_table_repeats_the_record() -> None:
    book = book_with(SLUG)
    kinds = book.figures[SLUG].data["kinds"]
    table = drawn(SLUG, book).table
    assert table.header == ["", *(kind["name"] for kind in kinds)]
    for (key, label), row in zip(ROWS, table.rows[1:], strict=True):
        assert row == [label, *(kind[key] for kind in kinds)]


def test_the_model_is_the_same_solid_bar_in_all_three() -> None:
    assert drawn(SLUG, book_with(SLUG)).wide.count('fill="var(--fg-model)"') == 3
