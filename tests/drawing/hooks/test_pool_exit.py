"""What a holder gets who sells into a pool."""

from pathlib import Path
from typing import Any

import pytest
from pydantic import ValidationError

from fieldguide.drawing.hooks.crypto_tokens import PoolExit
from tests.drawing.fixtures import book
from tests.guide import ROOT

INPUTS: dict[str, Any] = {
    "tokens": 100_000,
    "money": 200_000,
    "fee": "sales.fee",
    "sold": {"tenth": 10, "whole": 100},
}


def test_each_sale_says_what_arrives_and_what_price_is_left(tmp_path: Path) -> None:
    found = PoolExit.model_validate(INPUTS).compute(book(tmp_path, fee=0.3))
    tenth, whole = found["groups"][0]["rows"]
    assert found["values"] == {"tokens": 100_000, "money": 200_000, "spot": 2}
    assert (whole["values"]["quoted"], whole["values"]["paid"], whole["values"]["price"]) == (
        200_000,
        100_000,
        0.5,
    )
    assert whole["values"]["after_fee"] == pytest.approx(99_849.77, abs=0.01)
    assert [bar["value"] for bar in whole["bars"]] == [50, 25]
    assert [bar["value"] for bar in tenth["bars"]] == pytest.approx([100 / 1.1, 100 / 1.21])


def test_an_empty_pool_and_no_sale_are_refused() -> None:
    for change in ({"tokens": 0}, {"money": 0}, {"sold": {}}):
        with pytest.raises(ValidationError):
            PoolExit.model_validate(INPUTS | change)


def test_the_worked_number_of_the_page_is_that_of_the_figure(tmp_path: Path) -> None:
    page = (ROOT / "docs/investing/token-economics.md").read_text(encoding="utf-8")
    values = PoolExit.model_validate(INPUTS).compute(book(tmp_path, fee=0.3))["groups"][0]["rows"][1][
        "values"
    ]
    for name, written in (
        ("quoted", "quoted at ${:,.0f}"),
        ("paid", "| ${:,.0f} |"),
        ("price", "| ${:.2f} |"),
    ):
        assert written.format(values[name]) in page, name
