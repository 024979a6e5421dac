"""Frames: each figure alone on a page that other sites show in an `<iframe>`, and the code to paste for it."""

from __future__ import annotations

import functools
import html
import math
import posixpath
import re
from collections.abc import Callable, Iterator
from typing import Any
from urllib.parse import urlsplit

from fieldguide.book import Book
from fieldguide.outputs.slide_tables import grid_of_html
from fieldguide.records.figure import INDEX, Figure, embed_file, figure_src, reading_of
from fieldguide.records.page import page_url

WIDTH = 760
"""Px of the frame in the code to paste; it shrinks where there is less room."""
BRIEF = 16
"""Characters of a value that stays in its column; longer ones make an entry of the row."""
DEAD = re.compile(r'<p class="fg-figure__tools">.*?</p>|<form\b.*?</form>|<a\b[^>]*\bclass="fg-copy"[^>]*></a>', flags=re.S)
"""What belongs to the guide's page or does nothing without its scripts."""
FACES = ("newsreader", "source-sans-3")
PAGE = """<!doctype html>
<html lang="en" class="no-js fg-framed">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{title}</title>
<meta name="robots" content="noindex">
<link rel="canonical" href="{canonical}">
<link rel="icon" href="{up}/assets/favicon.svg">
<link rel="stylesheet" href="{up}/assets/fg.css">
{fonts}
</head>
<body data-md-color-scheme="default">
<main class="md-typeset">
{figure}
<p class="fg-framed__from">From <a href="../" target="_blank" rel="noopener">{guide}</a>, {publisher}</p>
</main>
</body>
</html>
"""
"""Without scripts and with the class no-js, so that the style sheet follows the system's color scheme."""


def snippet(book: Book, figure: Figure, drawing: Any) -> str:
    """The frame as HTML to paste, as high as the figure needs at WIDTH px."""
    address = book.address(embed_file(figure.slug).removesuffix("index.html"))
    title = html.escape(figure.title)
    return f'<iframe src="{address}" title="{title}" width="{WIDTH}" height="{_frame_height(book, figure, drawing)}" loading="lazy" style="border: 0; max-width: 100%"></iframe>'


def _frame_height(book: Book, figure: Figure, drawing: Any) -> int:
    """Pixels, a little more than needed, so that source and credit are never below the edge: the plot at its share of WIDTH and the lines of words."""
    svg = getattr(drawing, "medium", None) or getattr(drawing, "wide", "")
    box = re.search(r'viewBox="0 0 ([\d.]+) ([\d.]+)"', svg)
    plot = (WIDTH - 24) * float(box[2]) / float(box[1]) if box else _table_height(book, drawing.html)
    reading = len(reading_of(book.homes[figure.slug], figure.slug)) / 95
    small = (sum(len(book.terms[slug].definition) for slug in figure.terms if slug in book.terms) + 25 * len(figure.sources)) / 105
    return math.ceil((plot + (320 if box else 280) + 24 * math.ceil(reading) + 21 * math.ceil(small)) / 20) * 20


def _table_height(book: Book, table: str) -> float:
    """A table at WIDTH px: a line of short values for each row, or else an entry for each row, with a line or more for each cell."""
    rows = [[len(cell.plain) + 18 * len(cell.sources) for cell in row] for row in grid_of_html(table, book).rows]
    if all(length <= BRIEF for row in rows for length in row[1:]):
        return 50 * len(rows)
    return sum(28 * max(1, math.ceil(length / 95)) for row in rows for length in row)


def files(book: Book) -> Iterator[tuple[str, Callable[[], bytes]]]:
    """(path below docs/, how to make it) of what the library adds to a figure's page: the page that other sites frame."""
    for slug in book.homes if INDEX in book.pages else ():
        yield embed_file(slug), functools.partial(_embed_bytes, book, slug)


def _embed_bytes(book: Book, slug: str) -> bytes:
    return embed(book, slug).encode()


def embed(book: Book, slug: str) -> str:
    """The figure as its home shows it, alone on a page that another site frames: no header, no navigation, no scripts.

    Every link opens in a new tab, since the frame belongs to the other site.
    Raises LookupError when its home does not show it.
    """
    figure, home = book.figures[slug], book.homes[slug]
    found = re.search(rf'<figure\b[^>]*\bid="{re.escape(slug)}"[^>]*>.*?</figure>', book.rendered[home.src].html, flags=re.S)
    if found is None:
        raise LookupError(f"{home.path} does not show the figure {slug}: mend what `check` says about it")
    here = posixpath.dirname(embed_file(slug)) + "/"

    def reach(match: re.Match[str]) -> str:
        return f'href="{html.escape(_from_frame(html.unescape(match[1]), home.src, here))}" target="_blank" rel="noopener"'

    drawn = DEAD.sub("", found[0])
    drawn = re.sub(r"<button\b[^>]*>(.*?)</button>", r"<span>\1</span>", drawn, flags=re.S)
    drawn = re.sub(r'\bhref="([^"]*)"', reach, re.sub(r' data-note="[^"]*"', "", drawn))
    drawn, named = re.subn(r'<p class="fg-figure__title">(.*?)</p>', r'<h1 class="fg-figure__title">\1</h1>', drawn, flags=re.S)
    title, up = html.escape(figure.title), posixpath.relpath(".", here)
    fonts = "\n".join(f'<link rel="preload" href="{up}/assets/fonts/{face}.woff2" as="font" type="font/woff2" crossorigin>' for face in FACES)
    if not named:  # elsewhere the stack map has the title in its drawing alone
        head = f'<h1 class="fg-figure__title">{title}</h1><p class="fg-figure__context">{html.escape(figure.context)}</p>'
        drawn = re.sub(r"^<figure\b[^>]*>", lambda match: match[0] + head, drawn)
    return PAGE.format(title=title, canonical=html.escape(book.address(figure_src(slug))), up=up, fonts=fonts, figure=drawn, guide=html.escape(book.name), publisher=html.escape(book.publisher))


def _from_frame(href: str, src: str, here: str) -> str:
    """A link as the page `src` has it in Markdown, from the frame's address `here`; links to other sites stay."""
    parts = urlsplit(href)
    if parts.scheme or parts.netloc:
        return href
    target = posixpath.normpath(posixpath.join(posixpath.dirname(src), parts.path)) if parts.path else src
    path = page_url(target) if target.endswith(".md") else target
    relative = posixpath.relpath(path or ".", here) + ("/" if path.endswith("/") or not path else "")
    return relative + (f"#{parts.fragment}" if parts.fragment else "")
