"""Pages that are rendered again only when something changed that they read.

While a page is rendered, the book notes what is looked up in it; the page stands for as long as each of those is what it was.
"""

from __future__ import annotations

import copy
import threading
from collections.abc import Iterator, Mapping
from typing import Any, TypeVar

from fieldguide.book import Book
from fieldguide.index import Extensions, Index, Rendered, render_page
from fieldguide.lists.fill import LISTS
from fieldguide.page.context import Context
from fieldguide.page.term import Matcher
from fieldguide.records.field import Sourced
from fieldguide.records.term import Term

V = TypeVar("V")
THERE = "? "
"""Before a key of which only was asked whether it is there."""
Seen = dict[tuple[str, str], object]
"""(mapping of the book, key) → what stood there; the key "*" has all keys."""
WATCHED = ("sources", "facts", "models", "companies", "prices", "hardware", "figures", "labs", "quantities", "pages", "terms", "homes", "redirects", "spellings", "positions")
"""The mappings of a book in which look-ups are noted."""


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
    """What tells whether a value of the book is still the same: itself, and of a record with fields also what they are computed to be."""
    if isinstance(value, Term):  # its page's text is read by its own page alone
        return value.title, value.definition, value.page.meta
    if isinstance(value, Sourced):
        return value, tuple((name, field.value, field.as_of, field.seen, tuple(field.sources)) for name, field in value.own_fields().items())
    return value


class Remembered(Mapping[str, Rendered]):
    """The pages of a book, each rendered when it is asked for; `before` are those of the book as it was, with what they read.

    Nothing is rendered while somebody else holds `lock`: a record that is read anew must not change under a page.
    """

    def __init__(self, book: Book, extensions: Extensions, lock: threading.RLock, before: Remembered | None = None) -> None:
        self.book, self.extensions, self.lock = book, extensions, lock
        self.matcher = Matcher(book.terms)
        self.kept: dict[str, tuple[Rendered, Seen]] = {}
        """Path of a page → the page as rendered, and what it read."""
        if before is not None and self._whole() == before._whole():
            self.kept = {src: kept for src, kept in before.kept.items() if src in book.pages and self._stands(kept[1])}

    def _whole(self) -> tuple[object, ...]:
        """What every page reads: the nav, the names of terms, the stack with its companies, the tokenizer, the definition machine, its sentences, the site's name and address."""
        book = self.book
        names = tuple((slug, tuple(term.names), tuple(term.page.meta.aka_within), term.page.meta.layer, term.links_itself) for slug, term in book.terms.items())
        stack = book.stack
        places = tuple((node.slug, tuple(node.names)) for part in stack.parts() for node in part.nodes) if stack is not None else ()
        return book.nav, names, stack, places, book.views, book.tokenizer, book.definer, book.sentences, book.site_url, book.name, book.publisher

    def _stands(self, seen: Seen) -> bool:
        """Whether all that a page read is what it was."""
        for (name, key), was in seen.items():
            inner = getattr(self.book, name)
            now: Any = tuple(inner) if key == "*" else key.removeprefix(THERE) in inner if key.startswith(THERE) else state(inner.get(key))
            if now is not was and now != was:
                return False
        return True

    def __getitem__(self, src: str) -> Rendered:
        with self.lock:
            if src not in self.kept:
                page = self.book.pages[src]
                seen: Seen = {("pages", src): page}
                noted = copy.copy(self.book)
                for name in WATCHED:
                    setattr(noted, name, Noted(name, getattr(self.book, name), seen))
                self.kept[src] = render_page(Context(noted, page, self.matcher, LISTS), self.extensions), seen
            return self.kept[src][0]

    def __iter__(self) -> Iterator[str]:
        return iter(self.book.pages)

    def __len__(self) -> int:
        return len(self.book.pages)


def remembered_index(book: Book, extensions: Extensions, lock: threading.RLock, before: Index | None = None) -> Index:
    """The index of `book`; pages that read nothing which changed since `before` are taken from it."""
    pages = before.pages if before is not None and isinstance(before.pages, Remembered) else None
    return Index(book, Remembered(book, extensions, lock, pages))
