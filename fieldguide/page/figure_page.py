"""A figure's own page, the line of tools below a figure wherever it stands, and the index of all figures."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any
from xml.etree import ElementTree as ET

from fieldguide.drawing.draw import has_data
from fieldguide.outputs.frames import snippet
from fieldguide.page.builder import Builder
from fieldguide.page.citation import cite_block, clip_button
from fieldguide.page.permalinks import copy_link
from fieldguide.records.figure import Figure, embed_file, figure_file, figure_of, figure_src
from fieldguide.text.tree import E

SIZE = (1920, 1080)
"""Px of a slide."""
LAYERS = ("application", "model", "infrastructure", "capital", "crypto")


# ---- the tools below a figure


def tools(builder: Builder, figure: Figure, drawing: Any) -> ET.Element:
    """The line under a figure: its downloads, its page, and the control that copies its permanent link."""
    line = E("p", {"class": "fg-figure__tools"}, _download(builder, figure.slug, "-light.png", "Slide"), _download(builder, figure.slug, "-light.svg", "SVG"))
    if has_data(drawing):
        line.append(_download(builder, figure.slug, ".csv", "CSV"))
    line.append(E("a", {"class": "fg-action", "href": builder.href(figure_src(figure.slug))}, "Figure page"))
    line.append(short_link(builder, figure))
    for child in line[:-1]:
        child.tail = " "
    return line


def short_link(builder: Builder, figure: Figure) -> ET.Element:
    """The control that copies the figure's permanent link, which leads to its page wherever that moves."""
    return copy_link(builder, f"go/{figure.slug}/", f"the figure “{figure.title}”", "Link to this figure")


def _download(builder: Builder, slug: str, ending: str, words: str) -> ET.Element:
    return E("a", {"class": "fg-action", "download": "", "href": builder.href(figure_file(slug, ending))}, words)


# ---- the page of one figure


def render_figure_page(builder: Builder, root: ET.Element) -> None:
    """What stands below the figure on its own page, in two columns where there is room: what it rests on, and how to use it."""
    figure = figure_of(builder.book, builder.page)
    if figure is None or figure.slug not in builder.drawings:
        return  # what cannot be drawn is reported already
    rests = E("div", {}, *_sources(builder, figure), *_terms(builder, figure), *_where(builder, figure))
    uses = E("div", {}, *_downloads(builder, figure), *_embed(builder, figure), _heading("Cite it"), cite_block(builder))
    root.append(E("section", {"class": "fg-figurepage", "data-search-exclude": ""}, rests, uses))  # a section, since search ends what it passes over at the first end tag of the same name
    root.append(_neighbors(builder, figure))


def _heading(words: str, attributes: dict[str, str] | None = None) -> ET.Element:
    """A heading that search passes over: every figure has the same, and its chapter says the rest."""
    return E("h2", {"data-search-exclude": "", **(attributes or {})}, words)


def _sources(builder: Builder, figure: Figure) -> Iterator[ET.Element]:
    yield _heading("What it rests on")
    listing = E("ul", {"class": "fg-figurepage__sources"})
    for key in dict.fromkeys([*figure.sources, *builder.uses.sources]):
        source = builder.book.sources.get(key)
        if source is not None:
            listing.append(E("li", {}, builder.cite(key), " ", source.title, E("span", {"class": "fg-sub"}, source.origin())))
    yield listing


def _terms(builder: Builder, figure: Figure) -> Iterator[ET.Element]:
    terms = [builder.book.terms[slug] for slug in figure.terms if slug in builder.book.terms]
    if not terms:
        return
    yield _heading("Terms it uses" if len(terms) > 1 else "The term it uses", {"id": "terms-it-uses"})
    listing = E("dl", {"class": "fg-figurepage__terms"})
    for term in terms:
        builder.uses.terms.setdefault(term.slug)
        listing.append(E("dt", {}, E("a", {"href": builder.href(f"glossary/{term.slug}.md")}, term.title)))
        listing.append(E("dd", {}, term.definition))
    yield listing


def _where(builder: Builder, figure: Figure) -> Iterator[ET.Element]:
    yield _heading("Where it appears")
    if builder.scanning:
        return
    listing = E("ul", {"class": "fg-leaders"})
    for page in builder.book.pages_using("figures", figure.slug):
        title, section = ("Home page", "") if page.meta.type == "landing" else (page.meta.title, builder.book.section_title(page.src))
        value = E("span", {"class": "fg-leaders__value"}, section if section != title else "")
        listing.append(E("li", {}, E("a", {"href": builder.href(f"{page.src}#{figure.slug}")}, title), value))
    yield listing


def _downloads(builder: Builder, figure: Figure) -> Iterator[ET.Element]:
    yield _heading("Put it on a slide")
    size = f"{SIZE[0]} × {SIZE[1]} px"
    rows = [("-light.png", "PNG, light", size), ("-dark.png", "PNG, dark", size), ("-light.svg", "SVG, light", "any size"), ("-dark.svg", "SVG, dark", "any size")]
    if has_data(builder.drawings[figure.slug]):
        rows.append((".csv", "CSV of the data", "for a spreadsheet"))
    listing = E("ul", {"class": "fg-leaders"})
    for ending, words, value in rows:
        listing.append(E("li", {}, _download(builder, figure.slug, ending, words), E("span", {"class": "fg-leaders__value"}, value)))
    yield listing
    short = builder.book.address(f"go/{figure.slug}/").partition("://")[2]
    yield E("p", {"class": "fg-figurepage__short"}, "A link that never changes: ", E("span", {"class": "fg-figurepage__address"}, short))
    yield E("p", {"class": "fg-figurepage__action"}, short_link(builder, figure))


def _embed(builder: Builder, figure: Figure) -> Iterator[ET.Element]:
    yield _heading("Show it on another site")
    yield E("pre", {}, E("code", {"id": "embed-code"}, snippet(builder.book, figure, builder.drawings[figure.slug])))
    yield E("p", {"class": "fg-figurepage__action"}, clip_button("embed-code", "the code of the frame", "Copy the code"),
            E("a", {"class": "fg-action", "href": builder.href(embed_file(figure.slug))}, "Open the frame alone"))


def _neighbors(builder: Builder, figure: Figure) -> ET.Element:
    order = list(builder.book.homes)
    at = order.index(figure.slug)
    nav = E("nav", {"class": "fg-prevnext", "aria-label": "Neighboring figures", "data-search-exclude": ""})
    for place, rel, word in ((at - 1, "prev", "Previous"), (at + 1, "next", "Next")):
        if 0 <= place < len(order):
            title = builder.book.figures[order[place]].title
            name = f"← {title}" if rel == "prev" else f"{title} →"
            nav.append(E("a", {"rel": rel, "href": builder.href(figure_src(order[place]))}, E("span", {}, word), name))
    return nav


# ---- the index


