"""TODO."""

from __future__ import annotations

from xml.etree import ElementTree as ET

from fieldguide.lists.html import frame
from fieldguide.page.builder import Builder
from fieldguide.records.page import Page
from fieldguide.records.source import Source
from fieldguide.text.tree import E


def references(builder: Builder, element: ET.Element) -> None:
    """Every source with kind, date, stake, day read and the pages that use it, in name order."""
    caption = frame(element, "div", {"class": "fg-references-list"})
    listing = E("ol", {"class": "fg-references"})
    for source in sorted(builder.book.sources.values(), key=lambda item: (item.name.casefold(), item.slug)):
        pages = [] if builder.scanning else builder.book.pages_using("sources", source.slug)
        listing.append(_reference(builder, source, pages))
    element.append(listing)
    element.append(caption)


def _reference(builder: Builder, source: Source, pages: list[Page]) -> ET.Element:
    entry = E("li", {"id": source.slug, "class": "fg-reference"},
              E("p", {"class": "fg-reference__name"}, f"{source.name}. ", E("a", {"href": source.url}, source.title)),
              E("p", {"class": "fg-reference__origin"}, f"{', '.join(source.authors)}. {source.origin()}"))
    if source.via:
        entry[1].append(E("a", {"href": source.via}, "The copy that was read"))
        entry[1][-1].tail = "."
        entry[1].text = (entry[1].text or "") + " "
    if pages:
        used = E("p", {"class": "fg-reference__used"}, "Used in: ")
        for at, page in enumerate(pages):
            if at:
                used[-1].tail = ", "
            used.append(E("a", {"href": builder.href(page.src)}, page.meta.title))
        entry.append(used)
    return entry
