"""The chain of suppliers behind a GPU."""

import pytest

from tests.figures.published import published
from tests.figures.reading import check_drawing, drawn

SLUG = "chip-supply-chain"


def test_the_drawing_is_legible_in_both_widths() -> None:
    check_drawing(drawn(SLUG, published(SLUG)))


def test_each_named_supplier_has_a_strand() -> None:
    wide = drawn(SLUG, published(SLUG)).wide
    assert wide.count("<path") == 1 + 2 + 1 + 1 + 3 + 1 + 3


def test_the_table_says_who_names_them() -> None:
    rows = {row[0]: row for row in drawn(SLUG, published(SLUG)).table.rows}
    assert rows["Memory"][2:] == ["SK hynix, Micron, Samsung", "NVIDIA’s Form 10-K, February 2026, as makers of memory"]
    assert rows["Buyers"][2] == "many"


def test_a_title_that_counts_differently_is_refused() -> None:
    book = published(SLUG)
    book.figures[SLUG].data["memory"]["names"] = ["SK hynix", "Micron"]
    with pytest.raises(ValueError, match="the title says 3 for memory, the record names 2"):
        drawn(SLUG, book)
