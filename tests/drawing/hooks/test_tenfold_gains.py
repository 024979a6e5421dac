"""What each tenfold of compute takes off the loss."""

from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

from fieldguide.drawing.hooks.scaling import TenfoldGains
from tests.drawing.fixtures import book

FIT = {"floor": 1.5, "a": 400, "b": 400, "alpha": 0.5, "beta": 0.5}
"""At the best split the reducible loss falls with the fourth root of compute."""


def filled(tmp_path: Path, measured_to: float) -> dict[str, Any]:
    names = {key: f"sales.{key}" for key in FIT}
    inputs = {
        "low": 1e18,
        "high": 1e22,
        "measured_to": "sales.measured-to",
        "used": names,
        "other": {**names, "floor": "sales.other-floor"},
        "rest": "all others",
    }
    return TenfoldGains.model_validate(inputs).compute(
        book(tmp_path, measured_to=measured_to, other_floor=1, **FIT)
    )


def test_each_step_keeps_the_same_share_and_the_last_is_all_that_is_left(tmp_path: Path) -> None:
    steps = filled(tmp_path, 1e20)["parts"][0]["panels"]
    gains = [step["values"]["used"] for step in steps]
    kept = 10**-0.25
    assert [later / earlier for earlier, later in pairwise(gains[:-1])] == pytest.approx([kept] * 3)
    assert gains[-1] == pytest.approx(gains[-2] * kept / (1 - kept)), "the sum of all later steps"
    assert [step["texts"]["short"] for step in steps] == [
        "10¹⁸ → 10¹⁹",
        "10¹⁹ → 10²⁰",
        "10²⁰ → 10²¹",
        "10²¹ → 10²²",
        "all others",
    ] and steps[-1]["name"] == "beyond 10²²"


def test_steps_inside_the_measured_range_are_told_from_those_beyond(tmp_path: Path) -> None:
    found = filled(tmp_path, 2e20)
    steps = found["parts"][0]["panels"]
    assert [step["texts"]["basis"] for step in steps] == ["measured range"] * 2 + ["extrapolated"] * 2 + [
        "distance to the floor"
    ]
    assert [
        key for step in steps for key in step["texts"] if key.startswith("opens") and step["texts"][key]
    ] == ["opens_measured", "opens_later"]
    assert found["values"]["measured"] == 2
    assert found["values"]["used_later"] == pytest.approx(sum(step["values"]["used"] for step in steps[2:]))
