"""Stacked bars, on records of the tests' own."""

import re
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

from fieldguide.drawing.figure import check_figure, draw
from fieldguide.drawing.kinds import merged
from fieldguide.drawing.kinds.stacked import spread
from tests.drawing.fixtures import book, figure
from tests.figures.reading import check_drawing

PARTS = [
    {
        "id": "model",
        "name": "Models",
        "note": "the tokens",
        "layer": "model",
        "label": "{value:$.2f}",
        "values": {"price": "sales.price"},
    },
    {
        "id": "people",
        "name": "People",
        "note": "who check",
        "look": "muted",
        "group": ["staff", ""],
        "label": "{value:$.2f}",
        "values": {"price": 2},
    },
    {
        "id": "left",
        "name": "Left",
        "look": "empty",
        "rest": True,
        "strong": True,
        "label": "{value:$.2f} left",
    },
]
TABLE = {
    "columns": {
        "What": "{name}",
        "Of the first": "{first:$.2f}",
        "Share": "{first_share:.0f}%",
        "Of the second": "{second:$.2f}",
        "Price": "{price:$.2f|}",
    }
}


def stacks(**more: Any) -> dict[str, Any]:
    """The data of two wholes of three parts."""
    return {
        "parts": PARTS,
        "stacks": [
            {
                "id": "first",
                "name": "One",
                "total": "sales.price",
                "values": [{"product": [0.5, "sales.price"]}, 1],
            },
            {"id": "second", "name": "Two", "total": 5, "values": [1, 1]},
        ],
        "table": TABLE,
        **more,
    }


def test_wholes_are_legible_in_both_widths_with_their_names_labels_and_key(tmp_path: Path) -> None:
    made = book(tmp_path, price=4)
    drawing = draw(figure(made, "stacked", stacks()), made)
    check_drawing(drawing)
    for svg in (drawing.wide.svg, drawing.narrow.svg):
        assert all(
            f">{words}<" in svg for words in ("One", "Two", "$2.00", "$1.00 left", "$3.00 left", "Models")
        )
    assert drawing.table.rows == [
        ["Models", "$2.00", "50%", "$1.00", "{{fact:sales.price|$4.00}}"],
        ["People", "$1.00", "25%", "$1.00", "$2.00"],
        ["Left", "$1.00", "25%", "$3.00", ""],
    ]


def test_the_lengths_of_parts_are_their_shares(tmp_path: Path) -> None:
    made = book(tmp_path, price=4)
    wide = draw(figure(made, "stacked", stacks(metrics={"gap": 0})), made).wide.svg
    model, people = (
        float(re.search(rf'width="([\d.]+)" height="30" fill="var\(--fg-{token}\)"', wide)[1])
        for token in ("model", "rule-strong")
    )
    assert (model, people) == pytest.approx((380, 190))


def test_lines_have_cells_and_sums_and_joints_lead_from_bar_to_bar(tmp_path: Path) -> None:
    made = book(tmp_path, price=4)
    cells = [{"text": "{first:$.2f}", "at": [760, 328], "anchor": "end", "style": "strong"}]
    sums = [
        {"name": "The whole", "value": "{first_total:$.2f}"},
        {"name": "Another whole", "value": "{second_total:$.2f}"},
    ]
    drawing = draw(
        figure(made, "stacked", stacks(cells=cells, sums=sums, join=True, point="It is so. And more.")), made
    )
    check_drawing(drawing)
    for svg in (drawing.wide.svg, drawing.narrow.svg):
        assert all(
            f">{words}<" in svg
            for words in ("the tokens", "The whole", "$4.00", "Another whole", "$5.00", "It is so.")
        )
        assert svg.count('stroke="var(--fg-rule-strong)"') == 2


def test_one_whole_down_the_sheet_has_its_parts_beside_and_groups_on_its_other_side(tmp_path: Path) -> None:
    made = book(tmp_path, price=4)
    cells = [{"head": "dollars", "text": "{value:$.2f}", "at": [760, 328], "anchor": "end"}]
    drawing = draw(
        figure(
            made,
            "stacked",
            stacks(
                direction="down",
                cells=cells,
                metrics={"left": [136, 0], "bar": [104, 40], "text": [290, 74], "line_note": 18},
            ),
        ),
        made,
    )
    check_drawing(drawing)
    assert ">staff<" in drawing.wide.svg and ">staff<" not in drawing.narrow.svg
    assert (
        ">dollars<" in drawing.narrow.svg
        and ">who check<" in drawing.narrow.svg
        and ">Two<" not in drawing.wide.svg
    )


def test_a_title_that_the_parts_contradict_is_refused_with_its_line(tmp_path: Path) -> None:
    made = book(tmp_path, price=4)
    held = [
        {"range": ["sum(@model.first_share)"], "at_least": 50},
        {"order": ["@left.second", "@people.second"]},
        {"range": ["@second.total"], "ends": [5, 5]},
    ]
    assert check_figure(figure(made, "stacked", stacks(), asserts=held), made) == []
    record = figure(
        made,
        "stacked",
        stacks(),
        asserts=[*held, {"range": ["@left.second_share"], "at_most": 50, "says": "half is left"}],
    )
    (problem,) = check_figure(record, made)
    assert "half is left; the records give 60, more than 50" in str(
        problem
    ) and f":{record.line('asserts', 3)}:" in str(problem)


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"stacks": [{"total": 3, "values": [2, 2]}]}, "the parts make 4 of a total of 3"),
        (
            {
                "stacks": [{"values": [0, 0, 0]}],
                "parts": [{"name": "One"}, {"name": "Two"}, {"name": "Three"}],
            },
            "a stack is 0 in all; write values above 0",
        ),
        ({"stacks": [{"total": 3, "values": [1]}]}, "a stack has 1 values for 3 parts"),
        (
            {"parts": [{"name": "One"}, {"name": "Two"}], "stacks": [{"total": 3, "values": [1, 1]}]},
            "the parts make 2 of a total of 3",
        ),
        ({"stacks": [{"values": ["sales.pice", 1]}]}, "there is no field `sales.pice`"),
        ({"direction": "up"}, "`direction`"),
        ({"stack": []}, "unknown key `stack`"),
    ],
)
def test_a_record_that_cannot_be_drawn_is_a_problem_with_a_line(
    tmp_path: Path, change: dict[str, Any], said: str
) -> None:
    made = book(tmp_path, price=4)
    found = [str(problem) for problem in check_figure(figure(made, "stacked", stacks(**change)), made)]
    assert len(found) == 1 and said in found[0] and "data/figures/shape.yml:" in found[0]


def test_labels_keep_their_distance_and_stay_inside() -> None:
    places = spread([10, 12, 90, 99], 20, 14, 100)
    assert places == sorted(places)
    assert all(after - before >= 20 for before, after in pairwise(places))
    assert places[-1] <= 100


def test_what_a_hook_works_out_joins_what_the_record_says_of_the_same_thing() -> None:
    own = {"stacks": [{"id": "seat", "name": "A seat"}], "x": {"high": 3}}
    worked = {"stacks": [{"id": "seat", "values": [1]}, {"id": "month", "values": [2]}], "x": {"low": 1}}
    assert merged(own, worked) == {
        "stacks": [{"id": "seat", "name": "A seat", "values": [1]}, {"id": "month", "values": [2]}],
        "x": {"high": 3, "low": 1},
    }
