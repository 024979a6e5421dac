"""Citations: `[@key]`, `[@key, sec. 3]`, several separated by `;`, become chips."""

from __future__ import annotations

from xml.etree import ElementTree as ET

from fieldguide.page.context import DISCLOSURES, Context
from fieldguide.text.problems import closest
from fieldguide.text.tree import E, parents, replace

PUNCTUATION = (".", ",", ";", ":", ")", "?")


def render_citations(here: Context, root: ET.Element) -> None:
    up = parents(root)
    for element in [item for item in root.iter("span") if item.get("data-cite")]:
        group = E("span", {"class": "fg-cites"})
        for part in element.get("data-cite", "").split(";"):
            key, _, locator = part.strip().lstrip("@").partition(",")
            if key == "starx":
                chip = E("a", {"class": "fg-opinion", "href": here.href(DISCLOSURES)}, "StarX’s view")
            elif key in here.book.sources:
                chip = here.cite(key, locator.strip())
            else:
                here.problem(f"unknown citation `{key}`", closest(key, here.book.sources) or f"run `make new-source NAME={key}`", f"@{key}")
                chip = E("mark", {}, key)
            if len(group):
                group[-1].tail = " "
            group.append(chip)
        chip = group[0] if len(group) == 1 else group
        tail = element.tail or ""
        replace(up[element], element, chip)
        if tail[:1] in PUNCTUATION and len(group) == 1:  # the mark after a chip never starts a line
            kept = E("span", {"class": "fg-nowrap"})
            chip.tail = tail[1:]
            replace(up[element], chip, kept)
            chip.tail = tail[0]
            kept.insert(0, chip)
