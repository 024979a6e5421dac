"""The project as a whole: its book, and its index with every page rendered once."""

from __future__ import annotations

from pathlib import Path

from mkdocs.config import load_config

from fieldguide.book import Book, load_book
from fieldguide.commands.remember import kept_index
from fieldguide.index import Extensions, Index, render_pages
from fieldguide.lists.fill import LISTS


def load_index(root: Path) -> Index:
    """Read the project at `root`, and render those of its pages that are not kept from the last run."""
    return kept_index(load_book(root), markdown_config(root))


def index_of(book: Book, extensions: Extensions) -> Index:
    """The pages of `book`, all rendered, with the guide's generated lists."""
    return render_pages(book, LISTS, extensions)


def markdown_config(root: Path) -> Extensions:
    """The extensions of mkdocs.yml, as MkDocs hands them to Python-Markdown."""
    config = load_config(str(root / "mkdocs.yml"), hooks=[], watch=[], plugins=[])
    return list(config["markdown_extensions"]), dict(config["mdx_configs"])
