"""Every published drawing, whatever draws it."""

import pytest

from fieldguide.book import Book
from fieldguide.drawing.figure import check_figure, draw, noun
from fieldguide.drawing.shapes import Drawing, Shapes
from fieldguide.lists.price_history import history_figure
from fieldguide.records.price_history import price_histories
from tests.figures.crossings import crossings
from tests.figures.reading import check_drawing
from tests.guide import drawn

pytestmark = pytest.mark.whole


@pytest.fixture(scope="module")
def drawings(book: Book) -> dict[str, Drawing]:
    return {slug: drawn(slug) for slug in book.figures}


@pytest.fixture(scope="module")
def histories(book: Book) -> dict[str, Drawing]:
    """The charts of models' prices."""
    found = price_histories(book.prices.values(), book.models).values()
    return {figure.slug: draw(figure, book) for figure in (history_figure(one, book) for one in found)}


def test_nothing_is_too_small_cut_off_or_overlapping_in_either_width(
    drawings: dict[str, Drawing], histories: dict[str, Drawing]
) -> None:
    wrong = []
    for slug, drawing in {**drawings, **histories}.items():
        if drawing.html is None:
            try:
                check_drawing(drawing)
            except AssertionError as error:
                wrong.append(f"{slug}: {error}")
    assert not wrong, "\n".join(wrong)


def test_nothing_runs_through_words_at_any_width(
    drawings: dict[str, Drawing], histories: dict[str, Drawing]
) -> None:
    wrong = [
        f"{slug}, {width}: “{words}” is touched by {line}"
        for slug, drawing in {**drawings, **histories}.items()
        for width in ("wide", "medium", "narrow", "slide")
        if (shapes := getattr(drawing, width)) is not None
        for words, line in crossings(shapes)
    ]
    assert not wrong, "\n".join(wrong)


def test_every_record_bears_its_title(book: Book) -> None:
    assert [str(problem) for figure in book.figures.values() for problem in check_figure(figure, book)] == []


def test_a_table_of_text_is_called_a_table(book: Book, drawings: dict[str, Drawing]) -> None:
    assert {slug for slug, figure in book.figures.items() if noun(figure) == "table"} == {
        slug for slug, drawing in drawings.items() if drawing.html is not None
    }


def rows_marked(shapes: Shapes | None) -> set[int]:
    """The rows of the data table that marks of a drawing show."""
    return (
        {int(mark.get("data-row", "")) for mark in shapes.root.iter("g") if "data-row" in mark.attrib}
        if shapes
        else set()
    )


def test_marks_show_rows_of_their_table_and_every_chart_has_some(
    book: Book, drawings: dict[str, Drawing]
) -> None:
    for slug, drawing in drawings.items():
        wide, narrow = rows_marked(drawing.wide), rows_marked(drawing.narrow)
        assert bool(wide) is bool(narrow), slug
        assert all(row < len(drawing.table.rows) for row in wide | narrow) if drawing.table else not wide, (
            slug
        )
        if book.figures[slug].kind in ("bars", "rows", "stacked", "tracks", "xy"):
            assert wide, slug
            assert wide == narrow or book.figures[slug].kind == "xy", (
                slug
            )  # whose narrow sheet may hide marks
