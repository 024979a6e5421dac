"""Events on tracks: what happened to platforms, and the dates of the law."""

import pytest

from fieldguide.drawing.pictures.dated_tracks import Data, items
from tests.figures.published import change, published
from tests.figures.reading import check_drawing, drawn

SLUGS = ("platform-events", "law-dates", "case-timelines", "after-the-lab-ships")


@pytest.mark.parametrize("slug", SLUGS)
def test_the_drawing_is_legible_in_both_widths(slug: str) -> None:
    check_drawing(drawn(slug, published(slug)))


def test_every_date_is_a_link_to_its_record() -> None:
    rows = drawn("law-dates", published("law-dates")).table.rows
    assert all(row[0].startswith("{{fact:") for row in rows)
    assert ["{{fact:export-controls.first-rule|7 Oct 2022}}", "United States export controls", "first rule on advanced chips"] in rows


def test_a_date_is_read_from_its_record() -> None:
    book = published("law-dates")
    change(book, "export-controls.first-rule", "2022-11-09")
    assert "9 Nov 2022" in drawn("law-dates", book).wide


def test_the_table_says_who_felt_it() -> None:
    table = drawn("platform-events", published("platform-events")).table
    assert table.header[-1] == "Who felt it" and all(row[-1] for row in table.rows)


def test_what_lies_after_the_figures_day_is_an_open_mark() -> None:
    book = published("platform-events")
    data = Data.model_validate(book.figures["platform-events"].data)

    def to_come() -> list[str]:
        return [item.event.fact for track in data.tracks for item in items(track, book, "2026-11-25") if item.to_come]

    near = ["model-retirements.claude-sonnet-45-retires", "model-retirements.gemini-25-shutdown", "model-retirements.gpt-5-shutdown"]
    assert to_come() == [*near, "model-retirements.gpt-4o-shutdown", "tuning-offers.openai-last"]
    change(book, "model-retirements.gpt-4o-shutdown", "2026-11-01")
    assert to_come() == [*near, "tuning-offers.openai-last"]


@pytest.mark.parametrize(("slug", "references", "value"), [
    ("platform-events", ("cowork-legal.launched", "granola.entry"), "2027-03-01"),
    ("law-dates", ("eu-omnibus-dates.annex-i",), "2027-08-02"),
])
def test_a_title_that_the_records_do_not_bear_out_is_refused(slug: str, references: tuple[str, ...], value: str) -> None:
    book = published(slug)
    for reference in references:
        change(book, reference, value)
    with pytest.raises(ValueError, match="title claims"):
        drawn(slug, book)


def test_the_line_of_today_runs_through_no_label() -> None:
    wide = drawn("platform-events", published("platform-events")).wide
    assert wide.count('stroke-dasharray="1.5 3.5"') > 1


def test_a_narrow_list_divides_what_happened_from_what_is_to_come() -> None:
    drawing = drawn("platform-events", published("platform-events"))
    assert drawing.narrow.count(">27 Nov 2026<") == 2, "in the two tracks with dates to come"


def test_a_sign_is_told_from_what_happened() -> None:
    drawing = drawn("case-timelines", published("case-timelines"))
    assert drawing.table.header[-1] == "Read as"
    assert sum(row[-1] == "sign" for row in drawing.table.rows) == 4
    assert "Read as" not in drawn("law-dates", published("law-dates")).table.header


def test_a_sign_that_comes_too_late_is_no_sign() -> None:
    book = published("case-timelines")
    change(book, "case-dates.sora-downloads", "2026-05-01")
    with pytest.raises(ValueError, match="title claims 4 tracks"):
        drawn("case-timelines", book)
