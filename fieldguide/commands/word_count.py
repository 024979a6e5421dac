"""Counts what a reader sees of each chapter: its words, and the checked numbers in its running text.

Text, folds, boxes, titles and captions of figures, quizzes and the page's own tables count. Charts and tables
drawn from a figure's record, formulas, the names of sources behind a mark, page controls and the worksheet of
the stress test do not.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from xml.etree import ElementTree as ET

from fieldguide.checks.repetition import chapters
from fieldguide.index import Index
from fieldguide.records.page import Page
from fieldguide.text.tree import has_class, parse

UNREAD_TAGS = {"svg", "math", "nav", "button", "script", "style", "template"}
UNREAD_CLASSES = {
    "fg-here",
    "fg-meta",
    "fg-cite",
    "fg-cites",
    "fg-notes",
    "fg-citation",
    "fg-cite-block",
    "fg-prevnext",
    "fg-figure__plot",
    "fg-figure__tools",
    "fg-figure__source",
    "fg-score",
    "fg-option__verdict",
    "fg-next__kind",
    "fg-sr",
    "fg-halo",
}
WORKSHEET = "moat-stress-test"
"""The lab whose page is a worksheet to fill in, not text to read."""
TABULAR = {"fg-figure", "fg-worked", "fg-disagree", "fg-notes"}
"""Parts of a page in which a reader expects numbers."""


@dataclass(frozen=True)
class Count:
    """One page: its visible words and the checked numbers in its running text."""

    page: Page
    words: int
    numbers: int


def visible(element: ET.Element) -> Iterator[str]:
    """The texts of an element that a reader sees, in order."""
    if (
        not isinstance(element.tag, str)
        or element.tag in UNREAD_TAGS
        or any(has_class(element, name) for name in UNREAD_CLASSES)
    ):
        return
    if element.tag == "x-lab" and element.get("name") == WORKSHEET:
        return
    if element.text:
        yield element.text
    for child in element:
        yield from visible(child)
        if child.tail:
            yield child.tail


def running_numbers(element: ET.Element) -> int:
    """The number of checked numbers in an element's running text, outside tables, figures and worked
    examples.
    """
    if (
        not isinstance(element.tag, str)
        or element.tag == "table"
        or any(has_class(element, name) for name in TABULAR)
    ):
        return 0
    return int(has_class(element, "fg-number")) + sum(running_numbers(child) for child in element)


def count(index: Index, page: Page) -> Count:
    """The counts of one page. Raises xml.etree.ElementTree.ParseError for HTML that is not well formed, which
    the build never makes.
    """
    root = parse(f"<div>{index.pages[page.src].html}</div>")
    return Count(
        page,
        sum(any(map(str.isalnum, word)) for word in " ".join(visible(root)).split()),
        running_numbers(root),
    )


def render_counts(index: Index) -> str:
    """A Markdown table with a line for each chapter, and the total."""
    counts = [count(index, page) for page in chapters(index.book)]
    rows = [(each.page.src, each.words, each.numbers) for each in counts]
    total = (f"all {len(rows)}", sum(row[1] for row in rows), sum(row[2] for row in rows))
    lines = [f"| {name} | {words:,} | {numbers:,} |\n" for name, words, numbers in (*rows, total)]
    return "| chapter | words | checked numbers in running text |\n| --- | --- | --- |\n" + "".join(lines)
