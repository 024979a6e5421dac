"""A chip's roofline."""

import pytest

from fieldguide.drawing.pictures.roofline import Roof
from tests.figures.published import change, published
from tests.figures.reading import check_drawing, drawn

SLUG = "roofline"


def test_the_drawing_is_legible_in_both_widths() -> None:
    check_drawing(drawn(SLUG, published(SLUG)))


def test_the_roof_is_memory_first_and_arithmetic_after_the_ridge() -> None:
    roof = Roof("H100", 989, 3.35)
    assert roof(1) == 3.35 and roof(5000) == 989
    assert roof.ridge == pytest.approx(295.2, abs=0.05)


def test_the_numbers_come_from_the_hardware_records() -> None:
    book = published(SLUG)
    rows = drawn(SLUG, book).table.rows
    assert rows[0] == ["H100 SXM, both limits meet", "295", "{{fact:h100-sxm.bf16|989}}"]
    assert rows[2][1:] == ["1", "3.35"]
    change(book, "h100-sxm.bandwidth", 3.0)
    assert drawn(SLUG, book).table.rows[2][1:] == ["1", "3"]


def test_a_title_that_the_records_do_not_support_is_refused() -> None:
    book = published(SLUG)
    change(book, "h100-sxm.bandwidth", 8.0)
    with pytest.raises(ValueError, match="at most"):
        drawn(SLUG, book)
