"""The lists by name, and the filling of empty places: the last step before a page goes to the theme."""

from __future__ import annotations

import copy
import re
from collections.abc import Callable
from html import unescape
from xml.etree import ElementTree as ET

from markdown.serializers import to_xhtml_string

from fieldguide.index import USED_IN, Heading, Index, resolve_links
from fieldguide.lists.cite_this import render_guide_citation
from fieldguide.lists.claims import claims_filter, claims_resting, claims_rows, claims_sections, render_claims
from fieldguide.lists.companies import render_companies
from fieldguide.lists.datasets import datasets, render_datasets
from fieldguide.lists.decks import render_decks
from fieldguide.lists.evidence import evidence_shares, render_evidence
from fieldguide.lists.figures import figure_used, render_figure_index
from fieldguide.lists.glossary import USED_IN_TITLE, render_glossary, term_used
from fieldguide.lists.hardware import render_hardware
from fieldguide.lists.keys import KEYS
from fieldguide.lists.lab_checks import render_lab_checks
from fieldguide.lists.labs import render_labs_index
from fieldguide.lists.models import render_models
from fieldguide.lists.moved import moved_on
from fieldguide.lists.price_history import render_price_history
from fieldguide.lists.prices import render_prices, render_rentals
from fieldguide.lists.references import REFERENCE_GROUPS, render_references, source_used
from fieldguide.lists.runs import RUN_WORDS, render_runs
from fieldguide.lists.search import render_search
from fieldguide.lists.stack import render_stack
from fieldguide.lists.training_runs import render_training_runs
from fieldguide.lists.trust import trust_line
from fieldguide.page.context import PLACE, Context, GeneratedList
from fieldguide.page.permalinks import add_copy_links
from fieldguide.page.term import Matcher
from fieldguide.records.dataset import OWN
from fieldguide.records.price_history import LIST as PRICE_HISTORY
from fieldguide.records.term import term_slug
from fieldguide.text.tree import E, parents

LISTS: dict[str, GeneratedList] = {
    "glossary-index": render_glossary,
    "figure-index": render_figure_index,
    "decks": render_decks,
    "labs": render_labs_index,
    "lab-checks": render_lab_checks,
    "guide-citation": render_guide_citation,
    "references": render_references,
    "models": render_models,
    "companies": render_companies,
    "prices": render_prices,
    "rentals": render_rentals,
    PRICE_HISTORY: render_price_history,
    "hardware": render_hardware,
    OWN: render_runs,
    "stack-table": render_stack,
    "training-runs": render_training_runs,
    "claims": render_claims,
    "evidence-shares": render_evidence,
    "data-sets": render_datasets,
    "search": render_search,
    **RUN_WORDS,
    **KEYS,
    **REFERENCE_GROUPS,
}
"""Generated lists that `/// figure | …` may name besides figures: drawn without a figure's frame."""
Filler = Callable[[Context, Index, str], list[ET.Element]]
"""What belongs in a place: of the page, the whole and the place's key."""
FILLERS: dict[str, Filler] = {
    "term-used": term_used,
    "source-used": source_used,
    "figure-used": figure_used,
    "claims-filter": claims_filter,
    "claims-sections": claims_sections,
    "claims-rows": claims_rows,
    "claims-resting": claims_resting,
    "data-sets": datasets,
    "evidence-shares": evidence_shares,
    "trust": trust_line,
    "moved": moved_on,
}
"""By the name of the place."""
_EMPTY = re.compile(rf'<{PLACE} [^>]*?key="([^"]*)" name="([^"]*)"[^>]*></{PLACE}>')
"""A place as Python-Markdown writes it, attributes in the order of their names."""


def fill_page(index: Index, src: str) -> str:
    """The HTML of a page with its places filled."""
    context = Context(index.book, index.book.pages[src], Matcher({}))

    def content(match: re.Match[str]) -> str:
        box = E("div", {}, *FILLERS[match[2]](context, index, unescape(match[1])))
        add_copy_links(context, box)
        resolve_links(context, box)
        return "".join(to_xhtml_string(element) for element in box)

    return _EMPTY.sub(content, index.pages[src].html)


def contents(index: Index, src: str) -> list[Heading]:
    """The headings of a page, with those that stand in its places."""
    toc = index.pages[src].toc
    page = index.book.pages[src]
    if page.meta.type != "term" or not index.pages_naming(term_slug(src)):
        return toc
    toc = copy.deepcopy(toc)
    entries = toc[0]["children"] if len(toc) == 1 and toc[0]["level"] == 1 else toc
    at = next((at for at, entry in enumerate(entries) if entry["name"] == "See also"), len(entries))
    entries.insert(at, {"level": 2, "id": USED_IN, "name": USED_IN_TITLE, "children": []})
    return toc


def fill_tree(context: Context, index: Index, root: ET.Element) -> None:
    """The same in a tree that is not yet HTML, for a builder that converts each page itself: links stay
    paths.
    """
    up = parents(root)
    for empty in list(root.iter(PLACE)):
        parent = up[empty]
        at = list(parent).index(empty)
        parent.remove(empty)
        for offset, element in enumerate(
            FILLERS[empty.get("name", "")](context, index, empty.get("key", ""))
        ):
            parent.insert(at + offset, element)
