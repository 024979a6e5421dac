"""Who pays whom, with sums from the records and unknown sums left unknown."""

import pytest

from fieldguide.figures.money_flow import UNKNOWN, amount
from tests.figures.published import change, published
from tests.figures.reading import check_drawing, drawn

SLUG = "money-flow"


def test_nothing_overlaps_in_both_widths() -> None:
    check_drawing(drawn(SLUG, published(SLUG)))


def test_sums_and_dates_come_from_the_records() -> None:
    rows = {row[1]: row for row in drawn(SLUG, published(SLUG)).table.rows}
    assert rows["OpenAI → Microsoft Azure"][2:] == ["{{fact:microsoft-openai-stake.services|$250B}}", "ordered", "28 Oct 2025", "filed or said by a party to it"]
    assert rows["OpenAI → Oracle"][5] == "press account or estimate"


def test_a_changed_record_changes_the_drawing() -> None:
    book = published(SLUG)
    change(book, "microsoft-openai-stake.services", 300e9)
    assert drawn(SLUG, book).wide.count(">$300B<") == 2


def test_an_unknown_sum_stays_unknown() -> None:
    rows = {row[1]: row for row in drawn(SLUG, published(SLUG)).table.rows}
    assert rows["NVIDIA → TSMC"][2] == UNKNOWN and rows["NVIDIA → TSMC"][4] == ""


def test_a_title_without_money_that_comes_back_is_refused() -> None:
    book = published(SLUG)
    for stage in book.figures[SLUG].data["stages"]:
        stage.pop("back", None)
    with pytest.raises(ValueError, match="needs 5 sums that come back"):
        drawn(SLUG, book)


@pytest.mark.parametrize(("value", "unit", "text"), [(250e9, "USD", "$250B"), (41.456e9, "USD", "$41.5B"), (800e6, "USD", "$800M"), (27, "%", "27%"), (160e6, "shares", "160M shares"), (2609, "megawatts", "2,609 megawatts")])
def test_amounts_are_short(value: float, unit: str, text: str) -> None:
    assert amount(value, unit) == text
