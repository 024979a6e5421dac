"""Kinds of drawing: each draws any record of its shape, for both widths, without code for the single figure;
a picture in code is a kind of one record.

Here lives what turns a record into a drawing, and what finds its problems.
"""

from __future__ import annotations

import importlib
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from fieldguide.book import Book
from fieldguide.book.numbers import field
from fieldguide.drawing.asserts import AssertScope, DrawnPart, check_asserts
from fieldguide.drawing.canvas import WIDE
from fieldguide.drawing.colors import layer_color
from fieldguide.drawing.figure_values import references
from fieldguide.drawing.grid import data_of
from fieldguide.drawing.hooks import HOOKS
from fieldguide.drawing.kinds.bars import BarsKind
from fieldguide.drawing.kinds.base import FigureKind, Plot
from fieldguide.drawing.kinds.panels import PanelsKind
from fieldguide.drawing.kinds.rows import RowsKind
from fieldguide.drawing.kinds.stacked import StackedKind
from fieldguide.drawing.kinds.table import TableKind
from fieldguide.drawing.kinds.tracks import TracksKind
from fieldguide.drawing.kinds.xy import XyKind
from fieldguide.drawing.shapes import Drawing, Shapes
from fieldguide.drawing.thumbnail import detail_of, draw_names
from fieldguide.records.base import explain
from fieldguide.records.figure import Detail, Figure
from fieldguide.text.problems import Problem, closest

KINDS: dict[str, FigureKind[Any, Any]] = {
    "bars": BarsKind(),
    "panels": PanelsKind(),
    "rows": RowsKind(),
    "stacked": StackedKind(),
    "table": TableKind(),
    "tracks": TracksKind(),
    "xy": XyKind(),
}
RENDERERS = {
    path.stem.replace("_", "-"): path.stem
    for path in (Path(__file__).parents[1] / "pictures").glob("*.py")
    if path.stem != "__init__"
}
"""Renderer name → its module in pictures/. The module holds `DATA`, the strict model of the record's `data:`,
`render(data, book)`, `IS_TABLE` where it gives a table of text and, where the title claims what no record
says by itself, `entries(data, book)`.
"""


class Picture(FigureKind[Any, Plot[Any]]):
    """A picture in code."""

    def __init__(self, renderer: str) -> None:
        self.module = importlib.import_module(f"fieldguide.drawing.pictures.{RENDERERS[renderer]}")
        self.data = self.module.DATA
        self.is_table = getattr(self.module, "IS_TABLE", False)

    def read(self, data: Any, figure: Figure, book: Book) -> Plot[Any]:
        return Plot(data, {}, book)

    def draw(self, plot: Plot[Any], figure: Figure, book: Book) -> Drawing:
        drawing: Drawing = self.module.render(plot.data, book)
        return drawing

    def entries(self, plot: Plot[Any]) -> Sequence[DrawnPart]:
        parts: Sequence[DrawnPart] = (
            self.module.entries(plot.data, plot.book) if hasattr(self.module, "entries") else ()
        )
        return parts


def figure_kind(figure: Figure) -> FigureKind[Any, Any]:
    """The kind of a figure. Raises KeyError for an unknown kind or renderer."""
    return KINDS[figure.kind] if figure.kind is not None else Picture(str(figure.renderer))


def full_data(figure: Figure, book: Book) -> dict[str, Any]:
    """The record's data merged with the data of its hook. Raises ValidationError for inputs that the hook
    does not take, and whatever the hook raises.
    """
    if figure.hook is None:
        return figure.data
    return dict(merged(figure.data, HOOKS[figure.hook].model_validate(figure.inputs).compute(book)))


def merged(own: Any, worked: Any) -> Any:
    """A hook's data merged into the record's own. Mappings merge key by key; lists whose items all have an
    `id` merge item by item, in the hook's order and then the record's; anything else is the hook's.
    """
    if isinstance(own, dict) and isinstance(worked, dict):
        return {
            **own,
            **{key: merged(own[key], value) if key in own else value for key, value in worked.items()},
        }
    if not (
        isinstance(own, list)
        and isinstance(worked, list)
        and all(isinstance(item, dict) and "id" in item for item in [*own, *worked])
    ):
        return worked
    by_id = {item["id"]: item for item in own}
    return [*(merged(by_id.pop(item["id"], {}), item) for item in worked), *by_id.values()]


def read(figure: Figure, book: Book) -> tuple[FigureKind[Any, Any], Any]:
    """(kind, plot) of a figure."""
    kind = figure_kind(figure)
    data = kind.data.model_validate(full_data(figure, book))
    return kind, kind.read(data, figure, book)


def draw(figure: Figure, book: Book) -> Drawing:
    """The drawings and the table of a figure. Raises ValueError for a title that the records contradict,
    KeyError for a reference to a field that does not exist.
    """
    kind, plot = read(figure, book)
    if wrong := check_asserts(figure, AssertScope(book, kind.entries(plot))):
        raise ValueError(wrong[0].message)
    drawing = kind.draw(plot, figure, book)
    return replace(drawing, thumbnail=_thumbnail(kind, plot, drawing, figure, book))


def _thumbnail(kind: FigureKind[Any, Any], plot: Any, drawing: Drawing, figure: Figure, book: Book) -> Shapes:
    """The part of the drawing that the record names, the kind's own thumbnail, or the names of the first rows
    of the data; the whole drawing where it has none.
    """
    home = book.homes.get(figure.slug)
    layer = figure.layer or (home.meta.layer if home else None)
    line, words = (layer_color(layer, part) if layer else "accent" for part in ("line", "text"))
    sheet, data = kind.thumbnail(plot, line), data_of(drawing, book)
    if sheet is None and data is not None:
        sheet = draw_names(data, words)
    if sheet is None or figure.thumbnail is not None:
        return detail_of(drawing, figure.thumbnail or Detail(at=(0, 0), width=WIDE))
    return sheet.drawn(f"{figure.slug}-thumbnail", figure.title, figure.alt)


UNDRAWN = (ValueError, KeyError, ArithmeticError)
"""What a drawing raises that cannot be made of its data."""


def fault(error: Exception) -> str:
    """Why a figure cannot be drawn, in words."""
    return (
        f"there is no number `{error.args[0]}`"
        if isinstance(error, KeyError)
        else "it divides by 0"
        if isinstance(error, ZeroDivisionError)
        else str(error)
    )


def check_drawing(figure: Figure, book: Book) -> list[Problem]:
    """The problems that keep a figure from being drawn: an unknown kind, renderer or hook, data or inputs
    that they do not take, a reference to a field that does not exist, a title that the records contradict.
    """
    for key, given, known in (("kind", figure.kind, KINDS), ("renderer", figure.renderer, RENDERERS)):
        if given is not None and given not in known:
            return [
                figure.problem(
                    f"unknown {key} `{given}`", closest(given, known) or f"there are {', '.join(known)}", key
                )
            ]
    kind = figure_kind(figure)
    if figure.hook is not None and figure.hook not in HOOKS:
        return [
            figure.problem(
                f"unknown hook `{figure.hook}`",
                closest(figure.hook, HOOKS) or "see fieldguide/drawing/hooks/",
                "hook",
            )
        ]
    try:
        data = kind.data.model_validate(full_data(figure, book))
    except ValidationError as error:
        lines = {location[1:]: line for location, line in figure._lines.items() if location[:1] == ("data",)}
        return explain(
            error,
            kind.data,
            figure.path,
            lines or {(): figure.line("data")},
            keys=f"{kind.data.__module__.replace('.', '/')}.py",
        )
    except UNDRAWN as error:
        return [
            figure.problem(
                f"the hook `{figure.hook}` cannot work out the data: {fault(error)}",
                "correct its inputs or the records they name",
                "inputs",
            )
        ]
    problems = [
        figure.problem(
            f"there is no field `{reference}`",
            closest(
                reference,
                [
                    f"{slug}.{name}"
                    for slug, record in book.quantities.items()
                    if slug == reference.partition(".")[0]
                    for name in record.own_fields()
                ],
            )
            or closest(reference.partition(".")[0], book.quantities)
            or "write the record, a dot and its field",
            "data",
            *location,
        )
        for location, reference in references(data)
        if not _known(reference, book)
    ]
    if problems:
        return problems
    try:
        entries = kind.entries(kind.read(data, figure, book))
    except UNDRAWN as error:
        return [
            figure.problem(
                f"the figure cannot be drawn: {fault(error)}",
                "correct the record or those that it draws",
                "data",
            )
        ]
    return check_asserts(figure, AssertScope(book, entries))


def _known(reference: str, book: Book) -> bool:
    try:
        return field(book, reference) is not None
    except KeyError:
        return False
