"""The row of links to the other pages of a reference section, such as the data, below each page's title."""

from __future__ import annotations

from xml.etree import ElementTree as ET

from fieldguide.page.context import Context
from fieldguide.records.figure import FOLDER as FIGURES
from fieldguide.text.tree import E


def render_siblings(context: Context, root: ET.Element) -> None:
    """Add the row to a reference page whose section has an overview of that type: the overview and every page
    beside it, with this page marked.
    """
    page, book = context.page, context.book
    if page.meta.type != "reference" or (page.made and page.section == FIGURES):
        return
    folder = f"{page.section}/"
    first = f"{folder}index.md"
    overview = book.pages.get(first)
    listed = [entry for entry in book.nav if entry.src.startswith(folder) and entry.src in book.pages]
    if (
        overview is None
        or overview.meta.type != "reference"
        or first not in [entry.src for entry in listed]
        or len(listed) < 2
    ):
        return
    row = E("ul", {"class": "fg-siblings"})
    for entry in listed:
        link = E(
            "a",
            {"href": context.href(entry.src)},
            "Overview" if entry.src == first else entry.title or book.pages[entry.src].meta.title,
        )
        if entry.src == page.src:
            link.set("aria-current", "page")
        elif entry.src != first and page.src.startswith(f"{entry.src.removesuffix('.md')}/"):
            link.set("aria-current", "true")
        row.append(E("li", {}, link))
    header = next((index for index, child in enumerate(root) if child.tag == "header"), -1)
    root.insert(header + 1, E("nav", {"aria-label": f"Pages of {overview.meta.title}"}, row))
