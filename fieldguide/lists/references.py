"""The references: every source of the guide, and the pages that use it."""

from __future__ import annotations

from xml.etree import ElementTree as ET

from fieldguide.index import Index
from fieldguide.lists.html import empty_block
from fieldguide.page.context import Context, place
from fieldguide.records.source import Source
from fieldguide.text.tree import E


def render_references(here: Context, element: ET.Element) -> None:
    """Every source with kind, date, stake, day read and the pages that use it, in name order."""
    caption = empty_block(element, "div", {"class": "fg-references-list"})
    listing = E("ol", {"class": "fg-references"})
    for source in sorted(here.book.sources.values(), key=lambda item: (item.name.casefold(), item.slug)):
        listing.append(_reference(source))
    element.append(listing)
    element.append(caption)


def _reference(source: Source) -> ET.Element:
    entry = E("li", {"id": source.slug, "class": "fg-reference"},
              E("p", {"class": "fg-reference__name"}, f"{source.name}. ", E("a", {"href": source.url}, source.title)),
              E("p", {"class": "fg-reference__origin"}, f"{', '.join(source.authors)}. {source.origin()}"))
    if source.via:
        entry[1].append(E("a", {"href": source.via}, "The copy that was read"))
        entry[1][-1].tail = "."
        entry[1].text = (entry[1].text or "") + " "
    entry.append(place("source-used", source.slug))
    return entry


def source_used(here: Context, index: Index, key: str) -> list[ET.Element]:
    """The pages that use a source, in one line."""
    pages = index.pages_using("sources", key)
    used = E("p", {"class": "fg-reference__used"}, "Used in: ")
    for at, page in enumerate(pages):
        if at:
            used[-1].tail = ", "
        used.append(E("a", {"href": here.href(page.src)}, page.meta.title))
    return [used] if pages else []
