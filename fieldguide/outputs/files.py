"""Every file of the site besides pages, each with the function that makes it."""

from __future__ import annotations

from collections.abc import Iterator

from fieldguide.index import Index
from fieldguide.outputs.cards.files import card_files
from fieldguide.outputs.claims.pages import SITEMAP, claim_files
from fieldguide.outputs.color_tokens import read_tokens
from fieldguide.outputs.decks.files import deck_files
from fieldguide.outputs.downloads.rows import ROWS, company_cells
from fieldguide.outputs.downloads.schema import json_head, write_schema
from fieldguide.outputs.downloads.write import write_csv, write_json
from fieldguide.outputs.exports import Make, text_file
from fieldguide.outputs.feed import feed_files
from fieldguide.outputs.frames import frame_files
from fieldguide.outputs.labs import lab_files
from fieldguide.outputs.llms import llms_full_txt, llms_txt
from fieldguide.outputs.redirects import redirect_files
from fieldguide.outputs.search import numbers_json, opensearch_xml, passage_files, search_json
from fieldguide.outputs.slides.files import slide_files
from fieldguide.outputs.style import sheet_apart, style_sheet, theme_license
from fieldguide.outputs.withdrawn import withdrawn_files
from fieldguide.page.context import CLAIMS, SEARCH
from fieldguide.page.emblem import favicon_svg
from fieldguide.records.dataset import OWN
from fieldguide.records.merges import NOTICE
from fieldguide.records.runs import FIT
from fieldguide.text.paths import below


def output_files(index: Index) -> dict[str, Make]:
    """{path below docs/: function that makes its bytes}, for all files, slow and quick. Raises ValueError for
    a path outside docs/.
    """
    files = dict(_outputs(index))
    for path in files:
        below(index.book.root, path)
    return files


def output_file(index: Index, path: str) -> Make | None:
    """The function that makes the file at `path` below docs/, or None if there is no such file. Renders only
    the pages that it takes to know.
    """
    return next((make for name, make in _outputs(index) if name == path), None)


def _outputs(index: Index) -> Iterator[tuple[str, Make]]:
    """All files: first those that need no rendered page, last those that need every page."""
    yield from _texts(index)
    yield from card_files(index.book)
    yield from _downloads(index)
    yield from lab_files(index)
    yield from frame_files(index)
    yield from slide_files(index)
    yield from deck_files(index)
    yield from feed_files(index)
    yield from claim_files(index)
    yield from withdrawn_files(index)
    yield from redirect_files(index)


def _texts(index: Index) -> Iterator[tuple[str, Make]]:
    book = index.book
    css = book.root / "overrides" / "assets" / "css"
    yield "assets/fg.css", text_file(style_sheet, css)
    for name in ("labs", "next-token", "one-request", "reading", "stress-test", "tokenizer"):
        yield f"assets/{name}.css", text_file(sheet_apart, css, name)
    yield "assets/material-for-mkdocs-LICENSE.txt", lambda: theme_license().encode()
    yield "assets/favicon.svg", lambda: favicon_svg(read_tokens(css / "tokens.css")).encode()
    sitemaps = "".join(
        f"Sitemap: {book.address(name)}\n"
        for name in ("sitemap.xml", SITEMAP)
        if name != SITEMAP or CLAIMS in book.pages
    )
    yield "robots.txt", lambda: f"User-agent: *\nAllow: /\n\n{sitemaps}".encode()
    yield "llms.txt", text_file(llms_txt, book)
    yield "llms-full.txt", text_file(llms_full_txt, index)
    if SEARCH in book.pages:
        yield "assets/search.css", text_file(sheet_apart, css, "search")
        yield "assets/search.json", text_file(search_json, index)
        yield "assets/numbers.json", text_file(numbers_json, index)
        yield from passage_files(index)
        yield "opensearch.xml", text_file(opensearch_xml, book)


def _downloads(index: Index) -> Iterator[tuple[str, Make]]:
    for name in ROWS:
        if (name == "claims" and CLAIMS not in index.book.pages) or (name == OWN and index.book.runs is None):
            continue
        yield f"data/{name}.csv", text_file(_csv, index, name)
        yield f"data/{name}.json", text_file(_json, index, name)
        yield f"data/{name}.schema.json", text_file(write_schema, index.book, name)
    yield from _own(index)


def _own(index: Index) -> Iterator[tuple[str, Make]]:
    """The files behind the guide's own training runs: the code that made and fitted them, and the notice of
    the dictionary that they read.
    """
    for name, path in (
        ("fit.json", FIT),
        ("grid.py", "experiments/grid.py"),
        ("fit.py", "experiments/fit.py"),
        ("wordnet-license.txt", NOTICE),
    ):
        if index.book.runs is not None and (index.book.root / path).is_file():
            yield f"data/{OWN}/{name}", (index.book.root / path).read_bytes


def _csv(index: Index, name: str) -> str:
    rows = ROWS[name](index)
    return write_csv(company_cells(rows) if name == "companies" else rows)


def _json(index: Index, name: str) -> str:
    return write_json(name, ROWS[name](index), json_head(index.book, name))
