"""The model, a run and its interruption, on tiny settings."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
import torch
from tokenizers import Tokenizer as LibraryTokenizer

from experiments import scaling
from experiments.bytepair import load_tokenizer, well_formed
from experiments.corpus import Corpus
from experiments.grid import CONTEXT, Run, Shape, all_runs
from experiments.held_out import standard_error
from experiments.model import logits, make_weights, mask_of, names
from experiments.packing import Encoded, encode_line
from experiments.reading import Text, encode_small
from experiments.strings import random_strings
from experiments.table import add_row, load_rows
from experiments.train_tokenizer import learn_merges, library_tokenizer
from experiments.training import (
    Progress,
    Recipe,
    Stopped,
    Watch,
    measure,
    measure_lines,
    tensors,
    train,
)

SHAPE = Shape(2048, 32, 2, 2)
WORDS = ["act", "oak", "run", "stone", "sing", "river"]


@pytest.fixture(scope="module")
def lines() -> list[Encoded]:
    tokenizer = load_tokenizer()
    return [
        encode_line(f"{word} ({part}): a kind of {other}", tokenizer, CONTEXT)
        for word in WORDS
        for other in WORDS
        for part in ("n", "v")
    ]


@pytest.fixture(scope="module")
def library() -> LibraryTokenizer:
    return library_tokenizer(list(load_tokenizer().merges))


def test_our_tokenizer_is_the_library_s_on_ten_thousand_random_strings(library: LibraryTokenizer) -> None:
    ours, count = load_tokenizer(), 0
    for text in random_strings(10_000):
        assert ours.encode(text) == library.encode(well_formed(text)).ids, ascii(text)
        count += 1
    assert count == 10_000


def test_merges_are_learned_the_same_way_twice() -> None:
    text = [f"{word} (n): the {word}ing of a {other}" for word in WORDS for other in WORDS]
    first = learn_merges(text, 280)
    assert len(first) == 280 - 257
    assert first == learn_merges(text, 280) == learn_merges(text, 290)[: len(first)]


def test_the_model_has_as_many_parameters_as_its_shape_says() -> None:
    for run in all_runs():
        assert sum(rows * columns for rows, columns in names(run.shape).values()) == run.shape.parameters


def test_a_place_sees_what_came_before_in_its_own_line_alone(lines: list[Encoded]) -> None:
    weights = make_weights(SHAPE, 1)
    reads, _, mask, _ = tensors([lines[:3]])
    before = logits(weights, SHAPE, reads, mask)
    edge = len(lines[0]) + 4
    changed = reads.clone()
    changed[0, edge] = 99
    after = logits(weights, SHAPE, changed, mask)
    same = (before - after).abs().amax(-1)[0] < 1e-6
    second = range(len(lines[0]), len(lines[0]) + len(lines[1]))
    assert [place for place in range(reads.shape[1]) if not same[place]] == [
        place for place in second if place >= edge
    ]


def test_a_line_says_the_same_wherever_it_lies_in_a_row(lines: list[Encoded]) -> None:
    weights = make_weights(SHAPE, 1)
    reads, _, mask, _ = tensors([lines[:3]])
    in_row = logits(weights, SHAPE, reads, mask)[0, len(lines[0]) : len(lines[0]) + len(lines[1])]
    alone = torch.tensor([lines[1].ids[:-1]])
    by_itself = logits(weights, SHAPE, alone, mask_of(torch.zeros_like(alone)))[0]
    assert torch.allclose(in_row, by_itself, atol=1e-4)


def test_training_lowers_the_loss_from_that_of_a_guess(lines: list[Encoded]) -> None:
    untrained = measure(make_weights(SHAPE, 0), SHAPE, lines)
    assert untrained.loss == pytest.approx(torch.log(torch.tensor(2048.0)).item(), abs=0.3)
    weights, progress = train(lines, Recipe(SHAPE, 30, 0, 0.01), Watch())
    after = measure(weights, SHAPE, lines)
    assert after.loss < 0.5 * untrained.loss
    assert after.tokens == sum(len(line) for line in lines)
    assert after.nats == pytest.approx(after.loss * after.tokens)
    assert progress.tokens > 10_000


def test_an_interrupted_run_ends_as_if_it_had_not_been(lines: list[Encoded], tmp_path: Path) -> None:
    recipe = Recipe(SHAPE, 12, 3, 0.01, 2)
    whole, _ = train(lines, recipe, Watch())
    path = tmp_path / "runs" / "run.pt"
    seen: list[Progress] = []
    with pytest.raises(Stopped):
        train(
            lines,
            recipe,
            Watch(path, lambda progress: seen.append(replace(progress)), lambda: len(seen) == 5),
        )
    started: list[int] = []
    resumed, progress = train(lines, recipe, Watch(path, at_step=lambda step, weights: started.append(step)))
    assert started == list(range(6, 13))
    assert progress.step == 12
    assert all(torch.equal(whole[name], resumed[name]) for name in whole)


def test_seed_and_order_both_change_what_is_learned(lines: list[Encoded]) -> None:
    tables = [
        train(lines, Recipe(SHAPE, 2, seed, 0.01, order), Watch())[0]["table"]
        for seed, order in ((0, 0), (0, 0), (1, 0), (0, 1))
    ]
    assert torch.equal(tables[0], tables[1])
    assert not torch.equal(tables[0], tables[2])
    assert not torch.equal(tables[0], tables[3])


def test_the_grid_writes_a_row_a_run_and_does_none_twice(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    corpus = Corpus(
        {
            name: [f"{word} (n): a kind of {other}" for word in WORDS for other in WORDS]
            for name in ("training", "held-out")
        },
        {},
    )
    text: Text = encode_small(corpus, load_tokenizer(), 64)
    shape = Shape(64, 16, 1, 1)
    runs = [Run(f"tiny-{seed}", shape, 3, seed, 6.0 * shape.parameters * 3 * 16 * CONTEXT) for seed in (0, 1)]
    table = tmp_path / "runs.csv"
    monkeypatch.setattr(scaling, "all_runs", lambda: runs)
    monkeypatch.setattr(scaling, "load_rows", lambda: load_rows(table))
    monkeypatch.setattr(scaling, "add_row", lambda row, order: add_row(row, order, table))
    assert scaling.run_grid(text, tmp_path / "work")
    rows = load_rows(table)
    assert [row.run for row in rows] == ["tiny-0", "tiny-1"]
    assert rows[0].loss != rows[1].loss
    told = capsys.readouterr().out
    assert "[2/2] tiny-1 [####################] step 3/3" in told and "done tiny-0" in told
    assert scaling.run_grid(text, tmp_path / "work")
    assert capsys.readouterr().out == ""
    assert list((tmp_path / "work").glob("*.pt")) == []


def test_the_losses_of_the_lines_add_up_to_the_loss(lines: list[Encoded]) -> None:
    weights = make_weights(SHAPE, 1)
    each, whole = measure_lines(weights, SHAPE, lines), measure(weights, SHAPE, lines)
    assert [tokens for _, tokens in each] == [len(line) for line in lines]
    assert sum(nats for nats, _ in each) == pytest.approx(whole.nats, rel=1e-5)


def test_the_standard_error_is_that_of_a_ratio() -> None:
    assert standard_error([(2.0 * tokens, tokens) for tokens in (3, 5, 9)]) == pytest.approx(0)
    same = [(loss, 1) for loss in (1.0, 2.0, 3.0, 6.0)]
    assert standard_error(same) == pytest.approx(2.1602469 / 2)
    assert standard_error([(10 * nats, 10) for nats, _ in same]) == pytest.approx(2.1602469 / 2)
