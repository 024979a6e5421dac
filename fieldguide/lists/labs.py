"""The labs on their overview: each with its question and the answer of the case that stands before anything
is put in.
"""

from __future__ import annotations

from xml.etree import ElementTree as ET

from fieldguide.labs.calculator import calculator
from fieldguide.lists.data_tables import empty_block
from fieldguide.page.context import Context
from fieldguide.page.lab import lab_src
from fieldguide.text.tree import E


def render_labs_index(context: Context, element: ET.Element) -> None:
    """The labs that have a record and a page, in the order of the table of contents."""
    caption = empty_block(element, "div", {"class": "fg-questions"})
    book = context.book
    for slug in sorted(
        (slug for slug in book.labs if lab_src(slug) in book.pages),
        key=lambda slug: book.order(lab_src(slug)),
    ):
        lab = book.labs[slug]
        cases = f"{len(lab.presets)} ready-made cases" if lab.presets else ""
        element.append(
            E(
                "section",
                {"class": "fg-questions__lab"},
                E("h2", {}, E("a", {"href": context.href(lab_src(slug))}, lab.name)),
                E("p", {}, book.pages[lab_src(slug)].meta.description),
                E("p", {"class": "fg-questions__answer"}, calculator(book, lab).sentence()),
                E("p", {"class": "fg-questions__more"}, cases) if cases else None,
            )
        )
    element.append(caption)
