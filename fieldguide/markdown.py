"""The author-facing syntax for a builder that converts each page itself, as Zensical does: named in mkdocs.yml.

Under MkDocs the hooks bring pages that are rendered already, and this extension is never asked.
"""

from __future__ import annotations

import logging
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

import markdown

from fieldguide.commands.load import load_index
from fieldguide.index import Index
from fieldguide.lists.fill import LISTS, fill_tree
from fieldguide.page.context import Context
from fieldguide.page.permalinks import render_permalinks
from fieldguide.page.render import render_tree
from fieldguide.page.syntax import Syntax
from fieldguide.page.term import Matcher

log = logging.getLogger("mkdocs.fieldguide")
_cache: dict[Path, tuple[tuple[int, float], Index]] = {}


def makeExtension(**kwargs: Any) -> FieldGuide:
    return FieldGuide(**kwargs)


class FieldGuide(Syntax):
    """The extension. `root` is the project's folder."""

    def __init__(self, **kwargs: Any) -> None:
        self.config = {"root": [".", "the project's folder"]}
        super().__init__(self._before, self._after, **kwargs)
        self.here: Context | None = None

    def extendMarkdown(self, md: markdown.Markdown) -> None:
        super().extendMarkdown(md)
        self.md = md

    def _before(self, root: ET.Element) -> None:
        index = cached_index(Path(self.getConfig("root")))
        page = index.book.pages.get(current_page(self.md))
        self.here = Context(index.book, page, Matcher(index.book.terms), LISTS) if page is not None else None
        if self.here is not None:
            render_tree(self.here, root)
            fill_tree(self.here, index, root)
            for problem in self.here.problems:
                log.warning(str(problem))

    def _after(self, root: ET.Element) -> None:
        if self.here is not None:
            render_permalinks(self.here, root)


def current_page(md: markdown.Markdown) -> str:
    """The path below docs/ of the page that is being converted, which Zensical's context names. Raises RuntimeError under any other builder."""
    if "rendering_context" in md.preprocessors:
        context: Any = md.preprocessors["rendering_context"]  # Zensical's own, which knows its page
        return str(context.page.path)
    raise RuntimeError("fieldguide.markdown cannot tell which page is being converted: run it under MkDocs, Zensical or `python -m fieldguide check`")


def stamp(root: Path) -> tuple[int, float]:
    """Changes whenever a record, a page or the nav does."""
    files = [root / "mkdocs.yml", *(root / "data").rglob("*"), *(root / "docs").rglob("*")]
    times = [path.stat().st_mtime for path in files if path.exists()]
    return len(times), max(times, default=0.0)


def cached_index(root: Path) -> Index:
    """The index of the project at `root`, made again only when a file below data/ or docs/ has changed."""
    root = root.resolve()
    now = stamp(root)
    if root not in _cache or _cache[root][0] != now:
        _cache[root] = (now, load_index(root))
    return _cache[root][1]
