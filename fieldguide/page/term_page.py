"""A term's own page: its neighbors, where the guide uses it, related terms."""

from __future__ import annotations

from xml.etree import ElementTree as ET

from fieldguide.page.context import Context, place
from fieldguide.page.read_next import prev_next
from fieldguide.records.term import neighbors, term_slug
from fieldguide.text.tree import E, heading_index


def render_term_page(context: Context, root: ET.Element) -> None:
    """Complete a term's own page: neighbors to the left, where the term is used, related terms, previous and
    next term.
    """
    page, terms = context.page, context.book.terms
    slug = term_slug(page.src)
    index = heading_index(root, "See also")
    if index is not None and index + 1 < len(root) and root[index + 1].tag == "ul":
        root[index + 1].set("class", "fg-related")
        root.insert(index, place("term-used", slug))
    else:
        context.problem(
            "the term has no “## See also” list", "end the page with links to two to four related terms", "# "
        )
    before, after, around = neighbors(terms, slug)
    title = f"Glossary, {around[0].title[0]} to {around[-1].title[0]}"
    items = E("ul")
    for term in around:
        anchor = E("a", {"href": context.href(f"glossary/{term.slug}.md")}, term.title)
        if term.slug == slug:
            anchor.set("aria-current", "page")
        items.append(E("li", {}, anchor))
    root.insert(
        0,
        E(
            "nav",
            {"class": "fg-neighbors", "aria-label": title},
            E("p", {"class": "fg-neighbors__title"}, title),
            items,
        ),
    )
    previous, following = (
        (f"glossary/{term.slug}.md", term.title) if term is not None else None for term in (before, after)
    )
    root.append(prev_next(context, "Neighboring terms", previous, following))
