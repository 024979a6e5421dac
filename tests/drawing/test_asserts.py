"""What a title claims is checked against the records."""

from pathlib import Path
from typing import Any

import pytest

from fieldguide.drawing.asserts import AssertScope, DrawnPart, check_asserts
from tests.drawing.fixtures import book, figure, read_figure

ENTRIES = [
    DrawnPart(frozenset({"rows", "base"}), {"value": [75], "width": [9]}),
    DrawnPart(frozenset({"rows", "base"}), {"value": [54], "width": [5]}),
    DrawnPart(frozenset({"rows", "top"}), {"value": [45], "width": [2]}),
]


def problems(tmp_path: Path, claim: dict[str, Any]) -> list[str]:
    made = book(tmp_path, now=20, before=2, first={"value": "2024-05"}, second={"value": "2025-01-02"})
    record = figure(made, "rows", {}, asserts=[claim])
    return [str(problem) for problem in check_asserts(record, AssertScope(made, ENTRIES))]


@pytest.mark.parametrize(
    "claim",
    [
        {"ratio": ["sales.now", "sales.before"], "equals": 10},
        {"ratio": ["sales.now", 3], "between": [6, 7]},
        {"difference": ["sales.now", "sales.before"], "at_least": 18},
        {"order": ["@base.value", "@top.value"]},
        {"order": ["max(@rows.value)", "sales.now"]},
        {"range": ["@rows.value"], "ends": [45, 75]},
        {"range": ["@base.value"], "between": [50, 80]},
        {"difference": ["median(@rows.value)", "median(@base.value)"], "equals": 0},
        {"before": ["sales.first", "sales.second"]},
        {"count": "rows", "where": {"value": [50, None], "width": [None, 8]}, "equals": 1},
        {"order": ["@base.width", "@others.width"]},
    ],
)
def test_a_claim_that_holds(tmp_path: Path, claim: dict[str, Any]) -> None:
    assert problems(tmp_path, claim) == []


@pytest.mark.parametrize(
    ("claim", "said"),
    [
        ({"ratio": ["sales.now", "sales.before"], "equals": 9}, "the records give 10, not 9"),
        ({"difference": ["sales.now", "sales.before"], "at_most": 17}, "give 18, more than 17"),
        ({"order": ["@top.value", "@base.value"]}, "45 for @top.value and 75 for @base.value"),
        ({"range": ["@rows.value"], "ends": [45, 80]}, "45 to 75, not 45 to 80"),
        ({"range": ["@rows.value"], "at_least": 50}, "give 45, less than 50"),
        ({"before": ["sales.second", "sales.first"]}, "do not have sales.second before sales.first"),
        ({"count": "rows", "where": {"value": [50, None]}, "equals": 3}, "give 2, not 3"),
    ],
)
def test_a_claim_that_the_records_contradict_names_the_line_and_both_numbers(
    tmp_path: Path, claim: dict[str, Any], said: str
) -> None:
    found = problems(tmp_path, {**claim, "says": "so"})
    assert (
        len(found) == 1
        and said in found[0]
        and "data/figures/shape.yml:" in found[0]
        and "the title claims so" in found[0]
    )


@pytest.mark.parametrize(
    ("operand", "said"),
    [
        ("sale.now", "did you mean `sales`"),
        ("@tops.value", "did you mean `@top.value`"),
        ("@rows.value", "3 numbers; say min()"),
        ("mean(@rows.value)", "is no operand"),
    ],
)
def test_an_operand_that_is_not_there_is_named_with_the_nearest(
    tmp_path: Path, operand: str, said: str
) -> None:
    found = problems(tmp_path, {"ratio": [operand, 1], "equals": 1})
    assert len(found) == 1 and said in found[0]


@pytest.mark.parametrize("claim", [{}, {"ratio": [1, 2], "order": [1, 2]}, {"ratio": [1, 2]}])
def test_an_assertion_has_one_predicate_and_its_bounds(tmp_path: Path, claim: dict[str, Any]) -> None:
    assert read_figure(book(tmp_path, now=1), {"kind": "rows", "data": {}, "asserts": [claim]})[1]
