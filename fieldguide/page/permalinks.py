"""Permanent links on a page: the control that copies a link, its position, and the anchors that a page
offers.

A heading and its control are siblings in a box, so that the heading's name contains only its own words; the
control's name says what it links to. Markdown's toc gives a heading its id from its words, with `_1` for
the second of equal ones. The register of addresses is data/links.txt.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from xml.etree import ElementTree as ET

from fieldguide.page.context import Context
from fieldguide.page.source_mark import is_mark
from fieldguide.records.page import page_url
from fieldguide.records.redirect import moved_anchors
from fieldguide.text.tree import E, has_class, parents, replace, text_of, with_class

HEADINGS = ("h1", "h2", "h3", "h4")
NOUNS = {
    "models": "model",
    "companies": "company",
    "prices": "price",
    "rentals": "rental price",
    "hardware": "accelerator",
    "scaling-runs": "run",
}
"""{`data-filter` of a table: the noun for its rows}."""
LINK_TO = "Link to "
"""The beginning of every control's name; copy.mjs adds the rest after copying."""


def copy_link(context: Context, target: str, what: str, words: str = "") -> ET.Element:
    """A link to `target`, which copy.mjs turns into “copy this address”. `target` is a path from the root of
    docs/, with or without an anchor, or a folder such as "go/token/".

    `what` names the target for screen readers and for the message after copying: "the section “Who pays”".
    `words` are shown beside the icon; without them, the control is the icon alone.
    """
    href = context.href(f"{target}index.html" if target.endswith("/") else target)
    if words:
        return E("a", {"class": "fg-copy fg-action", "href": href, "data-copied": what}, words)
    return E("a", {"class": "fg-copy", "href": href, "aria-label": LINK_TO + what})


def add_copy_links(context: Context, root: ET.Element) -> None:
    """Add a control after every visible heading, and in the first cell of every row and entry that has an id.
    Ids must already exist.
    """
    up = parents(root)
    for heading in [item for item in root.iter() if item.tag in HEADINGS and item.get("id")]:
        if not has_class(up[heading], "fg-hero"):
            parent = up[heading]
            flows = heading.get("class") is None and (
                parent is root or parent.tag in ("header", "x-lab")
            )  # otherwise the heading has a layout of its own
            _beside_heading(context, parent, heading, heading.tag if flows else "set")
    for row, what in _rows(root):
        head = row[0]
        if not with_class(head, "fg-copy"):
            _in_cell(head, copy_link(context, f"{context.page.src}#{row.get('id')}", what))


def _beside_heading(context: Context, parent: ET.Element, heading: ET.Element, form: str) -> None:
    words = (heading.text or "") + "".join(_own_text(part) + (part.tail or "") for part in heading)
    if heading.tag == "h1":
        control = copy_link(context, context.page.src, f"the page “{words.strip()}”")
    else:
        control = copy_link(
            context, f"{context.page.src}#{heading.get('id')}", f"the section “{words.strip()}”"
        )
    box = E("div", {"class": f"fg-head fg-head--{form}"})
    replace(parent, heading, box)
    box.extend([heading, control])


def _own_text(element: ET.Element) -> str:
    """The words of a part of a heading, without the minutes of a reading list."""
    return "" if has_class(element, "fg-door__minutes") else text_of(element)


def _rows(root: ET.Element) -> Iterator[tuple[ET.Element, str]]:
    """(row or entry with an id, what it is)."""
    for table in root.iter("table"):
        noun = NOUNS.get(table.get("data-filter", ""), "place" if has_class(table, "fg-stack") else "row")
        for row in table.iter("tr"):
            if row.get("id") and len(row):
                yield row, f"the {noun} “{_name(row[0])}”" + (_offer(row) if noun.endswith("price") else "")


def _name(cell: ET.Element) -> str:
    """The title of a row: the first words of the cell that heads it."""
    title = next((item for item in cell if item.tag == "span" and text_of(item).strip()), None)
    return ((cell.text or "").strip() or (text_of(title) if title is not None else text_of(cell))).strip()


def _offer(row: ET.Element) -> str:
    """What tells the rows of one model's prices apart: the seller and the days."""
    seller, days = row[1], row.find(".//time")
    name = (seller.text or "").strip() or (text_of(seller[0]) if len(seller) else "")
    return f" of {name}" + (f", {text_of(days)}" if days is not None else "")


def _in_cell(cell: ET.Element, control: ET.Element) -> None:
    """Put the control after the cell's title: its first words, else its first span, else (in a reference) its
    link.
    """
    if (cell.text or "").strip() and cell.tag == "th":
        title = E("span", {"class": "fg-named"}, (cell.text or "").rstrip())
        cell.text = None
        cell.insert(0, title)
    else:
        title = next((item for item in cell if item.tag in ("span", "a")), cell[-1])
        title.set("class", f"{title.get('class', '')} fg-named".strip())
    index = list(cell).index(title)
    if title.tag == "span" and not title.tail and index + 1 < len(cell) and is_mark(cell[index + 1]):
        mark = cell[index + 1]
        cell.remove(mark)
        title.tail, mark.tail = mark.tail, None
        title.append(mark)  # the control has its room after the name and its mark
    control.tail, title.tail = title.tail, None
    cell.insert(index + 1, control)


def anchors(root: ET.Element) -> set[str]:
    """The ids of a finished page that a reader may link: headings below the title, figures, rows, entries,
    names in the stack's table, and the list of claims.
    """
    named = (element for element in root.iter() if element.get("id"))
    return {
        element.get("id", "")
        for element in named
        if element.tag in ("h2", "h3", "h4", "figure", "tr")
        or has_class(element, "fg-reference")
        or has_class(element, "fg-stack__name")
        or has_class(element, "fg-claims")
    }


def render_permalinks(context: Context, root: ET.Element) -> None:
    """Add controls that copy links, and the redirects of this page's old anchors. Every heading must already
    have its id.
    """
    add_copy_links(context, root)
    context.uses.anchors = anchors(root)
    if any(has_class(element, "fg-copy") for element in root.iter()):
        root.append(context.module("copy"))
    url = page_url(context.page.src) or "./"
    moved = moved_anchors(context.book.redirects, url)
    if moved:
        root.append(context.module("forward", {"data-moved": json.dumps(moved)}))
