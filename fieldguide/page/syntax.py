"""The author-facing syntax as a Python-Markdown extension, which creates elements that `render.py` completes.
`index.py` and `markdown.py` pass it the two steps that do so, bound to a page.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any
from xml.etree import ElementTree as ET

import markdown
from markdown.inlinepatterns import InlineProcessor
from markdown.treeprocessors import Treeprocessor
from markdown.util import AtomicString
from pymdownx.blocks import BlocksExtension
from pymdownx.blocks.block import Block

from fieldguide.text.inline_marks import CITATION, FACT_LINK
from fieldguide.text.tree import E

BLOCKS = ("figure", "lab", "live", "quiz")
SMART = re.compile(r"""['"]|--|\.\.\.|<<|>>""")
"""Text that the extension smarty replaces."""
Step = Callable[[ET.Element], None]
"""A function that changes the tree of the page in place."""
Written = list[str | ET.Element]
"""The pieces that Markdown keeps as written and inserts at the end: HTML, entities, code."""
First = Callable[[ET.Element, Written], None]


class _Citation(InlineProcessor):
    """`[@key]`, `[@key, sec. 3]`, several separated by `;`: creates a placeholder, which a step on the tree
    replaces.
    """

    def handleMatch(self, m: re.Match[str], data: str) -> tuple[ET.Element, int, int]:  # type: ignore[override]  # Pattern, a base of InlineProcessor, has another signature
        return E("span", {"data-cite": m[1]}), m.start(0), m.end(0)


class _Number(InlineProcessor):
    """`[70B](fact:id.field)`. Runs before math, so that the dollar signs of two prices do not form
    a formula.
    """

    def handleMatch(self, m: re.Match[str], data: str) -> tuple[ET.Element, int, int]:  # type: ignore[override]  # Pattern, a base of InlineProcessor, has another signature
        return E("a", {"href": f"fact:{m[2]}"}, m[1].replace("\\", "")), m.start(0), m.end(0)


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


class _LiveBlock(Block):
    NAME = "live"
    ARGUMENT = True

    def on_create(self, parent: ET.Element) -> ET.Element:
        return ET.SubElement(parent, "figure", {"data-live": self.argument.strip()})


class _QuizBlock(Block):
    NAME = "quiz"
    ARGUMENT = False

    def on_create(self, parent: ET.Element) -> ET.Element:
        return ET.SubElement(parent, "fieldset", {"data-quiz": ""})


class Syntax(BlocksExtension):
    """The extension. `before` runs on the page's tree after inline syntax and before headings get ids,
    `after` once they have them.
    """

    def __init__(self, before: First, after: Step, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.before, self.after = before, after

    def extendMarkdown(self, md: markdown.Markdown) -> None:
        super().extendMarkdown(md)
        md.block_level_elements = [*md.block_level_elements, "x-lab"]
        md.inlinePatterns.register(
            _Number(FACT_LINK.pattern, md), "fieldguide_number", 195
        )  # before arithmatex (189.9)
        md.inlinePatterns.register(_Citation(CITATION.pattern, md), "fieldguide_cite", 175)
        if "attr_list" in md.treeprocessors:  # before our steps, which then see every attribute
            md.treeprocessors.register(md.treeprocessors["attr_list"], "attr_list", 13)
        md.treeprocessors.register(
            _Run(md, lambda root: self.before(root, md.htmlStash.rawHtmlBlocks)), "fieldguide", 12
        )  # after inline (20), before toc (5)
        md.treeprocessors.register(_Run(md, _settle), "fieldguide_settle", 7)  # before smarty (6)
        md.treeprocessors.register(
            _Run(md, lambda root: self.after(root)), "fieldguide_links", 3
        )  # after toc, which gives the ids; before links are resolved (0)

    def extendMarkdownBlocks(self, md: markdown.Markdown, block_mgr: Any) -> None:
        for block in (_FigureBlock, _LabBlock, _LiveBlock, _QuizBlock):
            block_mgr.register(block, {})


def _settle(root: ET.Element) -> None:
    """Mark every text that contains nothing for smarty as final, since smarty would try its fifteen patterns
    on each line break of the page.
    """
    for element in root.iter():
        if element.text and not SMART.search(element.text):
            element.text = AtomicString(element.text)
        if element.tail and not SMART.search(element.tail):
            element.tail = AtomicString(element.tail)


class _Run(Treeprocessor):
    """One step on the tree."""

    def __init__(self, md: markdown.Markdown, step: Step) -> None:
        super().__init__(md)
        self.step = step

    def run(self, root: ET.Element) -> None:
        self.step(root)
