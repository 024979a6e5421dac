"""The author-facing syntax: one Python-Markdown extension, and rendering of every page with it.

The order of work on a page's tree is in `Builder.build`; each step is one method. What a page uses is collected in `Uses`,
what is wrong with it in `problems`.
"""

from __future__ import annotations

import logging
import re
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

import markdown
from markdown.inlinepatterns import InlineProcessor
from markdown.treeprocessors import Treeprocessor
from pymdownx.blocks import BlocksExtension
from pymdownx.blocks.block import Block

from fieldguide.book import cached_book
from fieldguide.page.builder import Builder
from fieldguide.text.tree import E

log = logging.getLogger("mkdocs.fieldguide")

CITATION = r"\[@([^\]\n]+)\]"
FACT_LINK = r"\[([^\]\n]+)\]\((fact:[^)\s]+)\)"


class _Citation(InlineProcessor):
    """`[@key]`, `[@key, sec. 3]`, several separated by `;`: a placeholder that the tree step resolves."""

    def handleMatch(self, m: re.Match[str], data: str) -> tuple[ET.Element, int, int]:
        return E("span", {"data-cite": m[1]}), m.start(0), m.end(0)


class _Number(InlineProcessor):
    """`[70B](fact:id.field)`, before math is looked for, so that the dollars of two prices are not a formula."""

    def handleMatch(self, m: re.Match[str], data: str) -> tuple[ET.Element, int, int]:
        return E("a", {"href": m[2]}, m[1].replace("\\", "")), m.start(0), m.end(0)


class _FigureBlock(Block):
    NAME = "figure"
    ARGUMENT = True

    def on_create(self, parent: ET.Element) -> ET.Element:
        return ET.SubElement(parent, "figure", {"data-figure": self.argument.strip()})


class _LabBlock(Block):
    NAME = "lab"
    ARGUMENT = True

    def on_create(self, parent: ET.Element) -> ET.Element:
        return ET.SubElement(parent, "section", {"data-lab": self.argument.strip()})


class _QuizBlock(Block):
    NAME = "quiz"
    ARGUMENT = False

    def on_create(self, parent: ET.Element) -> ET.Element:
        return ET.SubElement(parent, "fieldset", {"data-quiz": ""})


class FieldGuide(BlocksExtension):
    """The extension. `root` is the project's folder."""

    def __init__(self, **kwargs: Any) -> None:
        self.config = {"root": [".", "the project's folder"]}
        super().__init__(**kwargs)

    def extendMarkdown(self, md: markdown.Markdown) -> None:
        super().extendMarkdown(md)
        md.block_level_elements = [*md.block_level_elements, "x-lab"]
        md.inlinePatterns.register(_Number(FACT_LINK, md), "fieldguide_number", 195)  # before arithmatex (189.9)
        md.inlinePatterns.register(_Citation(CITATION, md), "fieldguide_cite", 175)
        tree = _PageTree(md, Path(self.getConfig("root")))
        md.treeprocessors.register(tree, "fieldguide", 12)  # after inline (20), before toc (5)
        md.treeprocessors.register(_LinkTree(md, tree), "fieldguide_links", 3)  # after toc, which gives the ids; before links are resolved (0)

    def extendMarkdownBlocks(self, md: markdown.Markdown, block_mgr: Any) -> None:
        for block in (_FigureBlock, _LabBlock, _QuizBlock):
            block_mgr.register(block, {})


def makeExtension(**kwargs: Any) -> FieldGuide:
    return FieldGuide(**kwargs)


class _PageTree(Treeprocessor):
    """Runs the builder on the page that is being converted; inside a site builder it logs what is wrong, which strict mode counts."""

    def __init__(self, md: markdown.Markdown, root: Path) -> None:
        super().__init__(md)
        self.root = root
        self.builder: Builder | None = None
        self.done: Builder | None = None
        """Who built the page that is being converted."""

    def run(self, root: ET.Element) -> None:
        self.done = self.builder
        if self.builder is not None:  # `render_page` has set it
            self.builder.build(root)
            return
        book = cached_book(self.root)
        page = book.pages.get(current_page(self.md))
        if page is None:
            return
        builder = self.done = Builder(book, page)
        builder.build(root)
        for problem in builder.problems:
            log.warning(str(problem))


class _LinkTree(Treeprocessor):
    """What needs the ids of the finished page: see `Builder.permalinks`."""

    def __init__(self, md: markdown.Markdown, tree: _PageTree) -> None:
        super().__init__(md)
        self.tree = tree

    def run(self, root: ET.Element) -> None:
        if self.tree.done is not None:
            self.tree.done.permalinks(root)


def current_page(md: markdown.Markdown) -> str:
    """The path below docs/ of the page that is being converted: MkDocs's relative-path processor knows it, or Zensical's context.

    Raises RuntimeError under any other builder.
    """
    if "relpath" in md.treeprocessors:
        return md.treeprocessors["relpath"].file.src_uri
    if "rendering_context" in md.preprocessors:
        return md.preprocessors["rendering_context"].page.path
    raise RuntimeError("fieldguide.markdown cannot tell which page is being converted: run it under MkDocs, Zensical or `python -m fieldguide check`")


# ---- rendering all pages, for `check` and for where-used lists


