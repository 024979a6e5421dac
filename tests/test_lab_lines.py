"""The lines of a lab's sum: templates, filled by the page's own module."""

from __future__ import annotations

from typing import Any

import pytest

from fieldguide.labs.engine import Script
from fieldguide.labs.templates import with_dependencies
from tests.guide import ROOT

SCOPE: dict[str, Any] = {
    "cost": 12.5,
    "loss": -3.0,
    "nothing": None,
    "zero": 0.0,
    "word": "call",
    "fit": {"floor": 1.82345},
    "sellers": [{"name": "Acme", "price": 0.9}, {"name": "Bolt", "price": None}],
    "in": {"rent": 2.5, "bill": "own", "share": 40.0},
}
LINE: dict[str, Any] = {"name": "cost", "how": "given", "value": "cost", "unit": "$", "text": "{cost:money}"}
FILLED: list[tuple[dict[str, Any], list[dict[str, Any]]]] = [
    ({}, [{"name": "cost", "how": "given", "value": 12.5, "unit": "$", "text": "$12.50"}]),
    (
        {"how": "{in.rent:money} × {in.share:percent}, {fit.floor:digits 3} of {loss:count}"},
        [{"how": "$2.50 × 40%, 1.82 of −3"}],
    ),
    ({"name": "a {word}", "unit": "{word}s"}, [{"name": "a call", "unit": "calls"}]),
    ({"value": "in.rent"}, [{"value": 2.5}]),
    ({"value": "nothing", "none": "never"}, [{"value": None, "text": "never"}]),
    ({"value": "zero", "text": "{zero:money}", "none": "never"}, [{"value": 0.0, "text": "$0"}]),
    (
        {
            "how": [
                "rent",
                {"when": "cost", "say": " × {cost:count}"},
                {"when": "zero", "say": " and more"},
                {"when": "not nothing", "say": "."},
            ]
        },
        [{"how": "rent × 12.5."}],
    ),
    ({"when": "cost"}, [{}]),
    ({"when": "zero"}, []),
    ({"when": "nothing"}, []),
    ({"when": "not zero"}, [{}]),
    ({"when": "not cost"}, []),
    ({"when": "in.bill is own"}, [{}]),
    ({"when": "in.bill is rent"}, []),
    ({"when": "not in.bill is rent"}, [{}]),
    ({"when": ["cost", "in.bill is own"]}, [{}]),
    ({"when": ["cost", "zero"]}, []),
    (
        {
            "each": "sellers",
            "name": "{one.name}",
            "value": "one.price",
            "text": "{one.price:money}",
            "none": "no price",
        },
        [
            {"name": "Acme", "value": 0.9, "text": "$0.90"},
            {"name": "Bolt", "value": None, "text": "no price"},
        ],
    ),
    ({"carries": {"step": "first", "gives": "cost"}}, [{"step": "first", "gives": "cost"}]),
]
"""Keys of a line that differ from `LINE`, and what differs in the lines that it makes."""


@pytest.mark.parametrize(("changed", "made"), FILLED)
def test_templates_are_filled(changed: dict[str, Any], made: list[dict[str, Any]]) -> None:
    usual = {"name": "cost", "how": "given", "value": 12.5, "unit": "$", "text": "$12.50"}
    script = Script(ROOT, {"sum": "assets/js/lab/sum.mjs"})
    filled = script.run("sum.sumOf([line], scope, {})", line=LINE | changed, scope=SCOPE)
    assert filled == [usual | one for one in made]


def test_a_line_in_a_step_carries_the_inputs_that_it_rests_on_and_those_that_it_writes_out() -> None:
    lines = [
        {"step": "first", "name": "tokens", "how": "counted", "value": "in.tokens"},
        {
            "step": "first",
            "name": "weights",
            "how": ["{in.size:count}", {"when": "mixed", "say": " × {part:count}"}],
            "value": "weights",
        },
        {
            "step": "last",
            "name": "time",
            "how": "{in.chips:count} × the weights, {in.tokens:count}",
            "value": "time",
            "rests": ["weights"],
        },
        {"step": "last", "name": "time", "how": "{in.chips:count}", "value": "time", "when": "alone"},
        {
            "step": "last",
            "name": "round",
            "how": "{round:count} and {time:count}",
            "value": "round",
            "rests": ["in.rent"],
        },
    ]
    carried = [line["carries"] for line in with_dependencies(lines)]
    assert [(one["step"], one["gives"], one["on"], one["own"]) for one in carried] == [
        ("first", "tokens", [], []),
        ("first", "weights", ["part", "size"], ["size", "part"]),
        ("last", "time", ["chips", "part", "size"], ["chips"]),
        ("last", "time", ["chips", "part", "size"], ["chips"]),
        ("last", "round", ["chips", "part", "rent", "size"], []),
    ]
    assert [set(line) & {"step", "rests"} for line in with_dependencies(lines)] == [set()] * 5
    assert with_dependencies([LINE]) == [LINE], "where a lab has no steps, nothing is carried"
