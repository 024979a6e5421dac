"""The figure library: a page for each figure record, under figures/, made in the build and written nowhere.

A figure's page is Markdown made from its record and from what the figure's home says under it; figure_page.py adds the rest to
the page's tree.
"""

from __future__ import annotations

import functools
import hashlib
import io
import posixpath
import re
from collections.abc import Callable, Iterator, Mapping
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PIL import Image

from fieldguide.exports import made_once
from fieldguide.figures import Figure
from fieldguide.pages import FrontMatter, Page

if TYPE_CHECKING:
    from fieldguide.book import Book

FOLDER = "figures"
INDEX = f"{FOLDER}/index.md"
LOCAL_LINK = re.compile(r"\]\((?![a-z]+:|#|/)([^)\s]+)\)")
BLOCK = re.compile(r"^/// figure \| ([\w-]+)[ \t]*$", flags=re.M)
THUMBNAIL = (480, 270)
"""Px of the small copy of a slide."""
SMALL = "-small.png"
LONG = 2700
"""Characters of a table that fill a printed page."""
PLATE = 510
"""Points of height on paper that a drawing may have where its words stand with it: the stack map’s, the tallest that does (print.css)."""


def figure_src(slug: str) -> str:
    """The path below docs/ of a figure's own page."""
    return f"{FOLDER}/{slug}.md"


def figure_file(slug: str, ending: str) -> str:
    """The path below docs/ of a figure's download: `ending` is "-light.png", "-dark.svg", ".csv", …"""
    return f"{FOLDER}/{slug}/{slug}{ending}"


def figure_of(book: Book, page: Page) -> Figure | None:
    """The figure whose own page this is."""
    return book.figures.get(posixpath.basename(page.src).removesuffix(".md")) if page.made and page.section == FOLDER else None


def figure_pages(book: Book) -> dict[str, Page]:
    """A page for each figure that a published page shows, in the order in which the guide shows them, once the library has an index."""
    if INDEX not in book.pages:
        return {}
    return {figure_src(slug): _page(book.figures[slug], home) for slug, home in book.homes.items()}


def find_homes(book: Book) -> dict[str, Page]:
    """For each figure the first page, in the order of the table of contents, that shows it; the home page only when no other does."""
    shown = [page for page in book.pages.values() if page.meta.status != "draft" and page.section != FOLDER]
    shown.sort(key=lambda page: (page.meta.type == "landing", book.order(page.src)))
    homes: dict[str, Page] = {}
    for page in shown:
        for slug in BLOCK.findall(page.body):
            if slug in book.figures:
                homes.setdefault(slug, page)
    return homes


def reading_of(page: Page, slug: str) -> str:
    """What the page says under the figure, as Markdown whose links work from the figure's own page."""
    block = re.search(rf"^/// figure \| {re.escape(slug)}[ \t]*\n(.*?)^///[ \t]*$", page.body, flags=re.M | re.S)
    here = posixpath.dirname(page.src)

    def rebase(match: re.Match[str]) -> str:
        path, hash_, anchor = match[1].partition("#")
        return f"]({posixpath.relpath(posixpath.join(here, path), FOLDER)}{hash_}{anchor})"

    def local(match: re.Match[str]) -> str:
        return f"]({posixpath.relpath(page.src, FOLDER)}#{match[1]})"

    text = LOCAL_LINK.sub(rebase, block[1].strip() if block else "")
    return re.sub(r"\]\(#([^)\s]+)\)", local, text)


def _page(figure: Figure, home: Page) -> Page:
    meta = FrontMatter.model_construct(title=figure.title, description=figure.context, type="reference", layer=figure.layer or home.meta.layer, reviewed=figure.as_of)
    body = f"# {figure.title}\n\n{figure.context}.\n\n/// figure | {figure.slug}\n{reading_of(home, figure.slug)}\n///\n"
    return Page(figure_src(figure.slug), figure.path, meta, body, made=True)


def has_data(drawing: Any) -> bool:
    """Whether the figure has a table, and so a CSV."""
    return getattr(drawing, "table", None) is not None or "<table" in getattr(drawing, "html", "")


def is_long(drawing: Any) -> bool:
    """Whether a table takes more than a printed page, so that it may break between rows."""
    return len(re.sub(r"<[^>]+>|\{\{[^}|]*\|?", "", getattr(drawing, "html", ""))) > LONG


def is_plate(drawing: Any) -> bool:
    """Whether a printed page cannot hold the drawing and its words with the smallest text at 7 points, so that it takes a page to itself."""
    svg = getattr(drawing, "medium", None) or getattr(drawing, "wide", "")
    box = re.search(r'viewBox="0 0 [\d.]+ ([\d.]+)"', svg)
    smallest = min(map(float, re.findall(r'font-size="([\d.]+)"', svg)), default=7)
    return box is not None and float(box[1]) * 7 / smallest > PLATE


# ---- small copies of the slides, for the index


def thumbnails(root: Path, slides: Mapping[str, str | Callable[[], bytes]]) -> Iterator[tuple[str, Callable[[], bytes]]]:
    """A small copy of each PNG slide, for the index. `slides` is path below docs/ → how to make it, of every file of the slides."""
    for path, make in slides.items():
        if path.endswith(".png") and callable(make):
            yield path.removesuffix(".png") + SMALL, functools.partial(_thumbnail, root, path, make)


def _thumbnail(root: Path, path: str, make: Callable[[], bytes]) -> bytes:
    picture = make()

    def shrink() -> bytes:
        small = Image.open(io.BytesIO(picture)).convert("RGB").resize(THUMBNAIL, Image.Resampling.LANCZOS)
        out = io.BytesIO()
        small.quantize(32, method=Image.Quantize.MEDIANCUT, dither=Image.Dither.NONE).save(out, "PNG", optimize=True)
        return out.getvalue()

    return made_once(root, posixpath.basename(path).removesuffix(".png") + SMALL, hashlib.sha256(picture).hexdigest() + version("pillow"), shrink)
