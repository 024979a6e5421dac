"""A figure's own page, and the row below a figure wherever else it stands."""

from __future__ import annotations

from collections.abc import Iterator
from xml.etree import ElementTree as ET

from fieldguide.drawing.draw import has_data, noun
from fieldguide.page.cite_this import ANCHOR, cite_block, clip_button
from fieldguide.page.context import Context, place
from fieldguide.page.embed import snippet
from fieldguide.page.next import prev_next
from fieldguide.page.permalinks import copy_link
from fieldguide.records.figure import SLIDE, Figure, embed_file, figure_file, figure_src, slug_of
from fieldguide.records.redirect import short_link
from fieldguide.text.tree import E

# ---- the row below a figure


def tools(
    context: Context, figure: Figure, data: ET.Element | None, definitions: ET.Element | None
) -> ET.Element | None:
    """Slide, Data, Share and Definitions; a guide without a library has no files to offer. None where nothing
    is left.
    """
    library = context.has_page(figure_src(figure.slug))
    csv = (
        _download(context, figure.slug, ".csv", "Data" if data is None else "CSV")
        if library and has_data(context.drawings[figure.slug])
        else None
    )
    if data is not None:
        data[0].text = "Data"
        if csv is not None:
            data.insert(1, E("p", {}, csv))
    slide = _download(context, figure.slug, "-light.png", "Slide") if library else None
    row = E(
        "div",
        {"class": "fg-figure__tools"},
        slide,
        csv if data is None else data,
        _share(context, figure) if library else None,
        definitions,
    )
    return row if len(row) else None


def _share(context: Context, figure: Figure) -> ET.Element:
    """The figure's permanent link, its code for other sites, its citation, its page and its drawing,
    folded.
    """
    own, link = figure_src(figure.slug), "fg-action"
    parts = [
        copy_short_link(context, figure),
        E("a", {"class": link, "href": context.href(f"{own}#embed-code")}, "Embed"),
        E("a", {"class": link, "href": context.href(f"{own}#{ANCHOR}")}, "Cite"),
        E("a", {"class": link, "href": context.href(own)}, f"{noun(figure).capitalize()} page"),
        _download(context, figure.slug, "-light.svg", "SVG"),
    ]
    line = E("p", {}, *parts)
    for child in line[:-1]:
        child.tail = " "
    return E("details", {"class": "fg-fold fg-figure__share"}, E("summary", {}, "Share"), line)


def copy_short_link(context: Context, figure: Figure) -> ET.Element:
    """The control that copies the figure's permanent link, which leads to its page wherever that moves."""
    return copy_link(
        context,
        short_link(figure.slug),
        f"the {noun(figure)} “{figure.title}”",
        f"Link to this {noun(figure)}",
    )


def _download(context: Context, slug: str, ending: str, words: str) -> ET.Element:
    return E(
        "a", {"class": "fg-action", "download": "", "href": context.href(figure_file(slug, ending))}, words
    )


# ---- the page of one figure


def render_figure_page(context: Context, root: ET.Element) -> None:
    """What stands below the figure on its own page, in two columns where there is room: what it rests on, and
    how to use it.
    """
    figure = context.book.figures.get(slug_of(context.page))
    if figure is None or figure.slug not in context.drawings:
        return  # what cannot be drawn is reported already
    _open(context, root, figure)
    rests = E("div", {}, *_sources(context, figure), *_terms(context, figure), *_where(context, figure))
    uses = E(
        "div",
        {},
        *_downloads(context, figure),
        *_embed(context, figure),
        E("h2", {}, "Cite it"),
        cite_block(context),
    )
    root.append(E("section", {"class": "fg-figurepage"}, rests, uses))
    root.append(_neighbors(context, figure))


def _open(context: Context, root: ET.Element, figure: Figure) -> None:
    """In the title block: the chapter that argues the figure above the claim, and what a reader came for
    below it.
    """
    header = next((element for element in root.iter("header") if element.find("h1") is not None), None)
    if header is None:
        return
    home = context.book.homes[figure.slug]
    chapter = "the home page" if home.meta.type == "landing" else home.meta.title
    at = next(at for at, child in enumerate(header) if child.tag == "h1")
    header.insert(
        at,
        E(
            "p",
            {"class": "fg-from"},
            "From: ",
            E("a", {"href": context.href(f"{home.src}#{figure.slug}")}, chapter),
        ),
    )
    line = E(
        "p",
        {"class": "fg-figurepage__action"},
        *(
            _download(context, figure.slug, *file)
            for file in (("-light.png", "Slide"), ("-light.svg", "SVG"))
        ),
    )
    if has_data(context.drawings[figure.slug]):
        line.append(_download(context, figure.slug, ".csv", "CSV"))
    line.append(
        E(
            "button",
            {
                "type": "button",
                "class": "fg-action fg-clip",
                "data-picture": f"the {noun(figure)} “{figure.title}”",
            },
            "Copy image",
        )
    )
    meta = next((at for at, child in enumerate(header) if child.get("class") == "fg-meta"), len(header))
    header.insert(meta, line)


def _sources(context: Context, figure: Figure) -> Iterator[ET.Element]:
    yield E("h2", {}, "What it rests on")
    listing = E("ul", {"class": "fg-figurepage__sources"})
    for key in dict.fromkeys([*figure.sources, *context.uses.sources]):
        source = context.book.sources.get(key)
        if source is not None:
            listing.append(
                E(
                    "li",
                    {},
                    context.cite(key),
                    " ",
                    source.title,
                    E("span", {"class": "fg-sub"}, source.origin()),
                )
            )
    yield listing


def _terms(context: Context, figure: Figure) -> Iterator[ET.Element]:
    terms = [context.book.terms[slug] for slug in figure.terms if slug in context.book.terms]
    if not terms:
        return
    yield E("h2", {"id": "terms-it-uses"}, "Terms it uses" if len(terms) > 1 else "The term it uses")
    listing = E("dl", {"class": "fg-figurepage__terms"})
    for term in terms:
        context.uses.terms.setdefault(term.slug)
        listing.append(E("dt", {}, E("a", {"href": context.href(f"glossary/{term.slug}.md")}, term.title)))
        listing.append(E("dd", {}, term.definition))
    yield listing


def _where(context: Context, figure: Figure) -> Iterator[ET.Element]:
    yield E("h2", {}, "Where it appears")
    yield place("figure-used", figure.slug)


def _downloads(context: Context, figure: Figure) -> Iterator[ET.Element]:
    yield E("h2", {}, "Put it on a slide")
    size = f"{SLIDE[0]} × {SLIDE[1]} px"
    rows = [
        ("-light.png", "PNG, light", size),
        ("-dark.png", "PNG, dark", size),
        ("-light.svg", "SVG, light", "any size"),
        ("-dark.svg", "SVG, dark", "any size"),
    ]
    if has_data(context.drawings[figure.slug]):
        rows.append((".csv", "CSV of the data", "for a spreadsheet"))
    listing = E("ul", {"class": "fg-leaders"})
    for ending, words, value in rows:
        listing.append(
            E(
                "li",
                {},
                _download(context, figure.slug, ending, words),
                E("span", {"class": "fg-leaders__value"}, value),
            )
        )
    yield listing
    short = context.book.address(short_link(figure.slug)).partition("://")[2]
    yield E(
        "p",
        {"class": "fg-figurepage__short"},
        "A link that never changes: ",
        E("span", {"class": "fg-figurepage__address"}, short),
    )
    yield E("p", {"class": "fg-figurepage__action"}, copy_short_link(context, figure))


def _embed(context: Context, figure: Figure) -> Iterator[ET.Element]:
    yield E("h2", {}, "Show it on another site")
    yield E(
        "pre",
        {},
        E("code", {"id": "embed-code"}, snippet(context.book, figure, context.drawings[figure.slug])),
    )
    yield E(
        "p",
        {"class": "fg-figurepage__action"},
        clip_button("embed-code", "the code of the frame", "Copy the code"),
        E("a", {"class": "fg-action", "href": context.href(embed_file(figure.slug))}, "Open the frame alone"),
    )


def _neighbors(context: Context, figure: Figure) -> ET.Element:
    order = list(context.book.homes)
    at = order.index(figure.slug)
    before = order[at - 1] if at > 0 else None
    after = order[at + 1] if at + 1 < len(order) else None
    return prev_next(
        context,
        "Neighboring figures",
        *((figure_src(slug), context.book.figures[slug].title) if slug else None for slug in (before, after)),
    )
