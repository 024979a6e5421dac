"""The glossary's index, and where the guide uses a term."""

from __future__ import annotations

from collections.abc import Iterable
from xml.etree import ElementTree as ET

from fieldguide.index import USED_IN, Index
from fieldguide.lists.data_tables import empty_block, filter_form, leaders, segments, unfold
from fieldguide.page.context import Context
from fieldguide.page.layer_mark import layer_mark
from fieldguide.page.template import render_template
from fieldguide.records.term import Term, by_letter
from fieldguide.text.names import LAYERS, LayerName
from fieldguide.text.tree import E, parse

USED_IN_TITLE = "Where the guide uses it"
FIRST_USES, MOST_USES = 8, 10
"""The pages that a term shows first, and the most that it shows without a fold."""


def render_glossary(context: Context, element: ET.Element) -> None:
    """Every term by letter with its definition and layer mark; works whole without JavaScript."""
    caption = empty_block(element, "div", {"class": "fg-glossary"})
    terms = context.book.terms
    listing = render_template(
        "lists/glossary.html",
        context=context,
        form=filter_form("glossary", "Find a term", len(terms), "terms", _layers(terms.values())),
        letters=by_letter(terms.values()),
        layers=LAYERS,
        mark=_mark,
        unfold=unfold,
    )
    element.extend([*parse(listing), caption])


def _mark(layer: LayerName) -> ET.Element:
    return parse(layer_mark(layer))


def _layers(terms: Iterable[Term]) -> ET.Element:
    """The legend of the marks that stand beside terms, which narrows the list to a layer."""
    used = {term.page.meta.layer for term in terms}
    layers = [layer for layer in LAYERS if layer in used]
    control = segments("layer", "Layer", {"": "All"} | {layer: layer.capitalize() for layer in layers})
    for layer, label in zip(layers, control.findall("label")[1:], strict=True):
        label.insert(1, _mark(layer))
    return control


def term_used(context: Context, index: Index, slug: str) -> list[ET.Element]:
    """The pages that link a term or name it, each with its section, under a heading; nothing where there are
    none. Of many, those that name it in a heading, a table head or a figure come first, and the rest are
    folded.
    """
    pages = index.pages_naming(slug)
    if not pages:
        return []
    element = [E("h2", {"id": USED_IN}, USED_IN_TITLE)]
    if len(pages) <= MOST_USES:
        return [*element, leaders(context, pages)]
    named = {page.src for page in index.pages_using("named", slug)}
    pages.sort(key=lambda page: (page.meta.type == "landing", page.src not in named))
    shown, rest = pages[:FIRST_USES], pages[FIRST_USES:]
    summary = E("summary", {}, f"{len(rest)} more pages")
    return [
        *element,
        leaders(context, shown),
        E("details", {"class": "fg-fold"}, summary, leaders(context, rest)),
    ]
