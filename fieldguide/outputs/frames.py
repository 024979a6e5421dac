"""Frames: each figure alone on a page that other sites show in an `<iframe>`."""

from __future__ import annotations

import html
import posixpath
import re
from collections.abc import Iterator
from urllib.parse import urlsplit

from fieldguide.book import Book
from fieldguide.index import Index
from fieldguide.outputs.exports import Make, text_file
from fieldguide.records.figure import INDEX, embed_file, figure_src
from fieldguide.records.page import page_url

DEAD = re.compile(
    r'<details class="fg-fold'
    r' fg-figure__share">.*?</details>|<a\b[^>]*\bdownload=[^>]*>.*?</a>|<button\b.*?</button>|<form\b.*?'
    r'</form>|<a\b[^>]*\bclass="fg-copy"[^>]*></a>',
    flags=re.S,
)
"""Elements that only make sense on the guide's page or need its scripts."""
PRELOADED = ("newsreader", "source-sans-3")
"""Fonts that a frame loads before its style sheet asks for them."""
FRAME = """<!doctype html>
<html lang="en" class="fg-framed">
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
<body>
<main class="md-typeset">
{figure}
<p class="fg-framed__from">From <a href="../" target="_blank" rel="noopener">{guide}</a>, {publisher}</p>
</main>
</body>
</html>
"""
"""The page has no scripts, so its colors follow the reader's system."""


def frame_files(index: Index) -> Iterator[tuple[str, Make]]:
    """(path below docs/, function that makes it) of the frame of each figure of the library."""
    for slug in index.book.homes if INDEX in index.book.pages else ():
        yield embed_file(slug), text_file(embed, index, slug)


def embed(index: Index, slug: str) -> str:
    """The figure as its home shows it, alone on a page for other sites: no header, navigation or scripts.
    Links open in a new tab, since the frame is part of another site. Raises LookupError if the figure's home
    does not show it.
    """
    book = index.book
    figure, home = book.figures[slug], book.homes[slug]
    match = re.search(
        rf'<figure\b[^>]*\bid="{re.escape(slug)}"[^>]*>.*?</figure>', index.pages[home.src].html, flags=re.S
    )
    if match is None:
        raise LookupError(
            f"{home.path} does not show the figure {slug}: correct what `check` reports about it"
        )
    folder = posixpath.dirname(embed_file(slug)) + "/"

    def retarget(match: re.Match[str]) -> str:
        return (
            f'href="{html.escape(_from_frame(html.unescape(match[1]), home.src, folder))}" target="_blank"'
            ' rel="noopener"'
        )

    drawn = DEAD.sub("", match[0])
    drawn = re.sub(
        r'<a [^>]*class="fg-sources"[^>]*></a>', "", drawn
    )  # a frame has no notes to open, so it names its sources
    drawn = re.sub(r'\bhref="([^"]*)"', retarget, re.sub(r' data-note="[^"]*"', "", drawn))
    drawn, named = re.subn(
        r'<p class="fg-figure__title">(.*?)</p>', r'<h1 class="fg-figure__title">\1</h1>', drawn, flags=re.S
    )
    if not named:  # otherwise the stack map has its title only in its drawing
        head = (
            '<figcaption class="fg-figure__head"><h1'
            f' class="fg-figure__title">{html.escape(figure.title)}</h1><p'
            f' class="fg-figure__context">{html.escape(figure.context)}</p></figcaption>'
        )
        drawn = re.sub(r"^<figure\b[^>]*>", lambda match: match[0] + head, drawn)
    return render_frame(book, slug, figure.title, book.address(figure_src(slug)), drawn)


def render_frame(book: Book, slug: str, title: str, canonical: str, figure: str) -> str:
    """The page at the address of a figure's frame. `title` and `canonical` are plain texts,
    `figure` is HTML.
    """
    up = posixpath.relpath(".", posixpath.dirname(embed_file(slug)))
    fonts = "\n".join(
        f'<link rel="preload" href="{up}/assets/fonts/{face}.woff2" as="font" type="font/woff2" crossorigin>'
        for face in PRELOADED
    )
    return FRAME.format(
        title=html.escape(title),
        canonical=html.escape(canonical),
        up=up,
        fonts=fonts,
        figure=figure,
        guide=html.escape(book.name),
        publisher=html.escape(book.publisher),
    )


def _from_frame(href: str, src: str, folder: str) -> str:
    """A link of the page `src`, rewritten for a frame in `folder`. Links to other sites are unchanged."""
    parts = urlsplit(href)
    if parts.scheme or parts.netloc:
        return href
    own = page_url(src)
    path = (
        posixpath.normpath(posixpath.join(own, parts.path)) + ("/" if parts.path.endswith("/") else "")
        if parts.path
        else own
    )
    relative = posixpath.relpath(path or ".", folder) + ("/" if path.endswith("/") or not path else "")
    return relative + (f"#{parts.fragment}" if parts.fragment else "")
