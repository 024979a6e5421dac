"""A figure: the problems of its record, its drawing, and the words that say what it is and what it offers."""

from __future__ import annotations

import contextlib

from fieldguide.book import Book
from fieldguide.drawing.kinds import check_drawing, draw, figure_kind
from fieldguide.drawing.shapes import Drawing
from fieldguide.records.field import unknown_source
from fieldguide.records.figure import Figure
from fieldguide.text.problems import Problem, closest

__all__ = ["check_figure", "draw", "has_data", "noun"]


def check_figure(figure: Figure, book: Book) -> list[Problem]:
    """The problems of a figure: unknown sources and terms, and what is wrong with its drawing."""
    problems = [
        unknown_source(figure, key, book.sources, "sources")
        for key in figure.sources
        if key not in book.sources
    ]
    for slug in figure.terms:
        if slug not in book.terms:
            problems.append(
                figure.problem(
                    f"unknown term `{slug}`",
                    closest(slug, book.terms) or f"run `make new-term NAME={slug}`",
                    "terms",
                )
            )
    return problems + check_drawing(figure, book)


def noun(figure: Figure) -> str:
    """ "table" for a kind that is a table of text, else "figure"."""
    with contextlib.suppress(KeyError):  # an unknown kind is reported by the check
        if figure_kind(figure).is_table:
            return "table"
    return "figure"


def has_data(drawing: Drawing) -> bool:
    """Whether the figure has a data table, and so a CSV file."""
    return drawing.table is not None or "<table" in (drawing.html or "")
