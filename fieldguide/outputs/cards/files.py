"""Social cards: the picture that a link to a page shows elsewhere, 1200×630, in the light colors.

A card is a map sheet: neatline, section, title, one claim, the emblem with the page's layer lit, publisher.
Pillow draws it from the tokens, the static faces and the emblem's own outlines. Here stands what a card says,
and its file; `layout` says where each text stands, `letters` how wide it is, and `painting` draws it.
"""

from __future__ import annotations

import functools
import hashlib
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import fontTools
import PIL

from fieldguide.book import Book
from fieldguide.drawing.colors import LAYER_TOKENS
from fieldguide.outputs.cards.layout import Card
from fieldguide.outputs.cards.letters import FALLBACK
from fieldguide.outputs.cards.painting import draw_card
from fieldguide.outputs.exports import Export, Make
from fieldguide.outputs.fonts import static_font
from fieldguide.outputs.tokens import light
from fieldguide.page.emblem import emblem
from fieldguide.records.page import Page, card_path
from fieldguide.text.names import layer_words, plain

CARD_FACES = (("newsreader", 400), ("newsreader", 440), ("newsreader", 490), ("source-sans-3", 600), FALLBACK)
"""Every face that a card is set in."""
HOME_FOOT = "Claims cited, numbers checked and dated"


def card_of(book: Book, page: Page) -> Card:
    """The words of a page's card: a chapter's answer or else its description, a term's definition, a figure's
    context.
    """
    meta, section = page.meta, book.section_title(page.src)
    written = (
        (meta.description,) if page.made else (without_citations(page.first_paragraph), meta.description)
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


def without_citations(paragraph: str) -> str:
    return re.sub(r"\s*\[@[^\]]*\]", "", paragraph).strip()


def card_files(book: Book) -> Iterator[tuple[str, Make]]:
    """(path below docs/, what makes the PNG) for each published page."""
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
    """Everything that a card follows from."""
    return f"{card_of(book, page)!r} {sorted(light(book).items())!r} {_tools()}"


def _card(book: Book, page: Page) -> bytes:
    return draw_card(card_of(book, page), light(book))


@cache
def _tools() -> str:
    """What a card follows from besides its words and the tokens: the code of cards, the emblem, the faces,
    the versions of the tools.
    """
    digest = hashlib.sha256(emblem(320).encode() + emblem(24).encode() + repr(LAYER_TOKENS).encode())
    for file in [
        *sorted(Path(__file__).parent.glob("*.py")),
        *(Path(__file__).parents[1] / f"{name}.py" for name in ("fonts", "tokens")),
        *(static_font(*face) for face in CARD_FACES),
    ]:
        digest.update(file.read_bytes())
    return f"{digest.hexdigest()} Pillow {PIL.__version__} fontTools {fontTools.version}"
