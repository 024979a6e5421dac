"""Names of models in a figure."""

from pathlib import Path
from typing import Any

from fieldguide.drawing.hooks.models import ModelsNamed
from tests.drawing.fixtures import book
from tests.figures.reading import model


def filled(tmp_path: Path, **named: Any) -> dict[str, Any]:
    made = book(tmp_path, any=1)
    made.models = {
        one.slug: one
        for one in (model("one", name="One (7B)", access="open weights"), model("two", name="Two"))
    }
    return ModelsNamed.model_validate({"texts": named}).compute(made)["texts"]


def test_names_are_short_and_agree_with_the_records(tmp_path: Path) -> None:
    assert filled(
        tmp_path,
        a={"access": ["open weights", "API"], "models": ["one", "two"]},
        b={"access": ["API"], "models": ["one", "two"]},
    ) == {"a": "One, Two", "b": "Two"}


def test_a_model_without_a_record_is_left_out(tmp_path: Path) -> None:
    assert filled(tmp_path, a={"access": ["API"], "models": ["three"]}) == {"a": ""}
