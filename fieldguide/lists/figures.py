"""The index of the figure library, and where the guide shows a figure."""

from __future__ import annotations

from xml.etree import ElementTree as ET

from fieldguide.drawing.draw import noun
from fieldguide.index import Index
from fieldguide.lists.data_tables import empty_block, filter_form, leaders, segments, select
from fieldguide.page.context import Context
from fieldguide.page.layer_mark import layer_mark
from fieldguide.records.figure import SMALL, THUMBNAIL, Figure, figure_file, figure_src
from fieldguide.text.dates import show_date
from fieldguide.text.names import LAYERS
from fieldguide.text.tree import E, parse

STACK = "stack/index.md"
"""The page that the figures of the home page map."""


def render_figure_index(context: Context, element: ET.Element) -> None:
    """Every figure with its picture, claim, layer and date, by section in the order of the guide; a filter by
    section and layer.
    """
    book = context.book
    caption = empty_block(element, "div", {"class": "fg-library"})
    groups: dict[str, list[Figure]] = {}
    # the home page's stand first in the section that they map: one alone under a heading of its own says
    # nothing
    landing = []
    for slug, home in book.homes.items():
        if home.meta.type == "landing" and STACK in book.pages:
            landing.append(book.figures[slug])
        else:
            groups.setdefault(book.section_title(home.src), []).append(book.figures[slug])
    if landing:
        section = book.section_title(STACK)
        groups[section] = landing + groups.get(section, [])
    layers = {book.pages[figure_src(slug)].meta.layer for slug in book.homes}
    chosen: dict[str, str] = {
        "": "Any",
        **{layer: layer.capitalize() for layer in LAYERS if layer in layers},
        "every": "All layers",
    }
    element.append(
        filter_form(
            "figures",
            "Find a figure or table",
            len(book.homes),
            "figures",
            segments("layer", "Layer", chosen),
            select("section", "Section", "Any section", groups),
        )
    )
    listing = E("div", {"data-filter": "figures"})
    for title, figures in groups.items():
        entries = E(
            "ul", {"class": "fg-library__grid"}, *(_entry(context, figure, title) for figure in figures)
        )
        listing.append(
            E("section", {"data-group": ""}, E("h2", {"class": "fg-library__section"}, title), entries)
        )
    element.append(listing)
    element.append(caption)


def _entry(context: Context, figure: Figure, section: str) -> ET.Element:
    book, page = context.book, context.book.pages[figure_src(figure.slug)]
    picture = E("span", {"class": "fg-library__picture"})
    for scheme in ("light", "dark"):
        source = context.href(figure_file(figure.slug, f"-{scheme}{SMALL}"))
        picture.append(
            E(
                "img",
                {
                    "class": f"fg-library__{scheme}",
                    "src": source,
                    "alt": "",
                    "width": str(THUMBNAIL[0]),
                    "height": str(THUMBNAIL[1]),
                    "loading": "lazy",
                    "decoding": "async",
                },
            )
        )
    words = [
        page.meta.title,
        figure.context,
        *(book.terms[slug].title for slug in figure.terms if slug in book.terms),
    ]
    below = E("span", {"class": "fg-library__below"})
    if page.meta.layer:
        below.append(parse(layer_mark(page.meta.layer)))
        below[-1].tail = f" {page.meta.layer.capitalize()}"
    else:
        below.text = "All layers"
    if noun(figure) == "table":
        below.append(E("span", {"class": "fg-library__table"}, "Table"))
    below.append(E("time", {"datetime": figure.as_of}, show_date(figure.as_of)))
    link = E(
        "a",
        {"href": context.href(page.src)},
        picture,
        E("span", {"class": "fg-library__title"}, figure.title),
    )
    return E(
        "li",
        {
            "data-search": " ".join(words).lower(),
            "data-section": section,
            "data-layer": page.meta.layer or "every",
        },
        link,
        below,
    )


def figure_used(context: Context, index: Index, slug: str) -> list[ET.Element]:
    """The pages that show a figure, each with its section."""
    return [leaders(context, index.pages_using("figures", slug), f"#{slug}")]
