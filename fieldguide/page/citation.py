"""Citations: `[@key]`, `[@key, sec. 3]`, several separated by `;` or one after another, become small labels;
`source_mark.py` decides when they are visible.
"""

from __future__ import annotations

from xml.etree import ElementTree as ET

from fieldguide.page.context import DISCLOSURES, Context
from fieldguide.text.inline_marks import citation_parts
from fieldguide.text.problems import missing_source
from fieldguide.text.tree import E, parents, replace

OPINION = "starx"
"""The key that marks an opinion of the guide's publisher."""


def render_citations(context: Context, root: ET.Element) -> None:
    """Replaces each citation of the page with its mark; neighboring marks stand in one row."""
    up = parents(root)
    for element in [item for item in root.iter("span") if item.get("data-cite")]:
        if element in up[element]:  # otherwise the row of an earlier citation has taken it
            parent, (first, *others) = up[element], _group(context, _row(up[element], element))
            replace(parent, element, first)
            for other in others:
                other.tail, first.tail = first.tail, " "
                parent.insert(list(parent).index(first) + 1, other)


def _row(parent: ET.Element, first: ET.Element) -> str:
    """The keys cited by `first` and by the citations that follow it directly, which are removed from the
    tree.
    """
    keys = first.get("data-cite", "")
    for after in list(parent)[list(parent).index(first) + 1 :]:
        if (first.tail or "").strip() or not after.get("data-cite"):
            break
        keys += f";{after.get('data-cite', '')}"
        first.tail = after.tail
        parent.remove(after)
    return keys


def _group(context: Context, keys: str) -> list[ET.Element]:
    """The marks of one citation, or of several with separators. An opinion comes last, since it is not a
    source.
    """
    marks = [(key, _mark(context, key, locator)) for key, locator in citation_parts(keys)]
    sources = [mark for key, mark in marks if key != OPINION]
    opinion = [mark for key, mark in marks if key == OPINION][:1]
    if len(sources) > 1:
        sources = [E("span", {"class": "fg-cites"}, *separated(sources))]
    return sources + opinion


def separated(marks: list[ET.Element]) -> list[ET.Element]:
    """The marks in a row. Each but the last is in one element with its semicolon, so that no line of a narrow
    cell begins with a semicolon.
    """
    row = [E("span", {"class": "fg-cites__one"}, mark, ";") for mark in marks[:-1]]
    for element in row:
        element.tail = " "
    return row + marks[-1:]


def _mark(context: Context, key: str, locator: str) -> ET.Element:
    if key == OPINION:
        return E("a", {"class": "fg-opinion", "href": context.href(DISCLOSURES)}, "StarX’s view")
    if key in context.book.sources:
        return context.cite(key, locator)
    context.problem(f"unknown citation `{key}`", missing_source(key, context.book.sources), f"@{key}")
    return E("mark", {}, key)
