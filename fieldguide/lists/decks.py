"""The decks on their page: for whom each is, what it argues, three of its pictures, its ten claims, and its
file.
"""

from __future__ import annotations

from xml.etree import ElementTree as ET

from fieldguide.lists.data_tables import empty_block
from fieldguide.page.context import DISCLOSURES, Context
from fieldguide.records.deck import MOST_BYTES, Deck, deck_file
from fieldguide.records.figure import SMALL, THUMBNAIL, figure_file, figure_src
from fieldguide.text.dates import show_date
from fieldguide.text.tree import E

PICTURED = (0, 4, 8)
"""The slides whose figures stand as pictures under a deck's name: its beginning, middle and end."""


def render_decks(context: Context, element: ET.Element) -> None:
    """Every deck in the order of its readers, newcomers first."""
    caption = empty_block(element, "div", {"class": "fg-decks"})
    for slug in sorted(context.book.decks, key=lambda slug: (slug != "newcomer", slug)):
        element.append(_deck(context, context.book.decks[slug]))
    element.append(caption)


def _deck(context: Context, deck: Deck) -> ET.Element:
    pictures = E("div", {"class": "fg-decks__pictures"})
    claims = E("ol", {"class": "fg-decks__claims"})
    for at, slide in enumerate(deck.slides):
        figure = context.book.figures.get(slide.figure)
        if figure is None or slide.figure not in context.book.homes:
            continue  # reported with the records
        for scheme in ("light", "dark") if at in PICTURED else ():
            source = context.href(figure_file(figure.slug, f"-{scheme}{SMALL}"))
            pictures.append(
                E(
                    "img",
                    {
                        "class": f"fg-library__{scheme}",
                        "src": source,
                        "alt": "",
                        "width": str(THUMBNAIL[0]),
                        "height": str(THUMBNAIL[1]),
                        "loading": "lazy",
                        "decoding": "async",
                    },
                )
            )
        line = E(
            "li", {}, E("a", {"href": context.href(figure_src(figure.slug))}, slide.title or figure.title)
        )
        if slide.opinion:
            line[-1].tail = " "
            line.append(E("a", {"class": "fg-opinion", "href": context.href(DISCLOSURES)}, "StarX’s view"))
        claims.append(line)
    file = E(
        "a",
        {"class": "fg-action", "download": "", "href": context.href(deck_file(deck.slug))},
        "PowerPoint",
        E("span", {"class": "fg-sr"}, f" of {deck.title}"),
    )
    size = f"{len(deck.slides)} slides, under {MOST_BYTES / 1e6:g} MB, "
    day = E("time", {"datetime": deck.reviewed}, show_date(deck.reviewed))
    words = E(
        "div",
        {},
        pictures,
        E("p", {"class": "fg-decks__audience"}, f"{deck.audience}."),
        E("p", {}, deck.argument.strip()),
        E("p", {"class": "fg-decks__file"}, file, E("span", {"class": "fg-decks__size"}, size, day)),
    )
    return E("section", {"class": "fg-decks__deck"}, E("h2", {}, deck.title), words, claims)
