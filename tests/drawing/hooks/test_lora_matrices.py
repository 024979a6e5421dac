"""What LoRA trains beside each matrix."""

from pathlib import Path

import pytest

from fieldguide.drawing.hooks.arithmetic import LoraMatrices
from tests.drawing.fixtures import book

INPUTS = {
    "rank": "sales.rank",
    "width": "sales.width",
    "layers": "sales.layers",
    "outputs": {"query": "sales.width", "key": "sales.narrow"},
    "trained": "sales.trained",
}


def test_each_matrix_is_counted(tmp_path: Path) -> None:
    made = book(tmp_path, rank=2, width=8, narrow=4, layers=3, trained=2 * (16 + 12) * 3)
    assert LoraMatrices.model_validate(INPUTS).compute(made) == {
        "values": {"query": 8, "key": 4, "query_trained": 32, "key_trained": 24, "matrices": 2}
    }


def test_matrices_that_do_not_add_up_are_refused(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match=r"train 168 numbers, `sales\.trained` says 169"):
        LoraMatrices.model_validate(INPUTS).compute(
            book(tmp_path, rank=2, width=8, narrow=4, layers=3, trained=169)
        )
