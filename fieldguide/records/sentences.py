"""What our own model makes of three sentences: experiments/results/definer/sentences.json, stored where the
model was trained, for a lab and its page without scripts.
"""

from __future__ import annotations

from pathlib import Path

from pydantic import TypeAdapter, ValidationError, model_validator

from fieldguide.records.base import Strict
from fieldguide.records.definer import CURE, first_fault
from fieldguide.text.problems import Problem

LAB = "one-request"
PATH = "experiments/results/definer/sentences.json"
START = 256
"""The id that stands before a text: the mark of where one begins."""


class Sentence(Strict):
    """A sentence with what the model sees and does: a token a place, the first of them `START`."""

    text: str
    ids: list[int]
    tokens: list[str]
    bars: list[tuple[int, str, float]]
    """The likeliest tokens after it, each with id, text and share of one."""
    attention: list[list[list[float]]]
    """Of the last token, by layer, head and place."""
    rows: list[list[float]]
    """The numbers of each place as the first layer reads them."""

    @model_validator(mode="after")
    def _alike(self) -> Sentence:
        places = len(self.ids)
        if not self.bars or not (
            places == len(self.tokens) == len(self.rows)
            and all(len(head) == places for layer in self.attention for head in layer)
        ):
            raise ValueError("ids, tokens, rows and attention speak of different places")
        if self.ids[:1] != [START]:
            raise ValueError(f"the first place is {START}, the mark of where a text begins")
        return self

    @property
    def count(self) -> int:
        """The number of tokens, without the start mark."""
        return len(self.ids) - 1


def load_sentences(root: Path) -> tuple[list[Sentence], list[Problem]]:
    """(sentences, problems); no sentences where the file is missing or wrong."""
    path = root / PATH
    if not path.is_file():
        return [], []
    try:
        return TypeAdapter(list[Sentence]).validate_json(path.read_bytes()), []
    except ValidationError as error:
        return [], [Problem(PATH, 1, first_fault(error), CURE)]
