"""TODO."""

from __future__ import annotations

from xml.etree import ElementTree as ET

from fieldguide.drawing.glyphs import layer_mark
from fieldguide.lists.html import filter_form, frame
from fieldguide.page.builder import Builder
from fieldguide.records.term import by_letter, neighbors
from fieldguide.text.tree import E, parse, text_of


def glossary_index(builder: Builder, element: ET.Element) -> None:
    """Every term by letter with its definition and layer mark; works whole without JavaScript."""
    caption = frame(element, "div", {"class": "fg-glossary"})
    terms = builder.book.terms
    letters = by_letter(terms.values())
    jump = E("nav", {"class": "fg-glossary__letters", "aria-label": "Letters"})
    for letter in "ABCDEFGHIJKLMNOPQRSTUVWXYZ":
        jump.append(E("a", {"href": f"#letter-{letter.lower()}"}, letter) if letter in letters else E("span", {}, letter))
        jump[-1].tail = " "
    element.append(filter_form("glossary", "Find a term", len(terms), "terms", jump))
    legend = E("p", {"class": "fg-glossary__legend"})
    for layer in ("application", "model", "infrastructure", "capital", "crypto"):
        legend.append(E("span", {}, parse(layer_mark(layer)), f" {layer.capitalize()}"))
    element.append(legend)
    columns = E("div", {"class": "fg-glossary__columns", "data-filter": "glossary"})
    for letter, group in letters.items():
        box = E("section", {"class": "fg-glossary__letter", "data-group": ""}, E("h2", {"id": f"letter-{letter.lower()}"}, letter))
        entries = E("dl")
        for term in group:
            search = " ".join([*term.names, term.definition]).lower()
            entry = E("div", {"data-search": search, "class": "fg-glossary__entry"},
                      E("dt", {}, E("a", {"href": builder.href(f"glossary/{term.slug}.md")}, term.title)), E("dd", {}, term.definition))
            if term.page.meta.layer:
                entry[0].append(parse(layer_mark(term.page.meta.layer)))
            entries.append(entry)
        box.append(entries)
        columns.append(box)
    element.append(columns)
    element.append(caption)


def render_term_page(builder: Builder, root: ET.Element) -> None:
    """A term's own page: neighbors at left, where it is used, related terms, previous and next."""
    page, terms = builder.page, builder.book.terms
    slug = page.src.rsplit("/", 1)[-1].removesuffix(".md")
    for at, child in enumerate(list(root)):
        if child.tag == "h2" and text_of(child).strip() == "See also" and at + 1 < len(root) and root[at + 1].tag == "ul":
            root[at + 1].set("class", "fg-related")
            if not builder.scanning:
                _where_used(builder, root, at, slug)
            break
    else:
        builder.problem("the term has no “## See also” list", "end the page with links to two to four related terms", "# ")
    before, after, around = neighbors(terms, slug)
    title = f"Glossary, {around[0].title[0]} to {around[-1].title[0]}"
    items = E("ul")
    for term in around:
        anchor = E("a", {"href": builder.href(f"glossary/{term.slug}.md")}, term.title)
        if term.slug == slug:
            anchor.set("aria-current", "page")
        items.append(E("li", {}, anchor))
    root.insert(0, E("nav", {"class": "fg-neighbors", "aria-label": title, "data-search-exclude": ""}, E("p", {"class": "fg-neighbors__title"}, title), items))
    around_nav = E("nav", {"class": "fg-prevnext", "aria-label": "Neighboring terms"})
    for term, rel, word in ((before, "prev", "Previous"), (after, "next", "Next")):
        if term is not None:
            name = f"← {term.title}" if rel == "prev" else f"{term.title} →"
            around_nav.append(E("a", {"rel": rel, "href": builder.href(f"glossary/{term.slug}.md")}, E("span", {}, word), name))
    root.append(around_nav)


def _where_used(builder: Builder, root: ET.Element, at: int, slug: str) -> None:
    book = builder.book
    pages = book.pages_naming(slug)
    if not pages:
        return
    listing = E("ul", {"class": "fg-leaders"})
    for page in pages:
        value = E("span", {"class": "fg-leaders__value"}, book.section_title(page.src))
        listing.append(E("li", {}, E("a", {"href": builder.href(page.src)}, page.meta.title), value))
    root.insert(at, listing)
    root.insert(at, E("h2", {}, "Where the guide uses it"))
