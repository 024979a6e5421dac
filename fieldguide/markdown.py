"""The author-facing syntax for a builder that converts each page itself, such as Zensical; mkdocs.yml names
it. Under MkDocs it is not used, since the hooks supply rendered pages.
"""

from __future__ import annotations

import logging
import os
import time
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

import markdown

from fieldguide.commands.load import load_index
from fieldguide.index import Index
from fieldguide.lists.fill import LISTS, fill_tree
from fieldguide.page.contents import render_contents
from fieldguide.page.context import Context
from fieldguide.page.permalinks import render_permalinks
from fieldguide.page.render import render_tree
from fieldguide.page.syntax import Syntax, Written
from fieldguide.page.term import Matcher
from fieldguide.records.page import page_url

log = logging.getLogger("mkdocs.fieldguide")
LOOK = 0.5
"""Seconds during which a project's files are assumed unchanged: a whole build asks before each page."""
READ = (".md", ".yml", ".yaml", ".mjs", ".txt")
"""The endings of files that an index is made from; all others below docs/ and data/ are made from it."""
MADE = "go"
"""The folder of the pages of claims: thousands of folders, all of them made."""
_cache: dict[Path, tuple[float, tuple[int, float] | None, Index | None]] = {}


def makeExtension(**kwargs: Any) -> FieldGuide:
    return FieldGuide(**kwargs)


class FieldGuide(Syntax):
    """The extension. `root` is the project's folder."""

    def __init__(self, **kwargs: Any) -> None:
        self.config = {"root": [".", "the project's folder"]}
        super().__init__(self._before, self._after, **kwargs)
        self.context: Context | None = None

    def extendMarkdown(self, md: markdown.Markdown) -> None:
        super().extendMarkdown(md)
        self.md = md

    def _before(self, root: ET.Element, written: Written) -> None:
        index = cached_index(Path(self.getConfig("root")))
        page = index.book.pages.get(current_page(self.md))
        self.context = (
            Context(index.book, page, Matcher(index.book.terms), LISTS) if page is not None else None
        )
        if self.context is not None:
            render_tree(self.context, root, written)
            fill_tree(self.context, index, root)
            for problem in self.context.problems:
                log.warning(str(problem))

    def _after(self, root: ET.Element) -> None:
        if self.context is not None:
            render_contents(self.context, root)
            render_permalinks(self.context, root)
            _from_file(root, self.context.page.src)


def _from_file(root: ET.Element, src: str) -> None:
    """Make the addresses of scripts relative to the page's file, as Zensical expects; elsewhere they are
    relative to the page's address.
    """
    deeper = "../" * (page_url(src).count("/") - src.count("/"))
    for script in root.iter("script"):
        if deeper and "src" in script.attrib:
            script.set("src", script.attrib["src"].removeprefix(deeper))


def current_page(md: markdown.Markdown) -> str:
    """The path below docs/ of the page being converted, from Zensical's context. Raises RuntimeError under
    any other builder.
    """
    if "rendering_context" in md.preprocessors:
        context: Any = md.preprocessors["rendering_context"]  # Zensical's preprocessor knows its page
        return str(context.page.path)
    raise RuntimeError(
        "fieldguide.markdown cannot tell which page is being converted: run it under MkDocs, Zensical or"
        " `python -m fieldguide check`"
    )


def stamp(root: Path) -> tuple[int, float]:
    """A value that changes with every record, page and nav entry. It is needed before each page, so it reads
    folders instead of single paths, and passes over what the guide makes.
    """
    count, newest = 0, (root / "mkdocs.yml").stat().st_mtime
    waiting = [str(root / "data"), str(root / "docs")]
    while waiting:
        with os.scandir(waiting.pop()) as entries:
            for entry in entries:
                if entry.is_dir():
                    if entry.name == MADE:
                        continue
                    waiting.append(entry.path)
                elif not entry.name.endswith(READ):
                    continue
                count += 1
                newest = max(newest, entry.stat().st_mtime)
    return count, newest


def cached_index(root: Path) -> Index:
    """The index of the project at `root`, made again only if a file below data/ or docs/ has changed, which
    is checked at most twice a second.
    """
    root = root.resolve()
    looked, last_stamp, index = _cache.get(root, (-LOOK, None, None))
    if index is None or time.monotonic() - looked > LOOK:
        now = stamp(root)
        if index is None or now != last_stamp:
            index = load_index(root)
        _cache[root] = (time.monotonic(), now, index)
    return index
