"""What layers sell and buy, as texts."""

import copy
from pathlib import Path

import pytest

from fieldguide.drawing.hooks.companies import LayerTrades
from fieldguide.records.stack import Stack
from tests.drawing.fixtures import book
from tests.test_stack import DATA


def test_each_layer_says_what_it_sells_and_buys_and_with_whom(tmp_path: Path) -> None:
    made, data = book(tmp_path, any=1), copy.deepcopy(DATA)
    data["layers"][1] |= {
        "sells": {"what": "text", "to": "Application layer", "unit": "tokens"},
        "buys": {"what": "time", "from": "landlords", "unit": "hours"},
    }
    made.stack = Stack.model_validate(data)
    texts = LayerTrades().compute(made)["texts"]
    assert (texts["model"], texts["model_title"], texts["model_paid"], texts["model_returns"]) == (
        "Model",
        "MODEL",
        "They pay",
        "",
    )
    assert (texts["model_sells"], texts["model_sells_with"], texts["model_sells_unit"]) == (
        "text",
        "to the application layer",
        "tokens",
    )
    assert (texts["model_buys"], texts["model_buys_with"], texts["model_buys_unit"]) == (
        "time",
        "from landlords",
        "hours",
    )


def test_without_a_stack_nothing_can_be_said(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match=r"stack\.yml"):
        LayerTrades().compute(book(tmp_path, any=1))
