"""The index: every page rendered once, and what the whole then knows: who uses what, the claims, the
addresses.

Pages still hold empty places here; `lists/fill.py` says what belongs in them.
"""

from __future__ import annotations

import functools
import posixpath
import re
from collections.abc import Callable, Container, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, TypedDict
from urllib.parse import quote, unquote, urlsplit
from xml.etree import ElementTree as ET

import markdown
from markdown.util import AMP_SUBSTITUTE
from mkdocs.utils import get_relative_url

from fieldguide.book import Book
from fieldguide.book.evidence import field_kind
from fieldguide.drawing.shapes import Drawing
from fieldguide.page.allowed import check_ids
from fieldguide.page.contents import render_contents
from fieldguide.page.context import CLAIMS, Context, GeneratedList
from fieldguide.page.lab import lab_src
from fieldguide.page.permalinks import render_permalinks
from fieldguide.page.render import render_tree
from fieldguide.page.syntax import Syntax
from fieldguide.page.term import Matcher
from fieldguide.page.uses import Uses
from fieldguide.records.claim import key_of, section_key
from fieldguide.records.field import Field, Sourced
from fieldguide.records.figure import figure_src
from fieldguide.records.lab import FOLDER as LABS
from fieldguide.records.page import Page, page_url
from fieldguide.records.shelf import ShelfLife, shelf_life
from fieldguide.records.short_links import short_link, short_name
from fieldguide.records.term import term_slug
from fieldguide.text.lazy import lazy
from fieldguide.text.problems import Problem, closest

OWN = "fieldguide.markdown"
"""The name of our extension in mkdocs.yml."""
USED_IN = "where-the-guide-uses-it"
"""The id of the heading above a term's list of pages."""


class Heading(TypedDict):
    """A heading of a page and the headings below it, as Python-Markdown's toc extension returns them."""

    level: int
    id: str
    name: str
    children: list[Heading]


@dataclass(frozen=True)
class Rendered:
    """One page before the theme is applied: HTML with site addresses, table of contents, uses, and
    problems.
    """

    html: str
    toc: list[Heading]
    uses: Uses
    problems: list[Problem]
    drawings: Mapping[str, Drawing]
    """{slug: figure of the page}."""


@dataclass(frozen=True)
class Claim:
    """One field of a record that published pages cite. `pages` are the pages written for readers, in the
    order of the table of contents; a resting claim has none.
    """

    record: Sourced
    name: str
    field: Field
    pages: tuple[Page, ...]
    life: ShelfLife | None
    """None for a value that does not age."""

    @property
    def id(self) -> str:
        """Its name wherever a claim is named: `record.field`."""
        return f"{self.record.slug}.{self.name}"

    @property
    def kind(self) -> str:
        """Disclosed, derived, estimate or ours: see `field_kind`."""
        return field_kind(self.field)


@dataclass(frozen=True)
class Published:
    """The site's current addresses, the pages among them that show a lab, and the address of the ledger of
    claims.
    """

    addresses: set[str] = field(default_factory=set)
    labs: set[str] = field(default_factory=set)
    ledger: str = ""
    """The address of the ledger of claims, or ""."""

    def __contains__(self, address: str) -> bool:
        page, _, fragment = address.partition("#")
        if (
            self.ledger == page and short_link(fragment) in self.addresses
        ):  # old anchors, which claims.mjs redirects
            return True
        if (
            fragment == USED_IN and page in self.addresses and page.startswith("glossary/")
        ):  # without such a list, the reader arrives at the top of the term's page
            return True
        return address in self.addresses or ("=" in fragment and page in self.labs)


@dataclass
class Index:
    """The rendered pages of a book, and what follows from all of them, which is computed on demand."""

    book: Book
    pages: Mapping[str, Rendered]

    @property
    def problems(self) -> list[Problem]:
        """What is wrong with the pages; `book.problems` has what is wrong with the records behind them."""
        return [problem for page in self.pages.values() for problem in page.problems]

    @lazy
    def drawings(self) -> dict[str, Drawing]:
        """{slug: drawing} of every figure that a page shows and that can be drawn."""
        return {slug: drawing for page in self.pages.values() for slug, drawing in page.drawings.items()}

    @lazy
    def claims(self) -> list[Claim]:
        """The checked numbers of all published pages."""
        return collect_claims(self.book, {src: page.uses for src, page in self.pages.items()})

    @lazy
    def resting(self) -> list[Claim]:
        """The claims that were published earlier and that no page states now. Their pages, badges and
        download rows remain.
        """
        return collect_resting(self.book, {claim.id for claim in self.claims})

    @lazy
    def known(self) -> dict[str, Claim]:
        """{id: claim} of every claim that has a page, those that pages state now first."""
        return {claim.id: claim for claim in (*self.claims, *self.resting)}

    @lazy
    def _using(self) -> dict[tuple[str, str], list[Page]]:
        """{(kind of use, key): published pages}, in the order of the table of contents, without pages
        generated from records.
        """
        users: dict[tuple[str, str], list[Page]] = {}
        for src in sorted(self.pages, key=self.book.order):
            page, uses = self.book.pages[src], self.pages[src].uses
            if page.meta.status == "draft" or page.made:
                continue
            for what in ("sources", "facts", "terms", "named", "figures"):
                for key in getattr(uses, what):
                    users.setdefault((what, key), []).append(page)
        return users

    def pages_using(self, what: str, key: str) -> list[Page]:
        """The published pages that use a source, fact, term or figure, in the order of the table of
        contents.
        """
        return self._using.get((what, key), [])

    def pages_naming(self, term: str) -> list[Page]:
        """The pages, other than definitions, that link a term or name it in a heading, a table head or a
        figure, in the order of the table of contents.
        """
        naming = {
            page.src: page
            for what in ("terms", "named")
            for page in self.pages_using(what, term)
            if page.meta.type != "term"
        }
        return sorted(naming.values(), key=lambda page: self.book.order(page.src))

    def short_links(self) -> dict[str, str]:
        """{id: site path} of every figure's short link. Short links of claims are not included: they are
        pages themselves.
        """
        return {
            slug: page_url(figure_src(slug))
            for slug in self.book.homes
            if figure_src(slug) in self.book.pages
        }

    def published(self) -> Published:
        """Every built page, its anchors and the short links, in the form of the register of addresses."""
        published = Published(
            {short_link(name) for name in self.short_links()},
            ledger=page_url(CLAIMS) if CLAIMS in self.book.pages else "",
        )
        if published.ledger:
            published.addresses.update(map(short_link, self.known))
        if self.book.withdrawals is not None:
            published.addresses.update(
                map(short_link, (*self.book.withdrawals.claims, *self.book.withdrawals.figures))
            )
        for src, rendered in self.pages.items():
            if self.book.pages[src].meta.status == "draft":
                continue
            url = page_url(src) or "./"
            own = rendered.uses.anchors | self._filled_ids(src)
            published.addresses.update({url}, (f"{url}#{anchor}" for anchor in own))
            if any(
                slug not in self.book.labs or src == lab_src(slug) for slug in rendered.uses.labs
            ):  # a lab in short form keeps no state in the address
                published.labs.add(url)
        return published

    def check_links(self, files: Callable[[str], bool]) -> list[Problem]:
        """Links and images that lead to a missing page, file or anchor or to a draft, or that only work if
        the site is at the root of its host. `files(path)` says whether docs/ will contain a file.
        """
        return [
            problem
            for src, item in self.pages.items()
            for href in dict.fromkeys(item.uses.links)
            for problem in self._check_link(self.book.pages[src], href, files)
        ]

    def _check_link(self, page: Page, href: str, files: Callable[[str], bool]) -> Iterator[Problem]:
        parts = urlsplit(href)
        if parts.scheme or parts.netloc or AMP_SUBSTITUTE in href:  # another site, or an email address
            return
        target = (
            posixpath.normpath(posixpath.join(posixpath.dirname(page.src), unquote(parts.path)))
            if parts.path
            else page.src
        )
        written = _as_written(page, href, target)
        if parts.path.startswith("/"):
            yield page.problem(
                f"absolute link `{written}`",
                "write it relative to the page, so that it holds wherever the site stands",
                f"]({written}",
            )
        elif target not in self.pages:
            if target.startswith("../") or not files(target):
                yield page.problem(
                    f"broken link `{written}`", closest(target, self.pages) or "no such page", f"]({written}"
                )
        elif page.meta.status != "draft" and self.book.pages[target].meta.status == "draft":
            yield page.problem(
                f"link to a draft `{written}`", "publish the draft, or take the link out", f"]({written}"
            )
        elif (
            parts.fragment
            and parts.fragment not in self.ids(target)
            and not self._is_state(target, parts.fragment)
        ):
            near = closest(parts.fragment, self.ids(target))
            yield page.problem(
                f"broken anchor `{written}`", near or f"{target} has no such heading", f"]({written}"
            )

    def _is_state(self, target: str, fragment: str) -> bool:
        """Whether a fragment is a state of the lab on the target page."""
        folder, _, name = target.removesuffix(".md").rpartition("/")
        lab = self.book.labs.get(name) if folder == LABS else None
        return lab is not None and lab.takes(fragment)

    def ids(self, src: str) -> set[str]:
        """The ids of a page, including those in its generated places."""
        return self.pages[src].uses.ids | self._filled_ids(src)

    def _filled_ids(self, src: str) -> set[str]:
        """The ids that the generated places of a page will contain: a term's list of pages, unless it is
        empty.
        """
        return (
            {USED_IN}
            if self.book.pages[src].meta.type == "term" and self.pages_naming(term_slug(src))
            else set()
        )


def _as_written(page: Page, href: str, target: str) -> str:
    """A link as its author wrote it: rendering has made links from the root of docs/ relative."""
    anchor = href[href.index("#") :] if "#" in href else ""
    return (
        f"/{target}{anchor}" if f"]({href}" not in page.body and f"](/{target}{anchor}" in page.body else href
    )


# ---- claims


def collect_claims(book: Book, uses: Mapping[str, Uses]) -> list[Claim]:
    """The claims of all published pages, grouped by record, records in the order of their first use."""
    cited: dict[str, list[Page]] = {}
    for src in sorted(uses, key=book.order):
        page = book.pages[src]
        if page.meta.status != "draft" and not page.made:
            for reference in uses[src].facts:
                cited.setdefault(reference, []).append(page)
    claims = []
    for slug in dict.fromkeys(reference.partition(".")[0] for reference in cited):
        record = book.quantities[slug]
        for name, value in record.own_fields().items():
            pages = cited.get(f"{slug}.{name}")
            if pages:
                claims.append(
                    Claim(
                        record,
                        name,
                        value,
                        tuple(pages),
                        shelf_life(book.quantities, book.sources, record, name),
                    )
                )
    return claims


def collect_resting(book: Book, cited: Container[str]) -> list[Claim]:
    """The claims in the register of addresses that are not `cited` and whose record still has the field, in
    the order of the register.
    """
    claims = []
    for address in book.register:
        reference = short_name(address)
        slug, _, name = reference.partition(".")
        if slug in book.quantities and reference not in cited:
            record = book.quantities[slug]
            value = record.own_fields().get(name)
            if value is not None:
                claims.append(
                    Claim(record, name, value, (), shelf_life(book.quantities, book.sources, record, name))
                )
    return claims


def by_section(book: Book, claims: Iterable[Claim]) -> dict[str, dict[str, list[Claim]]]:
    """{section with a page of the ledger: {record: claims that the section's pages state}}. Sections are in
    the order of the table of contents, records in that of their first use.
    """
    first: dict[str, int] = {}
    for src in sorted(book.pages, key=book.order):
        first.setdefault(section_key(src), len(first))
    listed = {key_of(src) for src in book.pages} - {""}
    sections: dict[str, dict[str, list[Claim]]] = {
        key: {} for key in sorted(listed, key=lambda key: (first.get(key, len(first)), key))
    }
    for claim in claims:
        for key in dict.fromkeys(section_key(page.src) for page in claim.pages):
            if key in sections:
                sections[key].setdefault(claim.record.slug, []).append(claim)
    return sections


# ---- rendering


Extensions = tuple[list[Any], dict[str, dict[str, Any]]]
"""(Markdown extensions, {extension: its settings}), as MkDocs passes them to Python-Markdown."""


def render_pages(book: Book, lists: Mapping[str, GeneratedList], extensions: Extensions) -> Index:
    """The index of all pages, each rendered once. `lists` are the generated lists that pages may name."""
    matcher = Matcher(book.terms)
    drawn: dict[str, Drawing] = {}  # shared, since a figure is in its chapter and on its own page
    pages = Pages(extensions)
    return Index(
        book,
        {
            src: pages.render(Context(book, page, matcher, lists, drawn=drawn))
            for src, page in book.pages.items()
        },
    )


class Pages:
    """Renders pages one after another with one Markdown converter, since creating a converter takes longer
    than converting a short page.
    """

    def __init__(self, extensions: Extensions) -> None:
        self.extensions = extensions
        self.syntax, self.md = self._new()

    def _new(self) -> tuple[Syntax, markdown.Markdown]:
        names, settings = self.extensions
        syntax = Syntax(lambda root, written: None, lambda root: None)
        others = [name for name in names if name != OWN]
        return syntax, markdown.Markdown(
            extensions=[*others, syntax],
            extension_configs={name: value for name, value in settings.items() if name != OWN},
        )

    def render(self, context: Context) -> Rendered:
        """One page, with its generated places still empty."""
        self.syntax.before, self.syntax.after = (
            functools.partial(render_tree, context),
            functools.partial(_close, context),
        )
        try:
            html = self.md.reset().convert(context.page.body)
            return Rendered(
                html, getattr(self.md, "toc_tokens", []), context.uses, context.problems, context.drawings
            )
        except (
            RecursionError
        ):  # a new converter: this one would continue its unfinished work on the next page
            self.syntax, self.md = self._new()
            context.problem("the page is nested too deeply", "take out lists in lists, boxes in boxes")
            return Rendered("", [], context.uses, context.problems, context.drawings)


def render_page(context: Context, extensions: Extensions) -> Rendered:
    """One page, rendered alone."""
    return Pages(extensions).render(context)


def _close(context: Context, root: ET.Element) -> None:
    """Finish a page's tree: contents, copy links, its ids and links, and site addresses in place of paths."""
    render_contents(context, root)
    render_permalinks(context, root)
    check_ids(context, root)
    context.uses.ids = {element.get("id", "") for element in root.iter()} - {""}
    context.uses.links = [
        element.get("href" if element.tag == "a" else "src", "")
        for element in root.iter()
        if element.tag in ("a", "img")
    ]
    resolve_links(context, root)


def resolve_links(context: Context, root: ET.Element) -> None:
    """Replace paths of pages and files below docs/ by addresses relative to the page, as the site serves
    them.
    """
    own = page_url(context.page.src)
    for element in root.iter():
        for name in ("href", "src"):
            value = element.get(name)
            if value and element.tag in ("a", "img"):
                element.set(name, _address(value, context.page.src, own))


def _address(href: str, src: str, own: str) -> str:
    parts = urlsplit(href)
    if parts.scheme or parts.netloc or not parts.path or parts.path.startswith("/") or AMP_SUBSTITUTE in href:
        return href
    target = posixpath.normpath(posixpath.join(posixpath.dirname(src), unquote(parts.path)))
    url = page_url(target) if target.endswith(".md") else quote(re.sub(r"(^|/)index\.html$", r"\1", target))
    return (
        get_relative_url(url or "./", own or "./")
        + (f"?{parts.query}" if parts.query else "")
        + (f"#{parts.fragment}" if parts.fragment else "")
    )
