"""What a reader may open next: the list under “Read next”, and a row with the previous and the next page."""

from __future__ import annotations

from xml.etree import ElementTree as ET

from fieldguide.page.context import Context
from fieldguide.text.tree import E, heading_index, text_of

READ_NEXT = "Read next"
Neighbor = tuple[str, str] | None
"""A neighboring page as (path below docs/, title), or None."""
KINDS = {"lab": "Lab", "term": "Term"}
"""{type of a page: the kind that “Read next” shows}; for other types, the kind depends on the section."""


def render_next(context: Context, root: ET.Element) -> None:
    """Complete the list under “Read next”: kind, title, one line."""
    index = heading_index(root, READ_NEXT)
    if index is None or index + 1 == len(root) or root[index + 1].tag != "ul":
        return
    root[index].set("class", "fg-next__heading")
    items = root[index + 1]
    if len(items) > 3:
        context.problem(f"“Read next” has {len(items)} links", "keep at most three", f"## {READ_NEXT}")
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
    rest, anchor.tail = (anchor.tail or "").lstrip(": "), None
    line = E("span", {"class": "fg-next__line"}, *list(body)[list(body).index(anchor) + 1 :])
    line.text = rest[:1].upper() + rest[1:]
    anchor.set("class", "fg-next__title")
    target = context.target(anchor.get("href", ""))
    for rel, neighbor in zip(("prev", "next"), neighbors(context), strict=True):
        if neighbor is not None and neighbor[0] == target:
            anchor.set("rel", rel)
    item.clear()
    item.extend([E("span", {"class": "fg-next__kind"}, next_kind(context, target)), anchor, line])


def next_kind(context: Context, target: str) -> str:
    """What the page `target`, a path below docs/, is to a reader of this page: "Next chapter", a term, data,
    or the name of its section.
    """
    src, book = context.page.src, context.book
    position, target_position = book.positions.get(src), book.positions.get(target)
    if position is not None and target_position == position + 1 and target.split("/")[0] == src.split("/")[0]:
        return "Next chapter"
    page = book.pages.get(target)
    if page is not None and page.meta.type in KINDS:
        return KINDS[page.meta.type]
    section = book.section_title(target)
    if target_position is not None and book.nav[target_position].title == section:
        return "Reference"
    return section or "Guide"


def neighbors(context: Context) -> tuple[Neighbor, Neighbor]:
    """The previous and the next page in the table of contents."""
    position = context.book.positions.get(context.page.src)
    if position is None:
        return None, None
    return _page_at(context, position - 1), _page_at(context, position + 1)


def _page_at(context: Context, position: int) -> Neighbor:
    """The page at a position of the table of contents, or None."""
    book = context.book
    entry = book.nav[position] if 0 <= position < len(book.nav) else None
    if entry is None or entry.src not in book.pages:
        return None
    # The page is looked up only if the table of contents has no title for it, since every change of a page
    # that was looked up renders this one again.
    return entry.src, entry.title or book.pages[entry.src].meta.title


def prev_next(context: Context, label: str, before: Neighbor, after: Neighbor) -> ET.Element:
    """Links to the previous and the next page, if any. `label` names the row for screen readers."""
    links = [
        E("a", {"rel": rel, "href": context.href(neighbor[0])}, E("span", {}, word), text.format(neighbor[1]))
        for neighbor, rel, word, text in (
            (before, "prev", "Previous", "← {}"),
            (after, "next", "Next", "{} →"),
        )
        if neighbor is not None
    ]
    return E("nav", {"class": "fg-prevnext", "aria-label": label}, *links)
