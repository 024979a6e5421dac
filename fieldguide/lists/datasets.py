"""The overview of the data sets: what each is, how many rows it has, of when it is, and its downloads."""

from __future__ import annotations

from xml.etree import ElementTree as ET

from fieldguide.index import Index
from fieldguide.lists.data_tables import empty_block
from fieldguide.page.context import Context, place
from fieldguide.records.dataset import DATASETS, OWN, Dataset
from fieldguide.text.dates import show_date
from fieldguide.text.tree import E


def render_datasets(context: Context, element: ET.Element) -> None:
    """The block of the overview: its sets follow once every page is rendered, for only then the claims are
    known.
    """
    caption = empty_block(element, "section", {"class": "fg-sets"})
    element.append(place("data-sets"))
    element.append(caption)


def datasets(context: Context, index: Index, _: str) -> list[ET.Element]:
    """A set each, in the order of the table of contents: name, description, size, day, downloads."""
    found = [(name, item) for name, item in DATASETS.items() if context.has_page(item.page)]
    return [
        _set(context, index, name, item)
        for name, item in sorted(found, key=lambda pair: context.book.order(pair[1].page))
    ]


def rows_of(index: Index, name: str) -> int:
    """How many rows a data set has, as its download counts them."""
    book = index.book
    if name == "claims":
        return len(index.claims)
    if name == OWN:
        return len(book.runs.rows) if book.runs is not None else 0
    return (
        sum(len(price.periods) for price in book.prices.values())
        if name == "prices"
        else len(getattr(book, name))
    )


def _set(context: Context, index: Index, name: str, item: Dataset) -> ET.Element:
    rows = rows_of(index, name)
    facts = (
        f"{rows:,} row{'' if rows == 1 else 's'} of {len(item.columns)} columns. Newest reading"
        f" {show_date(context.book.updated(name))}. Version {item.version}."
    )
    files = E("p", {"class": "fg-sets__files"})
    for kind, target in (
        ("CSV", f"data/{name}.csv"),
        ("JSON", f"data/{name}.json"),
        ("Schema", f"data/{name}.schema.json"),
    ):
        files.append(E("a", {"class": "fg-action", "download": "", "href": context.href(target)}, kind))
        files[-1].tail = " "
    title = E("h2", {}, E("a", {"href": context.href(item.page)}, context.book.pages[item.page].meta.title))
    return E(
        "div",
        {"class": "fg-sets__set"},
        title,
        E("p", {}, item.description),
        E("p", {"class": "fg-sets__facts"}, facts),
        files,
    )
