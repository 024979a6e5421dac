"""The data of panels: parts, their panels and sections, blocks of text, and drawings made of pieces."""

from __future__ import annotations

import math
from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, model_validator
from pydantic import Field as Key
from typing_extensions import TypeAliasType

from fieldguide.book import Book
from fieldguide.drawing.canvas import Anchor
from fieldguide.drawing.colors import Layer
from fieldguide.drawing.figure_values import FigureValue, amount
from fieldguide.drawing.kinds.base import TableColumns
from fieldguide.drawing.measure import Face
from fieldguide.drawing.metrics import Pair, Sizes, Twice, Words
from fieldguide.records.base import Strict

STYLES: dict[str, tuple[int, str, Face]] = {
    "heading": (560, "ink", "display"),
    "title": (520, "ink", "display"),
    "figure": (490, "ink", "display"),
    "medium": (490, "ink", "text"),
    "strong": (600, "ink", "text"),
    "plain": (400, "ink", "text"),
    "quiet": (400, "ink-2", "text"),
    "muted": (400, "muted", "text"),
    "banner": (560, "ink", "display"),
}
"""Of a text: weight, color and face."""
PanelStyle = Literal[
    "heading", "title", "figure", "medium", "strong", "plain", "quiet", "muted", "banner", "point"
]
"""A banner is spaced; a point is a first sentence in bold, then the rest, quietly."""
Stamp = Literal[
    "model",
    "application",
    "infrastructure",
    "text",
    "code",
    "image",
    "sound",
    "table",
    "arrow",
    "line",
    "box",
    "ring",
    "cross",
    "step",
    "words",
    "band",
    "slope",
    "grade",
]


def _boxes(value: Any) -> Any:
    """The pair of boxes that one box stands for; a place without width and height is a box of size 0."""
    pair = value if isinstance(value, list) and value and isinstance(value[0], list) else [value, value]
    return tuple(tuple([*box, 0, 0][: max(len(box), 4)]) if isinstance(box, list) else box for box in pair)


PieceBox = tuple[float, float, float, float]
PieceBoxes = TypeAliasType(
    "PieceBoxes",
    Annotated[
        tuple[PieceBox, PieceBox],
        BeforeValidator(_boxes, json_schema_input_type=list[float | list[float]]),
        Key(
            description="x, y, width and height on the wide and on the narrow sheet, or one box for both. Of"
            " an area, no width is all there is to the right, no height all down to the panel's foot."
        ),
    ],
)


class PanelSizes(Sizes):
    gap: Pair = (24, 12)
    """Between panels side by side."""
    bottom: Pair = (8, 8)


class Ink(Strict):
    """The look that texts and pieces may have."""

    style: Twice[PanelStyle] = ("plain", "plain")
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
    at: PieceBoxes = ((0, 0, 0, 0), (0, 0, 0, 0))
    stroke: str | None = None
    thick: float | None = None
    """Of its line; of a band its column."""
    dash: str | None = None
    dense: float = 3.6
    """Units between the lines of infrastructure; of a band its border, of a grade how many bars are
    filled.
    """
    points: list[tuple[float, float]] = []
    """Of a line or an arrow through more than two places, counted from where it starts."""
    repeat: int | str = 1
    """How often; or the value that says so, and then copies stand around the piece's place, or spread from
    where it starts to where it ends.
    """
    step: tuple[float, float] = (0, 0)
    """From one copy to the next."""
    layer: Layer = "application"
    start: str = ""
    """The value where it starts, on the part's scale."""
    value: str = ""
    """The value that is its length."""
    upward: bool = False
    """Its length goes up from its foot; of words, it is how far they are raised."""
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
    """From the last baseline, or the cell's top, down to its first baseline, or a drawing's top; of texts by
    their leading where it is not said.
    """
    tall: Pair = (0, 0)
    """Room that a drawing takes, or that a text leaves below its last baseline."""
    full: bool = False
    """A drawing takes the room of its pieces."""
    beside: Pair = (0, 0)
    """How far after the text before it, in its line, it stands; 0 sets it below. Of a point, the rest after
    the first sentence.
    """
    stay: bool = False
    """What follows starts where it starts."""


class PanelRule(Strict):
    stroke: Words
    thick: Pair = (1, 1)


def _rule(value: Any) -> Any:
    return {"stroke": value} if isinstance(value, str | list) else value


PanelRules = Annotated[PanelRule, BeforeValidator(_rule, json_schema_input_type=PanelRule | Words)]


class PanelSection(Strict):
    """One cell in every panel of a part."""

    head: Block | None = None
    """Said once at the left, or over its column; on the narrow sheet at the left of each cell."""
    blocks: list[Block]
    at: Pair = (0, 0)
    """Where its cells start from the panel's left edge."""
    width: Pair = (0, 0)
    pad: Pair = (0, 0)
    """Room over its cells."""
    foot: Pair = (0, 0)
    rule: PanelRules | None = None
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
    texts: dict[str, Words] = {}
    values: dict[str, FigureValue] = {}
    lists: dict[str, list[str]] = {}
    """Texts of several names: {suppliers} are all, the value {suppliers_count} is how many."""
    draw: dict[str, list[Piece]] = {}
    """Drawings of its own by name."""


class PanelScale(Strict):
    """Shares of a cell's width."""

    low: FigureValue = 0
    high: FigureValue
    log: bool = False

    def ends(self, book: Book) -> tuple[float, float]:
        """Raises ValueError where it does not go upward."""
        low, high = amount(book, self.low).value, amount(book, self.high).value
        if high <= low or (self.log and low <= 0):
            raise ValueError(
                f"`scale` reaches from `low`, {low:g}, to `high`, {high:g}; write a higher `high`"
                + (", and a `low` above 0" if self.log else "")
            )
        return low, high

    def share(self, value: float, book: Book) -> float:
        """Where a value stands, from 0 to 1. Raises ValueError for one that the scale does not reach."""
        low, high = self.ends(book)
        if not low <= value <= high:
            raise ValueError(f"{value:,.4g} is beyond the scale, which reaches from {low:,g} to {high:,g}")
        return math.log(value / low) / math.log(high / low) if self.log else (value - low) / (high - low)


class PanelPart(Strict):
    """Panels of one form, side by side, or one under another with their sections in columns; its head stands
    before them.
    """

    id: str = ""
    """What assertions name all its panels by."""
    across: Pair = (1, 1)
    """How many panels stand side by side."""
    metrics: dict[str, Pair] = {}
    """Measures of this part alone."""
    left: Pair = (0, 0)
    """Where they start; its head stands beside them where there is room, else over them."""
    head: list[Block] = []
    sections: list[PanelSection] = []
    panels: list[Panel] = []
    back: Words = ("", "")
    """A drawing behind the part, as tall as the part."""
    frame: Words = ("", "")
    """A drawing behind each panel, as tall as the panel."""
    tall: Pair = (0, 0)
    """How tall a panel is at least."""
    between: Pair = (0, 0)
    """Room between one panel and the next below it."""
    first: PanelRules | None = None
    """Over the first panel, below the head, across the sheet."""
    rule: PanelRules | None = None
    """Over the others."""
    last: PanelRules | None = None
    """Under the last."""
    over: PanelRules | None = None
    """Over its head."""
    scale: PanelScale | None = None
    pad: Pair = (0, 0)
    foot: Pair = (0, 0)
    count: int = 1
    """The {number} of its first panel."""

    @model_validator(mode="after")
    def _scaled(self) -> PanelPart:
        if self.panels and not self.sections:
            raise ValueError("say under `sections` what its panels show")
        return self


class PanelColumns(TableColumns):
    turned: bool = False
    """Each template is a line, and the panels are columns."""


class PanelsData(Strict):
    """The data of a figure of kind panels."""

    parts: list[PanelPart] = Key(min_length=1)
    draw: dict[str, list[Piece]] = {}
    """Drawings by name."""
    links: dict[str, Link] = {}
    """Links that lists may name."""
    texts: dict[str, Words] = {}
    values: dict[str, FigureValue] = {}
    table: PanelColumns
    metrics: PanelSizes = PanelSizes()
