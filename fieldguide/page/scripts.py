"""The modules that a page loads: only those that have something to do on it."""

from __future__ import annotations

from xml.etree import ElementTree as ET

from fieldguide.page.context import Context


def render_scripts(context: Context, root: ET.Element) -> None:
    """Add those of our modules that the page uses."""
    attributes = [element.attrib for element in root.iter()]
    classes = {name for item in attributes for name in item.get("class", "").split()}
    wanted = {
        "popover": any("data-note" in item for item in attributes),
        "age": any("data-until" in item for item in attributes),  # before filter, which reads what it sets
        "filter": any("data-filter" in item for item in attributes),
        "claims": "fg-claims" in classes,  # after filter, whose lists it opens
        "unfold": "fg-unfold" in classes,
        "forward": any("data-forward" in item for item in attributes),
        "search-page": "fg-search-page" in classes,
        "clip": any("data-clip" in item for item in attributes),
        "picture": any("data-picture" in item for item in attributes),
        "values": "fg-figure__data" in classes and any("data-row" in item for item in attributes),
        "lab": bool(context.uses.labs),
        "live": context.uses.live,
        "sheet": "data-sheet=" in context.page.body,  # the attribute is set after this step
    }
    for name, used in wanted.items():
        if used:
            root.append(context.module(name))
