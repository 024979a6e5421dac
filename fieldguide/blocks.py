"""Boxes, figures and the closing list: what the page's blocks become."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterable
from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

from fieldguide.figure_page import tools
from fieldguide.figures import Figure, draw
from fieldguide.library import figure_of, figure_src, is_long, is_plate
from fieldguide.sources import show_date
from fieldguide.tree import E, has_class, move_children, replace, text_of

if TYPE_CHECKING:
    from fieldguide.markdown import Builder

KICKERS = {"worked": "Worked number", "disagree": "Sources disagree", "view": "StarX’s view, opinion"}
SHORT = 12
"""Characters of a cell that fits a phone's column."""
KINDS = (*KICKERS, "margin", "note")


def render_boxes(builder: Builder, root: ET.Element) -> None:
    """The five admonitions of the guide; any other kind is an error."""
    for element in [item for item in root.iter("div") if has_class(item, "admonition")]:
        kind = element.get("class", "").split()[1]
        heading = element[0] if len(element) and has_class(element[0], "admonition-title") else None
        if kind not in KINDS:
            builder.problem(f"unknown box `!!! {kind}`", f"boxes are {', '.join(KINDS)}", f"!!! {kind}")
            continue
        if kind == "margin":
            if heading is not None:
                builder.problem("a margin note with a title", 'write `!!! margin ""`', "!!! margin")
            element.tag = "aside"
            element.set("class", "fg-margin")
            _lift(root, element)
            continue
        element.set("class", f"fg-box fg-{'notebox' if kind == 'note' else kind}")
        if heading is None:
            builder.problem(f"a `{kind}` box without a title", f'write `!!! {kind} "Title"`', f"!!! {kind}")
        else:
            heading.set("class", "fg-box__title")
        if kind in KICKERS:
            element.insert(0, E("p", {"class": "fg-kicker"}, KICKERS[kind]))
        if kind == "worked" and element.find("table") is None:
            builder.problem("a worked number without its table", "write a table quantity | how | value; the last row is the result", "!!! worked")
        if kind == "disagree":
            _disagree(builder, element)
        if kind == "view" and builder.has_page("about/disclosures.md"):
            element.append(E("p", {"class": "fg-view__disclosures"}, E("a", {"href": builder.href("about/disclosures.md")}, "Disclosures")))


def _lift(root: ET.Element, note: ET.Element) -> None:
    """Put a margin note before the paragraph it follows, so that in the margin the two begin level."""
    at = list(root).index(note) if note in list(root) else 0
    if at and root[at - 1].tag == "p":
        before = root[at - 1]
        root.remove(before)
        root.insert(at, before)


def render_tables(root: ET.Element) -> None:
    """Plain tables, each in a box of its own, so that the theme's script need not wrap it and nothing shifts.

    In one of three columns and more the first cell heads its row, and on a phone each row becomes an entry.
    A small table of short values stays a table, so that its columns can be compared.
    """
    for at, table in [(at, child) for at, child in enumerate(root) if child.tag == "table"]:
        names = [text_of(cell) for cell in table.iterfind("thead/tr/th")]
        values = [text_of(cell) for row in table.iterfind("tbody/tr") for cell in row[1:]]
        small = len(names) < 3 or (len(names) <= 4 and all(len(value) <= SHORT for value in values))
        table.set("class", "fg-plain")
        for row in [] if small else table.iterfind("tbody/tr"):
            row[0].tag = "th"
            row[0].set("scope", "row")
            for cell, name in zip(row, names, strict=False):
                cell.set("data-label", name)
        tail, table.tail = table.tail, None
        box = E("div", {"class": "fg-plainbox" if small else "fg-table fg-table--entries"}, table)
        box.tail = tail
        root[at] = box


def _disagree(builder: Builder, box: ET.Element) -> None:
    """Header row: who. First body row: the figure. Second: why. Then "**We use** …"."""
    table = box.find("table")
    rows = table.findall(".//tr") if table is not None else []
    if table is None or len(rows) != 3 or any(len(row) != 2 for row in rows):
        builder.problem("a `disagree` box needs a two-column table of three rows", "write who | who, figure | figure, why | why", "!!! disagree")
        return
    columns = E("div", {"class": "fg-disagree__columns"})
    for at in range(2):
        column = E("div")
        for row, part in zip(rows, ("who", "figure", "why"), strict=True):
            cell = E("p", {"class": f"fg-disagree__{part}"})
            move_children(row[at], cell)
            if part == "figure":
                _split_unit(cell)
            column.append(cell)
        columns.append(column)
    replace(box, table, columns)
    rest = list(box)[list(box).index(columns) + 1:]
    if not rest or "We use" not in text_of(rest[0]):
        builder.problem("a `disagree` box without “**We use** …”", "say which figure the guide uses and why", "!!! disagree")
    use = E("div", {"class": "fg-disagree__use"})
    for paragraph in rest:
        box.remove(paragraph)
        use.append(paragraph)
    box.append(use)


def _split_unit(cell: ET.Element) -> None:
    """Set the unit after the figure smaller: "20 tokens a parameter", or the text after a checked number."""
    if len(cell):
        rest, cell[-1].tail = (cell[-1].tail or "").strip(), " "
    else:
        number, _, rest = (cell.text or "").partition(" ")
        if not any(char.isdigit() for char in number):
            return
        cell.text = f"{number} "
    if rest:
        cell.append(E("span", {"class": "fg-unit"}, rest))


def render_figure(builder: Builder, element: ET.Element, figure: Figure) -> None:
    """The frame: claim, what is plotted, drawings, reading, sources with date and terms, data, link."""
    book = builder.book
    caption = E("figcaption", {"class": "fg-figure__caption"})
    move_children(element, caption)
    if not text_of(caption).strip():
        builder.problem(f"the figure `{figure.slug}` has no reading", "write one or two sentences inside the block", figure.slug)
    try:
        drawing = draw(figure, book)
    except (ValueError, KeyError, ZeroDivisionError) as error:
        builder.problem(f"the figure `{figure.slug}` cannot be drawn: {error}", f"mend {figure.path} or the records it draws", figure.slug)
        return
    builder.drawings[figure.slug] = drawing
    own = figure_of(book, builder.page) is not None  # there the page's title is the figure's, and its terms stand in full below
    html = getattr(drawing, "html", None)
    element.attrib.clear()
    classes = ["fg-figure"]
    classes.append("fg-map" if figure.renderer == "stack-map" else "fg-wide fg-figure--table" if html is not None else "fg-wide")
    if is_plate(drawing):
        classes.append("fg-figure--plate")
    if is_long(drawing):
        classes.append("fg-figure--long")
    element.set("class", " ".join(classes))
    element.set("id", figure.slug)
    if own:
        element.set("data-search-exclude", "")  # search finds its words in the chapter, and the page by its title
    if figure.layer:
        element.set("data-layer", figure.layer)
    plot = E("div", {"class": "fg-figure__plot"})
    if html is not None:
        plot.append(builder.markup(html))
    else:
        for name in ("wide", "medium", "narrow"):
            svg = getattr(drawing, name)
            if svg:
                part = builder.markup(svg)
                part.set("class", f"fg-drawing fg-drawing--{name}")
                plot.append(part)
    children = [] if own or figure.renderer == "stack-map" else [
        E("p", {"class": "fg-figure__title"}, figure.title), E("p", {"class": "fg-figure__context"}, figure.context)]
    children += [plot, caption, _source_line(builder, figure, [] if own else figure.terms)]
    if getattr(drawing, "table", None) is not None:
        children.append(_data_table(builder, figure, drawing.table))
    if builder.has_page(figure_src(figure.slug)) and not own:
        children.append(tools(builder, figure, drawing))
    for child in children:
        element.append(child)


def _source_line(builder: Builder, figure: Figure, terms: Iterable[str]) -> ET.Element:
    line = E("p", {"class": "fg-figure__source"}, "Sources: " if len(figure.sources) > 1 else "Source: ")
    for at, key in enumerate(key for key in figure.sources if key in builder.book.sources):
        if at:
            line[-1].tail = "; "
        line.append(builder.cite(key))
    tail = f". As of {show_date(figure.as_of)}."
    if len(line):
        line[-1].tail = tail
    for slug in terms:
        term = builder.book.terms.get(slug)
        if term is not None:
            if len(line):
                line[-1].tail = (line[-1].tail or "") + " "
            line.append(E("b", {}, term.title))
            line[-1].tail = f": {short_definition(term.title, term.definition)}"
    return line


def short_definition(title: str, definition: str) -> str:
    """The definition's first sentence without "A token is", or without the name alone before another verb, since the term stands before it."""
    sentence = re.split(r"(?<=[.!?])\s", definition, maxsplit=1)[0]
    return re.sub(rf"^(?:(?:an?|the) )?{re.escape(title)}s? (?:(?:is|are|means),? )?", "", sentence, flags=re.IGNORECASE)


def _data_table(builder: Builder, figure: Figure, table) -> ET.Element:
    head = E("tr", {}, *(E("th", {"scope": "col"}, cell) for cell in table.header))
    body = E("tbody")
    for row in table.rows:
        cells = [builder.markup(f"<td>{_escape(cell)}</td>") for cell in row]
        body.append(E("tr", {}, *cells))
    grid = E("table", {}, E("caption", {}, table.caption), E("thead", {}, head), body)
    box = E("div", {"class": "fg-table", "tabindex": "0", "role": "region", "aria-label": f"{table.caption}: data"}, grid)
    return E("details", {"class": "fg-figure__data"}, E("summary", {}, "Data table"), box)


def _escape(cell: str) -> str:
    return cell.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def render_next(builder: Builder, root: ET.Element) -> None:
    """The list under "Where next": kind, title, one line."""
    children = list(root)
    for at, child in enumerate(children):
        if child.tag != "h2" or text_of(child).strip() != "Where next" or at + 1 >= len(children) or children[at + 1].tag != "ul":
            continue
        child.set("class", "fg-next__heading")
        items = children[at + 1]
        if len(items) > 4:
            builder.problem(f"“Where next” has {len(items)} links", "keep four at most", "## Where next")
        items.set("class", "fg-next")
        for item in items:
            _next_item(builder, item[0] if len(item) and item[0].tag == "p" else item, item)


def _next_item(builder: Builder, body: ET.Element, item: ET.Element) -> None:
    anchor = body.find("a")
    if anchor is None:
        builder.problem(f"a “Where next” item without a link: “{text_of(item)[:40]}”", "write `[Title](page.md): one line.`", "## Where next")
        return
    line = E("span", {"class": "fg-next__line"})
    rest = (anchor.tail or "").lstrip(": ")
    anchor.tail = None
    line.text = rest[:1].upper() + rest[1:]
    for extra in list(body)[list(body).index(anchor) + 1:]:
        line.append(extra)
    anchor.set("class", "fg-next__title")
    kind = E("span", {"class": "fg-next__kind"}, next_kind(builder, anchor.get("href", "")))
    item.clear()
    item.extend([kind, anchor, line])


def next_kind(builder: Builder, href: str) -> str:
    """What the link opens, from where it points: the next chapter, a term, data, or the section's name."""
    src = builder.page.src
    target = posixpath.normpath(posixpath.join(posixpath.dirname(src), href.partition("#")[0]))
    order = [entry.src for entry in builder.book.nav]
    if src in order and target in order and order.index(target) == order.index(src) + 1 and target.split("/")[0] == src.split("/")[0]:
        return "Next chapter"
    section = builder.book.section_title(target)
    if target in order and builder.book.nav[order.index(target)].title == section:
        section = "Reference"
    page = builder.book.pages.get(target)
    if page is not None and page.meta.type == "lab":
        return "Lab"
    if page is not None and page.meta.type == "term":
        return "Term"
    return section or "Guide"

