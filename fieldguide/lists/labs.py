"""The labs on their overview: each with its picture, its question and the answer of its default case."""

from __future__ import annotations

import re
from xml.etree import ElementTree as ET

from fieldguide.labs.calculator import calculator
from fieldguide.lists.data_tables import empty_block
from fieldguide.lists.lab_stills import lab_still, words_still
from fieldguide.page.context import Context
from fieldguide.page.lab import lab_src
from fieldguide.text.tree import E

SENTENCES = 2
"""How many sentences of its answer a lab's entry gives."""


def render_labs_index(context: Context, element: ET.Element) -> None:
    """Every lab that has a page, in the order of the table of contents: its picture, its question and, of a
    calculator, how the answer of its default case begins.
    """
    caption = empty_block(element, "div", {"class": "fg-questions"})
    book = context.book
    for slug in sorted(
        (slug for slug in book.views | set(book.labs) if lab_src(slug) in book.pages),
        key=lambda slug: book.order(lab_src(slug)),
    ):
        element.append(_entry(context, slug))
    element.append(caption)


def _entry(context: Context, slug: str) -> ET.Element:
    """A lab, as the overview shows it."""
    book = context.book
    page = book.pages[lab_src(slug)].meta
    lab = book.labs.get(slug)
    picture = words_still(book, slug) if lab is None else lab_still(book, lab)
    sentences = re.split(r"(?<=[.?!]) (?=[A-Z])", calculator(book, lab).sentence()) if lab is not None else []
    answer = " ".join(sentences[:SENTENCES])
    cases = f"{len(lab.presets)} ready-made cases" if lab is not None and lab.presets else ""
    return E(
        "section",
        {"class": "fg-questions__lab"},
        picture,
        E("h2", {}, E("a", {"href": context.href(lab_src(slug))}, page.title if lab is None else lab.name)),
        E("p", {}, page.description or ""),
        E("p", {"class": "fg-questions__answer"}, answer) if answer else None,
        E("p", {"class": "fg-questions__more"}, cases) if cases else None,
    )
