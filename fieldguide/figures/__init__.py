"""Figures: a record plus a renderer. One module a renderer; each yields a wide and a narrow drawing, or a table."""

from __future__ import annotations

import importlib
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pydantic import BaseModel, ValidationError
from pydantic import Field as Key

from fieldguide.problems import Problem, closest
from fieldguide.records import Date, Record, explain

if TYPE_CHECKING:
    from fieldguide.book import Book

TOOLS = {"__init__", "drawing", "emblem", "glyphs", "pieces", "tokens"}
RENDERERS = {path.stem.replace("_", "-"): path.stem for path in Path(__file__).parent.glob("*.py") if path.stem not in TOOLS}
"""Renderer name → its module here. The module holds `Data`, a strict model of the record's `data:`, and `render(data, book)`."""


class Figure(Record):
    """data/figures/<slug>.yml: what the drawing claims, says in words and rests on."""

    title: str = Key(max_length=80)
    context: str
    alt: str = Key(min_length=40, max_length=250, examples=["Three layers; money goes down and tokens come back up."])
    layer: str | None = None
    renderer: str
    as_of: Date
    sources: list[str] = Key(min_length=1, examples=["[hoffmann2022]"])
    terms: list[str] = Key([], max_length=3)
    data: dict[str, Any] = {}


def renderer(name: str) -> tuple[type[BaseModel], Callable[[Any, Book], Any]]:
    """The data model and the drawing function of a renderer. Raises KeyError for an unknown name."""
    module = importlib.import_module(f"fieldguide.figures.{RENDERERS[name]}")
    return module.Data, module.render


def check_figure(figure: Figure, book: Book) -> list[Problem]:
    """Unknown renderer, source or term, and data that its renderer does not take."""
    from fieldguide.facts import unknown_source

    problems = [unknown_source(figure, key, book.sources, "sources") for key in figure.sources if key not in book.sources]
    for slug in figure.terms:
        if slug not in book.terms:
            problems.append(figure.problem(f"unknown term `{slug}`", closest(slug, book.terms) or f"run `make new-term NAME={slug}`", "terms"))
    if figure.renderer not in RENDERERS:
        return [*problems, figure.problem(f"unknown renderer `{figure.renderer}`", closest(figure.renderer, RENDERERS) or "see fieldguide/figures/", "renderer")]
    model, _ = renderer(figure.renderer)
    try:
        model.model_validate(figure.data)
    except ValidationError as error:
        lines = {at[1:]: line for at, line in figure._lines.items() if at[:1] == ("data",)}
        problems += explain(error, model, figure.path, lines or {(): figure.line("data")})
    return problems


def draw(figure: Figure, book: Book) -> Any:
    """The figure's Drawing or HtmlFigure. Raises what its renderer raises for data it cannot draw."""
    model, render = renderer(figure.renderer)
    return render(model.model_validate(figure.data), book)
