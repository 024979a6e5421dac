"""A figure's own page, and the row of tools below a figure on other pages."""

from __future__ import annotations

from xml.etree import ElementTree as ET

from fieldguide.drawing.figure import has_data, noun
from fieldguide.page.cite_this import ANCHOR, cite_block, clip_button
from fieldguide.page.context import Context
from fieldguide.page.embed import snippet
from fieldguide.page.permalinks import copy_link
from fieldguide.page.read_next import prev_next
from fieldguide.page.template import render_template
from fieldguide.records.figure import SLIDE, Figure, embed_file, figure_file, figure_src, slug_of
from fieldguide.records.short_links import short_link
from fieldguide.text.tree import E, parse, spaced

# ---- the row below a figure


def tools(
    context: Context, figure: Figure, data: ET.Element | None, definitions: ET.Element | None
) -> ET.Element | None:
    """Slide, Data, Share and Definitions, or None if none of them applies. A guide without a library has no
    files to offer.
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
    """A fold with the figure's permanent link, its HTML for other sites, its citation, its page and its
    drawing.
    """
    own, link = figure_src(figure.slug), "fg-action"
    actions = spaced(
        copy_short_link(context, figure),
        E("a", {"class": link, "href": context.href(f"{own}#embed-code")}, "Embed"),
        E("a", {"class": link, "href": context.href(f"{own}#{ANCHOR}")}, "Cite"),
        E("a", {"class": link, "href": context.href(own)}, f"{noun(figure).capitalize()} page"),
        _download(context, figure.slug, "-light.svg", "SVG"),
    )
    share = {"class": "fg-fold fg-figure__share"}
    return E("details", share, E("summary", {}, "Share"), E("p", {}, *actions))


def copy_short_link(context: Context, figure: Figure) -> ET.Element:
    """A control that copies the figure's permanent link, which stays valid if the figure's page moves."""
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
    """Complete a figure's own page below the figure, in two columns if there is room: what the figure is
    based on, and how to use it.
    """
    figure = context.book.figures.get(slug_of(context.page))
    if figure is None or figure.slug not in context.drawings:
        return  # it cannot be drawn, which is already reported
    book, slug = context.book, figure.slug
    keys = dict.fromkeys([*figure.sources, *context.uses.sources])
    terms = [book.terms[slug] for slug in figure.terms if slug in book.terms]
    context.uses.terms.update(dict.fromkeys(term.slug for term in terms))
    values = {
        "context": context,
        "figure": figure,
        "sources": [(context.cite(key), book.sources[key]) for key in keys if key in book.sources],
        "terms": terms,
        "downloads": [
            (_download(context, slug, ending, words), size) for ending, words, size in _files(context, slug)
        ],
        "short_address": book.address(short_link(slug)).partition("://")[2],
        "copy_link": copy_short_link(context, figure),
        "embed_code": snippet(book, figure, context.drawings[slug]),
        "copy_code": clip_button("embed-code", "the code of the frame", "Copy the code"),
        "embed_file": embed_file(slug),
        "citation": cite_block(context),
    }
    root.append(parse(render_template("page/figure_page.html", **values)))
    root.append(_neighbors(context, figure))


def _files(context: Context, slug: str) -> list[tuple[str, str, str]]:
    """(file extension, words, size) of each file of a figure."""
    size = f"{SLIDE[0]} × {SLIDE[1]} px"
    pictures = [
        ("-light.png", "PNG, light", size),
        ("-dark.png", "PNG, dark", size),
        ("-light.svg", "SVG, light", "any size"),
        ("-dark.svg", "SVG, dark", "any size"),
    ]
    csv = [(".csv", "CSV of the data", "for a spreadsheet")]
    return pictures + (csv if has_data(context.drawings[slug]) else [])


def chapter_line(context: Context, figure: Figure) -> ET.Element:
    """The line above the title of a figure's page, with the chapter that argues with the figure."""
    home = context.book.homes[figure.slug]
    chapter = "the home page" if home.meta.type == "landing" else home.meta.title
    link = E("a", {"href": context.href(f"{home.src}#{figure.slug}")}, chapter)
    return E("p", {"class": "fg-from"}, "From: ", link)


def actions_line(context: Context, figure: Figure) -> ET.Element:
    """The line in the title block of a figure's page, with the most requested files."""
    files = [("-light.png", "Slide"), ("-light.svg", "SVG")]
    if has_data(context.drawings[figure.slug]):
        files.append((".csv", "CSV"))
    copied = f"the {noun(figure)} “{figure.title}”"
    button = {"type": "button", "class": "fg-action fg-clip", "data-picture": copied}
    return E(
        "p",
        {"class": "fg-figurepage__action"},
        *(_download(context, figure.slug, ending, words) for ending, words in files),
        E("button", button, "Copy image"),
    )


def _neighbors(context: Context, figure: Figure) -> ET.Element:
    order = [None, *context.book.homes, None]
    index = order.index(figure.slug)
    before, after = (
        (figure_src(slug), context.book.figures[slug].title) if slug else None
        for slug in (order[index - 1], order[index + 1])
    )
    return prev_next(context, "Neighboring figures", before, after)
