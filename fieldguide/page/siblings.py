"""The links between the pages of a section that is looked things up in, such as the data: a row under the title of each."""

from __future__ import annotations

from xml.etree import ElementTree as ET

from fieldguide.page.context import Context
from fieldguide.text.tree import E


def render_siblings(here: Context, root: ET.Element) -> None:
    """On a reference page whose section has an overview of that type: the overview and every page beside it, the page's own marked."""
    page, book = here.page, here.book
    folder = f"{page.section}/"
    overview = book.pages.get(f"{folder}index.md")
    listed = [book.pages[entry.src] for entry in book.nav if entry.src.startswith(folder) and entry.src in book.pages]
    if page.made or page.meta.type != "reference" or overview is None or overview.meta.type != "reference" or overview not in listed or len(listed) < 2:
        return
    row = E("ul", {"class": "fg-siblings"})
    for sibling in listed:
        link = E("a", {"href": here.href(sibling.src)}, "Overview" if sibling is overview else sibling.meta.title)
        if sibling is page:
            link.set("aria-current", "page")
        elif sibling is not overview and page.src.startswith(f"{sibling.src.removesuffix('.md')}/"):
            link.set("aria-current", "true")
        row.append(E("li", {}, link))
    header = next((at for at, child in enumerate(root) if child.tag == "header"), -1)
    root.insert(header + 1, E("nav", {"aria-label": f"Pages of {overview.meta.title}"}, row))
