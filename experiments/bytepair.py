"""The committed merges: where they stand, how they are written, and the tokenizer that they make. The
encoding itself is the guide's own, `fieldguide/text/bytepair.py`.
"""

from __future__ import annotations

from pathlib import Path

from fieldguide.text.bytepair import END, FIRST_MERGE, PIECE, MergesError, Tokenizer, read_merges, well_formed

__all__ = [
    "END",
    "FIRST_MERGE",
    "MERGES",
    "PIECE",
    "MergesError",
    "Tokenizer",
    "load_tokenizer",
    "read_merges",
    "well_formed",
    "write_merges",
]

MERGES = Path(__file__).parent / "results" / "merges.txt"
HEADING = (
    "# Byte-pair merges, in order. Line k (from 0, comments not counted) joins two ids into id 257 + k.",
    "# Ids 0-255 are bytes, 256 is the end of a text. Pieces that no merge crosses:",
    "#  ?[A-Za-z\\x80-\\u{10FFFF}]+| ?[0-9]| ?[^ 0-9A-Za-z\\x80-\\u{10FFFF}]+| ",
    "# Learned from the training part of WordNet 3.0's glosses; see experiments/WORDNET-LICENSE.",
)


def write_merges(merges: list[tuple[int, int]]) -> str:
    return "\n".join([*HEADING, *(f"{left} {right}" for left, right in merges)]) + "\n"


def load_tokenizer(path: Path = MERGES) -> Tokenizer:
    return Tokenizer(tuple(read_merges(path.read_text(encoding="utf-8"))))
