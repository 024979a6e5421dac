"""What a reader may open next: the list under “Read next”, and the pages before and after one in a row."""

from __future__ import annotations

import posixpath
from xml.etree import ElementTree as ET

from fieldguide.page.context import Context
from fieldguide.text.tree import E, text_of

Neighbor = tuple[str, str] | None
"""A page beside another one, as (path below docs/, title)."""


def render_next(here: Context, root: ET.Element) -> None:
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
            here.problem(f"“Read next” has {len(items)} links", "keep three at most", "## Read next")
        items.set("class", "fg-next")
        for item in items:
            _next_item(here, item[0] if len(item) and item[0].tag == "p" else item, item)


def _next_item(here: Context, body: ET.Element, item: ET.Element) -> None:
    anchor = body.find("a")
    if anchor is None:
        here.problem(
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
    for rel, neighbor in zip(("prev", "next"), neighbors(here), strict=True):
        if neighbor is not None and neighbor[0] == _target(here, anchor.get("href", "")):
            anchor.set("rel", rel)
    kind = E("span", {"class": "fg-next__kind"}, next_kind(here, anchor.get("href", "")))
    item.clear()
    item.extend([kind, anchor, line])


def _target(here: Context, href: str) -> str:
    """The path below docs/ to which a link of the page leads."""
    return posixpath.normpath(
        posixpath.join("/", posixpath.dirname(here.page.src), href.partition("#")[0])
    ).lstrip("/")


def next_kind(here: Context, href: str) -> str:
    """What the link opens, from where it points: the next chapter, a term, data, or the section's name."""
    src, target = here.page.src, _target(here, href)
    order = [entry.src for entry in here.book.nav]
    if (
        src in order
        and target in order
        and order.index(target) == order.index(src) + 1
        and target.split("/")[0] == src.split("/")[0]
    ):
        return "Next chapter"
    section = here.book.section_title(target)
    if target in order and here.book.nav[order.index(target)].title == section:
        section = "Reference"
    page = here.book.pages.get(target)
    if page is not None and page.meta.type == "lab":
        return "Lab"
    if page is not None and page.meta.type == "term":
        return "Term"
    return section or "Guide"


def neighbors(here: Context) -> tuple[Neighbor, Neighbor]:
    """The pages before and after this one in the table of contents."""
    at = here.book.positions.get(here.page.src)
    return (None, None) if at is None else (_at(here, at - 1), _at(here, at + 1))


def _at(here: Context, spot: int) -> Neighbor:
    """The page at a position of the table of contents, None beyond its ends."""
    entry = here.book.nav[spot] if 0 <= spot < len(here.book.nav) else None
    if entry is None or entry.src not in here.book.pages:
        return None
    return (
        entry.src,
        entry.title or here.book.pages[entry.src].meta.title,
        # a page is read only where the table of contents has no title for it: what reads it is rendered again
        # with it
    )


def prev_next(here: Context, label: str, before: Neighbor, after: Neighbor) -> ET.Element:
    """Links to the pages before and after this one, where there is one; `label` names the row to who
    listens.
    """
    nav = E("nav", {"class": "fg-prevnext", "aria-label": label})
    if before is not None:
        nav.append(
            E("a", {"rel": "prev", "href": here.href(before[0])}, E("span", {}, "Previous"), f"← {before[1]}")
        )
    if after is not None:
        nav.append(
            E("a", {"rel": "next", "href": here.href(after[0])}, E("span", {}, "Next"), f"{after[1]} →")
        )
    return nav
