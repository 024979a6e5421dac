"""The index of the figure library, and where the guide shows a figure."""

from __future__ import annotations

from xml.etree import ElementTree as ET

from fieldguide.drawing.figure import noun
from fieldguide.index import Index
from fieldguide.lists.data_tables import empty_block, filter_form, leaders, segments, select
from fieldguide.page.context import Context
from fieldguide.page.layer_mark import layer_mark
from fieldguide.page.template import render_template
from fieldguide.records.figure import SMALL, THUMBNAIL, Figure, figure_file, figure_src
from fieldguide.text.names import LAYERS
from fieldguide.text.tree import parse

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
    form = filter_form(
        "figures",
        "Find a figure or table",
        len(book.homes),
        "figures",
        segments("layer", "Layer", chosen),
        select("section", "Section", "Any section", groups),
    )
    listing = render_template(
        "lists/figures.html",
        form=form,
        sections={
            title: [_entry(context, figure) for figure in figures] for title, figures in groups.items()
        },
        width=THUMBNAIL[0],
        height=THUMBNAIL[1],
        mark=lambda layer: parse(layer_mark(layer)),
    )
    element.extend([*parse(listing), caption])


def _entry(context: Context, figure: Figure) -> dict[str, object]:
    """What the template shows of a figure."""
    book, page = context.book, context.book.pages[figure_src(figure.slug)]
    terms = [book.terms[slug].title for slug in figure.terms if slug in book.terms]
    return {
        "title": figure.title,
        "href": context.href(page.src),
        "as_of": figure.as_of,
        "layer": page.meta.layer,
        "search": " ".join([page.meta.title, figure.context, *terms]).lower(),
        "is_table": noun(figure) == "table",
        "pictures": {
            scheme: context.href(figure_file(figure.slug, f"-{scheme}{SMALL}"))
            for scheme in ("light", "dark")
        },
    }


def figure_used(context: Context, index: Index, slug: str) -> list[ET.Element]:
    """The pages that show a figure, each with its section."""
    return [leaders(context, index.pages_using("figures", slug), f"#{slug}")]
