"""Who pays whom: ribbons as wide as their sums, unknown sums left unknown."""

import re
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

import pytest

from fieldguide.book import Book
from fieldguide.drawing.figure import check_figure, draw
from fieldguide.drawing.pictures.money_flow import NARROW, UNKNOWN, WIDE, amount
from fieldguide.drawing.shapes import Drawing, Table
from tests.drawing.fixtures import book, picture
from tests.figures.reading import check_drawing, texts

LARGE, SMALL = (
    {"parties": "Lab → Cloud", "fact": "sales.large", "note": "five years"},
    {
        "parties": "Lab → Host",
        "fact": "sales.small",
        "note": "a month",
        "when": "May 2026",
    },
)
STAKE = {"parties": "Cloud → Lab", "fact": "sales.stake", "note": "for shares", "into": "labs"}
ROUND = {"parties": "A round → Lab", "fact": "sales.small", "note": "shares", "into": "labs"}
STAGES: list[dict[str, Any]] = [
    {"name": "Customers", "role": "people", "down": [{"parties": "All → Lab", "note": "by the token"}]},
    {
        "name": "Labs",
        "role": "pay for time",
        "layer": "model",
        "down": [LARGE, SMALL],
        "back": [STAKE, {"parties": "Maker → Lab", "fact": "sales.shares", "note": "of the maker"}],
    },
    {"name": "Clouds", "role": "the base", "layer": "infrastructure"},
    {"name": "Investors", "role": "pay for shares", "layer": "capital", "apart": True, "down": [ROUND]},
]
CLAIM = {"count": "back", "where": {"billions": [0, None]}, "at_least": 1, "says": "some of it comes back"}


@pytest.fixture
def records(tmp_path: Path) -> Book:
    shares = {"value": 160e6, "unit": "shares", "qualifier": "at most"}
    return book(
        tmp_path,
        large=200e9,
        small={"value": 1.25e9, "source": "press"},
        stake={"value": 40e9, "qualifier": "at most"},
        shares=shares,
    )


def drawing(records: Book, stages: list[dict[str, Any]] = STAGES, **more: Any) -> Drawing:
    return draw(picture(records, "money-flow", {"stages": stages}, **more), records)


def table(drawn: Drawing) -> Table:
    assert drawn.table is not None
    return drawn.table


def widths(svg: str) -> list[float]:
    """Of the paths that turn, from wide to narrow."""
    return sorted(
        {
            float(path.get("stroke-width", "1"))
            for path in ET.fromstring(svg).iter("path")
            if "A" in path.get("d", "")
        },
        reverse=True,
    )


def test_nothing_overlaps_in_either_width_or_on_the_slide(records: Book) -> None:
    check_drawing(drawing(records))


def test_a_ribbon_is_as_wide_as_its_sum(records: Book) -> None:
    drawn = drawing(records)
    for svg, spec in ((drawn.wide.svg, WIDE), (drawn.narrow.svg, NARROW)):
        assert widths(svg)[0] == pytest.approx(200 * spec.scale + 0.7, abs=0.01)
        assert 40 * spec.scale + 0.7 == pytest.approx(
            next(width for width in widths(svg) if width < 100 * spec.scale), abs=0.71
        )


def test_a_small_sum_is_still_seen(records: Book) -> None:
    assert min(widths(drawing(records).narrow.svg)) >= 0.8


def test_sums_and_dates_come_from_the_records(records: Book) -> None:
    rows = {row[1]: row for row in table(drawing(records)).rows}
    assert rows["Lab → Cloud"] == [
        "paid to a supplier",
        "Lab → Cloud",
        "{{fact:sales.large|$200B}}",
        "five years, 31 Mar 2026",
        "filed or said by a party to it",
    ]
    assert rows["Lab → Host"][4] == "press account or estimate"
    assert rows["Cloud → Lab"][:3] == [
        "invested in a customer",
        "Cloud → Lab",
        "up to {{fact:sales.stake|$40B}}",
    ]


def test_an_unknown_sum_stays_unknown_and_is_dotted(records: Book) -> None:
    drawn = drawing(records)
    rows = {row[1]: row for row in table(drawn).rows}
    assert rows["All → Lab"][2:] == [UNKNOWN, "by the token", ""]
    assert len(re.findall(r'<path[^>]*stroke-dasharray="1\.5 3"', drawn.wide.svg)) == 2, (
        "of what is not disclosed, and of shares"
    )


def test_what_comes_back_rises_and_what_is_paid_falls(records: Book) -> None:
    for svg in (drawing(records).wide.svg, drawing(records).narrow.svg):
        turns = [
            re.fullmatch(r"M[\d.]+ ([\d.]+)H.*A.*V([\d.]+)", path.get("d", ""))
            for path in ET.fromstring(svg).iter("path")
        ]
        falls = [float(turn[2]) > float(turn[1]) for turn in turns if turn]
        assert True in falls and False in falls


def test_the_title_needs_money_that_comes_back(records: Book) -> None:
    drawing(records, asserts=[CLAIM])
    stages = [{key: value for key, value in stage.items() if key != "back"} for stage in STAGES]
    with pytest.raises(ValueError, match="some of it comes back; the records give 0, less than 1"):
        drawing(records, stages, asserts=[CLAIM])
    assert [problem.line is not None for problem in check_figure(records.figures["money-flow"], records)] == [
        True
    ]


def test_investors_stand_apart_and_name_the_layer_they_pay(records: Book) -> None:
    drawn = drawing(records)
    assert table(drawn).rows[-1][0] == "paid in by investors or lenders"
    assert "labs" in [text for text, *_ in texts(drawn.wide.svg)]


def test_a_stage_apart_without_a_destination_is_refused(records: Book) -> None:
    with pytest.raises(ValueError, match="each payment needs `into`"):
        drawing(records, [*STAGES[:-1], {**STAGES[-1], "down": [{**ROUND, "into": ""}]}])


@pytest.mark.parametrize(
    ("value", "unit", "text"),
    [
        (250e9, "USD", "$250B"),
        (1.4e12, "USD", "$1.4T"),
        (999.6e6, "USD", "$1B"),
        (999.2e6, "USD", "$999M"),
        (41.456e9, "USD", "$41.5B"),
        (800e6, "USD", "$800M"),
        (160e6, "shares", "160M shares"),
        (2609, "megawatts", "2,609 megawatts"),
    ],
)
def test_amounts_are_short(value: float, unit: str, text: str) -> None:
    assert amount(value, unit) == text
