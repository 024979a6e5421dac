"""Pages at old addresses and at short links, which redirect to the current page."""

from __future__ import annotations

import html
import json
from collections.abc import Iterator, Mapping

from fieldguide.index import Index
from fieldguide.outputs.exports import Make, text_file
from fieldguide.records.redirect import moved_anchors, path_between
from fieldguide.records.short_links import short_link


def redirect_files(index: Index) -> Iterator[tuple[str, Make]]:
    """(path below docs/, function that makes it) of a redirect for every old address of a page and for every
    short link `go/<id>/`.
    """
    book = index.book
    for name, new in index.short_links().items():
        old = short_link(name)
        yield f"{old}index.html", text_file(render_redirect, old, new, book.site_url)
    for old, new in book.redirects.items():
        if "#" not in old:
            yield (
                f"{old}index.html",
                text_file(render_redirect, old, new, book.site_url, moved_anchors(book.redirects, old)),
            )


def render_redirect(old: str, new: str, site: str, anchors: Mapping[str, str] | None = None) -> str:
    """The redirect at an old address, by a refresh that needs no script. With `anchors`, {old anchor:
    relative link or ""}, a script runs first and keeps the reader's anchor or leads to its successor, which
    the refresh cannot do.
    """
    target = html.escape(path_between(old, new))
    icon = html.escape(path_between(old, "assets/favicon.svg"))
    canonical = html.escape(site + new.removeprefix("./").partition("#")[0])
    refresh = f'<meta http-equiv="refresh" content="0; url={target}">'
    if anchors is not None:
        refresh = f"<script>{_script(path_between(old, new), anchors)}</script><noscript>{refresh}</noscript>"
    return (
        '<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Moved</title><meta name="robots"'
        f' content="noindex"><link rel="canonical" href="{canonical}"><link rel="icon"'
        f' href="{icon}">{refresh}</head><body><p>This address leads to <a'
        f' href="{target}">{target}</a>.</p></body></html>\n'
    )


def _script(target: str, anchors: Mapping[str, str]) -> str:
    pairs, plain = (json.dumps(value).replace("<", "\\u003c") for value in (list(anchors.items()), target))
    return (
        f"const to=new URL(new Map({pairs}).get(location.hash.slice(1))??{plain},location);"
        "to.search||=location.search;to.hash||=location.hash;location.replace(to)"
    )
