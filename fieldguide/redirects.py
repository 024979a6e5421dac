"""Redirects: data/redirects.yml maps an old address, of a page or of an anchor, to the one that answers it now.

A page's old address gets a small page; an old anchor of a page that still stands is forwarded by forward.mjs.
"""

from __future__ import annotations

import html
import json
import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from fieldguide.problems import Problem, closest
from fieldguide.records import YamlError, load_yaml

if TYPE_CHECKING:
    from fieldguide.book import Book
    from fieldguide.ledger import Published

PATH = "data/redirects.yml"
ADDRESS = re.compile(r"(?!/|https?:)[^#\s]*/(#[^#\s]+)?")


def load_redirects(path: Path, root: Path) -> tuple[dict[str, str], list[Problem]]:
    """{old address: new address}, both site paths such as `foundations/what-is/` or `stack/#chips`."""
    shown = path.relative_to(root).as_posix()
    if not path.exists():
        return {}, []
    try:
        data, lines = load_yaml(path.read_text(encoding="utf-8"))
    except YamlError as error:
        return {}, [Problem(shown, error.line, f"malformed YAML: {error}", "write `old/address/: new/address/` lines")]
    problems = []
    for old, new in (data or {}).items():
        for address in (old, new):
            if not isinstance(address, str) or not ADDRESS.fullmatch(address):
                problems.append(Problem(shown, lines.get((old,), 1), f"`{address}` is not a site path", "write it without a leading /, with a closing / and at most one #anchor after it"))
    return (data or {}) if not problems else {}, problems


def resolve(address: str, now: Published, redirects: Mapping[str, str]) -> str | None:
    """Where a reader who asks for `address` arrives, or None. A page's redirect keeps the reader's anchor unless it names one itself."""
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
            problems.append(Problem(PATH, _line(book, old), f"a redirect from `{old}`, which is still there", "delete the line, or take away what stands at that address"))
        if new in now:
            continue
        seen = [old, new]
        while seen[-1] in book.redirects and seen[-1] not in seen[:-1]:
            seen.append(book.redirects[seen[-1]])
        end = resolve(seen[-1], now, book.redirects)
        if seen[-1] in seen[:-1]:
            problems.append(Problem(PATH, _line(book, old), f"the redirect from `{old}` runs in a circle", f"it goes {' → '.join(seen)}; name the address that is there"))
        elif end is not None:
            problems.append(Problem(PATH, _line(book, old), f"the redirect from `{old}` leads to `{new}`, which has moved itself", f"write `{old}: {end}`"))
        else:
            problems.append(Problem(PATH, _line(book, old), f"the redirect from `{old}` leads to `{new}`, which is not there", closest(new, now.addresses) or "name an address that is"))
    return problems


def _line(book: Book, old: str) -> int:
    """The line of the redirect from `old`."""
    lines = (book.root / PATH).read_text(encoding="utf-8").splitlines()
    return next((at for at, text in enumerate(lines, 1) if re.match(rf"[\"']?{re.escape(old)}[\"']?:", text)), 1)


# ---- what readers get


def path_between(here: str, there: str) -> str:
    """A relative link between two site paths; "./" is the home page. An anchor of the same page is the anchor alone."""
    path, hash_, anchor = there.removeprefix("./").partition("#")
    here = here.removeprefix("./")
    if path == here and hash_:
        return f"#{anchor}"
    return ("../" * here.count("/") + path or "./") + (f"#{anchor}" if hash_ else "")


def moved_anchors(redirects: Mapping[str, str], page: str) -> dict[str, str]:
    """{old anchor: relative link} of the redirects from anchors of the site path `page`."""
    found = {}
    for old, new in redirects.items():
        path, hash_, anchor = old.partition("#")
        if hash_ and path == page:
            found[anchor] = path_between(page, new)
    return found


def redirect_files(book: Book, short: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    """(path below docs/, HTML) of a page for every old address of a page, and for every short link `go/<id>/` of `short` ({id: site path})."""
    for name, new in short.items():
        yield f"go/{name}/index.html", render_redirect(f"go/{name}/", new, book.site_url)
    for old, new in book.redirects.items():
        if "#" not in old:
            yield f"{old}index.html", render_redirect(old, new, book.site_url, moved_anchors(book.redirects, old))


def render_redirect(old: str, new: str, site: str, anchors: Mapping[str, str] | None = None) -> str:
    """The page that stands at the old address: a refresh that needs no script.

    With `anchors` ({old anchor: relative link}, which may be empty) a script goes first, so that the reader's anchor comes along
    or leads to what answers it; the refresh could not tell.
    """
    target = html.escape(path_between(old, new))
    canonical = html.escape(site + new.removeprefix("./").partition("#")[0])
    refresh = f'<meta http-equiv="refresh" content="0; url={target}">'
    if anchors is not None:
        refresh = f"<script>{_script(path_between(old, new), anchors)}</script><noscript>{refresh}</noscript>"
    return (
        f'<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Moved</title>'
        f'<meta name="robots" content="noindex"><link rel="canonical" href="{canonical}">{refresh}'
        f'</head><body><p>This address leads to <a href="{target}">{target}</a>.</p></body></html>\n'
    )


def _script(target: str, anchors: Mapping[str, str]) -> str:
    pairs, plain = (json.dumps(value).replace("<", "\\u003c") for value in (list(anchors.items()), target))
    return (
        f"const to=new URL(new Map({pairs}).get(location.hash.slice(1))??{plain},location);"
        "to.search||=location.search;to.hash||=location.hash;location.replace(to)"
    )
