"""The folded contents of a page below its byline, for windows too narrow for the column beside the text."""

from __future__ import annotations

from xml.etree import ElementTree as ET

from fieldguide.page.context import Context
from fieldguide.page.page_end import IN_A_ROW
from fieldguide.text.tree import E, text_of, with_class

NAME = "On this page"
FEWEST = 3
"""The fewest sections for which a page has the list."""


def render_contents(context: Context, root: ET.Element) -> None:
    """Add the list to the title block. Headings must already have ids, but contain only their words."""
    sections = [heading for heading in root.iter("h2") if heading.get("id")]
    if context.page.meta.type not in IN_A_ROW or len(sections) < FEWEST:
        return
    links = [
        E("li", {}, E("a", {"href": f"#{heading.get('id')}"}, text_of(heading).strip()))
        for heading in sections
    ]
    for header in with_class(root, "fg-title"):
        header.append(
            E(
                "nav",
                {"class": "fg-toc", "aria-label": NAME},
                E("details", {}, E("summary", {}, NAME), E("ul", {}, *links)),
            )
        )
