"""The keys of each download, for the page about machines."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import partial
from xml.etree import ElementTree as ET

from fieldguide.lists.data_tables import empty_block, sub
from fieldguide.page.context import Context
from fieldguide.records.dataset import DATASETS, DataColumn
from fieldguide.text.tree import E


def render_keys(name: str, context: Context, element: ET.Element) -> None:
    """What the data set is, its downloads, and a table of its keys."""
    caption = empty_block(element, "div", {"class": "fg-keys"})
    item = DATASETS[name]
    about = E(
        "p",
        {},
        f"{item.description} Version {item.version}. Files: ",
        E("a", {"href": context.href(f"data/{name}.csv")}, "CSV"),
    )
    for kind, target in (
        ("JSON", f"data/{name}.json"),
        ("schema", f"data/{name}.schema.json"),
        ("the page", item.page),
    ):
        about[-1].tail = ", "
        about.append(E("a", {"href": context.href(target)}, kind))
    about[-1].tail = "."
    head = E(
        "thead", {}, E("tr", {}, E("th", {"scope": "col"}, "key"), E("th", {"scope": "col"}, "what it holds"))
    )
    table = E(
        "table",
        {},
        E("caption", {"class": "fg-sr"}, f"Keys of data/{name}"),
        head,
        E("tbody", {}, *map(_key_row, item.columns)),
    )
    element.extend([about, E("div", {"class": "fg-table"}, table), caption])


def _key_row(column: DataColumn) -> ET.Element:
    kind = column.kind + (", or a reason" if column.reasons else "") + (", or null" if column.null else "")
    parts = re.findall(r"[^_]+_?", column.name)
    code = E(
        "code", {}, *(E("span", {"class": "fg-nowrap"}, part) for part in parts)
    )  # a long key breaks after an underscore
    more = [sub(f"unit: {column.unit}")] if column.unit else []
    more += [sub(f"one of: {', '.join(column.values)}")] if column.values else []
    return E("tr", {}, E("th", {"scope": "row"}, code, sub(kind)), E("td", {}, column.holds, *more))


KEYS: dict[str, Callable[[Context, ET.Element], None]] = {
    f"{name}-keys": partial(render_keys, name) for name in DATASETS
}
"""The generated lists of the page about machines, by the name that it writes: "models-keys", …"""
