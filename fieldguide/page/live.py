"""Live pictures: `/// live | slug`, an element that holds the picture as the build draws it, for print and
for readers without scripts; live.mjs adds its controls and redraws it.
"""

from __future__ import annotations

import json
from typing import Any
from xml.etree import ElementTree as ET

from fieldguide.labs.engine import ScriptError
from fieldguide.labs.live import LiveError, live_picture
from fieldguide.page.context import Context
from fieldguide.text.tree import E, move_children


def render_live(context: Context, root: ET.Element) -> None:
    """Replaces each `/// live` block with its picture; its text becomes the caption."""
    for element in [item for item in root.iter("figure") if item.get("data-live")]:
        slug = element.attrib.pop("data-live")
        try:
            picture = live_picture(context.book, slug)
        except LiveError as error:
            context.problem(str(error), error.hint, slug)
            continue
        except ScriptError as error:
            context.problems.append(error.problem)
            continue
        for reference in picture.facts.values():
            context.uses.facts.setdefault(reference)
        caption = E("figcaption", {"class": "fg-figure__caption"})
        move_children(element, caption)
        element.set("class", "fg-figure fg-live")
        element.set("id", f"live-{slug}")
        element.append(
            E("div", {"class": "fg-figure__head"}, E("p", {"class": "fg-figure__title"}, picture.title))
        )
        element.append(
            E(
                "x-live",
                {"name": slug, "data-values": json.dumps(picture.data, separators=(",", ":"))},
                E("div", {"class": "fg-live__controls", "data-count": str(picture.controls)}),
                E(
                    "div",
                    {"class": "fg-live__picture"},
                    *(
                        E("div", {"class": f"fg-live__{name}"}, *(tree(part) for part in drawing))
                        for name, drawing in picture.drawings.items()
                    ),
                ),
                E("p", {"class": "fg-live__says", "role": "status"}, picture.sentence),
            )
        )
        element.append(caption)
        context.uses.live = True


def tree(node: list[Any]) -> ET.Element:
    """The element of a tree [tag, attributes, ...children]."""
    tag, attributes, *children = node
    return E(
        tag,
        {name: _text(value) for name, value in attributes.items() if value is not False},
        *(child if isinstance(child, str) else tree(child) for child in children),
    )


def _text(value: Any) -> str:
    """An attribute's value as JavaScript writes it."""
    return f"{value:g}" if isinstance(value, int | float) else str(value)
