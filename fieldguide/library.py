"""The figure library: a page for each figure record, under figures/, made in the build and written nowhere."""

from __future__ import annotations

import posixpath
import re
from typing import TYPE_CHECKING

from fieldguide.figures import Figure
from fieldguide.pages import FrontMatter, Page

if TYPE_CHECKING:
    from fieldguide.book import Book

FOLDER = "figures"
INDEX = f"{FOLDER}/index.md"
LOCAL_LINK = re.compile(r"\]\((?![a-z]+:|#|/)([^)\s]+)\)")


def figure_src(slug: str) -> str:
    """The path below docs/ of a figure's own page."""
    return f"{FOLDER}/{slug}.md"


def figure_pages(book: Book) -> dict[str, Page]:
    """A page for each figure that a published page shows, once the library has an index."""
    if INDEX not in book.pages:
        return {}
    made = {}
    for figure in book.figures.values():
        home = home_of(book, figure.slug)
        if home is not None:
            made[figure_src(figure.slug)] = _page(figure, home)
    return made


def home_of(book: Book, slug: str) -> Page | None:
    """The first page, in the order of the table of contents, that shows the figure."""
    shown = re.compile(rf"^/// figure \| {re.escape(slug)}[ \t]*$", flags=re.M)
    found = [page for page in book.pages.values() if page.meta.status != "draft" and not page.made and shown.search(page.body)]
    return min(found, key=lambda page: book.order(page.src), default=None)


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
