"""The ledger: every address that was ever published, in data/links.txt, one a line; `make links` adds to it and nothing takes out.

An address is a site path, such as `stack/`, `stack/#chips`, `go/stack-map/`; the home page is `./`. A fragment that holds a `=`
is a scenario of a lab, which keeps its state there.
"""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from fieldguide import claims
from fieldguide.library import figure_src
from fieldguide.pages import page_url
from fieldguide.problems import Problem

if TYPE_CHECKING:
    from fieldguide.book import Book, Uses

PATH = "data/links.txt"
GO = "go/"
USED_IN = "where-the-guide-uses-it"


def load_ledger(path: Path) -> list[str]:
    """The addresses in the order of the file, or none."""
    return path.read_text(encoding="utf-8").splitlines() if path.exists() else []


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


# ---- short links


def short_links(book: Book) -> dict[str, str]:
    """{id: site path} of every short link that leads to something: figures, then claims."""
    links = {slug: page_url(figure_src(slug)) for slug in book.homes if figure_src(slug) in book.pages}
    if claims.PAGE in book.pages:
        links |= {claim.id: f"{page_url(claims.PAGE)}#{claim.id}" for claim in book.claims}
    return links


# ---- what `check` and `make links` ask


def unrecorded(book: Book) -> list[str]:
    """What is published and not in the ledger, in order."""
    return sorted(published(book).addresses - set(book.ledger))


def record(root: Path) -> list[str]:
    """Add what is published to the ledger at `root`; returns what was added. A line that is there stays."""
    from fieldguide.book import load_book

    book = load_book(root)
    added = unrecorded(book)
    if added:
        (root / PATH).write_text("".join(f"{line}\n" for line in sorted({*book.ledger, *added})), encoding="utf-8")
    return added


def check_ledger(book: Book, now: Published) -> list[Problem]:
    """Recorded addresses that lead nowhere, neither directly nor by a redirect. Of a page that is gone only the page is named, until it has a redirect."""
    from fieldguide.redirects import resolve

    problems = []
    for line, address in enumerate(book.ledger, 1):
        page, hash_, _ = address.partition("#")
        if resolve(address, now, book.redirects) is not None or (hash_ and resolve(page, now, book.redirects) is None):
            continue
        near = nearest(address, now)
        hint = f"it was published; bring it back, or write `{address}: {near or '…'}` in data/redirects.yml" + ("" if near else ", with the address that answers it now")
        problems.append(Problem(PATH, line, f"the published address `{address}` is gone", hint))
    return problems


def nearest(address: str, now: Published) -> str:
    """The published address most like a lost one: of an anchor one of the same page, of a page one of the same section. "" when none is near."""
    page, hash_, anchor = address.partition("#")
    same: Iterable[str] = (item for item in now.addresses if item.startswith(f"{page}#")) if hash_ else (item for item in now.addresses if "#" not in item)
    parts = {item[len(page) + 1:] if hash_ else item: item for item in same}
    found = difflib.get_close_matches(anchor if hash_ else page, sorted(parts), n=1, cutoff=0.5)
    return parts[found[0]] if found else ""
