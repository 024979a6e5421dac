"""The glossary's index, and where the guide uses a term."""

from __future__ import annotations

from collections.abc import Iterable
from xml.etree import ElementTree as ET

from fieldguide.index import USED_IN, Index
from fieldguide.lists.data_tables import FOLD, empty_block, filter_form, leaders, segments, unfold
from fieldguide.page.context import Context
from fieldguide.page.layer_mark import layer_mark
from fieldguide.records.term import Term, by_letter
from fieldguide.text.names import LAYERS
from fieldguide.text.tree import E, parse

USED_IN_TITLE = "Where the guide uses it"


def render_glossary(context: Context, element: ET.Element) -> None:
    """Every term by letter with its definition and layer mark; works whole without JavaScript."""
    caption = empty_block(element, "div", {"class": "fg-glossary"})
    terms = context.book.terms
    letters = by_letter(terms.values())
    jump = E("nav", {"class": "fg-glossary__letters", "aria-label": "Letters"})
    for letter in "ABCDEFGHIJKLMNOPQRSTUVWXYZ":
        jump.append(
            E("a", {"href": f"#letter-{letter.lower()}"}, letter)
            if letter in letters
            else E("span", {}, letter)
        )
        jump[-1].tail = " "
    element.append(filter_form("glossary", "Find a term", len(terms), "terms", _layers(terms.values())))
    element.append(jump)
    legend = E("p", {"class": "fg-glossary__legend"})
    for layer in LAYERS:
        legend.append(E("span", {}, parse(layer_mark(layer)), f" {layer.capitalize()}"))
    element.append(legend)
    listing = E("div", {"data-filter": "glossary"})
    for letter, group in letters.items():
        box = E(
            "section",
            {"class": "fg-glossary__letter", "data-group": ""},
            E("h2", {"id": f"letter-{letter.lower()}"}, letter),
        )
        entries = E("dl", {"class": "fg-glossary__columns"})
        for term in group:
            search = " ".join([*term.names, term.definition]).lower()
            entry = E(
                "div",
                {
                    "data-search": search,
                    "data-layer": term.page.meta.layer or "",
                    "class": "fg-glossary__entry",
                },
                E("dt", {}, E("a", {"href": context.href(f"glossary/{term.slug}.md")}, term.title)),
                E("dd", {"class": FOLD}, term.definition),
            )
            if term.page.meta.layer:
                entry[0].append(parse(layer_mark(term.page.meta.layer)))
            entry[0].append(unfold(term.title))
            entries.append(entry)
        box.append(entries)
        listing.append(box)
    element.append(listing)
    element.append(caption)


def _layers(terms: Iterable[Term]) -> ET.Element:
    """The legend of the marks that stand beside terms, which narrows the list to a layer."""
    used = {term.page.meta.layer for term in terms}
    layers = [layer for layer in LAYERS if layer in used]
    control = segments("layer", "Layer", {"": "All"} | {layer: layer.capitalize() for layer in layers})
    for layer, label in zip(layers, control.findall("label")[1:], strict=True):
        label.insert(1, parse(layer_mark(layer)))
    return control


def term_used(context: Context, index: Index, slug: str) -> list[ET.Element]:
    """The pages that link a term or name it, each with its section, under a heading; nothing where there are
    none.
    """
    pages = index.pages_naming(slug)
    if not pages:
        return []
    return [E("h2", {"id": USED_IN}, USED_IN_TITLE), leaders(context, pages)]
