"""Links the first mention of each term on a page."""

from __future__ import annotations

import posixpath
from urllib.parse import urlsplit
from xml.etree import ElementTree as ET

from fieldguide.page.context import CHANGELOG, Context
from fieldguide.page.term import NO_TERM_CLASSES, NO_TERMS
from fieldguide.records.page import link_target
from fieldguide.records.term import term_slug
from fieldguide.text.tree import E, text_of


def link_terms(context: Context, root: ET.Element) -> None:
    """Link the first mention of each term; an explicit link counts as a mention. The changelog uses
    no terms.
    """
    if context.page.meta.type in ("landing", "reference") or context.page.src == CHANGELOG:
        return
    for heading in root.iter():
        if heading.tag in ("h1", "h2", "h3", "th"):
            context.uses.named |= dict.fromkeys(
                slug
                for _, _, slug in context.matcher.find(text_of(heading), context.page.meta.layer, manual=True)
            )
    own = term_slug(context.page.src) if context.page.meta.type == "term" else ""
    done = {own}
    for element in root.iter("a"):
        slug = _term_of(context.page.src, element.get("href", ""))
        if slug in context.book.terms:
            done.add(slug)
            context.uses.terms.setdefault(slug)
    lead = next((child for child in root if child.tag == "p"), None)
    _link_below(context, root, done, lead)


def _link_below(context: Context, element: ET.Element, done: set[str], skip: ET.Element | None) -> None:
    if element is skip or element.tag in NO_TERMS or set(element.get("class", "").split()) & NO_TERM_CLASSES:
        return
    children = list(element)
    _link_text(context, element, None, done)
    for child in children:
        _link_below(context, child, done, skip)
        _link_text(context, element, child, done)


def _link_text(context: Context, parent: ET.Element, after: ET.Element | None, done: set[str]) -> None:
    text = (parent.text if after is None else after.tail) or ""
    index = 0 if after is None else list(parent).index(after) + 1
    pieces: list[ET.Element] = []
    start, head = 0, None
    for begin, end, slug in context.matcher.find(text, context.page.meta.layer):
        if slug in done:
            continue
        done.add(slug)
        context.uses.terms.setdefault(slug)
        before = text[start:begin]
        anchor = E(
            "a",
            {"class": "fg-term", "href": context.href(f"glossary/{slug}.md"), "data-note": f"note-{slug}"},
            text[begin:end],
        )
        if head is None:
            head = before
        else:
            pieces[-1].tail = before
        pieces.append(anchor)
        start = end
    if not pieces:
        return
    pieces[-1].tail = text[start:]
    if after is None:
        parent.text = head
    else:
        after.tail = head
    for offset, piece in enumerate(pieces):
        parent.insert(index + offset, piece)


def _term_of(src: str, href: str) -> str:
    """The slug of the glossary term that `href` on page `src` leads to, or ""."""
    path = urlsplit(href).path
    if not path.endswith(".md"):
        return ""
    target = link_target(src, path)
    return term_slug(target) if posixpath.dirname(target) == "glossary" else ""
