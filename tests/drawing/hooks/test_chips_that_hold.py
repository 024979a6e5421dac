"""Chips that hold a model's weights."""

from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from fieldguide.book import Book
from fieldguide.drawing.hooks.serving import ChipsThatHold
from tests.drawing.fixtures import book


def chips(tmp_path: Path) -> Book:
    """A chip of 40 GB, and one of a quarter of a GB in fast memory; 70 GB to hold."""
    made = book(tmp_path, weights=70)
    memories = {"large": (40, "HBM3"), "small": (0.25, "SRAM, on chip")}
    for slug, (memory, _) in memories.items():
        made.quantities[slug] = book(tmp_path, memory=memory, bandwidth=3).facts["sales"]
    made.hardware = {
        slug: SimpleNamespace(name=slug.title(), memory_type=kind) for slug, (_, kind) in memories.items()
    }  # type: ignore[misc]  # all that the hook reads of one
    return made


def panels(tmp_path: Path, columns: dict[str, tuple[int, int]]) -> list[dict[str, Any]]:
    inputs = ChipsThatHold(weights="sales.weights", side=10, columns=columns)  # type: ignore[arg-type]  # read as a reference
    return inputs.compute(chips(tmp_path))["parts"][0]["panels"]


def test_counts_are_whole_chips_and_what_they_leave_is_said(tmp_path: Path) -> None:
    large, small = panels(tmp_path, {"large": (2, 1), "small": (40, 30)})
    assert large["values"]["count"] == 2 and large["texts"] == {
        "kind": "HBM3",
        "size": "40 GB",
        "left": "10 GB left for caches",
    }
    assert small["values"]["count"] == 280 and small["texts"] == {
        "kind": "on-chip SRAM",
        "size": "250 MB",
        "left": "next to nothing left",
    }


@pytest.mark.parametrize("only", ["wide", "narrow"])
def test_the_squares_have_the_area_of_the_weights_on_either_sheet(tmp_path: Path, only: str) -> None:
    for panel in panels(tmp_path, {"large": (2, 1), "small": (40, 30)}):
        filled = [
            piece for piece in panel["draw"]["squares"] if piece["only"] == only and piece["fill"] == "infra"
        ]
        assert sum(piece.get("repeat", 1) for piece in filled) == panel["values"]["count"]
        assert sum(
            piece["at"][2] * piece["at"][3] * piece.get("repeat", 1) for piece in filled
        ) == pytest.approx(70 * 10**2)


def test_an_unknown_chip_is_refused(tmp_path: Path) -> None:
    with pytest.raises(KeyError, match="nothing"):
        panels(tmp_path, {"nothing": (1, 1)})
