"""Who pays whom, with sums from the records and unknown sums left unknown."""

import pytest

from fieldguide.drawing.pictures.money_flow import UNKNOWN, amount
from tests.figures.published import change, published
from tests.figures.reading import check_drawing, drawn

SLUG = "money-flow"


def test_nothing_overlaps_in_both_widths() -> None:
    check_drawing(drawn(SLUG, published(SLUG)))


def test_sums_and_dates_come_from_the_records() -> None:
    rows = {row[1]: row for row in drawn(SLUG, published(SLUG)).table.rows}
    assert rows["OpenAI → Microsoft Azure"][2:] == ["{{fact:microsoft-openai-stake.services|$250B}}", "ordered, 28 Oct 2025", "filed or said by a party to it"]
    assert rows["OpenAI → Oracle"][4] == "press account or estimate"


def test_a_changed_record_changes_the_drawing() -> None:
    book = published(SLUG)
    change(book, "microsoft-openai-stake.services", 300e9)
    assert drawn(SLUG, book).wide.count(">$300B<") == 2


def test_an_unknown_sum_stays_unknown() -> None:
    rows = {row[1]: row for row in drawn(SLUG, published(SLUG)).table.rows}
    assert rows["NVIDIA → TSMC"][2:] == [UNKNOWN, "by the wafer", ""]


def test_a_title_without_money_that_comes_back_is_refused() -> None:
    book = published(SLUG)
    for stage in book.figures[SLUG].data["stages"]:
        stage.pop("back", None)
    with pytest.raises(ValueError, match="needs 7 sums that come back"):
        drawn(SLUG, book)


def test_investors_stand_apart_and_name_the_band_they_pay() -> None:
    rows = {row[1]: row for row in drawn(SLUG, published(SLUG)).table.rows}
    assert rows["Lenders → CoreWeave"][0] == "Investors and lenders: paid to clouds and hosts"
    assert rows["NVIDIA → Anthropic"][0] == "Clouds and hosts: comes back to labs"


def test_a_band_apart_without_a_destination_is_refused() -> None:
    book = published(SLUG)
    del book.figures[SLUG].data["stages"][-1]["down"][0]["into"]
    with pytest.raises(ValueError, match="each payment needs `into`"):
        drawn(SLUG, book)


@pytest.mark.parametrize(("value", "unit", "text"), [(250e9, "USD", "$250B"), (1.4e12, "USD", "$1.4T"), (999.6e6, "USD", "$1B"), (999.2e6, "USD", "$999M"), (41.456e9, "USD", "$41.5B"), (800e6, "USD", "$800M"), (27, "%", "27%"), (160e6, "shares", "160M shares"), (2609, "megawatts", "2,609 megawatts")])
def test_amounts_are_short(value: float, unit: str, text: str) -> None:
    assert amount(value, unit) == text
