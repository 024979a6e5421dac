"""What the data of panels say, and the same resolved: every value looked up, every text filled in, every piece with its share of the scale."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, model_validator
from pydantic import Field as Key

from fieldguide.book import Book
from fieldguide.drawing.amounts import Amount, Names, Quantity, amount, fill
from fieldguide.drawing.metrics import Pair, Sizes, Words, both
from fieldguide.drawing.sheet import Anchor, Face, Layer
from fieldguide.records.base import Strict

STYLES: dict[str, tuple[int, str, Face]] = {
    "heading": (560, "ink", "display"), "title": (520, "ink", "display"), "figure": (490, "ink", "display"), "medium": (490, "ink", "text"), "strong": (600, "ink", "text"), "plain": (400, "ink", "text"),
    "quiet": (400, "ink-2", "text"), "muted": (400, "muted", "text"), "banner": (560, "ink", "display"),
}
"""Of a text: weight, color and face."""
Style = Literal["heading", "title", "figure", "medium", "strong", "plain", "quiet", "muted", "banner", "point"]
"""A banner is spaced; a point is a first sentence in bold, then the rest, quietly."""
Stamp = Literal["model", "application", "infrastructure", "text", "code", "image", "sound", "table", "arrow", "line", "box", "ring", "cross", "step", "words", "band", "slope", "grade"]


def _boxes(value: Any) -> Any:
    """One box as the pair that it stands for; a place alone as a box without extent."""
    pair = value if isinstance(value, list) and value and isinstance(value[0], list) else [value, value]
    return tuple(tuple([*box, 0, 0][: max(len(box), 4)]) if isinstance(box, list) else box for box in pair)


Box = tuple[float, float, float, float]
Boxes = Annotated[tuple[Box, Box], BeforeValidator(_boxes)]
"""x, y, width and height on the wide and on the narrow sheet. Of an area, no width is all there is to the right, no height all down to the panel's foot."""


class PanelSizes(Sizes):
    gap: Pair = (24, 12)
    """Between panels side by side."""
    bottom: Pair = (8, 8)
    """From the last line to the sheet's edge."""
    least: Pair = (2, 2)
    """How wide a value is drawn at least."""


class Ink(Strict):
    """What texts and pieces may say of their look."""

    style: Annotated[tuple[Style, Style], BeforeValidator(both)] = ("plain", "plain")
    more: Pair = (0, 0)
    """Added to the size."""
    fill: str | None = None
    """The color's token, where it is not the style's or the piece's own."""
    anchor: Anchor = "start"
    leading: Pair = (1.3, 1.3)
    when: str = ""
    """Drawn only where the panel has something of that name; {next} is there on all panels but the last."""
    unless: str = ""
    only: Literal["wide", "narrow"] | None = None
    text: Words = ("", "")


class Piece(Ink):
    """One of the pieces that the figures share, or a line, a box, words."""

    piece: Stamp
    at: Boxes = ((0, 0, 0, 0), (0, 0, 0, 0))
    stroke: str | None = None
    thick: float | None = None
    """Of its line; of a band its column."""
    dash: str | None = None
    dense: float = 3.6
    """Units between the lines of infrastructure; of a band its border, of a grade how many bars are filled."""
    points: list[tuple[float, float]] = []
    """Of a line or an arrow through more than two places, counted from where it starts."""
    repeat: int | str = 1
    """How often; or the value that says so, and then copies stand around the piece's place."""
    step: tuple[float, float] = (0, 0)
    """From one copy to the next."""
    layer: Layer = "application"
    start: str = ""
    """The value where it starts, on the part's scale."""
    value: str = ""
    """The value that is its length."""
    upto: str = ""
    """The value where it ends."""


class Block(Ink):
    """A text or a drawing, below the one before it."""

    draw: Words = ("", "")
    """The name of a drawing: of the panel, or of the figure."""
    links: str = ""
    """A list of the panel whose items are links of the figure."""
    at: Pair = (0, 0)
    """Where it starts, from the cell's left edge."""
    width: Pair = (0, 0)
    drop: Pair | None = None
    """From the last baseline, or the cell's top, down to its first baseline, or a drawing's top; of texts by their leading where it is not said."""
    tall: Pair = (0, 0)
    """Room that a drawing takes, or that a text leaves below its last baseline."""
    beside: Pair = (0, 0)
    """How far after the text before it, in its line, it stands; 0 sets it below. Of a point, the rest after the first sentence."""
    stay: bool = False
    """What follows starts where it starts."""


class Rule(Strict):
    stroke: Words
    thick: Pair = (1, 1)


def _rule(value: Any) -> Any:
    return {"stroke": value} if isinstance(value, str | list) else value


Rules = Annotated[Rule, BeforeValidator(_rule)]


class Section(Strict):
    """What every panel of a part has: one cell each."""

    head: Block | None = None
    """Said once at the left, or over its column; on the narrow sheet at the left of each cell."""
    blocks: list[Block]
    at: Pair = (0, 0)
    """Where its cells start from the panel's left edge."""
    width: Pair = (0, 0)
    pad: Pair = (0, 0)
    """Room over its cells."""
    foot: Pair = (0, 0)
    rule: Rules | None = None
    """Over it, across the sheet."""
    align: Literal["top", "middle", "bottom"] = "top"
    aside: bool = False
    """On the narrow sheet the next section starts where it starts."""


class Link(Strict):
    """A name that leads to a page; `said` is what the data table says."""

    text: str
    href: str
    strong: bool = False
    said: str


class Panel(Strict):
    """One panel. `texts`, `values` and `lists` are what the blocks may name; an empty text counts as none."""

    id: str = ""
    name: str = ""
    layer: Layer | None = None
    """Gives the color `layer`, of lines, and `layer-text`, of words."""
    texts: dict[str, Words] = {}
    values: dict[str, Quantity] = {}
    lists: dict[str, list[str]] = {}
    """Texts of several names: {suppliers} are all, the value {suppliers_count} is how many."""
    draw: dict[str, list[Piece]] = {}
    """Drawings of its own by name."""


class Scale(Strict):
    """Shares of a cell's width."""

    low: Quantity = 0
    high: Quantity
    log: bool = False

    def share(self, value: float, book: Book) -> float:
        """Where a value stands, from 0 to 1. Raises ValueError for one that the scale does not reach."""
        low, high = amount(book, self.low).value, amount(book, self.high).value
        if not low <= value <= high:
            raise ValueError(f"{value:,.4g} is beyond the scale, which reaches from {low:,g} to {high:,g}")
        return math.log(value / low) / math.log(high / low) if self.log else (value - low) / (high - low)


class Part(Strict):
    """Panels of one form, side by side, or one under another with their sections in columns; its head stands before them."""

    id: str = ""
    """What assertions name all its panels by."""
    across: Pair = (1, 1)
    """How many panels stand side by side."""
    gap: Pair | None = None
    """Between them, where it is not the figure's."""
    left: Pair = (0, 0)
    right: Pair = (0, 0)
    """Where they start, and how far before the edge they end; its head stands beside them where there is room, else over them."""
    head: list[Block] = []
    head_width: Pair = (0, 0)
    sections: list[Section] = []
    panels: list[Panel] = []
    back: Words = ("", "")
    """A drawing behind the part, as tall as the part."""
    frame: Words = ("", "")
    """A drawing behind each panel, as tall as the panel."""
    tall: Pair = (0, 0)
    """How tall a panel is at least."""
    between: Pair = (0, 0)
    """Room between one panel and the next below it."""
    first: Rules | None = None
    """Over the first panel, below the head, across the sheet."""
    rule: Rules | None = None
    """Over the others."""
    last: Rules | None = None
    """Under the last."""
    over: Rules | None = None
    """Over its head."""
    scale: Scale | None = None
    pad: Pair = (0, 0)
    foot: Pair = (0, 0)
    count: int = 1
    """The {number} of its first panel."""
    columns: list[str] | None = None
    """Templates for the table's columns, where they are not the figure's; none leaves its panels out."""

    @model_validator(mode="after")
    def _scaled(self) -> Part:
        if self.panels and not self.sections:
            raise ValueError("say under `sections` what its panels show")
        return self


class Columns(Strict):
    """The data table: a template for each column, filled for every panel; with `turned` a line each, and the panels as columns."""

    caption: str = "{context}"
    columns: dict[str, str]
    turned: bool = False
    rows: list[list[str]] = []
    """Templates of more lines, which name values and texts of the figure."""


class Data(Strict):
    """The data of a figure of kind panels."""

    parts: list[Part] = Key(min_length=1)
    draw: dict[str, list[Piece]] = {}
    """Drawings by name."""
    links: dict[str, Link] = {}
    """Links that lists may name."""
    texts: dict[str, Words] = {}
    values: dict[str, Quantity] = {}
    table: Columns
    metrics: PanelSizes = PanelSizes()


@dataclass(frozen=True)
class Shape:
    """A piece resolved: its text, and its values as shares of the scale."""

    piece: Piece
    text: tuple[str, str]
    start: float | None
    value: float | None
    upto: float | None
    copies: int
    layer: Layer | None


@dataclass(frozen=True)
class Item:
    """A block resolved; its drawing for each width."""

    block: Block
    text: tuple[str, str]
    shapes: tuple[list[Shape], list[Shape]]
    links: list[Link]
    layer: Layer | None


@dataclass(frozen=True)
class Placed:
    """A panel resolved: an item list for each section, and the drawing behind it."""

    panel: Panel
    names: Names
    ids: frozenset[str]
    heads: list[Item | None]
    cells: list[list[Item]]
    frame: tuple[list[Shape], list[Shape]]


@dataclass(frozen=True)
class PartPlot:
    part: Part
    head: list[Item]
    back: tuple[list[Shape], list[Shape]]
    panels: list[Placed]


@dataclass(frozen=True)
class Reader:
    """Resolves what stands in one panel, or in a part's head."""

    book: Book
    part: Part
    layer: Layer | None
    names: tuple[Names, Names]
    """What texts may name, for each width."""
    draws: dict[str, list[Piece]]
    links: dict[str, list[Link]]

    def has(self, ink: Ink) -> bool:
        """Whether its conditions are met here."""
        names = self.names[0]
        return (not ink.when or bool(names.get(ink.when))) and not (ink.unless and names.get(ink.unless))

    def words(self, text: tuple[str, str]) -> tuple[str, str]:
        return fill(text[0], self.names[0]), fill(text[1], self.names[1])

    def number(self, name: str) -> float:
        """Raises ValueError where there is no such value."""
        value = self.names[0].get(name)
        if not isinstance(value, Amount):
            raise ValueError(f"a piece names `{name}`, which is no value here")
        return value.value

    def share(self, name: str) -> float | None:
        """Where a value stands on the part's scale. Raises ValueError where there is no scale."""
        if name and self.part.scale is None:
            raise ValueError(f"a piece is as long as `{name}`; its part has no `scale`")
        return self.part.scale.share(self.number(name), self.book) if name and self.part.scale else None

    def shape(self, piece: Piece) -> Shape:
        copies = piece.repeat if isinstance(piece.repeat, int) else round(self.number(piece.repeat))
        return Shape(piece, self.words(piece.text), self.share(piece.start), self.share(piece.value), self.share(piece.upto), copies, self.layer)

    def drawing(self, names: tuple[str, str]) -> tuple[list[Shape], list[Shape]]:
        """The drawings of that name. Raises ValueError for one that there is not."""
        if unknown := [name for name in self.words(names) if name and name not in self.draws]:
            raise ValueError(f"there is no drawing `{unknown[0]}`; there are {', '.join(sorted(self.draws))}")
        wide, narrow = ([self.shape(piece) for piece in self.draws.get(name, ()) if self.has(piece)] for name in self.words(names))
        return wide, narrow

    def item(self, block: Block) -> Item:
        return Item(block, self.words(block.text), self.drawing(block.draw), self.links.get(block.links, []), self.layer)

    def items(self, blocks: Sequence[Block]) -> list[Item]:
        return [self.item(block) for block in blocks if self.has(block)]


def names_of(data: Data, context: str, book: Book, panel: Panel | None = None, **more: str) -> tuple[Names, Names]:
    """What texts of a panel, or of a part's head, may name, for each width."""
    lists = panel.lists if panel else {}
    values = {**data.values, **(panel.values if panel else {}), **{f"{name}_count": len(many) for name, many in lists.items()}}
    named: Names = {"context": context, **more, **{name: ", ".join(data.links[one].said if one in data.links else one for one in many) for name, many in lists.items()}, **{name: amount(book, quantity) for name, quantity in values.items()}}
    texts = {**data.texts, **(panel.texts if panel else {})}
    wide, narrow = ({**named, **{name: text[at] for name, text in texts.items()}} for at in (0, 1))
    return wide, narrow


def read_part(data: Data, part: Part, context: str, book: Book) -> PartPlot:
    """A part with its panels resolved."""
    placed = []
    for at, panel in enumerate(part.panels):
        following = {"id": panel.id, "next": "next" if at < len(part.panels) - 1 else "", "name": panel.name, "number": str(part.count + at)}
        read = Reader(book, part, panel.layer, names_of(data, context, book, panel, **following), {**data.draw, **panel.draw}, {name: [data.links[one] for one in many if one in data.links] for name, many in panel.lists.items()})
        heads = [read.item(section.head) if section.head else None for section in part.sections]
        ids = frozenset(name for name in ("panels", part.id, panel.id) if name)
        placed.append(Placed(panel, read.names[0], ids, heads, [read.items(section.blocks) for section in part.sections], read.drawing(part.frame)))
    head = Reader(book, part, None, names_of(data, context, book), data.draw, {})
    return PartPlot(part, head.items(part.head), head.drawing(part.back), placed)


def rows(data: Data, parts: Sequence[PartPlot], names: Names) -> Iterator[list[str]]:
    """The lines of the data table."""
    for plot in parts:
        templates = list(data.table.columns.values()) if plot.part.columns is None else plot.part.columns
        for placed in plot.panels if any(templates) else ():
            yield [fill(template, placed.names, cell=True).strip() for template in templates]
    for line in data.table.rows:
        yield [fill(template, names, cell=True) for template in line]
