"""The real guide, loaded and rendered once for all tests of a process. Nobody changes it."""

from __future__ import annotations

import ast
import copy
import functools
from pathlib import Path
from types import SimpleNamespace

from fieldguide.book import Book, load_book
from fieldguide.commands.load import markdown_config
from fieldguide.commands.page_cache import complete_index
from fieldguide.drawing.figure import draw
from fieldguide.drawing.shapes import Drawing
from fieldguide.index import Index
from fieldguide.records.formulas import FORMULAS

ROOT = Path(__file__).resolve().parent.parent
SITE = "https://guide.example/"
formulas = SimpleNamespace(**FORMULAS)
"""The formulas that records may name, as attributes."""


@functools.cache
def tree(path: Path) -> ast.Module:
    """A module of the project as Python reads it."""
    return ast.parse(path.read_text(encoding="utf-8"))


@functools.cache
def guide_book() -> Book:
    """The guide's records and pages."""
    return load_book(ROOT)


@functools.cache
def book_for_references() -> Book:
    """The guide's records and pages as if it stood at SITE: what reference pictures show, whatever SITE_URL
    says.
    """
    book = copy.copy(guide_book())
    book.site_url = SITE
    return book


@functools.cache
def drawn(slug: str) -> Drawing:
    """One of its figures, drawn."""
    book = book_for_references()
    return draw(book.figures[slug], book)


@functools.cache
def guide() -> Index:
    """The guide with every page rendered, in this run or an earlier one."""
    return complete_index(guide_book(), markdown_config(ROOT))
