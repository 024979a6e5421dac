"""Tokens that an agent sends again with each call."""

import pytest

from fieldguide.drawing.pictures.agent_context_growth import Data, contexts
from tests.figures.published import published
from tests.figures.reading import check_drawing, drawn

SLUG = "agent-context-growth"


def test_the_drawing_is_legible_in_both_widths() -> None:
    check_drawing(drawn(SLUG, published(SLUG)))


def test_the_table_gives_the_totals_of_the_formula() -> None:
    rows = drawn(SLUG, published(SLUG)).table.rows
    assert rows[1] == ["20", "21,000", "230,000", "209,000", "91%", "165,000"]
    assert rows[2] == ["40", "41,000", "860,000", "819,000", "95%", "379,000"]


def test_compaction_cuts_the_context_before_it_passes_the_limit() -> None:
    data = Data.model_validate(published(SLUG).figures[SLUG].data)
    assert max(contexts(data, compacted=True)) == data.limit
    assert sum(contexts(data, compacted=True)) == 379_000


def test_a_title_that_the_formula_does_not_support_is_refused() -> None:
    book = published(SLUG)
    book.figures[SLUG].data["claim_between"] = [3.9, 4]
    with pytest.raises(ValueError, match="title claims"):
        drawn(SLUG, book)
