"""Loads the whole project: its book, and its index with every page rendered."""

from __future__ import annotations

from pathlib import Path

from mkdocs.config import load_config
from mkdocs.exceptions import ConfigurationError

from fieldguide.book import Book, load_book
from fieldguide.commands.page_cache import complete_index
from fieldguide.index import Extensions, Index, render_pages
from fieldguide.lists.fill import LISTS
from fieldguide.records.site import load_mkdocs_yml


def load_index(root: Path) -> Index:
    """The index of the project at `root`, its pages rendered or taken from the page cache. Raises
    ConfigurationError as `markdown_config` does.
    """
    extensions = markdown_config(root)
    return complete_index(load_book(root), extensions)


def index_of(book: Book, extensions: Extensions) -> Index:
    """The pages of `book`, all rendered, with the guide's generated lists."""
    return render_pages(book, LISTS, extensions)


def check_settings(root: Path) -> None:
    """Raises ConfigurationError if mkdocs.yml is missing or cannot be read, since nothing else can be loaded
    then.
    """
    _, problems = load_mkdocs_yml(root)
    if problems:
        raise ConfigurationError("\n".join(map(str, problems)))


def markdown_config(root: Path) -> Extensions:
    """The extensions of mkdocs.yml, as MkDocs passes them to Python-Markdown. Raises ConfigurationError for
    an extension that cannot be loaded, and for settings that MkDocs cannot read.
    """
    check_settings(root)
    try:
        config = load_config(str(root / "mkdocs.yml"), hooks=[], watch=[], plugins=[])
    except ValueError as error:  # what Python says of an address that it cannot read
        raise ConfigurationError(f"mkdocs.yml:1: {error} — correct `site_url` or SITE_URL") from error
    return list(config["markdown_extensions"]), dict(config["mdx_configs"])
