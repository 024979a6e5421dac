"""The register of addresses: every one that was ever published, in data/links.txt, one a line; `make links`
adds to it and nothing takes out.

An address is a site path, such as `stack/`, `stack/#chips`, `go/stack-map/`; the home page is `./`. A
fragment that holds a `=`
is a scenario of a lab, which keeps its state there.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable, Mapping
from pathlib import Path

from fieldguide.book import Book
from fieldguide.commands.load import load_index
from fieldguide.index import Index, Published
from fieldguide.records.redirect import PATH as REDIRECTS
from fieldguide.text.problems import Problem, closest

PATH = "data/links.txt"


def resolve(address: str, now: Published, redirects: Mapping[str, str]) -> str | None:
    """Where a reader who asks for `address` arrives, or None. A page's redirect keeps the reader's anchor
    unless it names one itself.
    """
    if address in now:
        return address
    page, hash_, anchor = address.partition("#")
    new = redirects.get(address)
    if new is None and hash_ and page in redirects:
        new = redirects[page] if "#" in redirects[page] else f"{redirects[page]}#{anchor}"
    return new if new is not None and new in now else None


def check_redirects(book: Book, now: Published) -> list[Problem]:
    """Redirects from what is still there, to what is not, through others, and in a circle."""
    problems = []
    for old, new in book.redirects.items():
        if old in now:
            problems.append(
                Problem(
                    REDIRECTS,
                    _line(book, old),
                    f"a redirect from `{old}`, which is still there",
                    "delete the line, or take away what stands at that address",
                )
            )
        if new in now:
            continue
        seen = [old, new]
        while seen[-1] in book.redirects and seen[-1] not in seen[:-1]:
            seen.append(book.redirects[seen[-1]])
        end = resolve(seen[-1], now, book.redirects)
        if seen[-1] in seen[:-1]:
            problems.append(
                Problem(
                    REDIRECTS,
                    _line(book, old),
                    f"the redirect from `{old}` runs in a circle",
                    f"it goes {' → '.join(seen)}; name the address that is there",
                )
            )
        elif end is not None:
            problems.append(
                Problem(
                    REDIRECTS,
                    _line(book, old),
                    f"the redirect from `{old}` leads to `{new}`, which has moved itself",
                    f"write `{old}: {end}`",
                )
            )
        else:
            problems.append(
                Problem(
                    REDIRECTS,
                    _line(book, old),
                    f"the redirect from `{old}` leads to `{new}`, which is not there",
                    closest(new, now.addresses) or "name an address that is",
                )
            )
    return problems


def _line(book: Book, old: str) -> int:
    """The line of the redirect from `old`."""
    lines = (book.root / REDIRECTS).read_text(encoding="utf-8").splitlines()
    return next(
        (at for at, text in enumerate(lines, 1) if re.match(rf"[\"']?{re.escape(old)}[\"']?:", text)), 1
    )


def unrecorded(index: Index) -> list[str]:
    """What is published and not in the register, in order."""
    return sorted(index.published().addresses - set(index.book.register))


def record(root: Path) -> list[str]:
    """Add what is published to the register at `root`; returns what was added. A line that is there stays."""
    index = load_index(root)
    added = unrecorded(index)
    if added:
        (root / PATH).write_text(
            "".join(f"{line}\n" for line in sorted({*index.book.register, *added})), encoding="utf-8"
        )
    return added


def check_register(book: Book, now: Published) -> list[Problem]:
    """Recorded addresses that lead nowhere, neither directly nor by a redirect. Of a page that is gone only
    the page is named, until it has a redirect. None while the redirects cannot be read.
    """
    problems: list[Problem] = []
    if any(problem.path == REDIRECTS for problem in book.problems):
        return problems
    for line, address in enumerate(book.register, 1):
        page, hash_, _ = address.partition("#")
        if resolve(address, now, book.redirects) is not None or (
            hash_ and resolve(page, now, book.redirects) is None
        ):
            continue
        near = nearest(address, now)
        hint = (
            f"it was published; bring it back, or write `{address}: {near or '…'}` in data/redirects.yml"
            + ("" if near else ", with the address that answers it now")
        )
        problems.append(Problem(PATH, line, f"the published address `{address}` is gone", hint))
    return problems


def nearest(address: str, now: Published) -> str:
    """The published address most like a lost one: of an anchor one of the same page, of a page one of the
    same section. "" when none is near.
    """
    page, hash_, anchor = address.partition("#")
    same: Iterable[str] = (
        (item for item in now.addresses if item.startswith(f"{page}#"))
        if hash_
        else (item for item in now.addresses if "#" not in item)
    )
    parts = {item[len(page) + 1 :] if hash_ else item: item for item in same}
    found = difflib.get_close_matches(anchor if hash_ else page, sorted(parts), n=1, cutoff=0.5)
    return parts[found[0]] if found else ""
