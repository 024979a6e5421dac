"""The definition machine on tiny settings: its file, what it stores, and that an interruption loses
nothing.
"""

from __future__ import annotations

import gzip
import json
import math
from pathlib import Path

import pytest
import torch

from experiments import definer
from experiments.bytepair import END, load_tokenizer
from experiments.corpus import Corpus
from experiments.definer import (
    PROMPTS,
    Training,
    continuation,
    export_definer,
    is_looked_at,
    next_logits,
    opened,
    train_definer,
    write_json,
)
from experiments.grid import Shape
from experiments.manifest import files_of, make_manifest, processor
from experiments.model import logits, make_weights, mask_of, names, trace
from experiments.quantized import read_model, write_model
from experiments.reading import Text, encode_corpus
from experiments.scaling import Stop

SHAPE = Shape(2048, 32, 2, 2)
WORDS = ["act", "oak", "run", "stone", "sing", "river"]


@pytest.fixture(scope="module")
def corpus() -> Corpus:
    lines = [f"{word} (n): a kind of {other}" for word in WORDS for other in WORDS]
    return Corpus({"training": lines, "tuning": lines[:6], "held-out": lines[6:12]}, {"lines": 48})


@pytest.fixture(scope="module")
def text(corpus: Corpus) -> Text:
    return encode_corpus(corpus, load_tokenizer())


class Never(Stop):
    def __init__(self) -> None:
        self.asked = False


@pytest.fixture
def small(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    monkeypatch.setattr(definer, "SHAPE", SHAPE)
    monkeypatch.setattr(definer, "LONGEST", 6)
    monkeypatch.setattr(definer, "HEAD", (1, 0))
    monkeypatch.setattr(definer, "FOLDER", tmp_path / "definer")
    monkeypatch.setattr(definer, "TRAININGS", {"main": Training(5), "other-seed": Training(3, seed=1)})
    monkeypatch.setattr(definer, "Stop", Never)
    return tmp_path


def test_the_steps_written_out_are_those_of_the_fast_kernels() -> None:
    weights = make_weights(SHAPE, 1)
    ids = [END, *load_tokenizer().encode("river (n): a stream")]
    values, attention = trace(weights, SHAPE, ids)
    reads = torch.tensor([ids])
    assert torch.allclose(
        values, logits(weights, SHAPE, reads, mask_of(torch.zeros_like(reads)))[0], atol=1e-4
    )
    assert attention.shape == (2, 2, len(ids), len(ids))
    assert torch.allclose(attention.sum(-1), torch.ones(2, 2, len(ids)), atol=1e-5)
    assert attention.triu(1).abs().max() == 0


def test_what_happens_inside_adds_up_to_the_logits(small: Path) -> None:
    weights = make_weights(SHAPE, 1)
    found = opened(weights, load_tokenizer(), "river (n):")
    values, attention = trace(weights, SHAPE, found["ids"])
    assert found["logits"][0][2] == pytest.approx(float(values[-1].max()), abs=1e-3)
    assert found["lens"][-1][:2] == found["logits"][0][:2] == found["bars"][0][:2]
    assert found["attention"][-1] == pytest.approx(attention[1, 0, -1].tolist(), abs=1e-4)
    products = sum(one * other for one, other in zip(found["last"], found["row"], strict=True))
    assert products == pytest.approx(found["logits"][0][2], abs=0.05)


def test_a_model_in_a_file_is_off_by_half_a_step_at_most() -> None:
    weights = make_weights(SHAPE, 1)
    packed, sheet = write_model(weights, SHAPE)
    assert packed == write_model(weights, SHAPE)[0]
    read = read_model(packed, SHAPE)
    for name, weight in weights.items():
        step = weight.detach().abs().amax(1, keepdim=True) / 127
        assert ((read[name] - weight).abs() <= step * 0.5001 + 1e-9).all(), name
    assert sheet["bytes"] == len(packed) and sheet["unpacked"] == len(gzip.decompress(packed))
    assert [one["name"] for one in sheet["matrices"]] == list(names(SHAPE))
    with pytest.raises(AssertionError, match="not a model of this shape"):
        read_model(packed, Shape(2048, 32, 3, 2))


def test_a_continuation_takes_the_likeliest_token_each_time(small: Path) -> None:
    weights = make_weights(SHAPE, 1)
    found = continuation(weights, PROMPTS[0], load_tokenizer())
    ids = found["ids"]
    assert ids == [END, *load_tokenizer().encode(PROMPTS[0])]
    for step in found["steps"]:
        shares = [share for _, share in step["bars"]]
        assert shares == sorted(shares, reverse=True) and sum(shares) <= 1.0001
        assert step["bars"][0][0] == step["id"] == int(next_logits(weights, ids).argmax())
        ids = [*ids, step["id"]]
    assert len(found["steps"]) == definer.LONGEST or found["steps"][-1]["id"] == END


def test_it_is_looked_at_from_the_start_ever_less_often_to_the_end() -> None:
    assert [step for step in range(41) if is_looked_at(step, 40)] == [0, 1, 2, 4, 8, 16, 32, 40]


def test_trained_exported_and_listed(small: Path, text: Text, corpus: Corpus) -> None:
    tokenizer = load_tokenizer()
    assert train_definer(text, tokenizer, small / "work")
    main = json.loads((small / "definer" / "main.json").read_text())
    assert [look["step"] for look in main["looks"]] == [0, 1, 2, 4, 5]
    assert main["looks"][0]["tuning_loss"] == pytest.approx(math.log(2048), abs=0.5)
    assert main["looks"][-1]["tuning_loss"] < main["looks"][0]["tuning_loss"]
    assert [one["prompt"] for one in main["looks"][0]["prompts"]] == list(PROMPTS)
    export_definer(text, tokenizer, small / "work")
    sheet = json.loads((small / "definer" / "model.json").read_text())
    stored = json.loads((small / "definer" / "logits.json").read_text())
    rounded = read_model((small / "definer" / "model.bin.gz").read_bytes(), SHAPE)
    for one in stored:
        assert one["logits"] == pytest.approx(next_logits(rounded, one["ids"]).tolist(), abs=2e-4)
        assert len(one["attention"]) == SHAPE.layers and len(one["attention"][0][0]) == len(one["ids"])
    assert sheet["quantization"]["held_out_loss_rounded"] == pytest.approx(
        sheet["quantization"]["held_out_loss"], abs=0.05
    )
    assert 0 <= sheet["batch_difference"] < 1e-3
    manifest = make_manifest(corpus, 1, small)
    assert manifest["definer"]["runs"] == 2 and manifest["scaling"]["runs"] == 0
    write_json(small / "larger" / "model.json", {"training": {"flop": 2e15, "seconds": 9}})
    assert make_manifest(corpus, 1, small)["definer"]["runs"] == 3
    (small / "larger" / "model.json").unlink()
    assert set(manifest["files"]) >= {"definer/model.bin.gz", "definer/main.json"}
    assert manifest["files"] == files_of(small)
    assert manifest["corpus"]["sha256"] == corpus.sha256()
    before = (small / "definer" / "main.json").stat().st_mtime_ns
    assert train_definer(text, tokenizer, small / "work")
    assert (small / "definer" / "main.json").stat().st_mtime_ns == before


def test_looks_before_an_interruption_are_kept(
    small: Path, text: Text, monkeypatch: pytest.MonkeyPatch
) -> None:
    class After(Never):
        calls = 0

        def __call__(self) -> bool:
            After.calls += 1
            return After.calls >= 3

    monkeypatch.setattr(definer, "Stop", After)
    assert not train_definer(text, load_tokenizer(), small / "work")
    monkeypatch.setattr(definer, "Stop", Never)
    assert train_definer(text, load_tokenizer(), small / "work")
    assert [look["step"] for look in json.loads((small / "definer" / "main.json").read_text())["looks"]] == [
        0,
        1,
        2,
        4,
        5,
    ]


def test_the_processor_is_described_without_a_name(tmp_path: Path) -> None:
    flags = tmp_path / "cpuinfo"
    flags.write_text("model name: Secret 9000\nflags: sse2 avx2\n")
    assert "AVX2" in processor(flags) and "Secret" not in processor(flags)
    assert "AVX" not in processor(tmp_path / "none")
