"""The HTML document for a deck's PDF: a page for each slide, laid out as in the PowerPoint file but in the
guide's own fonts, then the words to say.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from html import escape
from pathlib import Path

from fieldguide.book import load_book
from fieldguide.commands.pdf_parts import DECK, Document, guide_date
from fieldguide.drawing.figure import draw
from fieldguide.outputs.color_tokens import light
from fieldguide.outputs.decks.files import pages_of
from fieldguide.outputs.decks.layout import CLAIM, DeckSlide
from fieldguide.outputs.ornaments import STAR, STAR_LINE, neatline
from fieldguide.outputs.outlines import flatten
from fieldguide.outputs.slides.arrangement import HEIGHT, WIDTH, TextBox
from fieldguide.records.deck import Deck
from fieldguide.records.site import load_mkdocs_yml

SHEET = Path(__file__).with_name("pdf_deck.css")
MARK = (
    f'<svg class="mark" aria-hidden="true" viewBox="0 0 18 18"><path d="{STAR}" fill="none"'
    f' stroke="currentColor" stroke-width="{STAR_LINE}"/></svg>'
)


def load_decks(root: Path, names: Sequence[str]) -> Iterator[tuple[Document, str]]:
    """(metadata of the PDF, HTML) for each deck in `names`, or for all decks."""
    book, extra, date = load_book(root), load_mkdocs_yml(root)[0].get("extra") or {}, guide_date(root)
    for slug, deck in book.decks.items():
        if not names or DECK + slug in names:
            drawings = {slide.figure: draw(book.figures[slide.figure], book) for slide in deck.slides}
            document = Document(
                DECK + slug,
                deck.title,
                [],
                book,
                date,
                book.name,
                book.publisher,
                extra.get("disclosure", ""),
                [],
            )
            yield document, compose_deck(deck, pages_of(book, deck, drawings), light(book), book.name)


def compose_deck(deck: Deck, pages: Sequence[DeckSlide], tokens: dict[str, str], site_name: str) -> str:
    """The deck as HTML."""
    colors = (
        ":root{"
        + "".join(f"--{name}:{tokens[name]};" for name in ("paper", "ink", "ink-2", "accent", "rule-strong"))
        + "}"
    )
    frame = _frame(tokens)
    slides = "".join(_slide(page, number, frame) for number, page in enumerate(pages, 1))
    notes = "".join(
        f"<li><h2>{escape(page.layout.title.words)}</h2>"
        f"{''.join(f'<p>{_linked(line)}</p>' for line in page.notes)}</li>"
        for page in pages
    )
    return (
        f'<!doctype html><html lang="en" dir="ltr"><head><meta charset="utf-8"><title>{escape(deck.title)} -'
        f" {escape(site_name)}</title>"
        f"<style>{colors}{SHEET.read_text(encoding='utf-8')}</style></head>"
        f'<body>{slides}<section class="notes"><h1>The words to'
        f" say</h1><ol>{notes}</ol></section></body></html>"
    )


def _slide(page: DeckSlide, number: int, frame: str) -> str:
    layout = page.layout
    x, y, width = layout.rule
    end = "" if layout.beside else " end"
    source = escape(layout.source.words)
    if page.opinion:
        source = f"<b>{escape(page.opinion)}</b>{source.removeprefix(escape(page.opinion))}"
    claim = (
        f'{"<br>" if layout.beside else " · "}<a href="{escape(page.claim)}">{CLAIM}</a>'
        if page.claim
        else ""
    )
    return (
        "<section"
        f' class="slide">{frame}{_box("h1", "title", layout.title, escape(layout.title.words))}'
        f"{_box('p', 'context', layout.context, escape(layout.context.words))}"
        f'{_picture(page, number)}<hr style="left:{x:.1f}px;top:{y:.1f}px;width:{width:.1f}px">'
        f"{_box('p', 'source', layout.source, source)}"
        f"{_box('p', 'number', layout.remarks, escape(page.number) + claim)}"
        f"{_box('p', 'publisher' + end, layout.publisher, MARK + escape(layout.publisher.words))}"
        f"{_box('p', 'address' + end, layout.address, _anchor(page.link, layout.address.words))}</section>"
    )


def _box(tag: str, kind: str, text: TextBox, inside: str) -> str:
    return (
        f'<{tag} class="{kind}"'
        f' style="left:{text.x:.1f}px;top:{text.y:.1f}px;width:{text.width:.1f}px;font-size:'
        f'{text.size:g}px">{inside}</{tag}>'
    )


def _anchor(address: str, words: str) -> str:
    return f'<a href="{escape(address)}">{escape(words)}</a>'


def _picture(page: DeckSlide, number: int) -> str:
    """The drawing as inline SVG, so that it stays sharp and its patterns can be replaced. Its ids are unique
    to the slide.
    """
    left, top, width, height = page.picture
    svg = re.sub(
        r' role="img" aria-labelledby="[^"]*"',
        f' role="img" aria-label="{escape(page.alt)}"',
        page.svg,
        count=1,
    )
    svg = re.sub(r"<title\b.*?</title>|<desc\b.*?</desc>", "", svg, flags=re.S)
    svg = re.sub(r'\bid="|href="#|url\(#', lambda match: f"{match[0]}s{number}-", svg)
    size = f"left:{left:.1f}px;top:{top:.1f}px;width:{width:.1f}px;height:{height:.1f}px"
    return svg.replace("<svg ", f'<svg class="picture" style="{size}" ', 1)


def _frame(tokens: dict[str, str]) -> str:
    return (
        f'<svg class="frame" aria-hidden="true" viewBox="0 0 {WIDTH}'
        f' {HEIGHT}">{flatten(neatline(WIDTH, HEIGHT), tokens)}</svg>'
    )


def _linked(line: str) -> str:
    """A paragraph of the notes with its addresses as links."""
    return re.sub(r"https?://\S+", lambda match: f'<a href="{match[0]}">{match[0]}</a>', escape(line))
