"""The references: an index of every source of the guide, and on the pages of letters each source whole, with
the pages that use it.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from xml.etree import ElementTree as ET

from fieldguide.index import Index
from fieldguide.lists.data_tables import FOLD, empty_block, filter_form, unfold
from fieldguide.page.context import REFERENCES, Context, place
from fieldguide.page.number_words import source_line
from fieldguide.page.permalinks import copy_link
from fieldguide.records.references import GROUPS, group_src, group_words, grouped
from fieldguide.records.source import Source
from fieldguide.text.tree import E


def render_references(context: Context, element: ET.Element) -> None:
    """The index: every source by name and title, in its group, with a link to where it stands whole; an
    address of old leads on.
    """
    caption = empty_block(element, "div", {"class": "fg-references-list"})
    groups = grouped(context.book.sources.values())
    count = len(context.book.sources)
    element.append(_pages(context, groups, ""))
    element.append(caption)
    element.append(filter_form("references", "Find a source", count, "sources"))
    listing = E("div", {"data-filter": "references", "data-forward": ""})
    for group, sources in groups.items():
        lines = E("ol", {"class": "fg-references__lines"})
        for source in sources:
            link = E("a", {"href": context.href(f"{group_src(group)}#{source.slug}")}, source.name)
            lines.append(
                E(
                    "li",
                    {"id": source.slug, "class": "fg-reference", "data-search": ""},
                    link,
                    f" {source.title}",
                )
            )
        words = E("summary", {}, group_words(group), E("span", {}, f" {len(sources)} sources"))
        listing.append(E("details", {"class": "fg-references__group", "data-group": ""}, words, lines))
    element.append(listing)


def _pages(context: Context, groups: dict[str, list[Source]], current: str) -> ET.Element:
    """Links to the pages of letters."""
    links = E("nav", {"class": "fg-jump", "aria-label": "References by name"})
    for group in groups:
        link = E("a", {"href": context.href(group_src(group))}, group_words(group))
        if group == current:
            link.set("aria-current", "page")
        link.tail = " "
        links.append(link)
    return links


def render_group(group: str, context: Context, element: ET.Element) -> None:
    """The sources of a group with kind, date, stake, day read and the pages that use each, in order of
    name.
    """
    empty_block(element, "div", {"class": "fg-references-list"})
    groups = grouped(context.book.sources.values())
    sources = groups.get(group, [])
    element.append(_pages(context, groups, group))
    element.append(filter_form("references", "Find a source", len(sources), "sources"))
    element.append(
        E(
            "ol",
            {"class": "fg-references", "data-filter": "references"},
            *(_reference(context, source) for source in sources),
        )
    )


def _reference(context: Context, source: Source) -> ET.Element:
    copy = copy_link(context, f"{REFERENCES}#{source.slug}", f"the source “{source.name}”")
    name = E(
        "div",
        {"class": "fg-reference__name"},
        E("span", {"class": "fg-named"}, f"{source.name}."),
        copy,
        " ",
        E("a", {"href": source.url}, source.title),
        unfold(source.name),
    )
    origin = E(
        "p",
        {"class": f"fg-reference__origin {FOLD}"},
        f"{', '.join(source.authors).rstrip('.')}. {source_line(source)}",
    )
    if source.via:
        origin.text = f"{origin.text} "
        for number, address in enumerate(source.via, 1):
            origin.append(
                E(
                    "a",
                    {"href": address},
                    "The copy that was read" if len(source.via) == 1 else f"Copy {number}",
                )
            )
            origin[-1].tail = "." if number == len(source.via) else ", "
    return E(
        "li",
        {"id": source.slug, "class": "fg-source", "data-search": ""},
        name,
        origin,
        place("source-used", source.slug),
    )


def source_used(context: Context, index: Index, key: str) -> list[ET.Element]:
    """The pages that use a source, in one line."""
    pages = index.pages_using("sources", key)
    used = E("p", {"class": f"fg-reference__used {FOLD}"}, "Used in: ")
    for at, page in enumerate(pages):
        if at:
            used[-1].tail = ", "
        used.append(E("a", {"href": context.href(page.src)}, page.meta.title))
    return [used] if pages else []


REFERENCE_GROUPS: dict[str, Callable[[Context, ET.Element], None]] = {
    f"references-{group}": partial(render_group, group) for group in GROUPS
}
"""The lists of the pages of letters, by the name that each writes: "references-a", …"""
