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
    here: Context, figure: Figure, data: ET.Element | None, definitions: ET.Element | None
) -> ET.Element | None:
    """Slide, Data, Share and Definitions; a guide without a library has no files to offer. None where nothing
    is left.
    """
    library = here.has_page(figure_src(figure.slug))
    csv = (
        _download(here, figure.slug, ".csv", "Data" if data is None else "CSV")
        if library and has_data(here.drawings[figure.slug])
        else None
    )
    if data is not None:
        data[0].text = "Data"
        if csv is not None:
            data.insert(1, E("p", {}, csv))
    slide = _download(here, figure.slug, "-light.png", "Slide") if library else None
    row = E(
        "div",
        {"class": "fg-figure__tools"},
        slide,
        csv if data is None else data,
        _share(here, figure) if library else None,
        definitions,
    )
    return row if len(row) else None


def _share(here: Context, figure: Figure) -> ET.Element:
    """The figure's permanent link, its code for other sites, its citation, its page and its drawing,
    folded.
    """
    own, link = figure_src(figure.slug), "fg-action"
    parts = [
        copy_short_link(here, figure),
        E("a", {"class": link, "href": here.href(f"{own}#embed-code")}, "Embed"),
        E("a", {"class": link, "href": here.href(f"{own}#{ANCHOR}")}, "Cite"),
        E("a", {"class": link, "href": here.href(own)}, f"{noun(figure).capitalize()} page"),
        _download(here, figure.slug, "-light.svg", "SVG"),
    ]
    line = E("p", {}, *parts)
    for child in line[:-1]:
        child.tail = " "
    return E("details", {"class": "fg-fold fg-figure__share"}, E("summary", {}, "Share"), line)


def copy_short_link(here: Context, figure: Figure) -> ET.Element:
    """The control that copies the figure's permanent link, which leads to its page wherever that moves."""
    return copy_link(
        here, short_link(figure.slug), f"the {noun(figure)} “{figure.title}”", f"Link to this {noun(figure)}"
    )


def _download(here: Context, slug: str, ending: str, words: str) -> ET.Element:
    return E("a", {"class": "fg-action", "download": "", "href": here.href(figure_file(slug, ending))}, words)


# ---- the page of one figure


def render_figure_page(here: Context, root: ET.Element) -> None:
    """What stands below the figure on its own page, in two columns where there is room: what it rests on, and
    how to use it.
    """
    figure = here.book.figures.get(slug_of(here.page))
    if figure is None or figure.slug not in here.drawings:
        return  # what cannot be drawn is reported already
    _open(here, root, figure)
    rests = E("div", {}, *_sources(here, figure), *_terms(here, figure), *_where(here, figure))
    uses = E(
        "div", {}, *_downloads(here, figure), *_embed(here, figure), E("h2", {}, "Cite it"), cite_block(here)
    )
    root.append(E("section", {"class": "fg-figurepage"}, rests, uses))
    root.append(_neighbors(here, figure))


def _open(here: Context, root: ET.Element, figure: Figure) -> None:
    """In the title block: the chapter that argues the figure above the claim, and what a reader came for
    below it.
    """
    header = next((element for element in root.iter("header") if element.find("h1") is not None), None)
    if header is None:
        return
    home = here.book.homes[figure.slug]
    chapter = "the home page" if home.meta.type == "landing" else home.meta.title
    at = next(at for at, child in enumerate(header) if child.tag == "h1")
    header.insert(
        at,
        E(
            "p",
            {"class": "fg-from"},
            "From: ",
            E("a", {"href": here.href(f"{home.src}#{figure.slug}")}, chapter),
        ),
    )
    line = E(
        "p",
        {"class": "fg-figurepage__action"},
        *(_download(here, figure.slug, *file) for file in (("-light.png", "Slide"), ("-light.svg", "SVG"))),
    )
    if has_data(here.drawings[figure.slug]):
        line.append(_download(here, figure.slug, ".csv", "CSV"))
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


def _sources(here: Context, figure: Figure) -> Iterator[ET.Element]:
    yield E("h2", {}, "What it rests on")
    listing = E("ul", {"class": "fg-figurepage__sources"})
    for key in dict.fromkeys([*figure.sources, *here.uses.sources]):
        source = here.book.sources.get(key)
        if source is not None:
            listing.append(
                E(
                    "li",
                    {},
                    here.cite(key),
                    " ",
                    source.title,
                    E("span", {"class": "fg-sub"}, source.origin()),
                )
            )
    yield listing


def _terms(here: Context, figure: Figure) -> Iterator[ET.Element]:
    terms = [here.book.terms[slug] for slug in figure.terms if slug in here.book.terms]
    if not terms:
        return
    yield E("h2", {"id": "terms-it-uses"}, "Terms it uses" if len(terms) > 1 else "The term it uses")
    listing = E("dl", {"class": "fg-figurepage__terms"})
    for term in terms:
        here.uses.terms.setdefault(term.slug)
        listing.append(E("dt", {}, E("a", {"href": here.href(f"glossary/{term.slug}.md")}, term.title)))
        listing.append(E("dd", {}, term.definition))
    yield listing


def _where(here: Context, figure: Figure) -> Iterator[ET.Element]:
    yield E("h2", {}, "Where it appears")
    yield place("figure-used", figure.slug)


def _downloads(here: Context, figure: Figure) -> Iterator[ET.Element]:
    yield E("h2", {}, "Put it on a slide")
    size = f"{SLIDE[0]} × {SLIDE[1]} px"
    rows = [
        ("-light.png", "PNG, light", size),
        ("-dark.png", "PNG, dark", size),
        ("-light.svg", "SVG, light", "any size"),
        ("-dark.svg", "SVG, dark", "any size"),
    ]
    if has_data(here.drawings[figure.slug]):
        rows.append((".csv", "CSV of the data", "for a spreadsheet"))
    listing = E("ul", {"class": "fg-leaders"})
    for ending, words, value in rows:
        listing.append(
            E(
                "li",
                {},
                _download(here, figure.slug, ending, words),
                E("span", {"class": "fg-leaders__value"}, value),
            )
        )
    yield listing
    short = here.book.address(short_link(figure.slug)).partition("://")[2]
    yield E(
        "p",
        {"class": "fg-figurepage__short"},
        "A link that never changes: ",
        E("span", {"class": "fg-figurepage__address"}, short),
    )
    yield E("p", {"class": "fg-figurepage__action"}, copy_short_link(here, figure))


def _embed(here: Context, figure: Figure) -> Iterator[ET.Element]:
    yield E("h2", {}, "Show it on another site")
    yield E(
        "pre", {}, E("code", {"id": "embed-code"}, snippet(here.book, figure, here.drawings[figure.slug]))
    )
    yield E(
        "p",
        {"class": "fg-figurepage__action"},
        clip_button("embed-code", "the code of the frame", "Copy the code"),
        E("a", {"class": "fg-action", "href": here.href(embed_file(figure.slug))}, "Open the frame alone"),
    )


def _neighbors(here: Context, figure: Figure) -> ET.Element:
    order = list(here.book.homes)
    at = order.index(figure.slug)
    before = order[at - 1] if at > 0 else None
    after = order[at + 1] if at + 1 < len(order) else None
    return prev_next(
        here,
        "Neighboring figures",
        *((figure_src(slug), here.book.figures[slug].title) if slug else None for slug in (before, after)),
    )
