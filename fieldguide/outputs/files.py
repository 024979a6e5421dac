"""TODO."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from fieldguide import claims, companies, datasets, frames, hardware, models, prices
from fieldguide.book import Book
from fieldguide.drawing.emblem import favicon_svg
from fieldguide.drawing.tokens import read_tokens
from fieldguide.index import short_links
from fieldguide.outputs import feed
from fieldguide.outputs.cards import card_files
from fieldguide.outputs.downloads.write import write_csv, write_json
from fieldguide.outputs.llms import llms_full_txt, llms_txt
from fieldguide.outputs.redirects import redirect_files
from fieldguide.outputs.slides import slide_files
from fieldguide.outputs.style import style_sheet
from fieldguide.outputs.thumbnails import thumbnails

Content = str | bytes | Callable[[], bytes]
"""What a generated file holds; a file that is slow to make comes as the function that makes it, so that a check of links need not."""


def generated_files(book: Book) -> Iterator[tuple[str, Content]]:
    """(path below docs/, content) for every generated file, pages made from records included. `as_bytes` gives the content."""
    for page in book.pages.values():
        if page.made:
            yield page.src, page.text
    css = book.root / "overrides" / "assets" / "css"
    yield "assets/fg.css", style_sheet(css)
    yield "assets/favicon.svg", favicon_svg(read_tokens(css / "tokens.css"))
    yield from card_files(book)
    yield from frames.files(book)
    slides = dict(slide_files(book))
    yield from slides.items()
    yield from thumbnails(book.root, slides)
    newest_first = sorted(book.models.values(), key=lambda model: (model.date, model.name), reverse=True)
    tables = {"models": models.rows(newest_first), "companies": companies.rows(book), "prices": prices.rows(book), "hardware": hardware.rows(book.hardware.values())}
    if claims.PAGE in book.pages:
        tables["claims"] = claims.rows(book)
    for name, rows in tables.items():
        yield f"data/{name}.csv", write_csv(companies.flat(rows) if name == "companies" else rows)
        yield f"data/{name}.json", write_json(name, rows, datasets.head(book, name))
        yield f"data/{name}.schema.json", datasets.write_schema(book, name)
    yield "robots.txt", f"User-agent: *\nAllow: /\n\nSitemap: {book.address('sitemap.xml')}\n"
    yield "llms.txt", llms_txt(book)
    yield "llms-full.txt", lambda: llms_full_txt(book).encode()
    if feed.CHANGELOG in book.pages:
        yield "feed.xml", feed.render_feed(book)
    yield from redirect_files(book, short_links(book))


def as_bytes(content: Content) -> bytes:
    """The bytes of a generated file, made now when they come as a function."""
    if isinstance(content, str):
        return content.encode()
    return content if isinstance(content, bytes) else content()
