"""Social cards: the picture that other sites show for a link to a page, 1200×630 px, in the light colors.

A card looks like a map sheet: neatline, section, title, one claim, the emblem with the page's layer
highlighted, publisher. This module decides what a card says and makes its file; `layout` sets it.
"""

from __future__ import annotations

import functools
from collections.abc import Iterator
from pathlib import Path

from fieldguide.book import Book
from fieldguide.outputs.cards.layout import HEIGHT, WIDTH, Card, card_svg
from fieldguide.outputs.color_tokens import light
from fieldguide.outputs.exports import Export, Make, stamp_of
from fieldguide.outputs.slides.files import slide_stamp
from fieldguide.outputs.slides.png import picture_png
from fieldguide.page import emblem
from fieldguide.page.emblem import EMBLEMS
from fieldguide.records.page import Page, card_path
from fieldguide.text.inline_marks import without_citations
from fieldguide.text.names import layer_words, plain

HOME_FOOT = "Claims cited, numbers checked and dated"


def card_of(book: Book, page: Page) -> Card:
    """The words of a page's card. The claim is a chapter's answer or, failing that, its description; a term's
    definition; or a figure's context.
    """
    meta, section = page.meta, book.section_title(page.src)
    written = (
        (meta.description,)
        if page.made
        else (without_citations(page.first_paragraph).strip(), meta.description)
    )
    claims = tuple(plain(claim) for claim in written if claim) or (meta.title,)
    if page.src == "index.md":
        title, _, subtitle = book.name.partition(": ")
        return Card(title, claims, None, "", HOME_FOOT, book.publisher, subtitle)
    layer = layer_words(meta.layer) if meta.layer else ""
    kicker = ", ".join(filter(None, ("" if section == meta.title else section, layer))) or "The whole stack"
    return Card(
        plain(meta.title), claims, meta.layer, kicker[0].upper() + kicker[1:], book.name, book.publisher
    )


def card_files(book: Book) -> Iterator[tuple[str, Make]]:
    """(path below docs/, function that makes the PNG) for each published page."""
    for page in book.pages.values():
        if page.meta.status != "draft":
            yield (
                card_path(page.src),
                Export(
                    book.root,
                    "card-" + card_path(page.src).rsplit("/", 1)[-1],
                    functools.partial(_inputs, book, page),
                    functools.partial(_card, book, page),
                ),
            )


def _inputs(book: Book, page: Page) -> str:
    """A text that changes with everything the card depends on."""
    return f"{card_of(book, page)!r} {sorted(light(book).items())!r} {_stamp()}"


def _card(book: Book, page: Page) -> bytes:
    return picture_png(card_svg(card_of(book, page), light(book)), WIDTH, HEIGHT)


@functools.cache
def _stamp() -> str:
    """A text that changes with the emblem and with the tools, fonts and code that draw cards and slides."""
    files = [
        *sorted(Path(__file__).parent.glob("*.py")),
        Path(emblem.__file__),
        *sorted(EMBLEMS.glob("*.svg")),
    ]
    return stamp_of(files, ()) + slide_stamp()
