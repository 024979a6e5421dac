"""The references: an index of every source of the guide, and on the pages of letters each source whole, with
the pages that use it.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from xml.etree import ElementTree as ET

from fieldguide.index import Index
from fieldguide.lists.data_tables import FOLD, empty_block, filter_form, unfold
from fieldguide.page.context import REFERENCES, Context
from fieldguide.page.permalinks import copy_link
from fieldguide.page.template import render_template
from fieldguide.records.references import GROUPS, group_src, group_words, grouped
from fieldguide.records.source import Source
from fieldguide.text.tree import E, parse


def render_references(context: Context, element: ET.Element) -> None:
    """The index: every source by name and title, in its group, with a link to where it stands whole; an
    address of old leads on.
    """
    caption = empty_block(element, "div", {"class": "fg-references-list"})
    element.extend(_render(context, "", len(context.book.sources)))
    element.insert(1, caption)


def render_group(group: str, context: Context, element: ET.Element) -> None:
    """The sources of a group with kind, date, stake, day read and the pages that use each, in order of
    name; references.html sets them.
    """
    empty_block(element, "div", {"class": "fg-references-list"})
    element.extend(_render(context, group, len(grouped(context.book.sources.values()).get(group, []))))


def _render(context: Context, group: str, count: int) -> ET.Element:
    """The index, or the page of a group."""

    def copy(source: Source) -> ET.Element:
        return copy_link(context, f"{REFERENCES}#{source.slug}", f"the source “{source.name}”")

    return parse(
        render_template(
            "lists/references.html",
            context=context,
            current=group,
            form=filter_form("references", "Find a source", count, "sources"),
            groups=grouped(context.book.sources.values()),
            group_src=group_src,
            group_words=group_words,
            copy=copy,
            unfold=unfold,
        )
    )


def source_used(context: Context, index: Index, key: str) -> list[ET.Element]:
    """The pages that use a source, in one line."""
    pages = index.pages_using("sources", key)
    used = E("p", {"class": f"fg-reference__used {FOLD}"}, "Used in: ")
    for number, page in enumerate(pages):
        if number:
            used[-1].tail = ", "
        used.append(E("a", {"href": context.href(page.src)}, page.meta.title))
    return [used] if pages else []


REFERENCE_GROUPS: dict[str, Callable[[Context, ET.Element], None]] = {
    f"references-{group}": partial(render_group, group) for group in GROUPS
}
"""The lists of the pages of letters, by the name that each writes: "references-a", …"""
