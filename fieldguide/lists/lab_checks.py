"""The published measurements of what a lab computes, beside its own results."""

from __future__ import annotations

from typing import Any
from xml.etree import ElementTree as ET

from fieldguide.labs.calculator import calculator
from fieldguide.lists.data_tables import empty_block
from fieldguide.page.context import Context
from fieldguide.page.lab import lab_src
from fieldguide.records.field import FieldMatch
from fieldguide.records.lab import Check
from fieldguide.text.tree import E

HEADS = ("measurement", "here", "measured", "measured ÷ here", "source")


def render_lab_checks(context: Context, element: ET.Element) -> None:
    """A row for each check of the lab whose page this is: what the lab computes, what was measured, and who
    measured it. What the lab was calibrated with is left out.
    """
    caption = empty_block(element, "div", {"class": "fg-lab-checks"})
    lab = next((lab for slug, lab in context.book.labs.items() if lab_src(slug) == context.page.src), None)
    if lab is None or not lab.checks:
        context.problem("this page has no lab with measurements", "write `checks:` in the lab's record")
        return
    found = {one["id"]: one for one in calculator(context.book, lab).checks()}
    rows = [_row(context, check, found[check.id]) for check in lab.checks if not check.fit]
    head = E("thead", {}, E("tr", {}, *(E("th", {}, name) for name in HEADS)))
    element.append(E("table", {"data-stacks": ""}, head, E("tbody", {}, *rows)))
    element.append(caption)


def _row(context: Context, check: Check, found: dict[str, Any]) -> ET.Element:
    here, measured = float(found["here"]), float(found["measured"])
    match = context.book.find(check.measured)
    source = match.field.source if isinstance(match, FieldMatch) else None
    cells: list[list[ET.Element | str]] = [
        [check.name],
        [f"{here:,.0f} {check.unit}"],
        [E("a", {"href": f"fact:{check.measured}"}, f"{measured:,.0f}"), f" {check.unit}"],
        [f"{measured / here:.2f}"],
        [context.cite(source) if source and source in context.book.sources else "computed from records"],
    ]
    return E("tr", {}, *(E("td", {}, *cell) for cell in cells))
