"""Lines of tokens laid into rows of one length, whole, so that a line is read by itself. Standard library
only.
"""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from experiments.bytepair import END, Tokenizer

NOTHING = -100
"""The target of a place where nothing is predicted, as PyTorch's cross entropy has it."""
HEAD = "): "
"""What ends the word and its part of speech; the definition follows."""


@dataclass(frozen=True)
class Encoded:
    """A line between two marks of its end, and how many of its targets come before the definition."""

    ids: tuple[int, ...]
    head: int

    def __len__(self) -> int:
        return len(self.ids) - 1


def encode_line(line: str, tokenizer: Tokenizer, context: int) -> Encoded:
    """The line as a model reads it; what goes beyond its context is cut."""
    head = tokenizer.encode(line[: line.index(HEAD) + len(HEAD) - 1])
    ids = [END, *tokenizer.encode(line), END]
    assert ids[1 : len(head) + 1] == head
    return Encoded(tuple(ids[: context + 1]), len(head))


def pack(lengths: Sequence[int], context: int) -> list[list[int]]:
    """Which lines lie in each row: every line goes where it leaves the least room."""
    rows: list[list[int]] = []
    open_rows: dict[int, list[int]] = {room: [] for room in range(context + 1)}
    rooms = 0  # bit r is set while a row with room r is open
    for place, length in enumerate(lengths):
        fitting = rooms >> length << length
        if fitting:
            room = (fitting & -fitting).bit_length() - 1
            row = open_rows[room].pop()
            if not open_rows[room]:
                rooms &= ~(1 << room)
        else:
            row, room = len(rows), context
            rows.append([])
        rows[row].append(place)
        left = room - length
        if left:
            open_rows[left].append(row)
            rooms |= 1 << left
    return rows


def lay_row(lines: Sequence[Encoded], context: int) -> tuple[list[int], list[int], list[int], list[bool]]:
    """What a row reads, what it should say next, which line each place belongs to, and where that is the
    definition's.
    """
    reads: list[int] = []
    says: list[int] = []
    line_of: list[int] = []
    defines: list[bool] = []
    for number, line in enumerate(lines):
        reads += line.ids[:-1]
        says += line.ids[1:]
        line_of += [number] * len(line)
        defines += [place >= line.head for place in range(len(line))]
    room = context - len(reads)
    return (
        reads + [0] * room,
        says + [NOTHING] * room,
        line_of + [len(lines)] * room,
        defines + [False] * room,
    )


def epoch_rows(lines: Sequence[Encoded], context: int, seed: int, epoch: int) -> list[list[Encoded]]:
    """All lines once, in an order of this seed and epoch."""
    source = random.Random(f"{seed}/{epoch}")
    order = list(lines)
    source.shuffle(order)
    rows = [[order[place] for place in row] for row in pack([len(line) for line in order], context)]
    source.shuffle(rows)
    return rows


def batches(
    lines: Sequence[Encoded], context: int, rows: int, seed: int, start: int = 0
) -> Iterator[list[list[Encoded]]]:
    """Batches without end, from number `start` on: the same ones, whether training was interrupted or not."""
    number, epoch = 0, 0
    waiting: list[list[Encoded]] = []
    while True:
        waiting += epoch_rows(lines, context, seed, epoch)
        epoch += 1
        whole = len(waiting) // rows
        for place in range(whole):
            if number >= start:
                yield waiting[place * rows : (place + 1) * rows]
            number += 1
        waiting = waiting[whole * rows :]
