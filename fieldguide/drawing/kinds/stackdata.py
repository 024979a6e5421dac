"""The data of stacked bars, and the same resolved: every whole divided, every number that a text may name."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from pydantic import Field as Key

from fieldguide.book import Book
from fieldguide.drawing.amounts import Amount, Names, Quantity, amount
from fieldguide.drawing.kinds.rowdata import Cell
from fieldguide.drawing.metrics import Pair, Sizes, Words
from fieldguide.drawing.sheet import Layer
from fieldguide.records.base import Strict

Look = Literal["solid", "dark", "gray", "light", "pale", "muted", "chip", "empty"]


class StackSizes(Sizes):
    """Measures of wholes; heights are counted from the top of a whole's bar."""

    top: Pair = (40, 40)
    bar: Pair = (30, 24)
    """How thick a bar is."""
    gap: Pair = (3, 3)
    """Paper between two parts."""
    pitch: Pair = (84, 78)
    """From one bar across to the next."""
    tall: Pair = (430, 440)
    """How long a bar down the sheet is."""
    label: Pair = (-7, -7)
    """Baseline of a part's label."""
    rule: Pair = (0, 0)
    """A rule across the sheet over each whole, and one below the foot of the last; 0 leaves them out."""
    close: Pair = (0, 0)
    title: Pair = (16, 16)
    """Baseline of the heads of the cells."""
    text: Pair = (22, 22)
    """Where the names on lines start."""
    text_more: Pair = (0.5, 0.5)
    """Added to their size."""
    first: Pair = (46, 46)
    """From the foot of the last whole to the first line or the key."""
    line: Pair = (28, 39)
    line_note: Pair = (0, 17)
    """A note below its name; 0 sets it beside."""
    apart: Pair = (50, 54)
    """The least distance between lines beside a bar, and how far they may reach below its foot."""
    spill: Pair = (26, 40)
    lead: Pair = (16, 0)
    """How far the stroke to a name goes straight at either end."""
    key_text: Pair = (27, 27)
    key_gap: Pair = (22, 22)
    aside: Pair = (760, 328)
    """How wide the point's second part may be."""
    point_line: Pair = (17, 17)
    bottom: Pair = (10, 10)


class Part(Strict):
    """A part of every whole. Its texts may name {value} and {share} of the first whole, {<id>} and {<id>_share} of each, and its `values`."""

    id: str = ""
    name: Words
    note: Words = ("", "")
    layer: Layer | None = None
    """Draws it as the layer's piece."""
    look: Look = "solid"
    group: Words = ("", "")
    """Said on the other side of a bar down the sheet, once for all parts in a row that say the same."""
    label: Words = ("", "")
    """Over the part in each whole across the sheet; names {value} and {share} of that whole."""
    strong: bool = False
    rest: bool = False
    """What the other parts leave of a whole with a `total`."""
    values: dict[str, Quantity] = {}


class Stack(Strict):
    """One whole. Its texts may name {total}, and {<id>} and {<id>_share} of each part with an id."""

    id: str = ""
    name: str = ""
    total: Quantity | None = None
    """The sum of the values, where nothing is left."""
    values: list[Quantity] = []
    """One for each part but the rest, in order."""
    texts: dict[str, str] = {}


class Sum(Strict):
    name: str
    value: str


class Step(Strict):
    """A thought over the drawing, joined to the next by an arrow."""

    name: str
    what: str
    more: str


class Columns(Strict):
    """The data table: a template for each column, filled for every part, the rest last, or for every whole."""

    caption: str = "{context}"
    columns: dict[str, str]
    each: Literal["part", "stack"] = "part"
    more: list[list[str]] = []
    """Rows after those."""


class Data(Strict):
    """The data of a figure of kind stacked."""

    direction: Literal["across", "down"] = "across"
    """Down, only the first stack is drawn; the others give numbers to name."""
    parts: list[Part] = Key(min_length=2)
    stacks: list[Stack] = Key(min_length=1)
    words: list[Cell] = [Cell(text=("{name}", "{name}"), at=(0, 0), down=(-26, -26), style="strong")]
    """What stands by each whole."""
    join: bool = False
    """Lines lead from the end of each part to its end in the next stack."""
    cells: list[Cell] = []
    """With cells, or down the sheet, the parts stand on lines of their own; else in a key."""
    sums: list[Sum] = []
    """Under the lines: their total, then what it compares with."""
    steps: list[Step] = []
    point: str = ""
    """Said at the foot: the first sentence in bold, then the rest."""
    values: dict[str, Quantity] = {}
    texts: dict[str, str] = {}
    table: Columns
    metrics: StackSizes = StackSizes()


@dataclass(frozen=True)
class Whole:
    """One stack, divided."""

    stack: Stack
    total: Amount
    amounts: Sequence[Amount]
    names: Names

    def share(self, at: int) -> Amount:
        """A part's share, in percent."""
        found = 100 * self.amounts[at].value / self.total.value
        return Amount(found, found)


@dataclass(frozen=True)
class Share:
    """One part, with the numbers that it has in every whole."""

    part: Part
    names: Names


@dataclass(frozen=True)
class Plot:
    data: Data
    shares: Sequence[Share]
    wholes: Sequence[Whole]
    names: Names


def resolve(data: Data, context: str, book: Book) -> Plot:
    """Raises KeyError for a reference without a number, ValueError for values that do not make the whole."""
    base: Names = {"context": context, **data.texts, **_amounts(data.values, book)}
    wholes = [_whole(data, stack, base, book) for stack in data.stacks]
    named = [whole for whole in wholes if whole.stack.id]
    base = {**base, **{f"{whole.stack.id}_total": whole.total for whole in named}}
    shares = [Share(part, {
        **base, **{key: one for whole in named for key, one in ((whole.stack.id, whole.amounts[at]), (f"{whole.stack.id}_share", whole.share(at)))}, **_amounts(part.values, book),
        "value": wholes[0].amounts[at], "share": wholes[0].share(at), "name": part.name[0], "note": part.note[0], "group": part.group[0],
    }) for at, part in enumerate(data.parts)]
    return Plot(data, shares, wholes, base)


def _amounts(values: Mapping[str, Quantity], book: Book) -> dict[str, Amount]:
    return {key: amount(book, quantity) for key, quantity in values.items()}


def _whole(data: Data, stack: Stack, base: Names, book: Book) -> Whole:
    total, amounts = _divide(data, stack, book)
    whole = Whole(stack, total, amounts, base)
    parts = {key: one for at, part in enumerate(data.parts) if part.id for key, one in ((part.id, amounts[at]), (f"{part.id}_share", whole.share(at)))}
    return Whole(stack, total, amounts, {**base, **parts, **stack.texts, "total": total, "name": stack.name})


def _divide(data: Data, stack: Stack, book: Book) -> tuple[Amount, list[Amount]]:
    """(total, each part's value)."""
    found, rests = [amount(book, value) for value in stack.values], [at for at, part in enumerate(data.parts) if part.rest]
    if len(found) + len(rests) != len(data.parts) or len(rests) > 1:
        raise ValueError(f"a stack has {len(found)} values for {len(data.parts)} parts; write one for each part but the one rest")
    made = sum(one.value for one in found)
    total = amount(book, stack.total) if stack.total is not None else Amount(made, made)
    left = total.value - made
    if min(left, *(one.value for one in found)) < -1e-9 * total.value or (not rests and left > 1e-9 * total.value):
        raise ValueError(f"the parts make {made:,g} of a total of {total.value:,g}")
    for at in rests:
        found.insert(at, Amount(left, left))
    return total, found
