"""Pages that are rendered again only when something changed that they read: while `serve` runs, and from one
run to the next.

While a page is rendered, the book notes what is looked up in it; the page stands for as long as each of those
is what it was.
"""

from __future__ import annotations

import contextlib
import copy
import functools
import hashlib
import pickle
import sys
import threading
from collections.abc import Collection, Iterator, Mapping
from importlib.metadata import distributions
from pathlib import Path
from typing import Any, TypeVar
from xml.etree import ElementTree as ET

from markdown.util import AtomicString

from fieldguide.book import Book
from fieldguide.drawing.drawn import Drawing, Shapes, Table
from fieldguide.index import Extensions, Index, Pages, Rendered, render_page
from fieldguide.lists.fill import LISTS
from fieldguide.page.context import Context
from fieldguide.page.term import Matcher
from fieldguide.page.uses import Uses
from fieldguide.records.term import Term
from fieldguide.text.paths import write_whole
from fieldguide.text.problems import Problem

V = TypeVar("V")
THERE = "? "
"""Before a key of which only was asked whether it is there."""
Seen = dict[tuple[str, str], object]
"""(mapping of the book, key) → what stood there; the key "*" has all keys."""
NOTED = (
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
"""The mappings of a book in which look-ups are noted."""
SHARED = (
    "nav",
    "views",
    "tokenizer",
    "definer",
    "runs",
    "sentences",
    "site_url",
    "name",
    "publisher",
    "report_url",
    "stack",
)
"""What else of a book a page may read: when one of them changes, every page is rendered again."""
WRITTEN = ("pages", "terms", "homes", "sources")
"""Those that follow from pages; all others follow from the files of READ alone."""
READ = ("mkdocs.yml", "data", "experiments")
"""What a page is rendered from besides pages and our code, below the project's root."""
KEPT = Path(".cache") / "pages"


class Noted(Mapping[str, V]):
    """A mapping that notes in `seen` what is looked up in it."""

    def __init__(self, name: str, inner: Mapping[str, V], seen: Seen) -> None:
        self.name, self.inner, self.seen = name, inner, seen

    def __getitem__(self, key: str) -> V:
        self.seen[self.name, key] = state(self.inner.get(key))
        return self.inner[key]

    def __contains__(self, key: object) -> bool:
        self.seen.setdefault((self.name, f"{THERE}{key}"), key in self.inner)
        return key in self.inner

    def __iter__(self) -> Iterator[str]:
        self.seen[self.name, "*"] = tuple(self.inner)
        return iter(self.inner)

    def __len__(self) -> int:
        self.seen[self.name, "*"] = tuple(self.inner)
        return len(self.inner)


def state(value: object) -> object:
    """What tells whether a value of the book is still the same: itself, and of a term what other pages
    read.
    """
    return (value.title, value.definition, value.page.meta) if isinstance(value, Term) else value


def noting(book: Book, names: Collection[str], seen: Seen) -> Book:
    """The book as a page reads it of which it is noted what it looks up in the mappings of these names."""
    noted = copy.copy(book)
    for name in names:
        setattr(noted, name, Noted(name, getattr(book, name), seen))
    return noted


def standing_at(book: Book, name: str, key: str) -> object:
    """What stands in a mapping of the book where a page looked: see Seen."""
    inner = getattr(book, name)
    return (
        tuple(inner)
        if key == "*"
        else key.removeprefix(THERE) in inner
        if key.startswith(THERE)
        else state(inner.get(key))
    )


def same(found: object, was: object) -> bool:
    """Whether what stands there is what stood there. What was not worked out anew is the very same object,
    which needs no look inside.
    """
    return found is was or found == was


def names_of(book: Book) -> tuple[object, ...]:
    """What the text of every page is searched for: the names of terms, and where each of them means its
    term.
    """
    return tuple(
        (slug, tuple(term.names), tuple(term.page.meta.aka_within), term.page.meta.layer, term.links_itself)
        for slug, term in book.terms.items()
    )


# ---- while `serve` runs


class Remembered(Mapping[str, Rendered]):
    """The pages of a book, each rendered when it is asked for; `before` are those of the book as it was, with
    what they read.

    Nothing is rendered while somebody else holds `lock`.
    """

    def __init__(
        self, book: Book, extensions: Extensions, lock: threading.RLock, before: Remembered | None = None
    ) -> None:
        self.book, self.extensions, self.lock = book, extensions, lock
        self.matcher = Matcher(book.terms)
        self.kept: dict[str, tuple[Rendered, Seen]] = {}
        """Path of a page → the page as rendered, and what it read."""
        if before is not None and self._whole() == before._whole():
            now = functools.cache(functools.partial(standing_at, book))
            self.kept = {
                src: kept
                for src, kept in before.kept.items()
                if src in book.pages and all(same(now(*place), was) for place, was in kept[1].items())
            }

    def _whole(self) -> tuple[object, ...]:
        """What any page may read without a look-up: SHARED, and the names of terms."""
        return *(getattr(self.book, name) for name in SHARED), names_of(self.book)

    def __getitem__(self, src: str) -> Rendered:
        with self.lock:
            if src not in self.kept:
                page = self.book.pages[src]
                seen: Seen = {("pages", src): page}
                self.kept[src] = (
                    render_page(
                        Context(noting(self.book, NOTED, seen), page, self.matcher, LISTS), self.extensions
                    ),
                    seen,
                )
            return self.kept[src][0]

    def __iter__(self) -> Iterator[str]:
        return iter(self.book.pages)

    def __len__(self) -> int:
        return len(self.book.pages)


def remembered_index(
    book: Book, extensions: Extensions, lock: threading.RLock, before: Index | None = None
) -> Index:
    """The index of `book`; pages that read nothing which changed since `before` are taken from it."""
    pages = before.pages if before is not None and isinstance(before.pages, Remembered) else None
    return Index(book, Remembered(book, extensions, lock, pages))


# ---- from one run to the next

Marks = dict[tuple[str, str], str]
"""What a page read, as Seen, with a digest of it in place of itself."""


def kept_index(book: Book, extensions: Extensions) -> Index:
    """The index of `book`; pages that read nothing which changed since the last run are taken from
    .cache/pages.
    """
    file = (
        book.root / KEPT / f"{_digest(book.site_url)[:6]}.pickle"
    )  # a run for one address leaves that of another alone
    stamp = _stamp(book)
    before = _read(file, stamp)
    mark = functools.cache(lambda name, key: _digest(standing_at(book, name, key)))
    after: dict[str, tuple[Rendered, Marks]] = {}
    matcher, pages = Matcher(book.terms), Pages(extensions)
    for src, page in book.pages.items():
        kept = before.get(src)
        if kept is not None and all(mark(*place) == was for place, was in kept[1].items()):
            after[src] = kept
            continue
        seen: Seen = {("pages", src): page}
        rendered = pages.render(Context(noting(book, WRITTEN, seen), page, matcher, LISTS))
        after[src] = rendered, {place: mark(*place) for place in seen}
    if any(before.get(src) is not kept for src, kept in after.items()):
        with contextlib.suppress(OSError):  # where nothing can be written, nothing is kept
            write_whole(file, pickle.dumps((stamp, after)))
    return Index(book, {src: rendered for src, (rendered, _) in after.items()})


def _digest(value: object) -> str:
    return hashlib.sha256(repr(value).encode(errors="surrogatepass")).hexdigest()


def _stamp(book: Book) -> str:
    """Changes with all that every page may follow from: records, code, tools, and what the book gathers from
    all pages.
    """
    gathered = (
        names_of(book),
        sorted(book.spellings.items()),
        sorted(book.views),
        book.site_url,
        book.name,
        book.publisher,
        book.summary,
        book.report_url,
    )
    return _digest((_files(*(book.root / name for name in READ)), _code(), gathered))


@functools.cache
def _code() -> str:
    """A digest of this package and of what is installed beside it, as they are when it is first asked for."""
    return _digest(
        (
            _files(Path(__file__).resolve().parent.parent),
            sys.version,
            sorted((item.name, item.version) for item in distributions()),
        )
    )


def _files(*places: Path) -> str:
    """A digest of the names and bytes of some files and of all that is in some folders."""
    found = hashlib.sha256()
    for place in places:
        for file in sorted([place, *place.rglob("*")]):
            if file.is_file() and "__pycache__" not in file.parts:
                found.update(
                    f"{file}\0".encode(errors="surrogatepass") + hashlib.sha256(file.read_bytes()).digest()
                )
    return found.hexdigest()


class _Reader(pickle.Unpickler):
    """Reads what `kept_index` writes and nothing else: a file that somebody changed can call no code."""

    KNOWN = {
        (kind.__module__, kind.__qualname__): kind
        for kind in (Rendered, Uses, Problem, Drawing, Shapes, Table, ET.Element, AtomicString)
    }

    def find_class(self, module: str, name: str) -> Any:
        if (module, name) not in self.KNOWN:
            raise pickle.UnpicklingError(f"{module}.{name} is no part of a page")
        return self.KNOWN[module, name]


def _read(file: Path, stamp: str) -> dict[str, tuple[Rendered, Marks]]:
    """The pages that were kept under this stamp: none where the file is of another, is not there or cannot be
    read.
    """
    try:
        with file.open("rb") as data:
            was, pages = _Reader(data).load()
    except (
        OSError,
        ValueError,
        TypeError,
        EOFError,
        AttributeError,
        IndexError,
        KeyError,
        ImportError,
        pickle.UnpicklingError,
    ):
        return {}
    return pages if was == stamp else {}
