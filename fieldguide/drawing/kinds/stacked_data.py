"""The data of stacked bars, and the same resolved: every whole divided, every number that a text may name."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from pydantic import Field as Key

from fieldguide.book import Book
from fieldguide.drawing.figure_values import Amount, FigureValue, Names, amount
from fieldguide.drawing.kinds import base
from fieldguide.drawing.kinds.base import ChartData, TableColumns, TextColumn, WithId, WithLayer
from fieldguide.drawing.metrics import Pair, Sizes, Words
from fieldguide.records.base import Strict
from fieldguide.records.figure import Figure

PartLook = Literal["solid", "dark", "gray", "light", "pale", "muted", "chip", "empty"]


class StackSizes(Sizes):
    """Measures of wholes; heights are counted from the top of a whole's bar."""

    top: Pair = (40, 40)
    bar: Pair = (30, 24)
    """How thick a bar is."""
    gap: Pair = (3, 3)
    """Paper between two parts."""
    pitch: Pair = (84, 78)
    """From one bar across to the next."""
    text: Pair = (22, 22)
    """Where the names on lines start."""
    text_more: Pair = (0.5, 0.5)
    """Added to their size."""
    line: Pair = (28, 39)
    line_note: Pair = (0, 17)
    """A note below its name; 0 sets it beside."""
    foot: Pair = (46, 46)
    key_text: Pair = (27, 27)
    key_gap: Pair = (22, 22)


class StackPart(WithId, WithLayer):
    """A part of every whole; a layer draws it as the layer's piece. Its texts may name {value} and {share} of
    the first whole, {<id>} and {<id>_share} of each.
    """

    name: Words
    note: Words = ("", "")
    look: PartLook = "solid"
    group: Words = ("", "")
    """Said on the other side of a bar down the sheet, once for all parts in a row that say the same."""
    label: Words = ("", "")
    """Over the part in each whole across the sheet; names {value} and {share} of that whole."""
    strong: bool = False
    rest: bool = False
    """What the other parts leave of a whole with a `total`."""


class StackWhole(Strict):
    """One whole. Its texts may name {total}, and {<id>} and {<id>_share} of each part with an id."""

    id: str = ""
    name: str = ""
    total: FigureValue | None = None
    """The sum of the values, where nothing is left."""
    values: list[FigureValue] = []
    """One for each part but the rest, in order."""
    texts: dict[str, str] = {}


class StackSum(Strict):
    name: str
    value: str


class StackColumns(TableColumns):
    each: Literal["part", "stack"] = "part"
    """Rows are the parts, the rest last, or the wholes."""


class StackedData(ChartData):
    """The data of a figure of kind stacked."""

    direction: Literal["across", "down"] = "across"
    """Down, only the first stack is drawn; the others give numbers to name."""
    parts: list[StackPart] = Key(min_length=2)
    stacks: list[StackWhole] = Key(min_length=1)
    words: list[TextColumn] = [
        TextColumn(text=("{name}", "{name}"), at=(0, 0), down=(-26, -26), style="strong")
    ]
    """What stands by each whole."""
    join: bool = False
    """Lines lead from the end of each part to its end in the next stack."""
    cells: list[TextColumn] = []
    """With cells, or down the sheet, the parts stand on lines of their own; else in a key."""
    sums: list[StackSum] = []
    """Under the lines: their total, then what it compares with."""
    table: StackColumns
    metrics: StackSizes = StackSizes()


@dataclass(frozen=True)
class ResolvedWhole:
    """One stack, divided; shares are percent."""

    stack: StackWhole
    total: Amount
    amounts: Sequence[Amount]
    shares: Sequence[Amount]
    names: Names


@dataclass(frozen=True)
class ResolvedShare:
    """One part, with the numbers that it has in every whole."""

    part: StackPart
    names: Names


@dataclass(frozen=True)
class StackedPlot(base.Plot[StackedData]):
    shares: Sequence[ResolvedShare]
    wholes: Sequence[ResolvedWhole]


def resolve(data: StackedData, figure: Figure, book: Book) -> StackedPlot:
    """The plot with its amounts and names. Raises KeyError for a reference without a number, ValueError for
    values that do not add up to the whole.
    """
    names = data.named(figure, book)
    wholes = [_whole(data, stack, names, book) for stack in data.stacks]
    named = [whole for whole in wholes if whole.stack.id]
    names = {**names, **{f"{whole.stack.id}_total": whole.total for whole in named}}
    shares = [
        ResolvedShare(
            part,
            {
                **names,
                **{
                    key: value
                    for whole in named
                    for key, value in (
                        (whole.stack.id, whole.amounts[index]),
                        (f"{whole.stack.id}_share", whole.shares[index]),
                    )
                },
                **part.own(book),
                "value": wholes[0].amounts[index],
                "share": wholes[0].shares[index],
                "name": part.name[0],
                "note": part.note[0],
                "group": part.group[0],
            },
        )
        for index, part in enumerate(data.parts)
    ]
    return StackedPlot(data, names, book, shares, wholes)


def _whole(data: StackedData, stack: StackWhole, names: Names, book: Book) -> ResolvedWhole:
    amounts, rests = (
        [amount(book, value) for value in stack.values],
        [index for index, part in enumerate(data.parts) if part.rest],
    )
    if len(amounts) + len(rests) != len(data.parts) or len(rests) > 1:
        raise ValueError(
            f"a stack has {len(amounts)} values for {len(data.parts)} parts; write one for each part but the"
            " one rest"
        )
    made = sum(item.value for item in amounts)
    total = amount(book, stack.total) if stack.total is not None else Amount(made)
    if total.value <= 0:
        raise ValueError(f"a stack is {total.value:,g} in all; write values above 0")
    left = total.value - made
    if min(left, *(item.value for item in amounts)) < -1e-9 * total.value or (
        not rests and left > 1e-9 * total.value
    ):
        raise ValueError(f"the parts make {made:,g} of a total of {total.value:,g}")
    for index in rests:
        amounts.insert(index, Amount(left))
    shares = [Amount(100 * item.value / total.value) for item in amounts]
    parts = {
        key: value
        for index, part in enumerate(data.parts)
        if part.id
        for key, value in ((part.id, amounts[index]), (f"{part.id}_share", shares[index]))
    }
    return ResolvedWhole(
        stack, total, amounts, shares, {**names, **parts, **stack.texts, "total": total, "name": stack.name}
    )
