"""One cohort over four quarters."""

import pytest

from fieldguide.drawing.pictures.cohort_quarters import SOURCE
from tests.figures.published import published
from tests.figures.reading import check_drawing, drawn

SLUG = "cohort-quarters"


def test_the_drawing_is_legible_in_both_widths() -> None:
    check_drawing(drawn(SLUG, published(SLUG, SOURCE)))


def test_the_table_gives_what_can_be_worked_by_hand() -> None:
    rows = drawn(SLUG, published(SLUG, SOURCE)).table.rows
    assert rows[0] == ["start", "100", "1,000", "120", "100", "100", "100", "43", "12,900"]
    assert rows[-1] == ["+4", "82", "1,120", "200", "112", "82", "53", "20", "6,832"]  # 1,120 × (30 − 6.90 − 200 × 0.085)


def test_a_title_that_the_scenario_does_not_support_is_refused() -> None:
    book = published(SLUG, SOURCE)
    book.figures[SLUG].data["quarters"][-1]["conversations"] = 150
    with pytest.raises(ValueError, match="title claims"):
        drawn(SLUG, book)


def test_a_cohort_with_fewer_seats_than_its_customers_brought_is_refused() -> None:
    book = published(SLUG, SOURCE)
    book.figures[SLUG].data["quarters"][2]["seats"] = 800
    with pytest.raises(ValueError, match="its customers brought"):
        drawn(SLUG, book)
