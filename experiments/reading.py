"""The corpus as ids: with the whole vocabulary for the definition machine, with a small one for the scaling
runs.
"""

from __future__ import annotations

from dataclasses import dataclass

from experiments.bytepair import END, Tokenizer
from experiments.corpus import Corpus
from experiments.grid import CONTEXT
from experiments.packing import Encoded, encode_line


@dataclass(frozen=True)
class Text:
    parts: dict[str, list[Encoded]]
    bytes: dict[str, int]
    vocabulary: int

    def tokens(self, part: str) -> int:
        """Predicted in one reading of all lines."""
        return sum(len(line) for line in self.parts[part])


def encode_corpus(corpus: Corpus, tokenizer: Tokenizer) -> Text:
    """Ids as the tokenizer gives them."""
    parts = {
        name: [encode_line(line, tokenizer, CONTEXT) for line in lines]
        for name, lines in corpus.parts.items()
    }
    sizes = {name: sum(len(line) + 1 for line in lines) for name, lines in corpus.parts.items()}
    return Text(parts, sizes, tokenizer.size)


def small_ids(corpus: Corpus, vocabulary: int) -> list[int]:
    """The ids of a vocabulary without bytes that no line has: the end of a text and bytes, then as many
    merges as there is room for.
    """
    used = sorted(
        {byte for lines in corpus.parts.values() for line in lines for byte in line.encode()} | {END}
    )
    return used + [END + 1 + merge for merge in range(vocabulary - len(used))]


def encode_small(corpus: Corpus, tokenizer: Tokenizer, vocabulary: int) -> Text:
    """The same lines by fewer merges, and ids without gaps."""
    ids = small_ids(corpus, vocabulary)
    closed = {token: place for place, token in enumerate(ids)}
    text = encode_corpus(corpus, tokenizer.first(ids[-1] - END))
    parts = {
        name: [Encoded(tuple(closed[token] for token in line.ids), line.head) for line in lines]
        for name, lines in text.parts.items()
    }
    return Text(parts, text.bytes, vocabulary)
