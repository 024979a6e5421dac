"""Tracks, on records of the tests' own."""

import re
from pathlib import Path
from typing import Any

import pytest

from fieldguide.book import Book
from fieldguide.drawing.figure import check_figure, draw
from fieldguide.drawing.shapes import Drawing
from fieldguide.text.dates import fractional_year
from tests.drawing.fixtures import book, figure
from tests.figures.reading import check_drawing, texts

DAYS = {
    "filed": "2024-09-30",
    "listed": "2025-05-14",
    "month": "2025-10",
    "year": "2023",
    "ahead": "2027-08-02",
}
TODAY = "24 Nov 2026"
"""The day of the fixtures' figures."""
DIAMOND, TRIANGLE = "l5 5l-5 5l-5 -5Z", "l9 5l-9 5Z"


def chart(**more: Any) -> dict[str, Any]:
    """The data of a small figure: two tracks, of which one has a sign and something to come."""
    return {
        "x": {"low": 2022, "high": 2028, "ticks": [2022, 2024, 2026, 2028]},
        "table": {
            "caption": "Dated events",
            "columns": {
                "Date": "{date}",
                "Kind": "{track}",
                "What": "{text}",
                "Read as": "{sign}",
                "Who": "{who|}",
            },
        },
        "tracks": [
            {
                "id": "one",
                "name": "One company",
                "events": [
                    {"date": "sales.listed", "text": "lists its shares", "texts": {"who": "its owners"}},
                    {"id": "filing", "date": "sales.filed", "text": "files", "sign": True},
                    {"date": "sales.ahead", "text": "must report"},
                ],
            },
            {
                "id": "two",
                "name": "Another company with a long name",
                "events": [
                    {"date": "sales.month", "text": "raises money"},
                    {"date": "sales.year", "text": "is founded"},
                ],
            },
        ],
        **more,
    }


def by_date(**more: Any) -> dict[str, Any]:
    """The same in one list, whose events have names."""
    tracks = chart()["tracks"]
    for track in tracks:
        for event in track["events"]:
            event["name"] = f"Event {event['date'].partition('.')[2]}"
    tracks[1] |= {"layer": "model", "mark": "split"}
    tracks[1]["events"][0]["says"] = "the turn"
    return chart(tracks=tracks, order="date", **more)


def records(tmp_path: Path, **days: str) -> Book:
    return book(tmp_path, **{name: {"value": day, "unit": "date"} for name, day in {**DAYS, **days}.items()})


def drawn(tmp_path: Path, data: dict[str, Any]) -> Drawing:
    made = records(tmp_path)
    return draw(figure(made, "tracks", data), made)


def places(svg: str) -> dict[str, tuple[float, float, float, float]]:
    return {content: box for content, _, box in texts(svg)}


def marks(svg: str, shape: str) -> list[tuple[float, bool]]:
    """Where the marks of a shape stand from left to right, and whether each is open."""
    found = re.findall(r'd="M([\d.]+) [\d.]+' + shape + '" fill="var\\(--fg-([a-z]+)\\)"', svg)
    return sorted((float(x), fill == "paper") for x, fill in found)


@pytest.mark.parametrize("data", [chart(), by_date()])
def test_tracks_are_legible_in_both_widths(tmp_path: Path, data: dict[str, Any]) -> None:
    check_drawing(drawn(tmp_path, data))


def test_a_track_stands_by_date_and_the_table_has_who_and_checked_days(tmp_path: Path) -> None:
    drawing = drawn(tmp_path, chart())
    assert drawing.table is not None
    assert drawing.table.rows == [
        ["{{fact:sales.filed|30 Sep 2024}}", "One company", "files", "sign", ""],
        [
            "{{fact:sales.listed|14 May 2025}}",
            "One company",
            "lists its shares",
            "what happened",
            "its owners",
        ],
        ["{{fact:sales.ahead|2 Aug 2027}}", "One company", "must report", "what happened", ""],
        ["{{fact:sales.year|2023}}", "Another company with a long name", "is founded", "what happened", ""],
        [
            "{{fact:sales.month|Oct 2025}}",
            "Another company with a long name",
            "raises money",
            "what happened",
            "",
        ],
    ]
    for svg in (drawing.wide.svg, drawing.narrow.svg):
        at = places(svg)
        assert (
            at["files"][1]
            < at["lists its shares"][1]
            < at["must report"][1]
            < at["is founded"][1]
            < at["raises money"][1]
        )


def test_a_day_of_the_figures_own_is_drawn_and_no_checked_value(tmp_path: Path) -> None:
    drawing = drawn(
        tmp_path,
        chart(
            tracks=[
                {
                    "name": "One",
                    "events": [{"date": "2024-06", "text": "opens"}, {"date": 2023, "text": "is planned"}],
                }
            ]
        ),
    )
    assert drawing.table is not None
    assert (
        [row[0] for row in drawing.table.rows] == ["2023", "Jun 2024"]
        and ">Jun 2024<" in drawing.wide.svg
        and ">Jun 2024<" in drawing.narrow.svg
    )


def test_no_label_stands_on_the_strip_and_marks_stand_at_their_days(tmp_path: Path) -> None:
    wide = drawn(tmp_path, chart()).wide.svg
    at = places(wide)
    low, high = (sum(at[year][::2]) / 2 for year in ("2022", "2028"))
    assert all(at[said][2] < low for said in ("files", "lists its shares", "must report", "raises money"))
    days = sorted(fractional_year(DAYS[name]) for name in ("listed", "ahead", "month", "year"))
    assert [x for x, _ in marks(wide, DIAMOND)] == pytest.approx(
        [low + (day - 2022) / 6 * (high - low) for day in days], abs=0.02
    )


def test_what_is_to_come_is_open_and_the_figures_day_is_drawn_where_there_is_any(tmp_path: Path) -> None:
    drawing = drawn(tmp_path, chart())
    for svg in (drawing.wide.svg, drawing.narrow.svg):
        assert [is_open for _, is_open in marks(svg, DIAMOND)].count(True) == 1 and svg.count(
            f">{TODAY}<"
        ) == 1
    data = chart()
    del data["tracks"][0]["events"][2]
    past = drawn(tmp_path, data)
    for svg in (past.wide.svg, past.narrow.svg):
        assert not any(is_open for _, is_open in marks(svg, DIAMOND)) and TODAY not in svg


def test_a_sign_is_a_triangle(tmp_path: Path) -> None:
    drawing = drawn(tmp_path, chart())
    for svg in (drawing.wide.svg, drawing.narrow.svg):
        assert [is_open for _, is_open in marks(svg, TRIANGLE)] == [True]


def test_a_list_by_date_has_years_at_its_heads_and_tells_tracks_by_marks(tmp_path: Path) -> None:
    drawing = drawn(tmp_path, by_date())
    assert drawing.table is not None
    assert [row[0].partition("|")[2] for row in drawing.table.rows] == [
        "2023}}",
        "30 Sep 2024}}",
        "14 May 2025}}",
        "Oct 2025}}",
        "2 Aug 2027}}",
    ]
    for svg in (drawing.wide.svg, drawing.narrow.svg):
        assert ">2025<" in svg and ">14 May<" in svg and ">14 May 2025<" not in svg
        assert ">the turn<" in svg and ">Another company with a long name<" in svg
        assert svg.count("<rect") == 6, "two halves of three marks: two events and the key"


def test_what_an_event_stands_for_is_said_left_of_its_mark_where_the_right_has_no_room(
    tmp_path: Path,
) -> None:
    data = by_date()
    data["tracks"][0]["events"][2]["says"] = "the end of it"
    at = places(drawn(tmp_path, data).wide.svg)
    low, high = (sum(at[year][::2]) / 2 for year in ("2022", "2028"))
    ahead = low + (fractional_year(DAYS["ahead"]) - 2022) / 6 * (high - low)
    assert (
        at["the end of it"][2] < ahead < 760 < ahead + (at["the end of it"][2] - at["the end of it"][0]) + 14
    )


def test_a_text_that_finds_no_room_goes_on_in_a_second_line(tmp_path: Path) -> None:
    data = chart()
    data["tracks"][0]["events"][0]["text"] = (
        "a text of seventy characters that is wider than it finds room, twice"
    )
    data["metrics"] = {"strip": [400, 0]}
    drawing = drawn(tmp_path, data)
    check_drawing(drawing)
    assert data["tracks"][0]["events"][0]["text"] not in places(drawing.wide.svg)


@pytest.mark.parametrize(
    ("claim", "days", "said"),
    [
        (
            {"count": "tracks", "where": {"past": [0, None]}, "equals": 2},
            {"month": "2027-10", "year": "2027-11"},
            "give 1, not 2",
        ),
        (
            {"count": "tracks", "where": {"lead": [0, None]}, "equals": 1},
            {"filed": "2025-06-01"},
            "give 0, not 1",
        ),
        ({"range": ["@tracks.first"], "at_least": 2023}, {"year": "2022"}, "less than 2,023"),
        ({"range": ["median(@rows.date)"], "at_least": 2025}, {"listed": "2024-12-31"}, "less than 2,025"),
        (
            {"range": ["max(@one.date)", "max(@rows.date)"], "between": [2027, 2028]},
            {"ahead": "2026-12-31"},
            "less than 2,027",
        ),
        ({"before": ["@filing.date", "@two.date"]}, {}, "before @two.date"),
    ],
)
def test_a_title_that_the_records_contradict_is_refused_with_its_line(
    tmp_path: Path, claim: dict[str, Any], days: dict[str, str], said: str
) -> None:
    for changed, held in ((days, False), ({} if days else {"year": "2025-09"}, True)):
        made = records(tmp_path, **changed)
        record = figure(made, "tracks", chart(), asserts=[claim])
        found = [str(problem) for problem in check_figure(record, made)]
        assert (
            found == []
            if held
            else len(found) == 1 and said in found[0] and f":{record.line('asserts', 0)}:" in found[0]
        )


def without(track: int) -> list[dict[str, Any]]:
    tracks: list[dict[str, Any]] = chart()["tracks"]
    tracks[track]["events"] = []
    return tracks


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (
            {"x": {"low": 2022, "high": 2026}},
            "`sales.ahead`, 2 Aug 2027, lies outside the scale from 2022 to 2026",
        ),
        (
            {"tracks": [{"name": "One", "events": [{"date": "sales.file", "text": "files"}]}]},
            "there is no field `sales.file`",
        ),
        (
            {"tracks": [{"name": "One", "events": [{"date": "sales.filed", "text": "files", "sgn": True}]}]},
            "unknown key `sgn`",
        ),
        ({"tracks": without(1)}, "the track “Another company with a long name” has no event"),
        (
            {"tracks": [{"name": "One", "events": [{"date": "sales.filed", "text": "files"}]}] * 2},
            "or another has its name",
        ),
        ({"events": {"tow": [{"date": "sales.filed", "text": "files"}]}}, "events for a track `tow`"),
        ({"label": "{txt}"}, "names {txt}"),
        ({"order": "day"}, "`order`"),
    ],
)
def test_a_record_that_cannot_be_drawn_is_a_problem_with_a_line(
    tmp_path: Path, change: dict[str, Any], said: str
) -> None:
    made = records(tmp_path)
    found = [str(problem) for problem in check_figure(figure(made, "tracks", chart(**change)), made)]
    assert len(found) == 1 and said in found[0] and "data/figures/shape.yml:" in found[0]


def test_a_day_that_is_none_is_a_problem_with_its_line_and_how_days_are_written(tmp_path: Path) -> None:
    made = records(tmp_path)
    record = figure(
        made, "tracks", chart(tracks=[{"name": "One", "events": [{"date": "2024-13", "text": "files"}]}])
    )
    found = [str(problem) for problem in check_figure(record, made)]
    line = record.line("data", "tracks", 0, "events", 0, "date")
    assert any("`2024-13` is not a date; write YYYY-MM-DD" in problem for problem in found) and all(
        f"shape.yml:{line}: " in problem for problem in found
    )


@pytest.mark.parametrize(
    ("iso", "year"),
    [
        ("2020", 2020.5),
        ("2022-09", 2022 + 8.5 / 12),
        ("2021-01-01", 2021.0),
        ("2024-12-31", 2024 + 365 / 366),
    ],
)
def test_dates_of_any_precision_have_a_place(iso: str, year: float) -> None:
    assert fractional_year(iso) == pytest.approx(year)
