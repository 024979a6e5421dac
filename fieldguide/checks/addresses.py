"""Checks of redirects, and of the register of addresses: data/links.txt lists every address that was ever
published, and each must still work, directly or through a redirect. `make links` adds lines; nothing removes
them.

An address is a site path such as `stack/`, `stack/#chips` or `go/stack-map/`; the home page is `./`. A
fragment with a `=` is a scenario of a lab, which keeps its state there.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Mapping

from fieldguide.book import Book
from fieldguide.index import Index, Published
from fieldguide.records.redirect import PATH as REDIRECTS
from fieldguide.text.problems import Problem, closest

PATH = "data/links.txt"


def resolve(address: str, published: Published, redirects: Mapping[str, str]) -> str | None:
    """The address that a reader who asks for `address` gets, or None. A redirect of a page keeps the reader's
    anchor unless it names one itself.
    """
    if address in published:
        return address
    page, hash_, anchor = address.partition("#")
    new = redirects.get(address)
    if new is None and hash_ and page in redirects:
        new = redirects[page] if "#" in redirects[page] else f"{redirects[page]}#{anchor}"
    return new if new is not None and new in published else None


def check_redirects(book: Book, published: Published) -> list[Problem]:
    """Redirects from an address that is still published, to one that is not, through another redirect, or in
    a circle.
    """
    problems = []
    for old, new in book.redirects.items():
        faults = []
        if old in published:
            faults.append(
                (
                    f"a redirect from `{old}`, which is still there",
                    "delete the line, or take away what stands at that address",
                )
            )
        if new not in published:
            faults.append(_lost_target(old, new, published, book.redirects))
        problems += [Problem(REDIRECTS, _line(book, old), *fault) for fault in faults]
    return problems


def _lost_target(old: str, new: str, published: Published, redirects: Mapping[str, str]) -> tuple[str, str]:
    """(fault, cure) for a redirect to an address that is not published."""
    steps = [old, new]
    while steps[-1] in redirects and steps[-1] not in steps[:-1]:
        steps.append(redirects[steps[-1]])
    if steps[-1] in steps[:-1]:
        return (
            f"the redirect from `{old}` runs in a circle",
            f"it goes {' → '.join(steps)}; name an address that exists",
        )
    end = resolve(steps[-1], published, redirects)
    if end is not None:
        return f"the redirect from `{old}` leads to `{new}`, which has moved itself", f"write `{old}: {end}`"
    return (
        f"the redirect from `{old}` leads to `{new}`, which does not exist",
        closest(new, published.addresses) or "name an address that exists",
    )


def _line(book: Book, old: str) -> int:
    """The line of the redirect from `old`."""
    key = re.compile(rf"[\"']?{re.escape(old)}[\"']?:")
    lines = (book.root / REDIRECTS).read_text(encoding="utf-8").splitlines()
    return next((number for number, text in enumerate(lines, 1) if key.match(text)), 1)


def unrecorded(index: Index) -> list[str]:
    """The published addresses that are not in the register, sorted."""
    return sorted(index.published().addresses - set(index.book.register))


def check_register(book: Book, published: Published) -> list[Problem]:
    """Registered addresses that no longer work, directly or through a redirect. For a missing page without a
    redirect, its anchors are not listed. Empty while the redirects cannot be read.
    """
    if any(problem.path == REDIRECTS for problem in book.problems):
        return []
    problems = []
    for line, address in enumerate(book.register, 1):
        page, hash_, _ = address.partition("#")
        if resolve(address, published, book.redirects) is not None or (
            hash_ and resolve(page, published, book.redirects) is None
        ):
            continue
        near = nearest(address, published)
        hint = (
            f"it was published; bring it back, or write `{address}: {near or '…'}` in data/redirects.yml"
            + ("" if near else ", with the address that answers it now")
        )
        problems.append(Problem(PATH, line, f"the published address `{address}` is gone", hint))
    return problems


def nearest(address: str, published: Published) -> str:
    """The published address most similar to a lost one: for an anchor, on the same page; for a page, another
    page. "" if none is similar.
    """
    page, hash_, anchor = address.partition("#")
    if hash_:
        start = f"{page}#"
        others = {item[len(start) :]: item for item in published.addresses if item.startswith(start)}
    else:
        others = {item: item for item in published.addresses if "#" not in item}
    near = difflib.get_close_matches(anchor if hash_ else page, sorted(others), n=1, cutoff=0.5)
    return others[near[0]] if near else ""
