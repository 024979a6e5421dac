"""Boxes and plain tables, from `!!! …` and `| … |`."""

from __future__ import annotations

import re
from collections import Counter
from xml.etree import ElementTree as ET

from fieldguide.page.context import DISCLOSURES, Context
from fieldguide.records.term import Term
from fieldguide.text.inline_marks import stacked, wordy
from fieldguide.text.problems import closest
from fieldguide.text.tree import E, has_class, move_children, replace, text_of

KICKERS = {"worked": "Worked example", "disagree": "Sources disagree", "view": "StarX’s view, opinion"}
SHORT = 12
"""The most characters in a cell that fits a phone's column."""
AMOUNT = re.compile(
    r"(?:(?:up to|above|below|over|under|more than|less than|about) )?\$?\d[\d.,]*%?(?: to \$?\d[\d.,]*%?)?"
)
"""A number or a range, which says nothing without the head of its column."""
FEW_COLUMNS = 3
"""The most columns of a table that is as wide as the text; another fills the margin as well."""
BOXES = (*KICKERS, "margin", "note", "fold")
NOTED = ("p", "ul", "ol")
"""Elements beside which a margin note begins."""


def render_boxes(context: Context, root: ET.Element) -> None:
    """The six admonitions of the guide; any other kind is an error."""
    for element in [item for item in root.iter("div") if has_class(item, "admonition")]:
        kind = element.get("class", "").split()[1]
        heading = element[0] if len(element) and has_class(element[0], "admonition-title") else None
        if kind not in BOXES:
            context.problem(f"unknown box `!!! {kind}`", f"boxes are {', '.join(BOXES)}", f"!!! {kind}")
        elif kind == "margin":
            _margin(context, root, element, heading)
        else:
            if heading is None:
                context.problem(
                    f"a `{kind}` box without a title", f'write `!!! {kind} "Title"`', f"!!! {kind}"
                )
            if kind == "fold":
                _fold(context, element, heading)
            else:
                _box(context, element, kind, heading)


def _box(context: Context, element: ET.Element, kind: str, heading: ET.Element | None) -> None:
    """A box that shows its whole content, with its kind above its title."""
    element.set("class", f"fg-box fg-{'notebox' if kind == 'note' else kind}")
    if heading is not None:
        heading.set("class", "fg-box__title")
    if kind in KICKERS:
        element.insert(0, E("p", {"class": "fg-kicker"}, KICKERS[kind]))
    if kind == "worked" and element.find("table") is None:
        context.problem(
            "a worked example without its table",
            "write a table quantity | how | value; the last row is the result",
            "!!! worked",
        )
    if kind == "worked" and any(len(row) != 3 for row in element.iter("tr")):
        context.problem(
            "a worked example’s table has three columns, whose heads are not shown",
            "write quantity | how | value, or move the table out of the box",
            "!!! worked",
        )
    if kind == "disagree":
        _disagree(context, element)
    if kind == "view" and context.has_page(DISCLOSURES):
        link = E("a", {"href": context.href(DISCLOSURES)}, "Disclosures")
        element.append(E("p", {"class": "fg-view__disclosures"}, link))


def _fold(context: Context, element: ET.Element, heading: ET.Element | None) -> None:
    """A box for looking things up: its title is visible and opens the rest."""
    element.tag = "details"
    element.set("class", "fg-folded")
    if heading is not None:
        heading.tag = "summary"
        heading.attrib.clear()
    if any(child.tag in ("h1", "h2", "h3", "h4") for child in element):
        context.problem(
            "a heading in a `fold` box",
            "put it before the box, so that contents and links lead to visible text",
            "!!! fold",
        )


def _margin(context: Context, root: ET.Element, note: ET.Element, heading: ET.Element | None) -> None:
    """A note beside the text. Its title is the slug of a term, with whose definition the note begins."""
    note.tag = "aside"
    note.set("class", "fg-margin")
    if heading is not None:
        note.remove(heading)
        slug = text_of(heading)
        if slug in context.book.terms:
            note.insert(0, _define(context, context.book.terms[slug]))
        else:
            context.problem(
                f"a margin note defines a term, and `{slug}` is none",
                closest(slug, context.book.terms) or 'write `!!! margin ""` and the note in the block',
                "!!! margin",
            )
    for figure in note.iter("figure"):
        context.problem(
            "a figure in a margin note, whose column is too narrow for its letters",
            "put it between two paragraphs, or write its numbers as a table of two columns",
            figure.get("data-figure", "!!! margin"),
        )
    _join(root, note)


def _define(context: Context, term: Term) -> ET.Element:
    """The first sentence of the term's definition, with its name as a link to its page."""
    sentence = term.first_sentence
    name = re.search(re.escape(term.title), sentence, re.IGNORECASE)
    start, end = name.span() if name else (0, 0)
    link = E(
        "a", {"class": "fg-term", "href": context.href(term.page.src)}, sentence[start:end] or term.title
    )
    line = E("p", {"class": "fg-margin__term"}, sentence[:start], E("strong", {}, link))
    line[0].tail = sentence[end:] if name else f": {sentence}"
    return line


def _join(root: ET.Element, note: ET.Element) -> None:
    """Join a margin note and the paragraph or list that it follows, which stand side by side where there is a
    margin, and one below the other on a phone and on paper.
    """
    index = list(root).index(note) if note in list(root) else 0
    if index and root[index - 1].tag in NOTED:
        root[index - 1 : index + 1] = [E("div", {"class": "fg-noted"}, root[index - 1], note)]


def render_tables(root: ET.Element) -> None:
    """Put each plain table in a box of its own, so that the page does not shift.

    In a table of three or more columns the first cell heads its row, and stays visible when the box is
    scrolled sideways; the box can be scrolled by keyboard, so it has a name. A small table of short values
    fits a phone. A table of words, or with `data-stacks`, becomes a block for each row there, where each
    cell names its column, the first one only if the column is of amounts. `aria-label` gives a table its
    name.
    """
    heading = ""
    taken: Counter[str] = Counter()
    for child in list(root):
        heading = text_of(child).strip() if child.tag in ("h1", "h2", "h3") else heading
        parent, elements = (child, list(child)) if has_class(child, "fg-folded") else (root, [child])
        for table in (item for item in elements if item.tag == "table"):
            _box_table(parent, table, heading, taken)


def _box_table(parent: ET.Element, table: ET.Element, heading: str, taken: Counter[str]) -> None:
    names = [text_of(cell) for cell in table.iterfind("thead/tr/th")]
    values = [text_of(cell) for row in table.iterfind("tbody/tr") for cell in row[1:]]
    small = len(names) < 3 or (len(names) <= 4 and all(len(value) <= SHORT for value in values))
    rows = [] if small else table.findall("tbody/tr")
    unlabeled = 0 if all(AMOUNT.fullmatch(text_of(row[0]).strip()) for row in rows) else 1
    for row in rows:
        row[0].tag = "th"
        row[0].set("scope", "row")
        for cell, name in list(zip(row, names, strict=False))[unlabeled:]:
            cell.set("data-label", name)
    long = max((len(text_of(row[0])) for row in table.iterfind("tbody/tr")), default=0) > SHORT
    table.set(
        "class", "fg-plain fg-plain--names" if small and len(names) > FEW_COLUMNS and long else "fg-plain"
    )
    name = table.attrib.pop("aria-label", "")
    stacks = table.attrib.pop("data-stacks", None) is not None or wordy(values)
    columns = [list(map(_shown, column)) for column in list(zip(*rows, strict=False))[1:]]
    scrolls = {
        "class": "fg-table fg-table--scrolls",
        "tabindex": "0",
        "role": "region",
        "aria-label": name or _name(heading, taken),
        "data-columns": str(len(names)),
    }
    box = E(
        "div",
        {"class": "fg-plainbox"} if small else {"class": stacked(columns)} if stacks else scrolls,
    )
    if not small and len(names) > FEW_COLUMNS:
        box.set("class", f"{box.get('class')} fg-wide")
    if name and (small or stacks):
        table.set("aria-label", name)
    replace(parent, table, box)
    box.append(table)


def _shown(cell: ET.Element) -> str:
    """The words of a cell at rest: its sources only where there is nothing else."""
    return text_of(cell).strip() or " ".join(part.get("data-cite", "") for part in cell)


def _name(heading: str, taken: Counter[str]) -> str:
    """The name of a table for screen readers, unique on the page."""
    taken[heading] += 1
    return (f"{heading}: table" if heading else "Table") + (
        f" {taken[heading]}" if taken[heading] > 1 else ""
    )


def _disagree(context: Context, box: ET.Element) -> None:
    """Format a box “Sources disagree”: the table's header row names the sources, its first row has their
    values and its second the reasons; “**We use** …” follows.
    """
    table = box.find("table")
    rows = table.findall(".//tr") if table is not None else []
    if table is None or len(rows) != 3 or any(len(row) != 2 for row in rows):
        context.problem(
            "a `disagree` box needs a two-column table of three rows",
            "write who | who, figure | figure, why | why",
            "!!! disagree",
        )
        return
    columns = E("div", {"class": "fg-disagree__columns"})
    for cells in zip(*rows, strict=True):
        column = ET.SubElement(columns, "div")
        for cell, part in zip(cells, ("who", "figure", "why"), strict=True):
            words = ET.SubElement(column, "p", {"class": f"fg-disagree__{part}"})
            move_children(cell, words)
            if part == "figure":
                _split_unit(words)
    replace(box, table, columns)
    rest = list(box)[list(box).index(columns) + 1 :]
    if not rest or "We use" not in text_of(rest[0]):
        context.problem(
            "a `disagree` box without “**We use** …”",
            "say which figure the guide uses and why",
            "!!! disagree",
        )
    for paragraph in rest:
        box.remove(paragraph)
    box.append(E("div", {"class": "fg-disagree__use"}, *rest))


def _split_unit(cell: ET.Element) -> None:
    """Set the unit after a number smaller: "20 tokens a parameter", or the text after a checked number."""
    if len(cell):
        rest, cell[-1].tail = (cell[-1].tail or "").strip(), " "
    else:
        number, _, rest = (cell.text or "").partition(" ")
        if not any(char.isdigit() for char in number):
            return
        cell.text = f"{number} "
    if rest:
        cell.append(E("span", {"class": "fg-unit"}, rest))
