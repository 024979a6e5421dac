"""Figures: a record plus a renderer. One module a renderer; each yields a wide and a narrow drawing, or a table."""

from __future__ import annotations

import importlib
import re
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from pydantic import BaseModel, ValidationError

from fieldguide.book import Book
from fieldguide.drawing.asserts import Entry, Scope, check_asserts
from fieldguide.drawing.drawn import Drawing
from fieldguide.drawing.kinds import check_kind, data_problems, draw_kind
from fieldguide.records.field import unknown_source
from fieldguide.records.figure import Figure
from fieldguide.text.problems import Problem, closest

PICTURES = Path(__file__).with_name("pictures")
RENDERERS = {path.stem.replace("_", "-"): path.stem for path in PICTURES.glob("*.py") if path.stem != "__init__"}
"""Renderer name → its module in pictures/. The module holds `Data`, a strict model of the record's `data:`, `render(data, book)`,
and, where the title claims what no record says by itself, `entries(data, book)` for its assertions."""
TABLES = {"families"}
"""Renderers that give a table of text."""
LONG = 2700
"""Characters of a table that fill a printed page."""
PLATE = 510
"""Points of height on paper that a drawing may have where its words stand with it: the stack map’s, the tallest that does (print.css)."""


def renderer(name: str) -> tuple[type[BaseModel], Callable[[Any, Book], Drawing]]:
    """The data model and the drawing function of a renderer. Raises KeyError for an unknown name."""
    module = importlib.import_module(f"fieldguide.drawing.pictures.{RENDERERS[name]}")
    return module.Data, module.render


def entries(name: str, data: Any, book: Book) -> Sequence[Entry]:
    """What a picture's assertions may name. Raises what its module raises for data it cannot draw."""
    module = importlib.import_module(f"fieldguide.drawing.pictures.{RENDERERS[name]}")
    found: Sequence[Entry] = module.entries(data, book) if hasattr(module, "entries") else ()
    return found


def check_figure(figure: Figure, book: Book) -> list[Problem]:
    """Unknown renderer, source or term, and data that its renderer does not take."""
    problems = [unknown_source(figure, key, book.sources, "sources") for key in figure.sources if key not in book.sources]
    for slug in figure.terms:
        if slug not in book.terms:
            problems.append(figure.problem(f"unknown term `{slug}`", closest(slug, book.terms) or f"run `make new-term NAME={slug}`", "terms"))
    if figure.kind is not None:
        return problems + check_kind(figure, book)
    if figure.renderer not in RENDERERS:
        return [*problems, figure.problem(f"unknown renderer `{figure.renderer}`", closest(str(figure.renderer), RENDERERS) or "see fieldguide/drawing/pictures/", "renderer")]
    model, _ = renderer(str(figure.renderer))
    try:
        data = model.model_validate(figure.data)
        return problems + check_asserts(figure, Scope(book, entries(str(figure.renderer), data, book)))
    except ValidationError as error:
        return problems + data_problems(figure, error, model)
    except (ValueError, KeyError) as error:
        return [*problems, figure.problem(f"the figure cannot be drawn: {error}", "mend the record or those that it draws", "data")]


def draw(figure: Figure, book: Book) -> Drawing:
    """The figure's drawing. Raises what its kind or renderer raises for data it cannot draw."""
    if figure.kind is not None:
        return draw_kind(figure, book)
    model, render = renderer(str(figure.renderer))
    data = model.model_validate(figure.data)
    if wrong := check_asserts(figure, Scope(book, entries(str(figure.renderer), data, book))):
        raise ValueError(wrong[0].message)
    return render(data, book)


def noun(figure: Figure) -> str:
    """What readers are told that it is: a table of text is a table."""
    return "table" if figure.kind == "table" or figure.renderer in TABLES else "figure"


def has_data(drawing: Drawing) -> bool:
    """Whether the figure has a table, and so a CSV."""
    return drawing.table is not None or "<table" in (drawing.html or "")


def is_long(drawing: Drawing) -> bool:
    """Whether a table takes more than a printed page, so that it may break between rows."""
    return len(re.sub(r"<[^>]+>|\{\{[^}|]*\|?", "", drawing.html or "")) > LONG


def is_plate(drawing: Drawing) -> bool:
    """Whether a printed page cannot hold the drawing and its words with the smallest text at 7 points, so that it takes a page to itself."""
    svg = drawing.medium or drawing.wide
    box = re.search(r'viewBox="0 0 [\d.]+ ([\d.]+)"', svg)
    smallest = min(map(float, re.findall(r'font-size="([\d.]+)"', svg)), default=7)
    return box is not None and float(box[1]) * 7 / smallest > PLATE
