"""Rows and bars, on records of the tests' own."""

import re
from pathlib import Path
from typing import Any

import pytest
import yaml

from fieldguide.drawing.figure import check_figure, draw
from fieldguide.drawing.kinds import KINDS
from fieldguide.drawing.kinds.base import ChartKind
from tests.drawing.fixtures import book, figure
from tests.figures.reading import check_drawing

TABLE = {"columns": {"Who": "{name}", "Sales": "{value:$.3g billion}", "Basis": "{basis}"}}
MARKS = {"by": "source", "names": {"disclosed": "said by the company", "estimate": "press account"}}


def chart(**more: Any) -> dict[str, Any]:
    """The data of a small chart: two groups of two companies."""
    return {
        "x": {"high": 50e9, "ticks": [0, 20e9, 40e9], "format": "$.3gB", "zero": "0"},
        "label": "{value.about}{value:$.3gB}",
        "marks": MARKS,
        "table": TABLE,
        "groups": [
            {
                "name": "Labs",
                "id": "labs",
                "layer": "model",
                "rows": [
                    {"name": "One", "note": "2025", "value": "sales.one"},
                    {"name": "Two", "value": "sales.two"},
                ],
            },
            {
                "name": "Chips",
                "id": "chips",
                "layer": "infrastructure",
                "rows": [{"name": "Three", "value": "sales.three"}],
            },
        ],
        **more,
    }


def records(tmp_path: Path, three: float = 41.5e9):
    return book(
        tmp_path,
        one={"value": 5.7e9, "source": "press"},
        two={"value": 11e9, "qualifier": "about"},
        three=three,
    )


@pytest.mark.parametrize("kind", ["rows", "bars"])
def test_a_chart_is_legible_in_both_widths_and_says_its_values(tmp_path: Path, kind: str) -> None:
    made = records(tmp_path)
    drawing = draw(figure(made, kind, chart()), made)
    check_drawing(drawing)
    for svg in (drawing.wide.svg, drawing.narrow.svg):
        assert ">$5.7B<" in svg and ">about $11B<" in svg and ">press account<" in svg
    assert drawing.table.rows == [
        ["One", "{{fact:sales.one|$5.7 billion}}", "press account"],
        ["Two", "{{fact:sales.two|$11 billion}}", "said by the company"],
        ["Three", "{{fact:sales.three|$41.5 billion}}", "said by the company"],
    ]


@pytest.mark.parametrize("kind", ["rows", "bars"])
def test_a_title_that_the_records_contradict_is_refused_with_its_line(tmp_path: Path, kind: str) -> None:
    made = records(tmp_path, three=9e9)
    record = figure(made, kind, chart(), asserts=[{"order": ["@chips.value", "@labs.value"]}])
    (problem,) = check_figure(record, made)
    assert "the title claims “The title of a figure”; the records give 9e+09 for @chips.value" in str(
        problem
    ) and f":{record.line('asserts', 0)}:" in str(problem)
    with pytest.raises(ValueError, match="the title claims"):
        draw(record, made)


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"groups": [{"rows": [{"name": "One", "value": "sales.on"}]}]}, "there is no field `sales.on`"),
        ({"names": "strng"}, "`names`"),
        ({"lable": "x"}, "unknown key `lable`"),
        ({"label": "{valu:g}"}, "names {valu}"),
        ({"label": "{value:dolars}"}, "no format `dolars`"),
        ({"metrics": {"pich": 3}}, "unknown key `pich`"),
        ({"x": {"high": 0}}, "`x`: `high`, 0, is not above `low`, 0"),
        ({"x": {"low": 9, "high": 5}}, "`x`: `high`, 5, is not above `low`, 9"),
        ({"x": {"high": 5, "log": True}}, "`x`: `low` is 0, and a logarithmic scale starts above 0"),
        (
            {"x": {"high": 10e9}},
            "“Two”, 1.1e+10, lies outside the scale from 0 to 1e+10, `x.low` to `x.high`",
        ),
        ({"values": {"half": {"ratio": [1, 0]}}}, "it divides by 0"),
    ],
)
def test_a_record_that_cannot_be_drawn_is_a_problem_with_a_line(
    tmp_path: Path, change: dict[str, Any], said: str
) -> None:
    made = records(tmp_path)
    found = [str(problem) for problem in check_figure(figure(made, "rows", chart(**change)), made)]
    assert len(found) == 1 and said in found[0] and "data/figures/shape.yml:" in found[0]


def test_an_unknown_kind_and_an_unknown_hook_are_named(tmp_path: Path) -> None:
    made = records(tmp_path)
    assert "did you mean `bars`" in str(check_figure(figure(made, "bar", chart()), made)[0])
    assert "did you mean `scenario-swings`" in str(
        check_figure(figure(made, "bars", chart(), hook="scenario-swing"), made)[0]
    )


def test_an_interval_joins_its_ends_and_a_lower_bound_points_on(tmp_path: Path) -> None:
    made = records(tmp_path)
    rows = [
        {"name": "From one to two", "value": ["sales.one", "sales.two"]},
        {"name": "At least", "value": "sales.two", "arrow": True, "texts": {"bound": "at least "}},
    ]
    drawing = draw(
        figure(made, "rows", chart(join="interval", label="{bound|}{value:$.3gB}", groups=[{"rows": rows}])),
        made,
    )
    check_drawing(drawing)
    assert ">$5.7B–$11B<" in drawing.wide.svg and ">at least $11B<" in drawing.wide.svg
    without = draw(
        figure(
            made,
            "rows",
            chart(join="interval", groups=[{"rows": [rows[0], {"name": "At least", "value": "sales.two"}]}]),
        ),
        made,
    )
    assert drawing.wide.svg.count('d="M') == without.wide.svg.count('d="M') + 2  # shaft and head
    assert drawing.table.rows[0][1] == "{{fact:sales.one|$5.7 billion}} to {{fact:sales.two|$11 billion}}"


def test_a_label_without_room_at_its_right_stands_at_its_left(tmp_path: Path) -> None:
    made = records(tmp_path, three=49e9)
    drawing = draw(
        figure(made, "rows", chart(label="{value:$.3g billion a year}", metrics={"right": [20, 12]})), made
    )
    check_drawing(drawing)
    assert 'text-anchor="end"' in next(
        line for line in drawing.narrow.svg.split("<text") if "$49 billion a year" in line
    )


def test_bars_of_a_row_stand_under_one_another_with_labels_of_their_own(tmp_path: Path) -> None:
    made = records(tmp_path)
    bars = [
        {"value": "sales.two", "look": "muted", "label": "before {value:$.3gB}"},
        {"value": 4e9, "upto": 6e9, "look": "model", "label": "after {value:$.3gB}"},
    ]
    drawing = draw(
        figure(
            made,
            "bars",
            chart(
                pile="under",
                label="",
                groups=[{"rows": [{"name": "Task", "bars": bars}]}],
                metrics={"pitch": [60, 80]},
            ),
        ),
        made,
    )
    check_drawing(drawing)
    assert ">before $11B<" in drawing.wide.svg and ">after $4B<" in drawing.narrow.svg


@pytest.mark.parametrize("kind", ["rows", "bars"])
def test_a_line_of_comparison_stops_at_the_labels_that_it_would_run_through(
    tmp_path: Path, kind: str
) -> None:
    made = records(tmp_path)
    shown = draw(
        figure(made, kind, chart(line={"at": 15e9, "label": "a line"}, metrics={"top": 40, "grid": 30})), made
    )
    (line,) = re.findall(r'<path[^>]*stroke-dasharray="1.5 4"[^>]*d="([^"]*)"', shown.wide.svg)
    (label,) = re.findall(r'y="([0-9.]+)"[^>]*>about \$11B<', shown.wide.svg)
    pieces = [[float(y) for y in re.findall(r" ([0-9.]+)", piece)] for piece in line.split("M")[1:]]
    assert len(pieces) == 2 and pieces[0][1] < float(label) < pieces[1][0]


def test_a_line_of_comparison_is_named_and_words_across_it_have_paper_behind_them(tmp_path: Path) -> None:
    made = records(tmp_path)
    drawing = draw(
        figure(
            made,
            "rows",
            chart(line={"at": 15e9, "label": "a line at {value:$gB}"}, metrics={"top": 40, "grid": 30}),
        ),
        made,
    )
    check_drawing(drawing)
    assert (
        ">a line at $15B<" in drawing.narrow.svg and drawing.wide.svg.count('stroke-dasharray="1.5 4"') == 1
    )
    after = drawing.wide.svg.partition('stroke-dasharray="1.5 4"')[2]
    assert 'class="fg-halo"' in re.findall(r"<text[^>]*>\$", after)[0], "labels are written over the line"


@pytest.mark.parametrize("kind", [name for name, kind in KINDS.items() if isinstance(kind, ChartKind)])
def test_the_example_of_every_kind_is_drawn_without_a_measure_of_its_own(tmp_path: Path, kind: str) -> None:
    made = records(tmp_path)
    record = figure(made, kind, yaml.safe_load(KINDS[kind].example)["data"])
    assert check_figure(record, made) == []
    check_drawing(draw(record, made))
