"""A bill taken apart."""

import pytest

from tests.figures.published import change, published
from tests.figures.reading import check_drawing, drawn

SLUG = "price-anatomy"


def test_the_drawing_is_legible_in_both_widths() -> None:
    check_drawing(drawn(SLUG, published(SLUG)))


def test_the_lines_are_billed_at_the_record_and_add_up() -> None:
    rows = {row[0]: row for row in drawn(SLUG, published(SLUG)).table.rows}
    assert rows["Input read before"] == ["Input read before", "16,000", "{{fact:anthropic-claude-opus-5-5.cached|$0.20}}", "$0.0032"]
    assert rows["Total"][3] == "$0.0592"
    assert sum(float(rows[name][3].strip("$")) for name in ("Input read before", "New input", "Reasoning", "Answer")) == pytest.approx(0.0592)
    assert rows["The same request with nothing cached"][3] == "$0.1200"


def test_a_title_that_the_prices_no_longer_support_is_refused() -> None:
    book = published(SLUG)
    change(book, "anthropic-claude-opus-5-5.output", 10.0)
    with pytest.raises(ValueError, match="66% of the bill written"):
        drawn(SLUG, book)
