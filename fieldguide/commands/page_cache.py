"""The page cache: a page is rendered again only if something that it read has changed, both while `serve`
runs and between runs.

The book records which of its entries a page looks up while it is rendered. The cached page is used as long as
each of these entries has the same digest.
"""

from __future__ import annotations

import contextlib
import copy
import functools
import hashlib
import pickle
import sys
import threading
from collections.abc import ItemsView, Iterator, Mapping, ValuesView
from importlib.metadata import distributions
from pathlib import Path
from typing import TypeVar

from pydantic import BaseModel

from fieldguide.book import Book
from fieldguide.index import Extensions, Index, Pages, Rendered
from fieldguide.lists.fill import LISTS
from fieldguide.page.context import Context
from fieldguide.page.term import Matcher
from fieldguide.records.base import Record
from fieldguide.records.field import Sourced
from fieldguide.records.term import Term
from fieldguide.text.paths import write_whole

V = TypeVar("V")
RECORDED = (
    "sources",
    "facts",
    "models",
    "companies",
    "prices",
    "hardware",
    "figures",
    "decks",
    "labs",
    "quantities",
    "pages",
    "terms",
    "homes",
    "redirects",
    "spellings",
    "positions",
)
"""The mappings of a book whose lookups are recorded."""
COMMON = ("nav", "views", "site_url", "name", "publisher", "version", "report_url")
"""Other attributes of the book that any page may read. If one of them, or a file of READ, changes, every page
is rendered again.
"""
READ = ("mkdocs.yml", "data/stack.yml", "experiments")
"""Files and folders below the project's root that any page may depend on, besides pages and records."""
CACHE = Path(".cache") / "pages"

Lookup = tuple[str, str]
"""(mapping of the book, key). The key begins with MEMBERSHIP if only its presence was tested; it is ALL_KEYS
or ALL_ITEMS for the whole mapping.
"""
MEMBERSHIP, ALL_KEYS, ALL_ITEMS = "? ", "*", "**"
Entry = tuple[Rendered, dict[Lookup, str]]
"""A rendered page, and {lookup: digest of its result} for everything that it looked up."""


class RecordingMapping(Mapping[str, V]):
    """A mapping of a book that adds each lookup to `lookups`, under its own `name`."""

    def __init__(self, name: str, inner: Mapping[str, V], lookups: set[Lookup]) -> None:
        self.name, self.inner, self.lookups = name, inner, lookups

    def __getitem__(self, key: str) -> V:
        self.lookups.add((self.name, key))
        return self.inner[key]

    def __contains__(self, key: object) -> bool:
        self.lookups.add((self.name, f"{MEMBERSHIP}{key}"))
        return key in self.inner

    def __iter__(self) -> Iterator[str]:
        self.lookups.add((self.name, ALL_KEYS))
        return iter(self.inner)

    def __len__(self) -> int:
        self.lookups.add((self.name, ALL_KEYS))
        return len(self.inner)

    def items(self) -> ItemsView[str, V]:
        self.lookups.add((self.name, ALL_ITEMS))
        return self.inner.items()

    def values(self) -> ValuesView[V]:
        self.lookups.add((self.name, ALL_ITEMS))
        return self.inner.values()


def recording(book: Book, lookups: set[Lookup]) -> Book:
    """A copy of the book in which the mappings of RECORDED add every lookup to `lookups`."""
    recorded = copy.copy(book)
    for name in RECORDED:
        setattr(recorded, name, RecordingMapping(name, getattr(book, name), lookups))
    return recorded


class PageCache(Mapping[str, Rendered]):
    """{path of a page: rendered page}. A page is rendered on demand, unless `before` or the last run has
    rendered it and nothing that it read has changed. Rendering holds `lock`, so that no record is replaced
    under a page.
    """

    def __init__(
        self,
        book: Book,
        extensions: Extensions,
        lock: threading.RLock | None = None,
        before: PageCache | None = None,
    ) -> None:
        self.book, self.lock = book, lock or threading.RLock()
        self.matcher, self.renderer = Matcher(book.terms), Pages(extensions)
        self.stamp = _stamp(book)
        # a file for each address of the site, so that runs for two addresses do not share pages
        self.file = book.root / CACHE / f"{_digest(book.site_url)[:6]}.pickle"
        self.digest_of = functools.cache(functools.partial(_digest_of_lookup, book))
        known = before.entries if before is not None and before.stamp == self.stamp else self._read()
        self.entries: dict[str, Entry] = {
            src: entry
            for src, entry in known.items()
            if src in book.pages and all(self.digest_of(lookup) == was for lookup, was in entry[1].items())
        }
        self.unsaved = len(self.entries) < len(known)

    def __getitem__(self, src: str) -> Rendered:
        with self.lock:
            if src not in self.entries:
                page, lookups = self.book.pages[src], {("pages", src)}
                context = Context(recording(self.book, lookups), page, self.matcher, LISTS)
                rendered = self.renderer.render(context)
                self.entries[src] = rendered, {lookup: self.digest_of(lookup) for lookup in lookups}
                self.unsaved = True
            return self.entries[src][0]

    def __iter__(self) -> Iterator[str]:
        return iter(self.book.pages)

    def __len__(self) -> int:
        return len(self.book.pages)

    def missing(self) -> int:
        """The number of pages that are not rendered yet."""
        return len(self.book.pages) - len(self.entries)

    def save(self) -> None:
        """Store the pages for the next run; does nothing if they cannot be written."""
        with self.lock, contextlib.suppress(OSError):
            if self.unsaved:
                write_whole(self.file, pickle.dumps(self.stamp) + pickle.dumps(self.entries))
                self.unsaved = False

    def _read(self) -> dict[str, Entry]:
        """The pages of the last run; empty if they have another stamp or cannot be read."""
        try:
            with self.file.open("rb") as data:
                entries: dict[str, Entry] = pickle.load(data) if pickle.load(data) == self.stamp else {}
                return entries
        except Exception:  # a damaged pickle may raise anything
            return {}


class RenderedSoFar(Mapping[str, Rendered]):
    """The rendered pages of a cache. Pages that are not rendered yet are skipped unless requested by path."""

    def __init__(self, pages: PageCache) -> None:
        self.pages = pages

    def __getitem__(self, src: str) -> Rendered:
        return self.pages[src]

    def __iter__(self) -> Iterator[str]:
        return iter([*self.pages.entries])

    def __len__(self) -> int:
        return len(self.pages.entries)


def complete_index(book: Book, extensions: Extensions) -> Index:
    """The index of `book` with every page rendered, or taken from .cache/pages if nothing that it read has
    changed since the last run.
    """
    pages = PageCache(book, extensions)
    index = Index(book, dict(pages))
    pages.save()
    return index


# ---- digests


def _digest(value: object) -> str:
    return hashlib.sha256(repr(value).encode(errors="surrogatepass")).hexdigest()[:16]


def _digest_of_lookup(book: Book, lookup: Lookup) -> str:
    """The digest of the result of a lookup in the book."""
    name, key = lookup
    mapping = getattr(book, name)
    if key == ALL_KEYS:
        return _digest(tuple(mapping))
    if key == ALL_ITEMS:
        return _digest([(name, _state(value)) for name, value in mapping.items()])
    if key.startswith(MEMBERSHIP):
        return _digest(key.removeprefix(MEMBERSHIP) in mapping)
    return _digest(_state(mapping.get(key)))


def _state(value: object) -> object:
    """A value that changes whenever an entry of the book does: for a record its keys, its private attributes
    (such as its lines) and its computed fields.
    """
    if isinstance(value, Term):  # only its own page reads the text of its page
        return value.title, value.definition, value.page.meta
    if not isinstance(value, Record):
        return value
    own = value.own_fields().items() if isinstance(value, Sourced) else ()
    fields = [(name, _keys(field), field.sources) for name, field in own]
    private = {name: part for name, part in (value.__pydantic_private__ or {}).items() if name != "_fields"}
    return _keys(value), fields, private


def _keys(value: BaseModel) -> str:
    """The keys of a record or field: as JSON, which is ten times as fast as its `repr`."""
    return value.model_dump_json(warnings=False)


def _stamp(book: Book) -> str:
    """Changes with everything that any page may follow from: our code, the tools, READ, COMMON, the names of
    terms, and the names of the stack's places, some of which are companies.
    """
    terms = [
        (slug, term.names, term.page.meta.aka_within, term.page.meta.layer, term.links_itself)
        for slug, term in book.terms.items()
    ]
    places = [
        (node.slug, node.names)
        for part in (book.stack.parts() if book.stack is not None else ())
        for node in part.nodes
    ]
    common = [sorted(book.views) if name == "views" else getattr(book, name) for name in COMMON]
    return _digest((_files(*(book.root / name for name in READ)), _code(), terms, places, common))


@functools.cache
def _code() -> str:
    """A digest of this package and of everything installed beside it, as they are at the first call."""
    tools = sorted((item.name, item.version) for item in distributions())
    return _digest((_files(Path(__file__).resolve().parent.parent), sys.version, tools))


def _files(*paths: Path) -> str:
    """A digest of the names and bytes of some files, and of all files in some folders."""
    digest = hashlib.sha256()
    for path in paths:
        for file in sorted([path, *path.rglob("*")]):
            if file.is_file() and "__pycache__" not in file.parts:
                digest.update(f"{file}\0".encode(errors="surrogatepass"))
                digest.update(hashlib.sha256(file.read_bytes()).digest())
    return digest.hexdigest()
