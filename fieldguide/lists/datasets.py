"""The overview of the data sets: what each is, how many rows it has, of when it is, and its downloads."""

from __future__ import annotations

from xml.etree import ElementTree as ET

from fieldguide.index import Index
from fieldguide.lists.data_tables import empty_block
from fieldguide.page.context import Context, place
from fieldguide.page.template import render_template
from fieldguide.records.dataset import DATASETS, OWN
from fieldguide.text.dates import show_date
from fieldguide.text.tree import parse

FILES = {"CSV": "csv", "JSON": "json", "Schema": "schema.json"}
"""The downloads of a data set by their words → how their names end."""


def render_datasets(context: Context, element: ET.Element) -> None:
    """The block of the overview: its sets follow once every page is rendered, for only then the claims are
    known.
    """
    caption = empty_block(element, "section", {"class": "fg-sets"})
    element.append(place("data-sets"))
    element.append(caption)


def datasets(context: Context, index: Index, _: str) -> list[ET.Element]:
    """A set each, in the order of the table of contents: name, description, size, day, downloads."""
    book, sets = context.book, []
    for name, item in sorted(DATASETS.items(), key=lambda pair: book.order(pair[1].page)):
        if not context.has_page(item.page):
            continue
        rows = rows_of(index, name)
        facts = (
            f"{rows:,} row{'' if rows == 1 else 's'} of {len(item.columns)} columns. Newest reading"
            f" {show_date(book.updated(name))}. Version {item.version}."
        )
        files = {words: f"data/{name}.{ending}" for words, ending in FILES.items()}
        sets.append((item, book.pages[item.page].meta.title, facts, files))
    return list(parse(render_template("lists/data_sets.html", context=context, sets=sets)))


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
