"""What a reader may open next: the list under “Read next”, and the pages before and after one in a row."""

from __future__ import annotations

import posixpath
from xml.etree import ElementTree as ET

from fieldguide.page.context import Context
from fieldguide.text.tree import E, text_of

Neighbor = tuple[str, str] | None
"""A page beside another one, as (path below docs/, title)."""


def render_next(context: Context, root: ET.Element) -> None:
    """The list under "Read next": kind, title, one line."""
    children = list(root)
    for at, child in enumerate(children):
        if (
            child.tag != "h2"
            or text_of(child).strip() != "Read next"
            or at + 1 >= len(children)
            or children[at + 1].tag != "ul"
        ):
            continue
        child.set("class", "fg-next__heading")
        items = children[at + 1]
        if len(items) > 3:
            context.problem(f"“Read next” has {len(items)} links", "keep three at most", "## Read next")
        items.set("class", "fg-next")
        for item in items:
            _next_item(context, item[0] if len(item) and item[0].tag == "p" else item, item)


def _next_item(context: Context, body: ET.Element, item: ET.Element) -> None:
    anchor = body.find("a")
    if anchor is None:
        context.problem(
            f"a “Read next” item without a link: “{text_of(item)[:40]}”",
            "write `[Title](page.md): one line.`",
            "## Read next",
        )
        return
    line = E("span", {"class": "fg-next__line"})
    rest = (anchor.tail or "").lstrip(": ")
    anchor.tail = None
    line.text = rest[:1].upper() + rest[1:]
    for extra in list(body)[list(body).index(anchor) + 1 :]:
        line.append(extra)
    anchor.set("class", "fg-next__title")
    for rel, neighbor in zip(("prev", "next"), neighbors(context), strict=True):
        if neighbor is not None and neighbor[0] == _target(context, anchor.get("href", "")):
            anchor.set("rel", rel)
    kind = E("span", {"class": "fg-next__kind"}, next_kind(context, anchor.get("href", "")))
    item.clear()
    item.extend([kind, anchor, line])


def _target(context: Context, href: str) -> str:
    """The path below docs/ to which a link of the page leads."""
    return posixpath.normpath(
        posixpath.join("/", posixpath.dirname(context.page.src), href.partition("#")[0])
    ).lstrip("/")


def next_kind(context: Context, href: str) -> str:
    """What the link opens, from where it points: the next chapter, a term, data, or the section's name."""
    src, target = context.page.src, _target(context, href)
    order = [entry.src for entry in context.book.nav]
    if (
        src in order
        and target in order
        and order.index(target) == order.index(src) + 1
        and target.split("/")[0] == src.split("/")[0]
    ):
        return "Next chapter"
    section = context.book.section_title(target)
    if target in order and context.book.nav[order.index(target)].title == section:
        section = "Reference"
    page = context.book.pages.get(target)
    if page is not None and page.meta.type == "lab":
        return "Lab"
    if page is not None and page.meta.type == "term":
        return "Term"
    return section or "Guide"


def neighbors(context: Context) -> tuple[Neighbor, Neighbor]:
    """The pages before and after this one in the table of contents."""
    at = context.book.positions.get(context.page.src)
    return (None, None) if at is None else (_at(context, at - 1), _at(context, at + 1))


def _at(context: Context, spot: int) -> Neighbor:
    """The page at a position of the table of contents, None beyond its ends."""
    entry = context.book.nav[spot] if 0 <= spot < len(context.book.nav) else None
    if entry is None or entry.src not in context.book.pages:
        return None
    return (
        entry.src,
        entry.title or context.book.pages[entry.src].meta.title,
        # a page is read only where the table of contents has no title for it: what reads it is rendered again
        # with it
    )


def prev_next(context: Context, label: str, before: Neighbor, after: Neighbor) -> ET.Element:
    """Links to the pages before and after this one, where there is one; `label` names the row to who
    listens.
    """
    nav = E("nav", {"class": "fg-prevnext", "aria-label": label})
    if before is not None:
        nav.append(
            E(
                "a",
                {"rel": "prev", "href": context.href(before[0])},
                E("span", {}, "Previous"),
                f"← {before[1]}",
            )
        )
    if after is not None:
        nav.append(
            E("a", {"rel": "next", "href": context.href(after[0])}, E("span", {}, "Next"), f"{after[1]} →")
        )
    return nav
