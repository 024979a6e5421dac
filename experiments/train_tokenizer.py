"""Learn the merges with Hugging Face `tokenizers`, and write them in our own form."""

from __future__ import annotations

import json
from collections.abc import Iterable

from tokenizers import Regex, Tokenizer, decoders, models, pre_tokenizers, trainers

from experiments.bytepair import END, FIRST_MERGE, PIECE

VOCABULARY = 2048
"""Ids in all. Small, so that the table of embeddings is a sixth of the model and an invented word falls into
pieces that mean something (-ology, un-, -ness), which is what the
definition machine goes by; at 4,096 the table alone would be a third. A gloss is then some twenty tokens
long.
"""


def byte_characters() -> dict[int, str]:
    """The printable character by which the library writes each byte."""
    alone = [*range(ord("!"), ord("~") + 1), *range(ord("¡"), ord("¬") + 1), *range(ord("®"), ord("ÿ") + 1)]
    others = [byte for byte in range(256) if byte not in alone]
    return {byte: chr(byte) for byte in alone} | {byte: chr(256 + place) for place, byte in enumerate(others)}


def splitter() -> pre_tokenizers.PreTokenizer:
    pattern = PIECE.replace(r"\x80", "\x80").replace(r"\U0010FFFF", "\U0010ffff")
    return pre_tokenizers.Sequence(
        [
            pre_tokenizers.Split(Regex(pattern), "isolated"),
            pre_tokenizers.ByteLevel(add_prefix_space=False, use_regex=False),
        ]
    )


def learn_merges(lines: Iterable[str], size: int = VOCABULARY) -> list[tuple[int, int]]:
    """`size` ids: 256 bytes, the end of a text, and as many merges as are left."""
    learner = Tokenizer(models.BPE())
    learner.pre_tokenizer = splitter()
    trainer = trainers.BpeTrainer(
        vocab_size=size - 1, initial_alphabet=pre_tokenizers.ByteLevel.alphabet(), show_progress=False
    )
    learner.train_from_iterator(lines, trainer)
    characters = byte_characters()
    ids = {character: byte for byte, character in characters.items()}
    merges: list[tuple[int, int]] = []
    for left, right in json.loads(learner.to_str())["model"]["merges"]:
        merges.append((ids[left], ids[right]))
        ids.setdefault(left + right, FIRST_MERGE - 1 + len(merges))
    return merges


def library_tokenizer(merges: list[tuple[int, int]]) -> Tokenizer:
    """The library's own tokenizer with these merges and our ids, to compare with."""
    characters = byte_characters()
    names = [characters[byte] for byte in range(256)] + ["<end>"]
    pairs: list[tuple[str, str]] = []
    for left, right in merges:
        pairs.append((names[left], names[right]))
        names.append(names[left] + names[right])
    found = Tokenizer(models.BPE(vocab={name: place for place, name in enumerate(names)}, merges=pairs))
    found.pre_tokenizer = splitter()
    found.decoder = decoders.ByteLevel()
    assert names[END] == "<end>"
    return found
