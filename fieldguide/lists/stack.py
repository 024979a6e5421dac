"""The table of the stack, where the links of its map land."""

from __future__ import annotations

from collections.abc import Callable
from xml.etree import ElementTree as ET

from fieldguide.lists.data_tables import empty_block
from fieldguide.page.context import Context
from fieldguide.page.template import render_template
from fieldguide.records.stack import Stack
from fieldguide.text.tree import E, parse


def render_stack_table(
    stack: Stack, cite: Callable[[str], ET.Element], link: Callable[[str], str]
) -> ET.Element:
    """The table where the map's links land: one row a node, its id the node's, an id on every name.

    `cite` turns a source key into its chip; `link` makes a path from the documents' root relative.
    """
    return parse(render_template("lists/stack.html", stack=stack, cite=cite, link=link))


def render_stack(context: Context, element: ET.Element) -> None:
    """Every node and company of the map with its sources: where the map's links land."""
    caption = empty_block(element, "div", {"class": "fg-stack-table"})
    if context.book.stack is None:
        return
    element.append(render_stack_table(context.book.stack, _cite, context.href))
    element.append(caption)


def _cite(key: str) -> ET.Element:
    """What the citations of a page are made from."""
    return E("span", {"data-cite": key})
