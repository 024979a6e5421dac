"""The steps that turn Markdown's tree of a page into the guide's own, in order."""

from __future__ import annotations

from xml.etree import ElementTree as ET

from fieldguide.page.allowed import check_allowed
from fieldguide.page.box import render_boxes, render_tables
from fieldguide.page.changes import render_changes
from fieldguide.page.citation import render_citations
from fieldguide.page.cite_this import render_cite_this
from fieldguide.page.context import Context
from fieldguide.page.figure import render_figures
from fieldguide.page.figure_page import render_figure_page
from fieldguide.page.lab import render_labs
from fieldguide.page.live import render_live
from fieldguide.page.markup import check_markup
from fieldguide.page.math import render_math
from fieldguide.page.mention import link_terms
from fieldguide.page.notes import render_notes
from fieldguide.page.number import audit_numbers, render_numbers
from fieldguide.page.page_end import render_page_end
from fieldguide.page.quiz import render_quizzes
from fieldguide.page.read_next import render_next
from fieldguide.page.scripts import render_scripts
from fieldguide.page.siblings import render_siblings
from fieldguide.page.source_mark import render_source_marks
from fieldguide.page.structured import render_structured
from fieldguide.page.syntax import Written
from fieldguide.page.term_page import render_term_page
from fieldguide.page.title import render_landing, render_title


def render_tree(context: Context, root: ET.Element, written: Written) -> None:
    """Turn Markdown's tree of the page into the guide's own, in place. Headings get their ids after this, and
    copy links after that. `written` are the pieces that Markdown keeps as written: HTML, entities, code.
    """
    check_allowed(context, root, written)  # before our own elements are in the tree
    render_math(context, root)  # early, while TeX is still text as written
    check_markup(context, root)
    render_boxes(context, root)
    render_tables(root)
    render_figures(context, root)
    render_labs(context, root)
    render_live(context, root)
    render_quizzes(context, root)
    render_citations(context, root)
    render_numbers(context, root)
    render_next(context, root)
    audit_numbers(context, root)  # any number that is not a link by now is loose
    render_source_marks(context, root)
    link_terms(context, root)  # after other links and boxes, in which no term is linked
    if context.page.meta.type == "landing":
        render_landing(context, root)
    else:
        render_title(context, root)
    if context.page.meta.type == "term":
        render_term_page(context, root)
    render_figure_page(context, root)
    render_siblings(context, root)
    render_changes(context, root)
    render_cite_this(context, root)
    render_page_end(context, root)
    _rewrite_links(context, root)
    render_notes(context, root)  # last, when the page is complete: its notes, scripts and description
    render_scripts(context, root)
    render_structured(context, root)


def _rewrite_links(context: Context, root: ET.Element) -> None:
    """Our own drawings link to docs-root paths ("/stack/index.md#chips"): make them relative to the page."""
    for element in root.iter("a"):
        target = element.get("href", "")
        if target.startswith("/") and not target.startswith("//"):
            element.set("href", context.href(target))
