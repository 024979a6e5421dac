"""Figures: data/figures/<slug>.yml, where a figure's own page and files stand, and that page, made from the record.

A figure's page is Markdown made from its record and from what the figure's home says under it; `page/figure_page.py` adds the rest
to the page's tree. No file below docs/ holds it.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Container, Iterable, Mapping
from typing import Any

from pydantic import Field as Key

from fieldguide.records.base import Date, Record
from fieldguide.records.page import FrontMatter, Page
from fieldguide.text.names import LayerName

FOLDER = "figures"
INDEX = f"{FOLDER}/index.md"
LOCAL_LINK = re.compile(r"\]\((?![a-z]+:|#|/)([^)\s]+)\)")
BLOCK = re.compile(r"^/// figure \| ([\w-]+)[ \t]*$", flags=re.M)


class Figure(Record):
    """What a drawing claims, says in words and rests on, and its data."""

    title: str = Key(max_length=80)
    context: str
    alt: str = Key(min_length=40, max_length=250, examples=["Three layers; money goes down and tokens come back up."])
    layer: LayerName | None = None
    renderer: str
    as_of: Date
    sources: list[str] = Key(min_length=1, examples=["[hoffmann2022]"])
    terms: list[str] = Key([], max_length=3)
    data: dict[str, Any] = {}


THUMBNAIL = (480, 270)
"""Px of the small copy of a slide."""
SMALL = "-small.png"
SLIDE = (1920, 1080)
"""Px of a slide."""


# ---- addresses


def figure_src(slug: str) -> str:
    """The path below docs/ of a figure's own page."""
    return f"{FOLDER}/{slug}.md"


def figure_file(slug: str, ending: str) -> str:
    """The path below docs/ of a figure's download: `ending` is "-light.png", "-dark.svg", ".csv", …"""
    return f"{FOLDER}/{slug}/{slug}{ending}"


def embed_file(slug: str) -> str:
    """The path below docs/ of the page that other sites frame."""
    return f"{FOLDER}/{slug}/embed/index.html"


def slug_of(page: Page) -> str:
    """The slug of the figure whose own page this is, or ""."""
    return posixpath.basename(page.src).removesuffix(".md") if page.made and page.section == FOLDER else ""


# ---- the page


def find_homes(pages: Iterable[Page], figures: Container[str]) -> dict[str, Page]:
    """For each figure the first page that shows it; the home page only when no other does. `pages` come in the order of the table of contents."""
    shown = [page for page in pages if page.meta.status != "draft" and page.section != FOLDER]
    homes: dict[str, Page] = {}
    for page in sorted(shown, key=lambda page: page.meta.type == "landing"):
        for slug in BLOCK.findall(page.body):
            if slug in figures:
                homes.setdefault(slug, page)
    return homes


def figure_pages(figures: Mapping[str, Figure], homes: Mapping[str, Page]) -> dict[str, Page]:
    """A page for each figure that has a home, by its path below docs/, in the order in which the guide shows them."""
    return {figure_src(slug): _page(figures[slug], home) for slug, home in homes.items()}


def _page(figure: Figure, home: Page) -> Page:
    meta = FrontMatter.model_construct(title=figure.title, description=figure.context, type="reference", layer=figure.layer or home.meta.layer, reviewed=figure.as_of)
    body = f"# {figure.title}\n\n{figure.context}.\n\n/// figure | {figure.slug}\n{reading_of(home, figure.slug)}\n///\n"
    return Page(figure_src(figure.slug), figure.path, meta, body, made=True)


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
