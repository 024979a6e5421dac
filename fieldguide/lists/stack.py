"""The table of the stack, where the links of its map land."""

from __future__ import annotations

from collections.abc import Callable
from html import escape
from xml.etree import ElementTree as ET

from fieldguide.lists.data_tables import empty_block
from fieldguide.page.context import Context
from fieldguide.records.stack import LAYER_IDS, MapName, Node, Stack, Station


def render_stack_table(stack: Stack, cite: Callable[[str], str], link: Callable[[str], str]) -> str:
    """The table where the map's links land, as well-formed XML: one row a node, its id the node's, an id on
    every name.

    `cite` turns a source key into its chip, as markup; `link` makes a path from the documents' root relative.
    """
    body = []
    for part in stack.parts():
        chips = "".join(f" {cite(key)}" for key in part.sources)
        kind = "layer" if part.id in LAYER_IDS else "rail"
        body.append(
            f'<tbody data-layer="{part.id}"><tr class="fg-stack__part" id="{part.slug}">'
            f'<th colspan="3" scope="rowgroup">{escape(part.name)} {kind} '
            f'<span class="fg-stack__role">{escape(part.role)}{chips}</span></th></tr>'
            + "".join(_table_row(node, cite, link) for node in part.nodes)
            + "</tbody>"
        )
    return (
        '<table class="fg-stack"><thead><tr><th scope="col">Place</th><th scope="col">What it sells</th>'
        f'<th scope="col">Examples, in alphabetical order</th></tr></thead>{"".join(body)}</table>'
    )


def _table_row(node: Node, cite: Callable[[str], str], link: Callable[[str], str]) -> str:
    chips = "".join(f" {cite(key)}" for key in node.sources)
    items = "".join(f"<li>{_table_name(name, cite, link)}</li>" for name in node.names)
    names = f'<ul class="fg-stack__names">{items}</ul>' if items else ""
    line = escape(node.line or "") if isinstance(node, Station) else ""
    return (
        f'<tr id="{node.slug}"><th scope="row">{escape(node.name)}</th><td>{escape(node.sells)}{chips}</td>'
        f"<td>{names or line}</td></tr>"
    )


def _table_name(name: MapName, cite: Callable[[str], str], link: Callable[[str], str]) -> str:
    after = ", ".join(part for part in (name.maker, name.what) if part)
    said = f'<span class="fg-stack__note">{escape(after)}</span>'
    chips = " ".join(cite(key) for key in name.sources)
    shown = (
        f'<a class="fg-stack__name" id="{name.slug}" href="{escape(link(name.href))}">{escape(name.name)}</a>'
    )
    return " ".join(part for part in (shown, said, chips) if part)


def render_stack(context: Context, element: ET.Element) -> None:
    """Every node and company of the map with its sources: where the map's links land."""
    caption = empty_block(element, "div", {"class": "fg-stack-table"})
    if context.book.stack is None:
        return
    html = render_stack_table(context.book.stack, lambda key: f"{{{{cite:{key}}}}}", context.href)
    element.append(context.markup(html))
    element.append(caption)
