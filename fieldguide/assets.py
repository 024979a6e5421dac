"""Files the build makes besides pages: the one style sheet, the favicon and the data downloads."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

from fieldguide import claims, companies, datasets, feed, frames, hardware, models, prices
from fieldguide.book import Book
from fieldguide.cards import card_files
from fieldguide.figures.emblem import favicon_svg
from fieldguide.figures.tokens import read_tokens
from fieldguide.ledger import short_links
from fieldguide.library import thumbnails
from fieldguide.llms import llms_full_txt, llms_txt
from fieldguide.redirects import redirect_files
from fieldguide.slides import slide_files
from fieldguide.tables import write_csv, write_json

SHEETS = ["tokens", "fonts", "theme", "header", "nav", "title", "inline", "copy", "popover", "notes", "figure", "boxes", "quiz", "lists", "library", "tables", "data", "claims", "filter", "lab", "home", "footer", "print"]
"""The sheets of overrides/assets/css in cascade order."""


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


def write_copy(book: Book, target: Path) -> None:
    """The project with its generated files in docs/ and without drafts, for a builder that runs no MkDocs hooks. Replaces `target`."""
    shutil.rmtree(target, ignore_errors=True)
    for name in ("docs", "data", "overrides"):
        shutil.copytree(book.root / name, target / name)
    shutil.copy(book.root / "mkdocs.yml", target / "mkdocs.yml")
    for page in book.pages.values():
        if page.meta.status == "draft":
            (target / "docs" / page.src).unlink()
    for path, content in generated_files(book):
        file = target / "docs" / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(as_bytes(content))


def as_bytes(content: Content) -> bytes:
    """The bytes of a generated file, made now when they come as a function."""
    if isinstance(content, str):
        return content.encode()
    return content if isinstance(content, bytes) else content()


def style_sheet(folder: Path) -> str:
    """All sheets as one, minified. Raises ValueError when a sheet is missing or is not listed."""
    found = {path.stem for path in folder.glob("*.css")}
    if found != set(SHEETS):
        raise ValueError(f"{folder}: sheets on disk and in fieldguide/assets.py differ: {sorted(found ^ set(SHEETS))}")
    parts = []
    for name in SHEETS:
        text = (folder / f"{name}.css").read_text(encoding="utf-8")
        parts.append(text)
        if name == "tokens":
            parts.append(scheme_fallbacks(text))
    return minify("\n".join(parts))


def scheme_fallbacks(tokens: str) -> str:
    """The same tokens where no script can choose: dark by system preference, light in print."""
    blocks = dict(re.findall(r"^\[data-md-color-scheme=(default|slate)\] \{(.*?)^\}", tokens, flags=re.S | re.M))
    return (
        "@media screen and (prefers-color-scheme: dark) { html.no-js body[data-md-color-scheme=default]:not([data-md-color-media]) {%s} }\n"
        "@media print { [data-md-color-scheme=slate] {%s} }\n" % (blocks["slate"], blocks["default"])
    )


def minify(css: str) -> str:
    """Drop comments and the white space that CSS does not need; strings and calc() stay as they are."""
    css = re.sub(r"/\*.*?\*/", "", css, flags=re.S)
    css = re.sub(r"\s+", " ", css)
    return re.sub(r"\s*([{};])\s*", r"\1", css).replace(";}", "}").strip() + "\n"
