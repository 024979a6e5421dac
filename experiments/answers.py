"""What each machine says of the nouns that it is judged on, on a sheet that does not tell the machines apart,
and their scores by the filled sheet. README.md says when an answer is right.
"""

from __future__ import annotations

import csv
import json
import random
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import torch

from experiments import definer, larger
from experiments.bytepair import END, Tokenizer, load_tokenizer
from experiments.grid import CONTEXT, Shape
from experiments.kinds import load_nouns
from experiments.model import Weights, logits, mask_of
from experiments.quantized import read_model
from experiments.table import RESULTS

SCORES = RESULTS / "kinds.json"
LONGEST = 48
"""Tokens of an answer."""
SEED = 29
"""Of the order on the sheet."""
COLUMNS = ["number", "noun", "answer", "right"]


class SheetError(ValueError):
    """A sheet that was not filled, or not by these machines' answers."""


@dataclass(frozen=True)
class Answer:
    machine: str
    noun: str
    text: str


@dataclass(frozen=True)
class Respondent:
    """A machine that has its file."""

    name: str
    weights: Weights
    shape: Shape
    tokenizer: Tokenizer
    lead: str

    def answer(self, noun: str) -> str:
        """What follows `noun (n):` when the likeliest token is always taken."""
        ids = [END, *self.tokenizer.encode(f"{self.lead}{noun} (n):")]
        asked = len(ids)
        while len(ids) < min(CONTEXT, asked + LONGEST):
            reads = torch.tensor([ids])
            with torch.no_grad():
                values = logits(self.weights, self.shape, reads, mask_of(torch.zeros_like(reads)))[0, -1]
            token = int(values.argmax())
            if token == END:
                break
            ids.append(token)
        return self.tokenizer.decode(ids[asked:]).strip()


def respondents() -> list[Respondent]:
    """The machines whose files are there."""
    found = []
    for name, folder, shape, merges, lead in (
        ("definer", definer.FOLDER, definer.SHAPE, None, ""),
        ("larger", larger.FOLDER, larger.SHAPE, larger.MERGES, larger.LEAD),
    ):
        path = folder / "model.bin.gz"
        if path.exists():
            tokenizer = load_tokenizer(merges) if merges else load_tokenizer()
            found.append(Respondent(name, read_model(path.read_bytes(), shape), shape, tokenizer, lead))
    return found


def all_answers(machines: list[Respondent]) -> list[Answer]:
    """Every machine's answer to every noun, in the order of the sheet."""
    found = [
        Answer(machine.name, noun.word, machine.answer(noun.word))
        for noun in load_nouns()
        for machine in machines
    ]
    random.Random(SEED).shuffle(found)
    return found


def write_sheet(answers: list[Answer], path: Path) -> None:
    """A row an answer, with a column to fill: 1 where the kind is right, 0 where it is wrong."""
    with path.open("w", encoding="utf-8", newline="") as target:
        writer = csv.writer(target, lineterminator="\n")
        writer.writerow(COLUMNS)
        writer.writerows([number, answer.noun, answer.text, ""] for number, answer in enumerate(answers, 1))


def read_sheet(path: Path, answers: list[Answer]) -> list[bool]:
    """Whether each answer is right. Raises SheetError."""
    with path.open(encoding="utf-8", newline="") as source:
        rows = list(csv.DictReader(source))
    if [(row["noun"], row["answer"]) for row in rows] != [(one.noun, one.text) for one in answers]:
        raise SheetError(
            f"{path}: these are not the machines' answers in their order — write the sheet again: python -m"
            " experiments name-kinds"
        )
    for number, row in enumerate(rows, 1):
        if row["right"] not in {"0", "1"}:
            raise SheetError(f"{path}, answer {number}: `right` is {row['right']!r} — write 1 or 0")
    return [row["right"] == "1" for row in rows]


def scores_of(machines: list[Respondent], answers: list[Answer], right: list[bool]) -> list[dict[str, Any]]:
    """Of each machine how many answers are right, and all of them in the order of the nouns."""
    judged = {
        (answer.machine, answer.noun): {"noun": answer.noun, "answer": answer.text, "right": correct}
        for answer, correct in zip(answers, right, strict=True)
    }
    found = []
    for machine in machines:
        own = [judged[machine.name, noun.word] for noun in load_nouns()]
        found.append(
            {
                "machine": machine.name,
                "parameters": machine.shape.parameters,
                "right": sum(bool(one["right"]) for one in own),
                "nouns": len(own),
                "answers": own,
            }
        )
    return found


def write_scores(path: Path) -> list[dict[str, Any]]:
    """The scores by a filled sheet, written to the results."""
    machines = respondents()
    answers = all_answers(machines)
    found = scores_of(machines, answers, read_sheet(path, answers))
    SCORES.write_text(json.dumps(found, indent=1) + "\n", encoding="utf-8")
    return found
