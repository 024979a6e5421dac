"""The beginning of a page: the title block or, on the home page, the landing layout."""

from __future__ import annotations

import re
from xml.etree import ElementTree as ET

from markdown.extensions.toc import slugify

from fieldguide.book.changes import has_history
from fieldguide.drawing.figure import noun
from fieldguide.page.changes import ANCHOR as CHANGED
from fieldguide.page.cite_this import ANCHOR
from fieldguide.page.context import CITE, CLAIMS, Context, place
from fieldguide.page.emblem import emblem
from fieldguide.page.figure_page import actions_line, chapter_line
from fieldguide.records.figure import slug_of
from fieldguide.records.page import CHAPTERS
from fieldguide.text.dates import show_date
from fieldguide.text.names import layer_words
from fieldguide.text.tree import E, has_class, parse, spaced, text_of

WIDE_TYPES = ("reference", "lab")
_HYPHENATED = re.compile(r"(\S*-\S*\d\S*)$")
SHORT = 12
"""Letters of a name that fits a line of a title 320 px wide."""


def render_title(context: Context, root: ET.Element) -> None:
    """Move emblem line, heading, answer and meta line into a header element at the top."""
    page, meta = context.page, context.page.meta
    heading = root.find("h1")
    if heading is None:
        return
    figure = context.book.figures.get(slug_of(page))
    form = " fg-title--figure" if figure is not None else " fg-title--wide" if meta.type in WIDE_TYPES else ""
    header = E("header", {"class": f"fg-title{form}"})
    if meta.layer:
        header.set("data-layer", meta.layer)
    layer = (layer_words(meta.layer) if meta.layer else "all layers").capitalize()
    section = context.book.section_title(page.src)
    text = E(
        "p",
        {},
        E("span", {"class": "fg-here__layer"}, layer),
        E("span", {"class": "fg-here__section"}, section or meta.title),
    )
    header.append(E("div", {"class": "fg-here"}, parse(emblem(32)), text))
    shown = figure if figure is not None and figure.slug in context.drawings else None
    if shown is not None:
        header.append(chapter_line(context, shown))
    _keep_name_whole(heading)
    index = list(root).index(heading)
    root.remove(heading)
    header.append(heading)
    lead = root[index] if index < len(root) and root[index].tag == "p" else None
    if lead is None:
        context.problem(
            "the page does not open with its answer", "write one sentence after the heading", "# "
        )
    else:
        root.remove(lead)
        lead.set("class", "fg-lead")
        header.append(lead)
    if meta.aka:
        header.append(E("p", {"class": "fg-aka"}, f"Also called: {', '.join(meta.aka)}."))
    if shown is not None:
        header.append(actions_line(context, shown))
    if figure is not None:
        header.append(_meta(context, root, "As of", f"Cite this {noun(figure)}", minutes=False))
    elif meta.type in CHAPTERS:
        header.append(_meta(context, root))
    elif meta.type == "reference" and has_history(context.book, page):
        header.append(E("p", {"class": "fg-meta"}, _checked(context, "Last checked")))
    elif meta.type == "term" and context.uses.sources:
        header.append(E("p", {"class": "fg-meta"}, *spaced(*_evidence(context, root))))
    root.insert(0, header)


def _keep_name_whole(heading: ET.Element) -> None:
    """Keep a short model's name at the end of a title, such as gpt-oss-120b, on one line."""
    words = heading.text or ""
    name = _HYPHENATED.search(words)
    if name and len(name[1]) <= SHORT and not len(heading):
        heading.text = words[: name.start()]
        heading.append(E("span", {"class": "fg-nowrap"}, name[1]))


def _meta(
    context: Context,
    root: ET.Element,
    dated: str = "Last checked",
    cite: str = "Cite this page",
    minutes: bool = True,
) -> ET.Element:
    parts = spaced(
        _checked(context, dated),
        E("span", {}, f"{context.page.minutes} min") if minutes else None,
        *_evidence(context, root),
        E("a", {"class": "fg-action", "href": f"#{ANCHOR}"}, cite) if context.has_page(CITE) else None,
    )
    return E("p", {"class": "fg-meta"}, *parts)


def _checked(context: Context, dated: str) -> ET.Element:
    """The day of the page; where the page has a history, a link that opens it."""
    reviewed = context.page.meta.reviewed
    opens = has_history(context.book, context.page)
    return E(
        "a" if opens else "span",
        {"href": f"#{CHANGED}"} if opens else {},
        f"{dated} ",
        E("time", {"datetime": reviewed}, show_date(reviewed)),
    )


def _evidence(context: Context, root: ET.Element) -> list[ET.Element | None]:
    """The number of the page's sources and, if its text has marks of sources, the switch that shows them all.
    popover.mjs and evidence.mjs make both work.
    """
    count = len(context.uses.sources)
    switch = {"type": "button", "class": "fg-evidence", "aria-pressed": "false"}
    return [
        E("span", {}, f"{count} source{'' if count == 1 else 's'}"),
        E("button", switch, "Show sources") if _is_marked(root) else None,
    ]


def _is_marked(element: ET.Element) -> bool:
    """Whether the text contains a checked number or a citation. The sources under a figure do not count,
    since they are always visible.
    """
    if has_class(element, "fg-figure__source"):
        return False
    return (
        has_class(element, "fg-number")
        or has_class(element, "fg-cite")
        or any(_is_marked(child) for child in element)
    )


def render_landing(context: Context, root: ET.Element) -> None:
    """The home page: the headline beside its aside, then a section for each `##`: a list of errands, or doors
    in columns.
    """
    opening, *sections = _split(list(root), "h2")
    root[:] = []
    aside = E("div", {"class": "fg-hero__aside"})
    for child in opening:
        if child.tag == "h1":
            root.append(E("header", {"class": "fg-hero"}, child, aside))
        elif child.tag == "p":
            aside.append(_as_action(child))
        else:
            root.append(child)
    for heading, *body in sections:
        above, *columns = _split(body, "h3")
        lists = [child for child in above if child.tag == "ul"]
        grid = E("div", {}, *lists, *(E("div", {}, *column) for column in columns))
        section = E("section", {}, heading, grid)
        if lists:
            _errands(section)
        else:
            section.set("class", "fg-home fg-home--doors")
            grid.set("class", "fg-doors")
            for column in grid:
                _door(context, column)
        root.append(section)
        root.extend(child for child in above if child.tag != "ul")
    if CLAIMS in context.book.pages:
        aside.append(place("trust"))


def _split(elements: list[ET.Element], tag: str) -> list[list[ET.Element]]:
    """The elements before the first one with this tag, then a group for each element with it and those that
    follow.
    """
    groups: list[list[ET.Element]] = [[]]
    for element in elements:
        if element.tag == tag:
            groups.append([])
        groups[-1].append(element)
    return groups


def _as_action(paragraph: ET.Element) -> ET.Element:
    """Give a paragraph that consists of one link the style of an action, with an arrow."""
    if (
        len(paragraph) == 1
        and paragraph[0].tag == "a"
        and not (paragraph.text or "").strip()
        and not (paragraph[0].tail or "").strip()
    ):
        paragraph[0].set("class", "fg-action")
        paragraph[0].append(E("span", {"aria-hidden": "true"}, " →"))
    return paragraph


def _door(context: Context, column: ET.Element) -> None:
    """Format one door: its links become lines with minutes, its heading shows their sum."""
    column.set("class", "fg-door")
    column[0].set(
        "id", slugify(text_of(column[0]), "-")
    )  # before the minutes are added to the heading: they change, but its address must not
    total = 0
    for listing in column.findall("ul"):
        listing.set("class", "fg-leaders")
        for item in listing:
            anchor = item.find(".//a")
            page = context.linked(anchor.get("href", "")) if anchor is not None else None
            if page is not None:
                total += page.minutes
                item.append(E("span", {"class": "fg-leaders__value"}, f"{page.minutes} min"))
    column[0].append(E("span", {"class": "fg-door__minutes"}, f"{total} min"))
    for paragraph in column.findall("p"):
        _as_action(paragraph)


def _errands(section: ET.Element) -> None:
    """Format a list of errands that readers may have come for: a link in bold and a line about what
    is there.
    """
    section.set("class", "fg-home fg-home--errands")
    for listing in section[1].findall("ul"):
        listing.set("class", "fg-errands")
        for item in listing:
            link = item.find(".//a")
            if link is not None:
                link.set("class", "fg-action")
                line = (link.tail or "").removeprefix(":").lstrip()
                link.tail = f" {line[:1].upper()}{line[1:]}"
