"""Byte-pair encoding by a list of merges, in plain Python: what the tokenizer lab does in JavaScript.

Ids 0–255 are the bytes themselves, 256 is the end of a text, and 257 + k is what merge k makes.
"""

from __future__ import annotations

import itertools
import re
from dataclasses import dataclass
from functools import cached_property

END = 256
FIRST_MERGE = 257
PIECE = r" ?[A-Za-z\x80-\U0010FFFF]+| ?[0-9]| ?[^ 0-9A-Za-z\x80-\U0010FFFF]+| "
"""Pieces that no merge crosses: letters (all beyond ASCII count as letters, so that no table of Unicode is
needed), one digit, signs; each with the space before it.
"""


class MergesError(ValueError):
    """A line of the merges cannot be read, or joins what does not exist yet; `line` counts from 1."""

    def __init__(self, line: int, fault: str) -> None:
        super().__init__(f"merges, line {line}: {fault} — write the file again: make experiments")
        self.line, self.fault = line, fault


def read_merges(text: str) -> list[tuple[int, int]]:
    """The pairs in order, comments left out. Raises MergesError."""
    merges: list[tuple[int, int]] = []
    for number, line in enumerate(text.splitlines(), 1):
        if not line or line.startswith("#"):
            continue
        pair = re.fullmatch(r"([0-9]{1,6}) ([0-9]{1,6})", line)
        if not pair:
            raise MergesError(number, f"{line!r} is not two ids")
        left, right = int(pair[1]), int(pair[2])
        if END in (left, right) or max(left, right) >= FIRST_MERGE + len(merges):
            raise MergesError(number, f"joins {left} and {right}, of which one is not made yet")
        merges.append((left, right))
    return merges


@dataclass(frozen=True)
class Tokenizer:
    merges: tuple[tuple[int, int], ...]

    @cached_property
    def ranks(self) -> dict[tuple[int, int], int]:
        return {pair: rank for rank, pair in enumerate(self.merges)}

    @cached_property
    def content(self) -> list[bytes]:
        """The bytes of each id."""
        pieces = [bytes([value]) for value in range(256)] + [b""]
        for left, right in self.merges:
            pieces.append(pieces[left] + pieces[right])
        return pieces

    @cached_property
    def pieces(self) -> dict[str, list[int]]:
        return {}

    @property
    def size(self) -> int:
        return FIRST_MERGE + len(self.merges)

    def first(self, count: int) -> Tokenizer:
        """The same tokenizer with fewer merges: those of the larger one begin with those of the smaller."""
        return Tokenizer(self.merges[:count])

    def merge(self, ids: list[int]) -> list[int]:
        """The earliest-learned pair first, everywhere it stands, until none is left."""
        while len(ids) > 1:
            rank = min(self.ranks.get(pair, len(self.merges)) for pair in itertools.pairwise(ids))
            if rank == len(self.merges):
                break
            joined: list[int] = []
            place = 0
            while place < len(ids):
                if tuple(ids[place : place + 2]) == self.merges[rank]:
                    joined.append(FIRST_MERGE + rank)
                    place += 2
                else:
                    joined.append(ids[place])
                    place += 1
            ids = joined
        return ids

    def encode(self, text: str) -> list[int]:
        """Ids of a text; a lone half of a surrogate pair reads as U+FFFD."""
        found: list[int] = []
        for piece in re.findall(PIECE, well_formed(text)):
            if piece not in self.pieces:
                self.pieces[piece] = self.merge(list(piece.encode()))
            found += self.pieces[piece]
        return found

    def decode(self, ids: list[int]) -> str:
        return b"".join(self.content[token] for token in ids).decode(errors="replace")


def well_formed(text: str) -> str:
    """The text as JavaScript's `toWellFormed` leaves it."""
    return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
