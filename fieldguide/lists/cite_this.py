"""How the guide as a whole is cited: a list of one, for the page about citing."""

from __future__ import annotations

from xml.etree import ElementTree as ET

from fieldguide.lists.data_tables import empty_block
from fieldguide.page.cite_this import cite_block
from fieldguide.page.context import Context


def render_guide_citation(context: Context, element: ET.Element) -> None:
    """How the guide as a whole is cited: a generated list, for the page about citing."""
    caption = empty_block(element, "div", {"class": "fg-citations"})
    landing = next(
        (page for page in context.book.pages.values() if page.meta.type == "landing"), context.page
    )
    element.append(cite_block(context, landing))
    element.append(caption)
