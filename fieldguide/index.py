"""TODO."""

from __future__ import annotations

import posixpath
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit
from xml.etree import ElementTree as ET

import markdown
from markdown.treeprocessors import Treeprocessor

from fieldguide import claims
from fieldguide.book import Book
from fieldguide.page.builder import Builder
from fieldguide.page.uses import Uses
from fieldguide.records.field import Field, Sourced
from fieldguide.records.figure import figure_src
from fieldguide.records.page import Page, page_url
from fieldguide.records.review import review_date
from fieldguide.text.problems import Problem, closest


@dataclass(frozen=True)
class Claim:
    """One field of a record that published pages cite. `pages` are the reader's pages, in the order of the table of contents."""

    record: Sourced
    name: str
    field: Field
    pages: tuple[Page, ...]
    review: str

    @property
    def id(self) -> str:
        return f"{self.record.slug}.{self.name}"

    @property
    def kind(self) -> str:
        """Disclosed (the source states it), derived or estimate."""
        return self.field.kind or ("derived" if self.field.computed else "disclosed")


def collect_claims(book: Book, uses: Mapping[str, Uses]) -> list[Claim]:
    """The claims of all published pages, a record's together, records in the order of their first use."""
    cited: dict[str, list[Page]] = {}
    for src in sorted(uses, key=book.order):
        page = book.pages[src]
        if page.meta.status != "draft" and not page.made:
            for reference in uses[src].facts:
                cited.setdefault(reference, []).append(page)
    records = book.quantities
    claims = []
    for slug in dict.fromkeys(reference.partition(".")[0] for reference in cited):
        record = records[slug]
        for name, field in record.own_fields().items():
            pages = cited.get(f"{slug}.{name}")
            if pages:
                claims.append(Claim(record, name, field, tuple(pages), review_date(book, record, name)))
    return claims

GO = "go/"

USED_IN = "where-the-guide-uses-it"


@dataclass(frozen=True)
class Published:
    """What the site holds now: its addresses, and of these the pages that have a lab."""

    addresses: set[str] = field(default_factory=set)
    labs: set[str] = field(default_factory=set)

    def __contains__(self, address: str) -> bool:
        page, _, fragment = address.partition("#")
        return address in self.addresses or ("=" in fragment and page in self.labs)


def published(book: Book, uses: Mapping[str, Uses] | None = None) -> Published:
    """Every page that is built, its anchors, and the short links, as the ledger writes them."""
    uses = book.uses if uses is None else uses
    found = Published({f"{GO}{name}/" for name in short_links(book)})
    used_terms = {slug for src, page in uses.items() for slug in {**page.terms, **page.named} if _reads(book, src)}
    for src, page in uses.items():
        if book.pages[src].meta.status == "draft":
            continue
        url = page_url(src) or "./"
        own = set(page.anchors)
        if src == claims.PAGE:  # its rows are drawn when the uses of all pages are known
            own |= claims.anchors(book, book.claims)
        if book.pages[src].meta.type == "term" and src.rsplit("/", 1)[-1].removesuffix(".md") in used_terms:
            own.add(USED_IN)  # likewise
        found.addresses.update({url}, (f"{url}#{anchor}" for anchor in own))
        if page.labs:
            found.labs.add(url)
    return found


def _reads(book: Book, src: str) -> bool:
    """Whether a page stands in the list of where a term is used."""
    page = book.pages[src]
    return page.meta.status != "draft" and not page.made and page.meta.type != "term"


def short_links(book: Book) -> dict[str, str]:
    """{id: site path} of every short link that leads to something: figures, then claims."""
    links = {slug: page_url(figure_src(slug)) for slug in book.homes if figure_src(slug) in book.pages}
    if claims.PAGE in book.pages:
        links |= {claim.id: f"{page_url(claims.PAGE)}#{claim.id}" for claim in book.claims}
    return links


@dataclass
class Rendered:
    """One page as Python-Markdown gives it, before the theme."""

    html: str
    uses: Uses
    problems: list[Problem]


def render_pages(book: Book) -> dict[str, Rendered]:
    """Render every page once, in scanning mode (generated where-used lists stay empty)."""
    extensions, configs = markdown_config(book.root)
    rendered = {src: render_page(book, page, extensions, configs) for src, page in book.pages.items()}
    if claims.PAGE in rendered:  # the ledger's rows are what the pages use, known only now
        ledger = claims.collect_claims(book, {src: item.uses for src, item in rendered.items()})
        rendered[claims.PAGE].uses.ids |= claims.anchors(book, ledger)
    return rendered


def markdown_config(root: Path) -> tuple[list[str], dict[str, dict[str, Any]]]:
    """The extensions of mkdocs.yml, as MkDocs hands them to Python-Markdown."""
    from mkdocs.config import load_config

    config = load_config(str(root / "mkdocs.yml"), hooks=[], watch=[], plugins=[])
    return list(config["markdown_extensions"]), dict(config["mdx_configs"])


def render_page(book: Book, page: Page, extensions: list[str], configs: dict[str, dict[str, Any]]) -> Rendered:
    """One page, its uses and its problems. Lists that need to know all pages stay empty."""
    md = markdown.Markdown(extensions=extensions, extension_configs=configs)
    builder = Builder(book, page, scanning=True)
    md.treeprocessors["fieldguide"].builder = builder
    collect = _Collect(md)
    md.treeprocessors.register(collect, "fieldguide_collect", 1)
    html = md.convert(page.body)
    builder.uses.ids, builder.uses.links = collect.ids, collect.links
    return Rendered(html, builder.uses, builder.problems)


class _Collect(Treeprocessor):
    """Ids and links of the finished tree."""

    def run(self, root: ET.Element) -> None:
        self.ids = {element.get("id", "") for element in root.iter()} - {""}
        self.links = [element.get("href", "") for element in root.iter("a")]


def check_links(book: Book, rendered: dict[str, Rendered], files: Callable[[str], bool]) -> list[Problem]:
    """Relative links to pages, files and anchors that are not there. `files(path)` says whether docs/ will hold a file."""
    problems = []
    for src, item in rendered.items():
        page = book.pages[src]
        for href in dict.fromkeys(item.uses.links):
            parts = urlsplit(href)
            if parts.scheme or parts.netloc:
                continue
            target = posixpath.normpath(posixpath.join(posixpath.dirname(src), unquote(parts.path))) if parts.path else src
            if target not in rendered:
                if not files(target):
                    problems.append(page.problem(f"broken link `{href}`", closest(target, rendered) or "no such page", f"]({href}"))
            elif parts.fragment and parts.fragment not in rendered[target].uses.ids:
                near = closest(parts.fragment, rendered[target].uses.ids)
                problems.append(page.problem(f"broken anchor `{href}`", near or f"{target} has no such heading", f"]({href}"))
    return problems
