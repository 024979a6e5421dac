"""Formulas worked once."""

from pathlib import Path
from typing import Any

import pytest

from fieldguide.drawing.hooks.arithmetic import WorkedFormulas
from tests.drawing.fixtures import book


def worked(tmp_path: Path, **change: Any) -> dict[str, Any]:
    item = {
        "function": "share",
        "inputs": {"part": 1500, "whole": 2000},
        "how": "$1,500 ÷ $2,000",
        "shows": "{:.0f}%",
    } | change
    return WorkedFormulas.model_validate({"worked": {"kept": item}}).compute(book(tmp_path, one=1))


def test_the_result_is_that_of_the_shared_formula(tmp_path: Path) -> None:
    assert worked(tmp_path) == {"texts": {"kept": "$1,500 ÷ $2,000 = **75%**"}}


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"inputs": {"part": 900, "whole": 2000}}, "`kept` does not show 900"),
        ({"function": "shares"}, "no formula is called shares"),
    ],
)
def test_arithmetic_that_does_not_show_its_inputs_and_an_unknown_formula_are_refused(
    tmp_path: Path, change: dict[str, Any], said: str
) -> None:
    with pytest.raises(ValueError, match=said):
        worked(tmp_path, **change)


def test_an_input_of_one_or_less_need_not_be_shown(tmp_path: Path) -> None:
    assert (
        worked(tmp_path, function="product", inputs={"a": 0.5, "b": 4}, how="half of 4", shows="{:g}")[
            "texts"
        ]["kept"]
        == "half of 4 = **2**"
    )
