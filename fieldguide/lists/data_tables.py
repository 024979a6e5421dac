"""The tables of the data pages: filter, head that sorts, groups, cells, links to the downloads.

On a phone each row is one line that unfolds: `unfold` in its first cell opens it, and what carries FOLD waits
till then, or till unfold.mjs
finds a word in it. filter.mjs drives what is built here: a row has data-search, data-<control> for each
control of its form and data-sort-<key> for
each column that sorts, whose heading becomes a button. Without scripts the table stands whole, and the
headings are words.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from xml.etree import ElementTree as ET

from markdown.extensions.toc import slugify

from fieldguide.page.citation import separated
from fieldguide.page.context import Context
from fieldguide.records.page import Page
from fieldguide.text.tree import E, move_children

FOLD = "fg-kept"
"""The class of what a phone shows once the row is unfolded."""


def empty_block(element: ET.Element, tag: str, attributes: dict[str, str]) -> ET.Element:
    """Empty the block in place; its caption becomes the paragraph after the list."""
    caption = E("p", {"class": "fg-list__caption"})
    for child in list(element):
        move_children(child, caption)
    element.clear()
    element.tag = tag
    for name, value in attributes.items():
        element.set(name, value)
    return caption


def how_to_read(caption: ET.Element) -> ET.Element:
    """The words on a table behind one line, so that its rows stand in the first screen."""
    return E("details", {"class": "fg-fold fg-howto"}, E("summary", {}, "How to read this table"), caption)


# ---- the filter


def filter_form(
    name: str,
    hint: str,
    count: int,
    noun: str,
    *extra: ET.Element,
    find_name: str = "find",
    sorts: bool = False,
    orders: Mapping[str, str] | None = None,
) -> ET.Element:
    """The filter of the list `name`: a search field, `extra` controls, the count, and a button that clears
    it.

    `find_name` names the search field in the address; two forms of one page need two names. On a phone a
    button shows the other controls. `sorts`: where rows become
    entries without a head, a menu offers their orders, which the script fills in; its place is there from the
    start, so that nothing moves. `orders` are those of a list that never has a head: sort key → words.
    """
    find = E(
        "label",
        {"class": "fg-filter__find"},
        E("span", {"class": "fg-sr"}, hint),
        E("input", {"type": "search", "name": find_name, "placeholder": hint, "autocomplete": "off"}),
    )
    output = E("output", {"class": "fg-filter__count", "data-noun": noun}, f"{count:,} of {count:,} {noun}")
    unsorted = E("option", {"value": ""}, "As listed")
    order = E(
        "select",
        {"class": "fg-filter__order" + (" fg-filter__order--only" if orders else ""), "aria-label": "Order"},
        unsorted,
        *(E("option", {"value": key}, words) for key, words in (orders or {}).items()),
    )
    clear = E("button", {"type": "reset", "class": "fg-action fg-filter__clear", "hidden": "hidden"}, "Clear")
    more = E("button", {"type": "button", "class": "fg-action fg-filter__more", "aria-expanded": "false"})
    more.text = "Filter"
    return E(
        "form",
        {"class": "fg-filter", "role": "search", "data-for": name, "aria-label": hint},
        find,
        more if extra or sorts or orders else None,
        *extra,
        order if sorts or orders else None,
        output,
        clear,
    )


def segments(name: str, legend: str, choices: Mapping[str, str]) -> ET.Element:
    """A segmented control: value → words. The empty value, which narrows nothing, is chosen."""
    buttons = {
        value: E(
            "input",
            {"type": "radio", "name": name, "value": value} | ({} if value else {"checked": "checked"}),
        )
        for value in choices
    }
    labels = (E("label", {}, buttons[value], E("span", {}, words)) for value, words in choices.items())
    return E("fieldset", {"class": "fg-segmented"}, E("legend", {"class": "fg-sr"}, legend), *labels)


def switch(name: str, words: str, unless: str = "") -> ET.Element:
    """A box to tick. It narrows the list to the rows with data-<name>; with `unless` it widens one that
    otherwise holds the rows with data-<unless> alone.
    """
    attributes = {"type": "checkbox", "name": name, "value": "yes"}
    box = E("input", attributes | ({"data-unless": unless} if unless else {}))
    return E("label", {"class": "fg-check"}, box, f" {words}")


AGES = ("Current", "Past half of its shelf life", "May have changed")
"""What age.mjs sets as data-age on a row, by the reader's day."""


def age_menu(name: str = "age") -> ET.Element:
    """A menu of AGES, for rows of which some have an age. The second form of a page needs a `name` of its own
    in the address: "age-hours".
    """
    return grouped_select(name, "Age", "Any age", {"": AGES})


def select(name: str, label: str, anything: str, values: Iterable[str]) -> ET.Element:
    """A menu of `values` in alphabetical order, after the entry for any of them."""
    return grouped_select(name, label, anything, {"": sorted(set(values), key=str.casefold)})


def grouped_select(name: str, label: str, anything: str, groups: Mapping[str, Iterable[str]]) -> ET.Element:
    """A menu of values under headings, in the order given, after the entry for any of them; a heading "" has
    no line of its own.
    """
    menu = E("select", {"name": name, "aria-label": label}, E("option", {"value": ""}, anything))
    for heading, values in groups.items():
        options = [E("option", {"value": value}, value) for value in dict.fromkeys(values)]
        if heading:
            menu.append(E("optgroup", {"label": heading}, *options))
        else:
            menu.extend(options)
    return menu


def downloads(context: Context, form: ET.Element, name: str) -> ET.Element:
    """`form` with the links to data/<name>.csv and .json at its end."""
    form.append(
        E(
            "span",
            {"class": "fg-filter__files"},
            *(
                E(
                    "a",
                    {"class": "fg-action", "download": "", "href": context.href(f"data/{name}.{kind}")},
                    kind.upper(),
                )
                for kind in ("csv", "json")
            ),
        )
    )
    return form


# ---- the table


@dataclass(frozen=True)
class ListColumn:
    """One column: `key` names it for sorting and in classes, `unit` stands below the title."""

    key: str
    title: str
    unit: str = ""
    sorts: bool = True
    number: bool = False
    brief: bool = False
    """It stands in the one line that a phone shows of a row."""

    @property
    def label(self) -> str:
        """What stands before the value where rows become entries: a number needs its unit there."""
        return f"{self.title}, {self.unit}" if self.number and self.unit else self.title


def group_id(name: str, title: str) -> str:
    """The id of a group of the list `name`, for the row of links above it."""
    return f"{name}-{slugify(title, '-')}"


def jump_row(name: str, groups: Iterable[str], label: Callable[[str], str] = str) -> ET.Element:
    """Links to the groups of the list `name`; of those with one `label`, such as a letter, to the first."""
    first: dict[str, str] = {}
    for title in groups:
        first.setdefault(label(title), title)
    links = E("nav", {"class": "fg-jump", "aria-label": f"Parts of the list of {name}"})
    for words, title in first.items():
        links.append(E("a", {"href": f"#{group_id(name, title)}"}, words))
        links[-1].tail = " "
    return links


def data_table(
    name: str,
    caption: str,
    columns: Sequence[ListColumn],
    groups: Mapping[str, Sequence[ET.Element]],
) -> ET.Element:
    """A table of rows in groups, each under its heading, in a scrolling region."""
    head = E("tr")
    for column in columns:
        label = E("span", {"data-sort": column.key} if column.sorts else {}, column.title)
        cell = E(
            "th",
            {"scope": "col", "class": f"fg-data__{column.key}" + (" fg-num" if column.number else "")},
            label,
        )
        if column.unit:
            cell.append(sub(column.unit))
        head.append(cell)
    table = E(
        "table",
        {"class": f"fg-data__table fg-data__table--{name}", "data-filter": name},
        E("caption", {"class": "fg-sr"}, caption),
        E("thead", {}, head),
    )
    for title, rows in groups.items():
        heading = E(
            "tr",
            {"class": "fg-data__group fg-rows__group"},
            E("th", {"colspan": str(len(columns)), "scope": "rowgroup"}, title),
        )
        table.append(E("tbody", {"data-group": title, "id": group_id(name, title)}, heading, *rows))
    return E(
        "div",
        {"class": "fg-table fg-data fg-rows", "tabindex": "0", "role": "region", "aria-label": caption},
        table,
    )


def grouped_table(
    name: str,
    title: str,
    caption: ET.Element,
    columns: Sequence[ListColumn],
    rows: Iterable[tuple[str, ET.Element]],
    label: Callable[[str], str] = str,
    note: ET.Element | None = None,
) -> list[ET.Element]:
    """What stands below the filter of a data page: how to read the table, a note, links to its groups, and
    the table. `rows` are (group, row), the groups in the order in which they first come.
    """
    groups: dict[str, list[ET.Element]] = {}
    for group, line in rows:
        groups.setdefault(group, []).append(line)
    notes = [note] if note is not None else []
    links, table = jump_row(name, groups, label), data_table(name, title, columns, groups)
    return [how_to_read(caption), *notes, links, table]


def row(
    uid: str,
    search: str,
    controls: Mapping[str, str],
    sorts: Mapping[str, object],
    cells: Sequence[ET.Element],
) -> ET.Element:
    """One row: its id, what the search reads, the values that the controls ask for, and the sort keys."""
    attributes = {"id": uid, "data-search": search.lower()}
    attributes |= {f"data-{key}": value for key, value in controls.items()}
    attributes |= {f"data-sort-{key}": "" if value is None else str(value) for key, value in sorts.items()}
    return E("tr", attributes, *cells)


def unfold(title: str) -> ET.Element:
    """What opens a row on a phone; elsewhere every row is open and this is not there."""
    return E("details", {"class": "fg-unfold"}, E("summary", {"aria-label": f"More on {title}"}))


def cell(column: ListColumn, *children: ET.Element | str | None) -> ET.Element:
    """A cell of `column`; its label stands before the value where rows become entries."""
    names = (f"fg-data__{column.key}", "fg-num" if column.number else "", "" if column.brief else FOLD)
    return E("td", {"class": " ".join(filter(None, names)), "data-label": column.label}, *children)


def name_cell(title: str, below: str = "", mark: ET.Element | None = None, whole: str = "") -> ET.Element:
    """The cell that heads its row: a name, a line in caption size, and what opens the row, which is called by
    its `whole` name where others share the first.
    """
    return E(
        "th",
        {"scope": "row", "class": "fg-data__name"},
        mark,
        E("span", {"class": "fg-data__title"}, title),
        folded(sub(below)) if below else None,
        unfold(whole or title),
    )


def folded(element: ET.Element) -> ET.Element:
    """`element`, on a phone not in the row's line."""
    element.set("class", f"{element.get('class', '')} {FOLD}".strip())
    return element


def sub(text: str) -> ET.Element:
    """A line in caption size below a value."""
    return E("span", {"class": "fg-sub"}, text)


def missing(words: str) -> ET.Element:
    """What stands where there is no value: "not disclosed", "not checked"."""
    return E("span", {"class": "fg-data__missing"}, words)


def leaders(context: Context, pages: Iterable[Page], anchor: str = "") -> ET.Element:
    """Links to pages, or to a place in each, each with its section where that is called otherwise; the home
    page is called as its section is.
    """
    listing = E("ul", {"class": "fg-leaders"})
    for page in pages:
        section = context.book.section_title(page.src)
        title = section if page.meta.type == "landing" else page.meta.title
        value = E("span", {"class": "fg-leaders__value"}, section) if section != title else None
        listing.append(E("li", {}, E("a", {"href": context.href(page.src + anchor)}, title), value))
    return listing


def chips(context: Context, keys: Iterable[str]) -> list[ET.Element]:
    """The marks of known sources, one after the other."""
    return separated([context.cite(key) for key in dict.fromkeys(keys) if key in context.book.sources])
