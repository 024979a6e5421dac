"""The larger definition machine: what it reads, how it is trained, and its file.

It differs from the one in `definer.py` in four ways. A line begins with a space, so that a word at its head
is the same token as in the middle of a definition. Its vocabulary is three times as large, so that a common
word is one token. It reads WordNet's example sentences too. And it does not read what it is judged on: no
definition of the nouns in `nouns.csv`, nor their examples.
"""

from __future__ import annotations

from pathlib import Path

import torch

from experiments.bytepair import END, Tokenizer, load_tokenizer, write_merges
from experiments.corpus import Corpus, Synset, kept_sentences, make_corpus, side
from experiments.definer import write_json
from experiments.grid import CONTEXT, Shape
from experiments.kinds import definitions_of, load_nouns
from experiments.model import Weights
from experiments.packing import Encoded, encode_line
from experiments.quantized import read_model, write_small_model
from experiments.reading import Text
from experiments.scaling import Stop, teller
from experiments.table import RESULTS
from experiments.training import Recipe, Stopped, Watch, measure, train

VOCABULARY = 6144
SHAPE = Shape(VOCABULARY, 256, 6, 8)
"""6.3 million parameters, a quarter of them the table."""
RECIPE = Recipe(SHAPE, steps=6_144, seed=0, peak=0.002, rows=32, dropout=0.1, decay=0.1, short=True)
"""Some 19 million tokens, each line four times: so often that without dropout and decay it would learn
lines by heart.
"""
MOST_BYTES = 4_000_000
"""Of the file."""
FOLDER = RESULTS / "larger"
MERGES = FOLDER / "merges.txt"
LEAD = " "
"""What each line begins with."""


def larger_corpus(synsets: list[Synset], hashes: frozenset[str]) -> Corpus:
    """The lines of the corpus with their lead, and example sentences as a part of their own; without a
    definition or an example of a noun that is judged, and without the examples of definitions that are
    measured.
    """
    unread = definitions_of(synsets, load_nouns())
    whole = make_corpus(synsets, hashes)
    parts = {name: [LEAD + line for line in lines] for name, lines in whole.parts.items()}
    parts["training"] = [line for line in parts["training"] if line.partition("): ")[2].lower() not in unread]
    parts["sentences"] = [
        LEAD + sentence
        for definition, sentence in kept_sentences(synsets, hashes)
        if side(definition) == "training" and definition.lower() not in unread
    ]
    counts = {f"lines: {name}": len(lines) for name, lines in parts.items()}
    return Corpus(parts, counts)


def larger_tokenizer(corpus: Corpus) -> Tokenizer:
    """By merges that were learned from what the machine reads in training; they are learned if there are none
    yet.
    """
    if not MERGES.exists():
        from experiments.train_tokenizer import learn_merges

        FOLDER.mkdir(parents=True, exist_ok=True)
        merges = learn_merges([*corpus.parts["training"], *corpus.parts["sentences"]], VOCABULARY)
        MERGES.write_text(write_merges(merges), encoding="utf-8")
    return load_tokenizer(MERGES)


def encode_larger(corpus: Corpus, tokenizer: Tokenizer) -> Text:
    """Its lines as ids; the example sentences are read in training, and have no head."""
    sentences = [
        Encoded((END, *tokenizer.encode(sentence), END)[: CONTEXT + 1], 0)
        for sentence in corpus.parts["sentences"]
    ]
    parts = {
        name: [encode_line(line, tokenizer, CONTEXT) for line in corpus.parts[name]]
        for name in ("training", "tuning", "held-out")
    }
    parts["training"] += sentences
    sizes = {name: sum(len(line) + 1 for line in corpus.parts[name]) for name in parts}
    return Text(parts, sizes, tokenizer.size)


def is_kept(step: int) -> bool:
    """Whether the weights of a step are kept, so that the page can tell what the machine said then: those of
    powers of two and of the start.
    """
    return step & (step - 1) == 0


def train_larger(text: Text, work: Path, recipe: Recipe = RECIPE) -> bool:
    """To its end and into its files; false when asked to stop. The same command goes on from the
    checkpoint.
    """
    seen = work / "larger"

    def look(step: int, weights: Weights) -> None:
        if is_kept(step):
            seen.mkdir(parents=True, exist_ok=True)
            torch.save(
                {name: weight.detach().bfloat16() for name, weight in weights.items()},
                seen / f"step-{step}.weights",
            )
            loss = measure(weights, recipe.shape, text.parts["tuning"][:500]).loss
            print(f"larger: step {step}, tuning loss {loss:.4f}", flush=True)

    watch = Watch(work / "larger.pt", teller("larger", recipe.steps, rows=recipe.rows), Stop(), look)
    try:
        weights, progress = train(text.parts["training"], recipe, watch)
    except Stopped:
        print("stopped; the same command goes on from its checkpoint", flush=True)
        return False
    torch.save({name: weight.detach() for name, weight in weights.items()}, work / "larger.weights")
    packed, sheet = write_small_model(weights, recipe.shape, MOST_BYTES)
    held, rounded = (
        measure(those, recipe.shape, text.parts["held-out"])
        for those in (weights, read_model(packed, recipe.shape))
    )
    FOLDER.mkdir(parents=True, exist_ok=True)
    (FOLDER / "model.bin.gz").write_bytes(packed)
    training = {name: value for name, value in vars(recipe).items() if name != "shape"}
    training |= {
        "tokens": progress.tokens,
        "flop": float(6 * recipe.shape.parameters * progress.tokens),
        "seconds": round(progress.seconds),
    }
    write_json(
        FOLDER / "model.json",
        sheet
        | {
            "places": CONTEXT,
            "lead": LEAD,
            "training": training,
            "held_out_loss": round(held.loss, 5),
            "held_out_definition_loss": round(held.definition_loss, 5),
            "held_out_loss_rounded": round(rounded.loss, 5),
        },
    )
    return True
