"""The end of a page as one block: questions, what to read next, the previous and next page, how to cite the
page, and where to report a mistake.
"""

from __future__ import annotations

from xml.etree import ElementTree as ET

from fieldguide.page.cite_this import citation_of
from fieldguide.page.context import Context
from fieldguide.page.quiz import QUESTIONS
from fieldguide.page.read_next import READ_NEXT, neighbors, prev_next
from fieldguide.page.report import REPORT, report_address, report_hint
from fieldguide.records.page import CHAPTERS
from fieldguide.text.tree import E, heading_index

OPENS = (QUESTIONS, READ_NEXT)
"""Headings; the first of them on a page begins the block."""
IN_A_ROW = (*CHAPTERS, "about")
"""Types of pages that are read in order."""


def render_page_end(context: Context, root: ET.Element) -> None:
    """Move the closing parts of a page into one section. Questions, list and citation must already exist."""
    start = heading_index(root, *OPENS)
    block = root
    if start is not None:
        block = E("section", {"class": "fg-end", "aria-label": "End of the page"}, *root[start:])
        root[start:] = [block]
    _add_neighbors(context, block)
    if context.book.report_url and context.page.meta.type != "landing":
        cited = citation_of(context.book, context.page)
        block.append(
            E(
                "p",
                {"class": "fg-report"},
                E(
                    "a",
                    {"href": report_address(context.book, cited.address, cited.title, cited.version)},
                    REPORT,
                ),
                report_hint(context.book, cited.version),
            )
        )


def _add_neighbors(context: Context, block: ET.Element) -> None:
    """Add the previous and next page, except those that “Read next” names: below its list, or at the end of a
    page without one.
    """
    if context.page.meta.type not in IN_A_ROW:
        return
    named = {anchor.get("rel") for anchor in block.iter("a")}
    before, after = (
        None if rel in named else neighbor
        for rel, neighbor in zip(("prev", "next"), neighbors(context), strict=True)
    )
    if before or after:
        lists = [index for index, child in enumerate(block) if child.get("class") == "fg-next"]
        links = prev_next(context, "Previous and next page", before, after)
        block.insert(lists[0] + 1 if lists else len(block), links)
