"""Rented machine against list price, by use."""

import pytest

from fieldguide.drawing.pictures.rent_or_run import money
from tests.figures.published import change, published
from tests.figures.reading import check_drawing, drawn

SLUG = "rent-or-run"


def test_the_drawing_is_legible_in_both_widths() -> None:
    check_drawing(drawn(SLUG, published(SLUG)))


def test_the_table_says_what_each_line_rests_on() -> None:
    rows = {row[0].split(":")[0]: row for row in drawn(SLUG, published(SLUG)).table.rows}
    assert rows["Writing"][1:] == ["{{fact:qwen3-8b-serving.writing|7,306}}", "{{fact:runpod-community-h100-sxm.hour|$2.69}}", "$0.10", "{{fact:qwen3-8b-serving.writing-share|51%}}"]
    assert rows["Writing, at a large cloud"][4].endswith("209%}}, never")


def test_break_evens_are_read_off_the_records() -> None:
    wide = drawn(SLUG, published(SLUG)).wide
    assert all(f">{share}%<" in wide for share in (10, 28, 51))


def test_a_title_with_other_break_evens_is_refused() -> None:
    book = published(SLUG)
    change(book, "qwen3-8b-serving.writing-share", 64.0)
    with pytest.raises(ValueError, match="title claims 10 to 51%"):
        drawn(SLUG, book)


def test_a_title_that_says_never_needs_a_line_that_never_does() -> None:
    book = published(SLUG)
    change(book, "qwen3-8b-serving.writing-share-cloud", 40.0)
    with pytest.raises(ValueError, match="never"):
        drawn(SLUG, book)


@pytest.mark.parametrize(("value", "text"), [(0.2, "$0.20"), (10, "$10"), (10.9791, "$10.98"), (0.0201, "$0.02")])
def test_money_is_written_in_cents(value: float, text: str) -> None:
    assert money(value) == text
