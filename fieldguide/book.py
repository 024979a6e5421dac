"""The book: every record and page, loaded once, and where each term, source and fact is used."""

from __future__ import annotations

import functools
import os
import posixpath
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import yaml

from fieldguide.companies import Company, check_company
from fieldguide.facts import Fact, Sourced, check_field, compute_fields, find_field, unknown_source
from fieldguide.figures import Figure, check_figure
from fieldguide.glossary import Matcher, Term, load_terms
from fieldguide.hardware import Accelerator, check_accelerator
from fieldguide.ledger import load_ledger
from fieldguide.library import figure_pages, find_homes
from fieldguide.models import Model
from fieldguide.pages import Page, load_page, page_url
from fieldguide.prices import Price, check_newest, check_price, check_rivals
from fieldguide.problems import Problem
from fieldguide.records import Record, load_folder, load_record
from fieldguide.redirects import load_redirects
from fieldguide.sources import Source
from fieldguide.stack import Stack

if TYPE_CHECKING:
    from fieldguide.claims import Claim
    from fieldguide.markdown import Rendered


@dataclass
class Uses:
    """What one page uses, in order of first use, and what it offers and asks of links."""

    sources: dict[str, None] = field(default_factory=dict)
    facts: dict[str, None] = field(default_factory=dict)
    terms: dict[str, None] = field(default_factory=dict)
    named: dict[str, None] = field(default_factory=dict)
    """Terms that a heading, a head of a table or a figure names, those that link themselves nowhere too."""
    figures: dict[str, None] = field(default_factory=dict)
    labs: dict[str, None] = field(default_factory=dict)
    ids: set[str] = field(default_factory=set)
    anchors: set[str] = field(default_factory=set)
    """The ids that a reader may link."""
    links: list[str] = field(default_factory=list)
    loose_numbers: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class NavEntry:
    """A page in the table of contents. `section` is the title of its top-level group, or its own."""

    section: str
    title: str
    src: str


@dataclass
class Book:
    """All records and pages. `problems` holds what is wrong with them, before any page is rendered."""

    root: Path
    sources: dict[str, Source] = field(default_factory=dict)
    facts: dict[str, Fact] = field(default_factory=dict)
    models: dict[str, Model] = field(default_factory=dict)
    companies: dict[str, Company] = field(default_factory=dict)
    prices: dict[str, Price] = field(default_factory=dict)
    hardware: dict[str, Accelerator] = field(default_factory=dict)
    figures: dict[str, Figure] = field(default_factory=dict)
    stack: Stack | None = None
    redirects: dict[str, str] = field(default_factory=dict)
    ledger: list[str] = field(default_factory=list)
    """Every address that was ever published: see `fieldguide/ledger.py`."""
    pages: dict[str, Page] = field(default_factory=dict)
    terms: dict[str, Term] = field(default_factory=dict)
    nav: list[NavEntry] = field(default_factory=list)
    site_url: str = "http://127.0.0.1:8000/"
    """Where the site will stand, with a closing slash: `site_url` of mkdocs.yml, so $SITE_URL where it is set."""
    name: str = ""
    publisher: str = ""
    summary: str = ""
    """`site_name`, `site_author` and `site_description` of mkdocs.yml."""
    problems: list[Problem] = field(default_factory=list)

    @property
    def quantities(self) -> Mapping[str, Sourced]:
        """Every record that a `fact:` link may name."""
        return {**self.facts, **self.models, **self.prices, **self.hardware}

    @functools.cached_property
    def matcher(self) -> Matcher:
        return Matcher(self.terms)

    @functools.cached_property
    def rendered(self) -> dict[str, Rendered]:
        """Every page, rendered once in scanning mode."""
        from fieldguide.markdown import render_pages

        return render_pages(self)

    @functools.cached_property
    def uses(self) -> dict[str, Uses]:
        """What each page uses."""
        return {src: rendered.uses for src, rendered in self.rendered.items()}

    @functools.cached_property
    def claims(self) -> list[Claim]:
        """The checked numbers of all published pages."""
        from fieldguide.claims import collect_claims

        return collect_claims(self, self.uses)

    @functools.cached_property
    def spellings(self) -> Mapping[str, str]:
        """How names are written that field names hold in small letters."""
        from fieldguide.claims import spellings

        return spellings(self)

    @functools.cached_property
    def homes(self) -> dict[str, Page]:
        """The page at which each figure of the library is at home, by slug, in the order in which the guide shows them."""
        return find_homes(self)

    def pages_using(self, what: str, key: str) -> list[Page]:
        """The published pages that use a source, fact, term or figure, in the order of the table of contents. Pages made from records are left out."""
        using = (self.pages[src] for src, uses in self.uses.items() if key in getattr(uses, what))
        found = [page for page in using if page.meta.status != "draft" and not page.made]
        return sorted(found, key=lambda page: self.order(page.src))

    def pages_naming(self, term: str) -> list[Page]:
        """The chapters and other pages that link a term, or name it in a heading, a table's head or a figure, in the order of the table of contents."""
        found = {page.src: page for what in ("terms", "named") for page in self.pages_using(what, term) if page.meta.type != "term"}
        return sorted(found.values(), key=lambda page: self.order(page.src))

    def order(self, src: str) -> tuple[int, str]:
        places = {entry.src: i for i, entry in enumerate(self.nav)}
        return places.get(src, len(places)), src

    def address(self, target: str) -> str:
        """The absolute address of a docs-root path such as "stack/index.md#chips", or of another file of the site."""
        path, _, anchor = target.partition("#")
        return self.site_url + (page_url(path) if path.endswith(".md") else path) + (f"#{anchor}" if anchor else "")

    def section_title(self, src: str) -> str:
        """The title of the top-level group a page belongs to."""
        for entry in self.nav:
            if entry.src == src:
                return entry.section
        index = src.split("/", 1)[0] + "/index.md"
        return next((entry.section for entry in self.nav if entry.src == index), "")

    def find(self, reference: str):
        """A `record.field` reference: see facts.find_field."""
        return find_field(self.quantities, reference)


def link(src: str, target: str) -> str:
    """A link from the page `src` to the docs-root path `target` (may carry #anchor), relative, as an author would write it."""
    path, _, anchor = target.lstrip("/").partition("#")
    relative = "" if path == src and anchor else posixpath.relpath(path, posixpath.dirname(src) or ".")
    return relative + (f"#{anchor}" if anchor else "")


KINDS: dict[str, type[Record]] = {"sources": Source, "facts": Fact, "models": Model, "companies": Company, "prices": Price, "hardware": Accelerator, "figures": Figure}
"""The folders of data/, each with records of one kind."""


def load_book(root: Path) -> Book:
    """Read everything below data/ and docs/ and the nav of mkdocs.yml. Never raises for bad input: see `problems`."""
    book = Book(root)
    data = root / "data"
    for kind, cls in KINDS.items():
        records, problems = load_folder(cls, data / kind, root)
        setattr(book, kind, records)
        book.problems += problems
    if (data / "stack.yml").exists():
        book.stack, problems = load_record(Stack, data / "stack.yml", root)
        book.problems += problems
        if book.stack is not None:
            book.problems += book.stack.resolve(book.companies) + book.stack.unknown_sources(book.sources)
    book.ledger = load_ledger(data / "links.txt")
    book.redirects, problems = load_redirects(data / "redirects.yml", root)
    book.problems += problems
    book.problems += _check_ids(book)
    book.problems += _check_quantities(book)
    for company in book.companies.values():
        book.problems += check_company(company, book)
    for price in book.prices.values():
        book.problems += check_price(price, book)
    book.problems += check_rivals(book.prices.values()) + check_newest(book.prices.values(), book.models.values())
    for item in book.hardware.values():
        book.problems += check_accelerator(item, book)
    _load_pages(book)
    config, problems = load_config(root)
    book.nav = list(_walk_nav(config.get("nav") or [], ""))
    book.name, book.publisher, book.summary = (str(config.get(f"site_{key}") or "") for key in ("name", "author", "description"))
    book.site_url = str(config.get("site_url") or book.site_url).rstrip("/") + "/"
    book.problems += problems + _check_nav(book) + _check_address(book.site_url)
    book.pages |= figure_pages(book)
    for figure in book.figures.values():
        book.problems += check_figure(figure, book)
    return book


def _check_ids(book: Book) -> list[Problem]:
    seen: dict[str, Record] = {}
    problems = []
    for record in (record for kind in KINDS for record in getattr(book, kind).values()):
        other = seen.setdefault(record.slug, record)
        if other is not record:
            problems.append(record.problem(f"the id `{record.slug}` belongs to {other.path} already", "rename one of the files"))
    for company in book.companies.values():
        for at, product in enumerate(company.products):
            other = seen.setdefault(product.slug, company)
            if other is not company:
                problems.append(company.problem(f"the id `{product.slug}` belongs to {other.path} already", "give the product another slug", "products", at, "slug"))
    return problems


def _check_quantities(book: Book) -> list[Problem]:
    records = book.quantities
    problems: list[Problem] = []
    for record in records.values():
        record.inherit()
        if record.source and record.source not in book.sources:
            problems.append(unknown_source(record, record.source, book.sources, "source"))
        for name, value in record.own_fields().items():
            found = check_field(record, name, value, book.sources)
            problems += [item for item in found if not (record.source == value.source and "unknown source" in item.message)]
    return problems + compute_fields(records)


def _load_pages(book: Book) -> None:
    docs = book.root / "docs"
    for path in sorted(docs.rglob("*.md")):
        page, problems = load_page(path, docs, book.root)
        book.problems += problems
        if page is not None:
            book.pages[page.src] = page
    terms = [page for page in book.pages.values() if page.meta.type == "term"]
    book.terms, problems = load_terms(terms)
    book.problems += problems
    titles: dict[tuple[str, str], Page] = {}
    for page in book.pages.values():
        other = titles.setdefault((page.section, page.meta.title.casefold()), page)
        if other is not page:
            book.problems.append(page.problem(f"the title “{page.meta.title}” is taken by {other.path}", "choose another title"))


class _ConfigLoader(yaml.SafeLoader):
    """Reads mkdocs.yml without running its tags, but for `!ENV`."""


def _environment(loader: yaml.SafeLoader, node: yaml.Node) -> object:
    """`!ENV NAME` or `!ENV [NAME, …, default]`: the first name that is set, or the default."""
    if isinstance(node, yaml.ScalarNode):
        return os.environ.get(node.value)
    *names, default = loader.construct_sequence(node)
    return next((os.environ[name] for name in names if name in os.environ), default)


_ConfigLoader.add_multi_constructor("", lambda loader, suffix, node: None)
_ConfigLoader.add_constructor("!ENV", _environment)


def load_config(root: Path) -> tuple[dict, list[Problem]]:
    """mkdocs.yml as plain values: what the book needs of it stands in `nav` and `site_url`."""
    path = root / "mkdocs.yml"
    if not path.exists():
        return {}, [Problem("mkdocs.yml", 1, "there is no mkdocs.yml", "run from the project's folder")]
    try:
        return yaml.load(path.read_text(encoding="utf-8"), _ConfigLoader) or {}, []
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 1
        return {}, [Problem("mkdocs.yml", line, f"malformed YAML: {error.problem}", "mend the line")]


def _check_address(site_url: str) -> list[Problem]:
    """Slides, cards and PDFs carry the address, so what is published needs one that others reach."""
    host = urlsplit(site_url).hostname or "localhost"
    if os.environ.get("FIELDGUIDE_PUBLISH") != "true" or not (host == "localhost" or host.startswith("127.")):
        return []
    return [Problem("mkdocs.yml", 1, f"this build is to be published, and `site_url` is `{site_url}`", "set SITE_URL to where the site will stand, as in https://example.org/guide/")]


def _walk_nav(items: list, section: str) -> Iterator[NavEntry]:
    for item in items:
        pairs = item.items() if isinstance(item, dict) else [("", item)]
        for title, value in pairs:
            if isinstance(value, list):
                yield from _walk_nav(value, section or title)
            else:
                yield NavEntry(section or title, title, value)


def _check_nav(book: Book) -> list[Problem]:
    listed = {entry.src for entry in book.nav}
    problems = []
    for page in book.pages.values():
        if page.meta.type == "term" or page.meta.status == "draft":
            if page.src in listed:
                problems.append(page.problem(f"a {'term' if page.meta.type == 'term' else 'draft'} stands in the nav", "take it out of mkdocs.yml"))
        elif page.src not in listed:
            problems.append(page.problem("the page is not in the nav", "add it to `nav` in mkdocs.yml, or delete it"))
    for entry in book.nav:
        if entry.src not in book.pages and not (book.root / "docs" / entry.src).exists():
            problems.append(Problem("mkdocs.yml", 1, f"the nav names `{entry.src}`, which is not there", "write the page or take the entry out"))
    return problems


_cache: dict[Path, tuple[tuple[int, float], Book]] = {}


def stamp(root: Path) -> tuple[int, float]:
    """Changes whenever a record, a page or the nav does."""
    files = [root / "mkdocs.yml", *(root / "data").rglob("*"), *(root / "docs").rglob("*")]
    times = [path.stat().st_mtime for path in files if path.exists()]
    return len(times), max(times, default=0.0)


def cached_book(root: Path) -> Book:
    """The book at `root`, read again only when a file below data/ or docs/ has changed."""
    root = root.resolve()
    now = stamp(root)
    if root not in _cache or _cache[root][0] != now:
        _cache[root] = (now, load_book(root))
    return _cache[root][1]
