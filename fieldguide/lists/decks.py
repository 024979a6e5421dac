"""The decks on their page: for whom each is, what it argues, three of its pictures, its ten claims, and its
file.
"""

from __future__ import annotations

from collections.abc import Iterator
from xml.etree import ElementTree as ET

from fieldguide.lists.data_tables import empty_block
from fieldguide.page.context import DISCLOSURES, Context
from fieldguide.page.template import render_template
from fieldguide.records.deck import MOST_BYTES, Deck, Slide, deck_file
from fieldguide.records.figure import SMALL, THUMBNAIL, Figure, figure_file, figure_src
from fieldguide.text.tree import parse

PICTURED = (0, 4, 8)
"""The slides whose figures stand as pictures under a deck's name: its beginning, middle and end."""


def render_decks(context: Context, element: ET.Element) -> None:
    """Every deck in the order of its readers, newcomers first."""
    caption = empty_block(element, "div", {"class": "fg-decks"})
    decks = sorted(context.book.decks.values(), key=lambda deck: (deck.slug != "newcomer", deck.slug))
    listing = render_template(
        "lists/decks.html",
        context=context,
        decks=[(deck, list(_slides(context, deck))) for deck in decks],
        deck_file=deck_file,
        figure_src=figure_src,
        disclosures=DISCLOSURES,
        megabytes=f"{MOST_BYTES / 1e6:g}",
        width=THUMBNAIL[0],
        height=THUMBNAIL[1],
    )
    element.extend([*parse(listing), caption])


def _slides(context: Context, deck: Deck) -> Iterator[tuple[Slide, Figure, dict[str, str]]]:
    """Each slide with its figure and, where it is pictured, {scheme: address of the picture}. A slide without
    a figure or a page that shows it is reported with the records.
    """
    for number, slide in enumerate(deck.slides):
        if slide.figure in context.book.figures and slide.figure in context.book.homes:
            schemes = ("light", "dark") if number in PICTURED else ()
            files = {scheme: figure_file(slide.figure, f"-{scheme}{SMALL}") for scheme in schemes}
            pictures = {scheme: context.href(file) for scheme, file in files.items()}
            yield slide, context.book.figures[slide.figure], pictures
