"""What counts: systems against the parts of the definition, with a verdict and its reason."""

from __future__ import annotations

from typing import Literal

from pydantic import Field as Key

from fieldguide.book import Book
from fieldguide.drawing.matrix import cell, cites, matrix, text
from fieldguide.drawing.sheet import Drawing
from fieldguide.records.base import Strict

Answer = Literal["yes", "in part", "no"]


class Cell(Strict):
    answer: Answer
    why: str


class System(Strict):
    name: str
    what: str
    cells: list[Cell]
    verdict: Cell
    sources: list[str] = Key(min_length=1)


class Data(Strict):
    columns: list[str] = Key(min_length=3, max_length=3)
    verdict: str
    systems: list[System] = Key(min_length=2)


def render(data: Data, book: Book) -> Drawing:
    """One row a system. Raises ValueError for a row whose cells do not fit the columns, KeyError for an unknown source."""
    rows = []
    for system in data.systems:
        if len(system.cells) != len(data.columns):
            raise ValueError(f"what-counts: {system.name} has {len(system.cells)} cells for {len(data.columns)} columns")
        for key in system.sources:
            book.sources[key]
        head = f'<th scope="row">{text(system.name)}<span class="fg-sub">{text(system.what)}</span></th>'
        parts = "".join(cell(label, _answer(part)) for label, part in zip(data.columns, system.cells, strict=True))
        verdict = cell(data.verdict, f"{_answer(system.verdict)} {cites(system.sources)}")
        rows.append(f"<tr>{head}{parts}{verdict}</tr>")
    return Drawing(html=matrix("Systems against the definition", ["System", *data.columns, data.verdict], rows))


def _answer(part: Cell) -> str:
    mark = "." if part.why[:1].isupper() else ":"
    return f"<strong>{part.answer.capitalize()}{mark}</strong> {text(part.why)}"
