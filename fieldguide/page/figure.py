"""Figures: `/// figure | slug` becomes a frame with drawings, sources and data, or a generated list; `///
figure | slug, small` becomes a drawing beside its words.
"""

from __future__ import annotations

import re
from xml.etree import ElementTree as ET

from fieldguide.drawing.figure import draw
from fieldguide.drawing.kinds import UNDRAWN, check_drawing, fault
from fieldguide.drawing.shapes import Drawing, Table
from fieldguide.page.box import FEW_COLUMNS
from fieldguide.page.context import Context
from fieldguide.page.figure_page import tools
from fieldguide.records.figure import Figure, figure_src, slug_of
from fieldguide.text.dates import show_date
from fieldguide.text.inline_marks import fact_markup
from fieldguide.text.names import kebab
from fieldguide.text.problems import closest
from fieldguide.text.tree import E, move_children, text_of

SMALL = "small"
"""The word after a slug that makes the figure small. A figure's home is a page that shows it in full."""
LONG = 1600
"""Characters of a table that, with its words, fill most of a printed page."""
PLATE = 510
"""The most points of height on paper for a drawing on the same page as its words: that of the stack map, the
tallest that fits (print.css).
"""


def _read(context: Context, element: ET.Element, figure: Figure) -> tuple[ET.Element, Drawing | None]:
    """(the page's words below the figure, its drawing or None if it cannot be drawn)."""
    caption = E("div", {"class": "fg-figure__caption"})
    move_children(element, caption)
    if not text_of(caption).strip():
        context.problem(
            f"the figure `{figure.slug}` has no reading",
            "write one or two sentences inside the block",
            figure.slug,
        )
    try:
        drawing = context.drawn.get(figure.slug) or draw(figure, context.book)
    except UNDRAWN as error:
        if not check_drawing(figure, context.book):  # otherwise the check of figures reports it
            context.problem(
                f"the figure `{figure.slug}` cannot be drawn: {fault(error)}",
                f"correct {figure.path} or the records it draws",
                figure.slug,
            )
        return caption, None
    context.drawings[figure.slug] = context.drawn[figure.slug] = drawing
    return caption, drawing


def render_figure(context: Context, element: ET.Element, figure: Figure) -> None:
    """Fill the frame of a figure of the guide."""
    caption, drawing = _read(context, element, figure)
    if drawing is not None:
        fill_frame(context, element, figure, caption, drawing)


def fill_frame(
    context: Context, element: ET.Element, figure: Figure, caption: ET.Element, drawing: Drawing
) -> None:
    """Fill a frame: claim, what is plotted, drawings, reading, sources with date and terms, data, link. A
    table of text has no frame, and says that it is a table.
    """
    book = context.book
    own = (
        slug_of(context.page) in book.figures
    )  # on that page, the title is the figure's and its terms are defined in full below
    html = drawing.html
    element.attrib.clear()
    classes = ["fg-figure"]
    if drawing.titled:
        classes.append("fg-map")
    elif html is None or html.count('<th scope="col"') > FEW_COLUMNS:
        classes.append("fg-wide")
    if html is not None:
        classes.append("fg-figure--table")
    if is_plate(drawing):
        classes.append("fg-figure--plate")
    if _is_long(drawing):
        classes.append("fg-figure--long")
    element.set("class", " ".join(classes))
    element.set("id", figure.slug)
    if figure.layer:
        element.set("data-layer", figure.layer)
    plot = E("div", {"class": "fg-figure__plot"})
    if html is not None:
        plot.append(context.markup(html))
    else:
        for name, shapes in (("wide", drawing.wide), ("medium", drawing.medium), ("narrow", drawing.narrow)):
            if shapes:
                part = shapes.element()
                part.set("class", f"fg-drawing fg-drawing--{name}")
                plot.append(part)
    children = (
        []
        if own or drawing.titled
        else [  # HTML requires a caption to be first or last
            E(
                "figcaption",
                {"class": "fg-figure__head"},
                E("p", {"class": "fg-kicker"}, "Table") if html is not None else None,
                _title(context, figure),
                E("p", {"class": "fg-figure__context"}, figure.context),
            )
        ]
    )
    children += [plot, caption, _source_line(context, figure)]
    data = _data_table(context, drawing.table) if drawing.table is not None else None
    if not own:
        data = tools(context, figure, data, _definitions(context, figure))
    if data is not None:
        children.append(data)
    for child in children:
        element.append(child)


def render_small(context: Context, element: ET.Element, figure: Figure) -> None:
    """The phone's drawing under or beside its claim, with its reading, its sources and date (folded), and a
    link to the figure's own page.
    """
    caption, drawing = _read(context, element, figure)
    if drawing is None:
        return
    if not drawing.narrow:
        context.problem(
            f"the table `{figure.slug}` cannot be shown small",
            f"write `/// figure | {figure.slug}`",
            figure.slug,
        )
        return
    element.attrib.clear()
    element.set("class", "fg-figure fg-figure--small")
    element.set("id", figure.slug)
    if figure.layer:
        element.set("data-layer", figure.layer)
    plot = drawing.narrow.element()
    plot.set("class", "fg-drawing fg-drawing--narrow")
    head = E(
        "figcaption",
        {"class": "fg-figure__head"},
        _title(context, figure),
        E("p", {"class": "fg-figure__context"}, figure.context),
    )
    rests = E(
        "details",
        {"class": "fg-fold fg-figure__rests"},
        E("summary", {}, "Sources and date" if len(figure.sources) > 1 else "Source and date"),
        _source_line(context, figure),
    )
    full = (
        E(
            "a",
            {"class": "fg-action", "href": context.href(figure_src(figure.slug))},
            "See the full figure",
            E("span", {"aria-hidden": "true"}, " →"),
        )
        if context.has_page(figure_src(figure.slug))
        else None
    )
    for part in (
        head,
        E("div", {"class": "fg-figure__plot"}, plot),
        caption,
        E("div", {"class": "fg-figure__tools"}, rests, full),
    ):
        element.append(part)


def _title(context: Context, figure: Figure) -> ET.Element:
    return context.markup(f'<p class="fg-figure__title">{fact_markup(figure.linked_title)}</p>')


def _is_long(drawing: Drawing) -> bool:
    """Whether a table may break between rows in print, where kept whole it would leave a sheet half empty."""
    return len(re.sub(r"<[^>]+>|\{\{[^}|]*\|?", "", drawing.html or "")) > LONG


def is_plate(drawing: Drawing) -> bool:
    """Whether the drawing with its smallest text at 7 points does not fit on a printed page with its words,
    and needs a page to itself.
    """
    shapes = drawing.medium or drawing.wide
    return shapes is not None and shapes.height * 7 / shapes.smallest(7) > PLATE


def _source_line(context: Context, figure: Figure) -> ET.Element:
    line = E("p", {"class": "fg-figure__source"}, "Sources: " if len(figure.sources) > 1 else "Source: ")
    for index, key in enumerate(key for key in figure.sources if key in context.book.sources):
        if index:
            line[-1].tail = "; "
        line.append(context.cite(key))
    if len(line):
        line[-1].tail = f". As of {show_date(figure.as_of)}."
    return line


def _definitions(context: Context, figure: Figure) -> ET.Element | None:
    """The figure's terms, folded, each with the first sentence of its definition; None if it has none."""
    line = E("p")
    for term in (context.book.terms[slug] for slug in figure.terms if slug in context.book.terms):
        if len(line):
            line[-1].tail = f"{line[-1].tail} "
        line.append(E("b", {}, term.title))
        line[-1].tail = f": {term.short_definition}"
    return (
        E("details", {"class": "fg-fold fg-figure__terms"}, E("summary", {}, "Definitions"), line)
        if len(line)
        else None
    )


def _data_table(context: Context, table: Table) -> ET.Element:
    head = E("tr", {}, *(E("th", {"scope": "col"}, cell) for cell in table.header))
    body = E("tbody")
    for row in table.rows:
        cells = [context.markup(f"<td>{_escape(cell)}</td>") for cell in row]
        body.append(E("tr", {}, *cells))
    grid = E("table", {}, E("caption", {}, table.caption), E("thead", {}, head), body)
    box = E(
        "div",
        {"class": "fg-table", "tabindex": "0", "role": "region", "aria-label": f"{table.caption}: data"},
        grid,
    )
    return E("details", {"class": "fg-fold fg-figure__data"}, E("summary", {}, "Data table"), box)


def _escape(cell: str) -> str:
    return cell.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def render_figures(context: Context, root: ET.Element) -> None:
    """Replaces each `/// figure` block with the drawing that it names."""
    for element in [item for item in root.iter("figure") if item.get("data-figure")]:
        slug, _, form = (part.strip() for part in element.attrib.pop("data-figure").partition(","))
        if form not in ("", SMALL):
            context.problem(
                f"a figure cannot be `{form}`",
                f"write `/// figure | {slug}`, or `/// figure | {slug}, {SMALL}`",
                slug,
            )
        if slug in context.lists:
            context.lists[slug](context, element)
        elif slug in context.book.figures:
            context.uses.figures.setdefault(slug)
            context.uses.named |= dict.fromkeys(context.book.figures[slug].terms)
            (render_small if form == SMALL else render_figure)(context, element, context.book.figures[slug])
        else:
            hint = (
                closest(slug, [*context.book.figures, *context.lists])
                or f"run `make new-figure NAME={kebab(slug)} KIND=bars`, or another kind"
            )
            context.problem(f"unknown figure `{slug}`", hint, slug)
