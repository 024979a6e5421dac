"""The keys of each download, for the page about machines."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from xml.etree import ElementTree as ET

from fieldguide.lists.data_tables import empty_block
from fieldguide.page.context import Context
from fieldguide.page.template import render_template
from fieldguide.records.dataset import DATASETS
from fieldguide.text.tree import parse


def render_keys(name: str, context: Context, element: ET.Element) -> None:
    """What the data set is, its downloads, and a table of its keys."""
    caption = empty_block(element, "div", {"class": "fg-keys"})
    files = {
        "CSV": f"data/{name}.csv",
        "JSON": f"data/{name}.json",
        "schema": f"data/{name}.schema.json",
        "the page": DATASETS[name].page,
    }
    addresses = {words: context.href(file) for words, file in files.items()}
    about = render_template("lists/keys.html", dataset=DATASETS[name], file=f"data/{name}", files=addresses)
    element.extend([*parse(about), caption])


KEYS: dict[str, Callable[[Context, ET.Element], None]] = {
    f"{name}-keys": partial(render_keys, name) for name in DATASETS
}
"""The generated lists of the page about machines, by the name that it writes: "models-keys", …"""
