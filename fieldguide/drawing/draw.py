"""Figures: what is wrong with a record, its drawing, and what readers are told of it."""

from __future__ import annotations

import re

from fieldguide.book import Book
from fieldguide.drawing.drawn import Drawing
from fieldguide.drawing.kinds import RENDERERS, check_drawing, draw
from fieldguide.records.field import unknown_source
from fieldguide.records.figure import Figure
from fieldguide.text.problems import Problem, closest

__all__ = ["RENDERERS", "check_figure", "draw", "has_data", "is_long", "is_plate", "noun"]
TABLES = {"families"}
"""Renderers that give a table of text."""
LONG = 2700
"""Characters of a table that fill a printed page."""
PLATE = 510
"""Points of height on paper that a drawing may have where its words stand with it: the stack map’s, the tallest that does (print.css)."""


def check_figure(figure: Figure, book: Book) -> list[Problem]:
    """An unknown source or term, and what is wrong with its drawing."""
    problems = [unknown_source(figure, key, book.sources, "sources") for key in figure.sources if key not in book.sources]
    for slug in figure.terms:
        if slug not in book.terms:
            problems.append(figure.problem(f"unknown term `{slug}`", closest(slug, book.terms) or f"run `make new-term NAME={slug}`", "terms"))
    return problems + check_drawing(figure, book)


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
