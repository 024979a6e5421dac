"""Kind panels, on records of the tests' own."""

import re
from pathlib import Path
from typing import Any, get_args

import pytest

from fieldguide.drawing.figure import check_figure, draw
from fieldguide.drawing.kinds.panels_data import Stamp
from tests.drawing.fixtures import book, figure
from tests.figures.reading import check_drawing

HEAD = {"text": "{number} {name}", "style": "title", "more": 3.5, "tall": 6}


def data(**more: Any) -> dict[str, Any]:
    """Three steps, the last without a value."""
    part = {
        "id": "steps",
        "across": [3, 1],
        "left": [80, 0],
        "scale": {"high": 100},
        "between": 12,
        "sections": [
            {
                "blocks": [
                    HEAD,
                    {"draw": "onward", "only": "wide", "stay": True},
                    {"text": "{what}", "style": "quiet"},
                ],
                "foot": 8,
            },
            {
                "head": {"text": "Costs", "style": "muted"},
                "at": [0, 70],
                "rule": "rule",
                "foot": 20,
                "blocks": [
                    {"text": "{cost:.0f%}", "when": "cost"},
                    {"draw": "bar", "drop": 6, "tall": 12, "when": "cost"},
                    {"text": "nobody says", "unless": "cost"},
                ],
            },
        ],
        "panels": [
            {
                "id": "one",
                "name": "First",
                "texts": {"what": "what happens in it"},
                "values": {"cost": "sales.first"},
            },
            {
                "id": "two",
                "name": "Second",
                "texts": {"what": ["what happens then", "then"]},
                "values": {"cost": 50},
                "lists": {"makers": ["A", "B"]},
            },
            {"name": "Third", "texts": {"what": "what happens at last"}},
        ],
    }
    draws = {
        "bar": [{"piece": "model", "at": [0, 0, 0, 10], "value": "cost"}],
        "onward": [{"piece": "arrow", "at": [150, 0, 18, 0], "when": "next"}],
    }
    return {
        "parts": [{**part, **more}],
        "draw": draws,
        "table": {"columns": {"Step": "{name}", "What": "{what}", "Cost": "{cost:.0f%|unknown}"}},
    }


def bars(svg: str) -> list[float]:
    return [
        float(width) for width in re.findall(r'width="([\d.]+)" height="10" fill="var\(--fg-model\)"', svg)
    ]


def test_panels_stand_side_by_side_or_one_under_another_and_are_legible(tmp_path: Path) -> None:
    made = book(tmp_path, first=25)
    drawing = draw(figure(made, "panels", data()), made)
    check_drawing(drawing)
    assert drawing.wide.svg.count(">Costs<") == 1 and drawing.narrow.svg.count(">Costs<") == 3
    assert ">what happens then<" in drawing.wide.svg and ">then<" in drawing.narrow.svg
    assert drawing.wide.svg.count(">nobody says<") == 1


def test_lengths_are_shares_of_the_scale_and_arrows_lead_to_the_next(tmp_path: Path) -> None:
    made = book(tmp_path, first=25)
    drawing = draw(figure(made, "panels", data()), made)
    first, second = bars(drawing.wide.svg)
    assert second == pytest.approx(2 * first, abs=0.02)
    assert bars(drawing.narrow.svg) == pytest.approx([258 * 0.25, 258 * 0.5])
    assert len(re.findall(r'd="M[\d. ]+L[\d. ]+L', drawing.wide.svg)) == 2  # heads of arrows


def test_copies_of_a_piece_that_has_an_end_are_spread_up_to_it(tmp_path: Path) -> None:
    made = book(tmp_path, first=25)
    ticks = [
        {
            "piece": "line",
            "at": [0, 0, 0, 10],
            "start": "cost",
            "upto": "end",
            "repeat": "many",
            "stroke": "infra",
        }
    ]
    found = data(head=[{"draw": "ticks", "tall": 12}], left=0) | {
        "values": {"cost": "sales.first", "end": 75, "many": 5}
    }
    found["draw"]["ticks"] = ticks
    drawing = draw(figure(made, "panels", found), made)
    lines = re.findall(
        r'<line x1="([\d.]+)" y1="0" x2="([\d.]+)" y2="10" stroke="var\(--fg-infra\)"', drawing.wide.svg
    )
    assert [float(start) for start, _ in lines] == pytest.approx([190, 266, 342, 418, 494]) and all(
        start == end for start, end in lines
    )


def test_the_table_has_a_line_a_panel_with_checked_numbers(tmp_path: Path) -> None:
    made = book(tmp_path, first=25)
    table = draw(figure(made, "panels", data()), made).table
    assert table is not None and table.header == ["Step", "What", "Cost"]
    assert (
        table.rows[0] == ["First", "what happens in it", "{{fact:sales.first|25%}}"]
        and table.rows[2][2] == "unknown"
    )


def test_a_table_may_be_turned_and_have_more_lines(tmp_path: Path) -> None:
    made = book(tmp_path, first=25)
    turned = data() | {"table": {"columns": {"": "{name}", "What": "{what}"}, "turned": True}}
    table = draw(figure(made, "panels", turned), made).table
    assert (
        table is not None
        and table.header == ["", "First", "Second", "Third"]
        and table.rows == [["What", "what happens in it", "what happens then", "what happens at last"]]
    )
    more = data() | {
        "values": {"all": "sales.first"},
        "table": {"columns": {"What": "", "Value": ""}, "after": [["all", "{all:g}"]]},
    }
    table = draw(figure(made, "panels", more), made).table
    assert table is not None and table.rows == [["all", "{{fact:sales.first|25}}"]]


def test_sections_of_panels_under_one_another_stand_in_columns(tmp_path: Path) -> None:
    made = book(tmp_path, first=25)
    ledger = {
        "across": 1,
        "left": 0,
        "tall": [60, 0],
        "frame": "back",
        "first": "ink",
        "rule": "rule",
        "last": {"stroke": "ink", "thick": 1.5},
        "head": [{"text": "All. Said before.", "style": "point", "beside": [8, 0]}],
        "sections": [
            {
                "head": {"text": "Name", "tall": [8, 0]},
                "at": [8, 60],
                "blocks": [{"text": "{name}"}],
                "align": "middle",
            },
            {
                "at": [300, 60],
                "foot": 10,
                "blocks": [{"text": "{what}"}, {"text": "aside", "beside": 6, "style": "muted"}],
            },
        ],
    }
    drawing = draw(
        figure(made, "panels", data(**ledger) | {"draw": {"back": [{"piece": "box", "fill": "sunk"}]}}), made
    )
    check_drawing(drawing)
    assert drawing.wide.svg.count('fill="var(--fg-sunk)"') == 3 and drawing.wide.svg.count(">Name<") == 1
    places = {
        text: float(y)
        for y, text in re.findall(r'<text x="[\d.]+" y="([\d.]+)"[^>]*>([^<]+)', drawing.wide.svg)
    }
    assert places["First"] > places["what happens in it"]  # in the middle of sixty units
    assert places["aside"] == places["what happens at last"]


def test_every_piece_can_be_drawn(tmp_path: Path) -> None:
    made = book(tmp_path, first=25)
    sorts = get_args(Stamp)
    pieces = [
        {
            "piece": sort,
            "at": [10 + 18 * at, 20, 12, 12],
            "text": "9" if sort == "step" else "a" if sort == "words" else "",
        }
        for at, sort in enumerate(sorts)
    ]
    drawn = {
        "sections": [{"blocks": [{"draw": "all", "tall": 60}, {"draw": "strands", "tall": 30}]}],
        "panels": [{"name": "One", "lists": {"makers": ["A", "B", "C"]}, "values": {"a": 10, "b": 40}}],
        "across": 1,
        "left": 0,
    }
    strands = [
        {
            "piece": "line",
            "points": [[0, 4], [40, 4]],
            "repeat": "makers_count",
            "step": [0, 5],
            "stroke": "infra",
        },
        {"piece": "slope", "at": [60, 0, 100, 16], "value": "b", "upto": "a"},
    ]
    made_data = data(**drawn) | {
        "draw": {"all": pieces, "strands": strands},
        "table": {"columns": {"Who": "{makers}", "How many": "{makers_count:g}"}},
    }
    drawing = draw(figure(made, "panels", made_data), made)
    assert (
        drawing.wide.svg.count('stroke="var(--fg-infra)"') >= 3
        and drawing.table is not None
        and drawing.table.rows == [["A, B, C", "3"]]
    )


@pytest.mark.parametrize(
    ("wrong", "says"),
    [
        ({"scale": None}, "has no `scale`"),
        ({"scale": {"high": 40}}, "beyond the scale"),
        ({"scale": {"high": 0}}, "`scale` reaches from `low`, 0, to `high`, 0; write a higher `high`"),
        ({"scale": {"high": 40, "log": True}}, "and a `low` above 0"),
        ({"frame": "nothing"}, "no drawing `nothing`"),
        ({"sections": [{"blocks": [{"text": "{nobody}"}]}]}, "{nobody}"),
    ],
)
def test_what_cannot_be_drawn_is_a_problem_with_its_line(
    tmp_path: Path, wrong: dict[str, Any], says: str
) -> None:
    made = book(tmp_path, first=25)
    problems = check_figure(figure(made, "panels", data(**wrong)), made)
    assert len(problems) == 1 and says in problems[0].message and problems[0].line


def test_an_unknown_key_and_a_part_without_sections_are_problems(tmp_path: Path) -> None:
    made = book(tmp_path, first=25)
    assert check_figure(figure(made, "panels", data(colour="red")), made)[0].line
    assert "sections" in check_figure(figure(made, "panels", data(sections=[])), made)[0].message


def test_a_title_that_the_values_do_not_bear_is_a_problem(tmp_path: Path) -> None:
    made = book(tmp_path, first=25)
    claims = [
        {"order": ["@two.cost", "@one.cost"]},
        {"count": "steps", "equals": 3},
        {"ratio": ["@two.makers_count", 1], "equals": 2},
    ]
    assert check_figure(figure(made, "panels", data(), asserts=claims), made) == []
    assert (
        len(
            check_figure(
                figure(made, "panels", data(), asserts=[{"order": ["@one.cost", "@two.cost"]}]), made
            )
        )
        == 1
    )


def test_names_that_are_links_stand_in_a_row_and_break_where_the_cell_ends(tmp_path: Path) -> None:
    made = book(tmp_path, first=25)
    links = {
        f"n{at}": {
            "text": f"A long name {at}",
            "href": f"/data/companies.md#n{at}",
            "strong": at == 1,
            "said": f"Name {at}",
        }
        for at in range(4)
    }
    part = {
        "sections": [{"width": [220, 0], "blocks": [{"links": "names", "leading": 1.6}], "foot": 10}],
        "panels": [{"lists": {"names": list(links)}}],
        "across": 1,
        "left": 0,
    }
    drawing = draw(
        figure(
            made,
            "panels",
            data(**part) | {"links": links, "draw": {}, "table": {"columns": {"Who": "{names}"}}},
        ),
        made,
    )
    check_drawing(drawing)
    assert (
        drawing.wide.svg.count('href="/data/companies.md#n') == 4
        and drawing.table is not None
        and drawing.table.rows == [["Name 0, Name 1, Name 2, Name 3"]]
    )
    lines = re.findall(r'y="([\d.]+)"[^>]*>A long name', drawing.wide.svg)
    assert lines[0] == lines[1] != lines[2]


def test_what_a_hook_works_out_joins_the_data(tmp_path: Path) -> None:
    made = book(tmp_path, first=25)
    worked = {
        "half": {"function": "share", "inputs": {"part": 2, "whole": 4}, "how": "2 ÷ 4", "shows": "{:.0f}%"}
    }
    record = figure(
        made,
        "panels",
        data() | {"texts": {"kept": "said"}, "table": {"columns": {"When": "{kept} {half}"}}},
        hook="worked-formulas",
        inputs={"worked": worked},
    )
    table = draw(record, made).table
    assert table is not None and table.rows[0] == ["said 2 ÷ 4 = **50%**"]


def test_a_value_may_be_a_height_and_raise_its_words(tmp_path: Path) -> None:
    made = book(tmp_path, sold=5)
    pieces = [
        {"piece": "model", "at": [10, 20, 30, 100], "value": "sold", "upward": True},
        {"piece": "words", "at": [50, 14, 0, 100], "value": "sold", "upward": True, "text": "{sold:g}"},
    ]
    part = {
        "scale": {"high": 20},
        "sections": [{"blocks": [{"draw": "column", "full": True}]}],
        "panels": [{"name": "One", "values": {"sold": "sales.sold"}, "draw": {"column": pieces}}],
    }
    drawing = draw(figure(made, "panels", {"parts": [part], "table": {"columns": {"What": "{name}"}}}), made)
    check_drawing(drawing)
    assert 'x="10" y="95" width="30" height="25"' in drawing.wide.svg and 'x="50" y="89"' in drawing.wide.svg
    assert 'viewBox="0 0 760 128"' in drawing.wide.svg, "as deep as its pieces"
