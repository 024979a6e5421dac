"""What the definition machine's lab shows before it is fetched: prompts with what followed, and what its
trainings said on the way. From `experiments/`.
"""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, ValidationError
from pydantic import Field as Key

from fieldguide.text.numbers import WORDS
from fieldguide.text.problems import Problem

LAB = "next-token"
FOLDER = "experiments/results/definer"
MODEL = f"{FOLDER}/model.bin.gz"
SHEET = f"{FOLDER}/model.json"
INSIDE = f"{FOLDER}/inside.json"
MAIN = "main"
TRAININGS = (MAIN, "short", "other-seed", "other-order")
CURE = "write the files again: make experiments"
LOOKED_AT = 500
"""Lines of the tuning part on which a training's loss is taken on the way, as experiments/definer.py does."""
LOSS = f"loss on {LOOKED_AT} validation lines"
OTHERS = {
    "short": "One training run",
    "other-seed": "Same lines, different random start",
    "other-order": "Same lines, different order",
}
REPEATED = re.compile(r"(.+?)\1{3,}")
"""A text that is one piece over and over."""
Bar = tuple[int, str, Annotated[float, Key(ge=0, le=1)]]
"""A token's id, its text (none for the end of a line) and its share."""


class _Kept(BaseModel):
    """A mapping of which the site reads a part."""

    model_config = ConfigDict(frozen=True, allow_inf_nan=False)


class InnerShape(_Kept):
    vocabulary: int
    width: int
    layers: int
    heads: int


class ModelShape(InnerShape):
    parameters: int


class Rounding(_Kept):
    """What eight bits cost: the largest difference of a logit over the prompts, and the loss on held-out
    lines before and after.
    """

    largest_logit_difference: float
    held_out_loss: float
    held_out_loss_rounded: float


class ModelSheet(_Kept):
    shape: ModelShape
    places: int
    """Tokens that it reads at most."""
    bytes: int
    """Of the file, compressed."""
    quantization: Rounding


class GeneratedToken(_Kept):
    id: int
    text: str
    bars: list[Bar]


class Prompt(_Kept):
    prompt: str
    steps: Annotated[list[GeneratedToken], Key(min_length=1)]
    """What followed, the likeliest token each time."""
    text: str


class Continuation(_Kept):
    prompt: str
    text: str

    @property
    def repeats(self) -> bool:
        """Whether the text only repeats the end of the prompt, at least four times."""
        match = REPEATED.fullmatch(self.text)
        return match is not None and self.prompt.endswith(match[1])

    @property
    def short(self) -> str:
        """The text; where it only repeats the end of the prompt, three repetitions and "…"."""
        match = REPEATED.fullmatch(self.text) if self.repeats else None
        return f"{match[1] * 3}…" if match else self.text


class Checkpoint(_Kept):
    step: int
    tuning_loss: float
    prompts: Annotated[list[Continuation], Key(min_length=1)]


Vector = list[float]


class Inside(_Kept):
    """One head, and the feed-forward network of its layer, at a token of a prompt: the lab's eight steps."""

    prompt: str
    ids: list[int]
    tokens: list[str]
    shape: InnerShape
    place: int
    """Of the token, among the tokens."""
    layer: int
    head: int
    """Both counted from 0."""
    first: Vector
    """The token's numbers as the first layer reads them."""
    before: Vector
    """As this layer reads them."""
    query: Vector
    keys: list[Vector]
    values: list[Vector]
    """Of every token."""
    scores: Vector
    """Of the tokens up to the place, before softmax."""
    attention: list[Vector]
    """A share for each token up to it, of every token."""
    mixed: Vector
    """The values, averaged by attention."""
    attended: Vector
    """What attention adds."""
    hidden: Vector
    """In the feed-forward network, before the squared ReLU."""
    fed: Vector
    """What the feed-forward network adds."""
    last: Vector
    """The numbers that are compared with the table after the last layer."""
    row: Vector
    """The likeliest token's row in the table."""
    logits: Annotated[list[tuple[int, str, float]], Key(min_length=1)]
    bars: Annotated[list[Bar], Key(min_length=1)]
    lens: list[Bar]
    """The likeliest token if the model stopped after each layer."""


class TrainingSize(_Kept):
    steps: int
    tokens: int
    flop: float
    seconds: int


class Training(_Kept):
    training: TrainingSize
    held_out_loss: float
    held_out_definition_loss: float
    looks: Annotated[list[Checkpoint], Key(min_length=2)]

    @property
    def told(self) -> str:
        return f"{self.training.steps:,} steps, held-out loss {self.held_out_loss:.3f}"


class Definer(_Kept):
    sheet: ModelSheet
    prompts: Annotated[list[Prompt], Key(min_length=1)]
    inside: Inside
    trainings: dict[str, Training]

    @property
    def main(self) -> Training:
        return self.trainings[MAIN]


def load_definer(root: Path) -> tuple[Definer | None, list[Problem]]:
    """(files of the model, problems); None in place of the files where there are none, or one is missing or
    unreadable.
    """
    if not (root / SHEET).is_file():
        return None, []
    paths = {name: f"{FOLDER}/{name}.json" for name in ("model", "prompts", "inside", *TRAININGS)}
    missing = next((path for path in (MODEL, *paths.values()) if not (root / path).is_file()), None)
    if missing:
        return None, [Problem(missing, 1, "this file of the definition machine is missing", CURE)]
    try:
        data = {name: json.loads((root / path).read_bytes()) for name, path in paths.items()}
        return Definer(
            sheet=data["model"],
            prompts=data["prompts"],
            inside=data["inside"],
            trainings={name: data[name] for name in TRAININGS},
        ), []
    except ValueError as error:
        return None, [Problem(SHEET, 1, f"this file or one beside it: {first_fault(error)}", CURE)]


def first_fault(error: ValueError) -> str:
    """The place and the text of the first error in data that fits no schema or is not JSON."""
    if not isinstance(error, ValidationError):
        return str(error)
    first = error.errors()[0]
    return f"{'.'.join(map(str, first['loc'])) or 'the whole file'}: {first['msg']}"


def stored(definer: Definer) -> dict[str, Any]:
    """The data that the lab's script reads when the page opens: {bytes, prompts, steps, looks, others,
    words}. `words` are the texts that depend on no input.
    """
    main = definer.main
    return {
        "bytes": definer.sheet.bytes,
        "prompts": [continuation.model_dump(exclude={"text"}) for continuation in definer.prompts],
        "steps": main.training.steps,
        "looks": [
            {
                "step": look.step,
                "tuning_loss": look.tuning_loss,
                "prompts": [_said(continuation) for continuation in look.prompts],
            }
            for look in main.looks
        ],
        "others": [
            {
                "label": f"{name}: {definer.trainings[key].told}",
                "said": [continuation.text for continuation in definer.trainings[key].looks[-1].prompts],
            }
            for key, name in OTHERS.items()
        ],
        "words": words(definer),
    }


def _said(continuation: Continuation) -> dict[str, Any]:
    return {"prompt": continuation.prompt, "text": continuation.short} | (
        {"repeats": True} if continuation.repeats else {}
    )


def words(definer: Definer) -> dict[str, str]:
    """The texts of the lab about the stored results: {place in the lab: text}."""
    return {
        "stored": (
            "This is a stored result, so you can pick only the likeliest token. Load the model to pick"
            " others, change settings or enter your own text."
        ),
        "measure": (
            "This measures only the text you typed, without the tokens that the model added. A nat is a unit"
            " of surprise, based on natural logarithms."
        ),
        "loss": LOSS,
        "five": (
            f"This view exists only for the {_count(len(definer.prompts), 'stored prompt')},"
            f" so it shows “{definer.prompts[0].prompt}”."
        ),
        "repeats": REPEATS,
        "rounding": rounding(definer),
        "others": "Three training runs, one prompt",
    }


REPEATS = (
    "Before the model has learned much, it repeats the last token, because it reads and writes tokens with"
    " the same table of numbers."
)


def rounding(definer: Definer) -> str:
    """A sentence or two on what rounding the weights to eight bits changed: the held-out loss, and the
    continuations of the prompts. The last look of the training has the continuations before rounding.
    """
    exact = {continuation.prompt: continuation.text for continuation in definer.main.looks[-1].prompts}
    changed = [
        f"“{continuation.prompt}”"
        for continuation in definer.prompts
        if exact.get(continuation.prompt, continuation.text) != continuation.text
    ]
    before, after = (
        f"{loss:.3f}"
        for loss in (
            definer.sheet.quantization.held_out_loss,
            definer.sheet.quantization.held_out_loss_rounded,
        )
    )
    loss = (
        f"left the held-out loss at {after}"
        if before == after
        else f"moved the held-out loss from {before} to {after}"
    )
    count = _count(len(definer.prompts), "continuation")
    if not changed:
        return f"This view uses the weights before rounding. Rounding {loss} and changed none of the {count}."
    changed_count = _count(len(changed))
    return (
        f"This view uses the weights before rounding. Rounding {loss} but still changed {changed_count} of"
        f" the {count}: {', '.join(changed)}."
    )


def _count(number: int, noun: str = "") -> str:
    """A number with a noun in words: "one head", "four heads", "16 heads"; the number alone
    without a noun.
    """
    word = WORDS[number] if number <= 10 else str(number)
    return f"{word} {noun}{'s' if number != 1 else ''}" if noun else word
