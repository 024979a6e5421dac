"""Labs: `/// lab | slug`, an element whose content is what a reader without scripts gets."""

from __future__ import annotations

from xml.etree import ElementTree as ET

from fieldguide.page.box import render_tables
from fieldguide.page.context import Context
from fieldguide.text.problems import closest
from fieldguide.text.tree import E, move_children, text_of


def render_labs(here: Context, root: ET.Element) -> None:
    known = here.book.labs
    for element in [item for item in root.iter("section") if item.get("data-lab")]:
        slug = element.attrib.pop("data-lab")
        if slug not in known:
            here.problem(f"unknown lab `{slug}`", closest(slug, known) or f"write docs/labs/{slug}/model.mjs and view.mjs", slug)
        if not text_of(element).strip() and not len(element):
            here.problem(f"the lab `{slug}` has an empty fallback", "put the default scenario's results inside the block", slug)
        here.uses.labs.setdefault(slug)
        element.set("class", "fg-lab")
        inner = E("x-lab", {"name": slug})
        move_children(element, inner)
        render_tables(inner)
        element.append(inner)
