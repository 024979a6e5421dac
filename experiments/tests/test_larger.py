"""The larger definition machine on tiny settings: what it reads, that an interruption changes nothing, its
file, and how the machines' answers are judged.
"""

from __future__ import annotations

import csv
import json
from pathlib import Path

import pytest
import torch

from experiments import answers, definer, larger
from experiments.answers import (
    Respondent,
    SheetError,
    all_answers,
    read_sheet,
    respondents,
    scores_of,
    write_scores,
    write_sheet,
)
from experiments.bytepair import load_tokenizer
from experiments.corpus import Corpus, Synset, side
from experiments.grid import Shape
from experiments.kinds import load_nouns
from experiments.larger import encode_larger, larger_corpus, train_larger
from experiments.model import logits, make_weights, mask_of
from experiments.quantized import read_model, write_model, write_small_model
from experiments.training import Recipe

SHAPE = Shape(2048, 32, 2, 2)
RECIPE = Recipe(SHAPE, steps=6, seed=0, peak=0.01, rows=2, dropout=0.2, decay=0.1, short=True)
WORDS = ("oak", "violin", "kettle", "nurse", "cheese", "eagle")


def synset(words: tuple[str, ...], gloss: str) -> Synset:
    return Synset("n" + words[0], "n", words, gloss, ())


def test_no_definition_or_example_of_a_noun_that_is_judged_is_read() -> None:
    oak = next(
        f"a tree, number {place}" for place in range(100) if side(f"a tree, number {place}") == "training"
    )
    corpus = larger_corpus(
        [
            synset(("dog", "hound"), 'an animal that barks; "the dog barked"'),
            synset(("oak",), f'{oak}; "a dog slept under the oak"; "an old oak"'),
            synset(("pet",), "an animal that barks"),
        ],
        frozenset(),
    )
    assert corpus.parts["training"] == [f" oak (n): {oak}"]
    assert corpus.parts["sentences"] == [" a dog slept under the oak", " an old oak"]


@pytest.fixture
def corpus() -> Corpus:
    lines = [f" {word} (n): a kind of {other}" for word in WORDS for other in WORDS]
    sentences = [f" the {word} is old" for word in WORDS]
    return Corpus(
        {"training": lines, "tuning": lines[:6], "held-out": lines[6:12], "sentences": sentences}, {}
    )


class Never:
    def __call__(self) -> bool:
        return False


@pytest.fixture
def small(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    monkeypatch.setattr(larger, "FOLDER", tmp_path / "larger")
    monkeypatch.setattr(larger, "Stop", Never)
    return tmp_path


def test_sentences_are_read_whole_and_have_no_head(corpus: Corpus) -> None:
    text = encode_larger(corpus, load_tokenizer())
    assert len(text.parts["training"]) == 36 + 6
    assert text.parts["training"][-1].head == 0 and text.parts["training"][0].head > 0
    assert set(text.parts) == {"training", "tuning", "held-out"}


def test_an_interruption_changes_nothing_although_numbers_are_dropped(
    small: Path, corpus: Corpus, monkeypatch: pytest.MonkeyPatch
) -> None:
    text = encode_larger(corpus, load_tokenizer())
    assert train_larger(text, small / "whole", RECIPE)

    class After:
        calls = 0

        def __call__(self) -> bool:
            After.calls += 1
            return After.calls >= 3

    monkeypatch.setattr(larger, "Stop", After)
    assert not train_larger(text, small / "parts", RECIPE)
    monkeypatch.setattr(larger, "Stop", Never)
    assert train_larger(text, small / "parts", RECIPE)
    whole, parts = (
        torch.load(small / name / "larger.weights", weights_only=True) for name in ("whole", "parts")
    )
    assert all(torch.equal(whole[name], parts[name]) for name in whole)
    kept = {path.name for path in (small / "parts" / "larger").iterdir()}
    assert kept == {f"step-{step}.weights" for step in (0, 1, 2, 4)}
    sheet = json.loads((small / "larger" / "model.json").read_text(encoding="utf-8"))
    assert sheet["training"]["steps"] == 6 and sheet["lead"] == " " and sheet["places"] == 96
    assert sheet["held_out_loss"] == pytest.approx(sheet["held_out_loss_rounded"], abs=0.05)


def test_numbers_of_16_bits_give_nearly_the_same_logits_and_dropout_others() -> None:
    weights = make_weights(SHAPE, 1)
    reads = torch.tensor([[256, 5, 900, 77], [256, 8, 8, 1200]])
    mask = mask_of(torch.tensor([[0, 0, 1, 1], [0, 0, 0, 0]]))
    exact = logits(weights, SHAPE, reads, mask)
    with torch.autocast("cpu", torch.bfloat16):
        short = logits(weights, SHAPE, reads, mask)
    assert torch.allclose(exact, short.float(), atol=0.05)
    assert not torch.allclose(exact, logits(weights, SHAPE, reads, mask, dropout=0.5), atol=0.05)


def test_a_file_has_the_finest_numbers_that_fit() -> None:
    weights = make_weights(SHAPE, 1)
    whole, _ = write_model(weights, SHAPE)
    packed, sheet = write_small_model(weights, SHAPE, len(whole) * 6 // 8)
    assert len(packed) == sheet["bytes"] <= len(whole) * 6 // 8
    largest = sheet["largest_number"]
    assert len(write_model(weights, SHAPE, largest + 2)[0]) > len(whole) * 6 // 8
    read = read_model(packed, SHAPE)
    for name, weight in weights.items():
        step = weight.detach().abs().amax(1, keepdim=True) / largest
        assert ((read[name] - weight).abs() <= step * 0.5001 + 1e-9).all(), name
    assert write_small_model(weights, SHAPE, len(whole))[1]["largest_number"] == 127
    with pytest.raises(ValueError, match="does not fit in 1,000 bytes"):
        write_small_model(weights, SHAPE, 1000)


def machine(name: str, seed: int) -> Respondent:
    return Respondent(name, make_weights(SHAPE, seed), SHAPE, load_tokenizer(), " ")


def test_machines_are_judged_on_a_sheet_that_does_not_name_them(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(answers, "LONGEST", 3)
    machines = [machine("one", 1), machine("two", 2)]
    monkeypatch.setattr(answers, "respondents", lambda: machines)
    monkeypatch.setattr(answers, "SCORES", tmp_path / "kinds.json")
    found = all_answers(machines)
    assert len(found) == 80 and found == all_answers(machines)
    path = tmp_path / "sheet.csv"
    write_sheet(found, path)
    assert "one" not in path.read_text(encoding="utf-8").split("\n")[0]
    with pytest.raises(SheetError, match="answer 1: `right` is '' — write 1 or 0"):
        read_sheet(path, found)
    with path.open(encoding="utf-8", newline="") as source:
        rows = list(csv.DictReader(source))
    right = {(one.machine, one.noun): one.machine == "two" and one.noun < "f" for one in found}
    with path.open("w", encoding="utf-8", newline="") as target:
        writer = csv.DictWriter(target, answers.COLUMNS, lineterminator="\n")
        writer.writeheader()
        for row, one in zip(rows, found, strict=True):
            writer.writerow(row | {"right": int(right[one.machine, one.noun])})
    scores = write_scores(path)
    assert [(one["machine"], one["right"], one["nouns"]) for one in scores] == [
        ("one", 0, 40),
        ("two", sum(noun.word < "f" for noun in load_nouns()), 40),
    ]
    assert json.loads((tmp_path / "kinds.json").read_text(encoding="utf-8")) == scores
    with pytest.raises(SheetError, match="are not the machines' answers"):
        read_sheet(path, found[1:])
    assert scores == scores_of(machines, found, read_sheet(path, found))


def test_a_machine_answers_when_its_file_is_there(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(definer, "FOLDER", tmp_path / "definer")
    monkeypatch.setattr(definer, "SHAPE", SHAPE)
    monkeypatch.setattr(larger, "FOLDER", tmp_path / "larger")
    assert respondents() == []
    (tmp_path / "definer").mkdir()
    (tmp_path / "definer" / "model.bin.gz").write_bytes(write_model(make_weights(SHAPE, 1), SHAPE)[0])
    (only,) = respondents()
    assert only.name == "definer" and isinstance(only.answer("oak"), str)
