"""Panels resolved: every value looked up, every text filled in, every piece with its share of the scale; no
width yet.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from fieldguide.book import Book
from fieldguide.drawing.figure_values import Amount, Names, amounts, fill
from fieldguide.drawing.kinds.panels_data import Block, Ink, Link, Panel, PanelPart, PanelsData, Piece


@dataclass(frozen=True)
class ResolvedPiece:
    """A piece resolved: its text, and its values as shares of the scale."""

    piece: Piece
    text: tuple[str, str]
    start: float | None
    value: float | None
    upto: float | None
    copies: int


@dataclass(frozen=True)
class ResolvedBlock:
    """A block resolved; its drawing for each width."""

    block: Block
    text: tuple[str, str]
    shapes: tuple[list[ResolvedPiece], list[ResolvedPiece]]
    links: list[Link]


@dataclass(frozen=True)
class ResolvedPanel:
    """A panel resolved: an item list for each section, and the drawing behind it."""

    panel: Panel
    names: Names
    heads: list[ResolvedBlock | None]
    cells: list[list[ResolvedBlock]]
    frame: tuple[list[ResolvedPiece], list[ResolvedPiece]]


@dataclass(frozen=True)
class ResolvedPart:
    part: PanelPart
    head: list[ResolvedBlock]
    back: tuple[list[ResolvedPiece], list[ResolvedPiece]]
    panels: list[ResolvedPanel]


@dataclass(frozen=True)
class PanelReader:
    """Looks up the values and fills in the texts of one panel, or of a part's head."""

    book: Book
    part: PanelPart
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

    def shape(self, piece: Piece) -> ResolvedPiece:
        copies = piece.repeat if isinstance(piece.repeat, int) else round(self.number(piece.repeat))
        return ResolvedPiece(
            piece,
            self.words(piece.text),
            self.share(piece.start),
            self.share(piece.value),
            self.share(piece.upto),
            copies,
        )

    def drawing(self, names: tuple[str, str]) -> tuple[list[ResolvedPiece], list[ResolvedPiece]]:
        """The drawings of that name. Raises ValueError for one that there is not."""
        if unknown := [name for name in self.words(names) if name and name not in self.draws]:
            raise ValueError(f"there is no drawing `{unknown[0]}`; there are {', '.join(sorted(self.draws))}")
        wide, narrow = (
            [
                self.shape(piece)
                for piece in self.draws.get(name, ())
                if self.has(piece) and piece.only in (None, sheet)
            ]
            for sheet, name in zip(("wide", "narrow"), self.words(names), strict=True)
        )
        return wide, narrow

    def item(self, block: Block) -> ResolvedBlock:
        return ResolvedBlock(
            block, self.words(block.text), self.drawing(block.draw), self.links.get(block.links, [])
        )

    def items(self, blocks: Sequence[Block]) -> list[ResolvedBlock]:
        return [self.item(block) for block in blocks if self.has(block)]


def names_of(
    data: PanelsData, context: str, book: Book, panel: Panel | None = None, **extra: str
) -> tuple[Names, Names]:
    """What the texts of a panel, or of a part's head, may name on the wide and the narrow sheet; `extra` are
    further names and their texts.
    """
    lists = panel.lists if panel else {}
    values = {
        **data.values,
        **(panel.values if panel else {}),
        **{f"{name}_count": len(entries) for name, entries in lists.items()},
    }
    named: Names = {
        "context": context,
        **extra,
        **{
            name: ", ".join(data.links[entry].said if entry in data.links else entry for entry in entries)
            for name, entries in lists.items()
        },
        **amounts(book, values),
    }
    texts = {**data.texts, **(panel.texts if panel else {})}
    wide, narrow = ({**named, **{name: text[index] for name, text in texts.items()}} for index in (0, 1))
    return wide, narrow


def read_part(data: PanelsData, part: PanelPart, context: str, book: Book) -> ResolvedPart:
    """The part with its texts, drawings and panels resolved."""
    placed = []
    for index, panel in enumerate(part.panels):
        following = {
            "id": panel.id,
            "next": "next" if index < len(part.panels) - 1 else "",
            "name": panel.name,
            "number": str(part.count + index),
        }
        read = PanelReader(
            book,
            part,
            names_of(data, context, book, panel, **following),
            {**data.draw, **panel.draw},
            {
                name: [data.links[entry] for entry in entries if entry in data.links]
                for name, entries in panel.lists.items()
            },
        )
        heads = [read.item(section.head) if section.head else None for section in part.sections]
        placed.append(
            ResolvedPanel(
                panel,
                read.names[0],
                heads,
                [read.items(section.blocks) for section in part.sections],
                read.drawing(part.frame),
            )
        )
    head = PanelReader(book, part, names_of(data, context, book), data.draw, {})
    return ResolvedPart(
        part,
        head.items(part.head),
        head.drawing(part.back),
        placed,
    )
