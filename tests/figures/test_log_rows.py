"""Rows on one logarithmic scale."""

import pytest

from fieldguide.drawing.pictures.log_rows import written
from tests.figures.published import change, published
from tests.figures.reading import check_drawing, drawn

RUNS, CHECKS = "decentralized-runs", "verification-costs"


@pytest.mark.parametrize("slug", [RUNS, CHECKS])
def test_nothing_overlaps_in_both_widths(slug: str) -> None:
    check_drawing(drawn(slug, published(slug)))


def test_runs_are_read_from_the_records_with_their_basis() -> None:
    rows = {row[1]: row for row in drawn(RUNS, published(RUNS)).table.rows}
    assert rows["Covenant-72B"][3] == "{{fact:covenant-details.compute|4.75×10²³ FLOP}}"
    assert rows["Grok 4"][5] == "third-party estimate" and rows["INTELLECT-1"][5].startswith("computed")


def test_a_percentage_is_drawn_as_a_part_and_written_as_the_record_has_it() -> None:
    drawing = drawn(CHECKS, published(CHECKS))
    row = next(row for row in drawing.table.rows if row[1] == "Secure hardware")
    assert row[3] == "up to {{fact:term-tee-overhead.overhead|7%}}" and "up to 0.07 times" in drawing.wide


@pytest.mark.parametrize(("slug", "record"), [(RUNS, "llama-31-405b.compute"), (CHECKS, "inference-check-costs.proof-2024-high")])
def test_a_title_that_the_records_do_not_bear_is_refused(slug: str, record: str) -> None:
    book = published(slug)
    change(book, record, 1e26 if slug == RUNS else 20)
    with pytest.raises(ValueError, match="title says"):
        drawn(slug, book)


@pytest.mark.parametrize(("value", "unit", "text"), [(4.752e23, "FLOP", "4.75×10²³"), (0.01, "times", "0.01"), (1, "times", "1"), (713.3, "times", "713")])
def test_values_are_written_short(value: float, unit: str, text: str) -> None:
    assert written(value, unit) == text
