"""What the definition machine's lab shows before it is fetched: prompts with what followed, and what its trainings said on the way. From `experiments/`."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, TypeAdapter, ValidationError
from pydantic import Field as Key

from fieldguide.records.reading import read_text
from fieldguide.text.problems import Problem

LAB = "next-token"
FOLDER = "experiments/results/definer"
MODEL = f"{FOLDER}/model.bin.gz"
SHEET = f"{FOLDER}/model.json"
MAIN = "main"
TRAININGS = (MAIN, "short", "other-seed", "other-order")
CURE = "write the files again: make experiments"
Bar = tuple[int, str, Annotated[float, Key(ge=0, le=1)]]
"""A token's id, its text (none for the end of a line) and its share."""


class _Kept(BaseModel):
    """A mapping of which the site reads a part."""

    model_config = ConfigDict(frozen=True, allow_inf_nan=False)


class Shape(_Kept):
    vocabulary: int
    width: int
    layers: int
    heads: int
    parameters: int


class Rounding(_Kept):
    """What eight bits cost: the largest difference of a logit over the prompts, and the loss on held-out lines before and after."""

    largest_logit_difference: float
    held_out_loss: float
    held_out_loss_rounded: float


class Sheet(_Kept):
    shape: Shape
    places: int
    """Tokens that it reads at most."""
    bytes: int
    """Of the file, compressed."""
    quantization: Rounding


class Step(_Kept):
    id: int
    text: str
    bars: list[Bar]


class Prompt(_Kept):
    prompt: str
    tokens: list[str]
    attention: list[list[list[float]]]
    """Of the prompt's last token: by layer and head, a share for each token."""
    steps: Annotated[list[Step], Key(min_length=1)]
    """What followed, the likeliest token each time."""
    text: str


Prompts = Annotated[list[Prompt], Key(min_length=1)]


class Said(_Kept):
    prompt: str
    text: str


class Look(_Kept):
    step: int
    tuning_loss: float
    prompts: Annotated[list[Said], Key(min_length=1)]


class Spent(_Kept):
    steps: int
    tokens: int
    flop: float
    seconds: int


class Training(_Kept):
    training: Spent
    held_out_loss: float
    held_out_definition_loss: float
    looks: Annotated[list[Look], Key(min_length=2)]


class Definer(_Kept):
    sheet: Sheet
    prompts: Prompts
    trainings: dict[str, Training]

    @property
    def main(self) -> Training:
        return self.trainings[MAIN]


def load_definer(root: Path) -> tuple[Definer | None, list[Problem]]:
    """The machine's files, or None where there is none, one is missing, or one cannot be read."""
    if not (root / SHEET).is_file():
        return None, []
    if not (root / MODEL).is_file():
        return None, [Problem(SHEET, 1, f"its model, {MODEL}, is missing", CURE)]
    found: dict[str, Any] = {}
    problems: list[Problem] = []
    kinds = {"model": Sheet, "prompts": Prompts} | dict.fromkeys(TRAININGS, Training)
    for name, kind in kinds.items():
        found[name], faults = _load(root, f"{FOLDER}/{name}.json", TypeAdapter(kind))
        problems += faults
    if problems:
        return None, problems
    return Definer(sheet=found["model"], prompts=found["prompts"], trainings={name: found[name] for name in TRAININGS}), []


def _load(root: Path, path: str, kind: TypeAdapter[Any]) -> tuple[Any, list[Problem]]:
    if not (root / path).is_file():
        return None, [Problem(path, 1, "this file of the definition machine is missing", CURE)]
    text, problems = read_text(root / path, root)
    if problems:
        return None, problems
    try:
        return kind.validate_json(text), []
    except ValidationError as error:
        first = error.errors()[0]
        at = ".".join(map(str, first["loc"])) or "the whole file"
        return None, [Problem(path, 1, f"{at}: {first['msg']}", CURE)]


def stored(definer: Definer) -> dict[str, Any]:
    """What the lab's script reads at once."""
    return {
        "bytes": definer.sheet.bytes,
        "prompts": [one.model_dump(exclude={"text"}) for one in definer.prompts],
        "trainings": {name: {"training": {"steps": one.training.steps}, "looks": [look.model_dump() for look in (one.looks if name == MAIN else one.looks[-1:])]} for name, one in definer.trainings.items()},
    }
