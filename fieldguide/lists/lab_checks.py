"""The published measurements of what a lab computes, beside its own results."""

from __future__ import annotations

import statistics
from collections.abc import Iterable, Sequence
from typing import Any
from xml.etree import ElementTree as ET

from fieldguide.labs.calculator import calculator
from fieldguide.lists.data_tables import empty_block
from fieldguide.page.box import render_tables
from fieldguide.page.context import Context
from fieldguide.page.lab import lab_src
from fieldguide.records.field import FieldMatch
from fieldguide.records.lab import Check
from fieldguide.text.tree import E

GROUP_HEADS = ("measurements of", "how many", "slowest", "median", "fastest")
HEADS = ("measurement", "here", "measured", "measured ÷ here")


def render_lab_checks(context: Context, element: ET.Element) -> None:
    """A row for each group of checks of the lab whose page this is, with the lowest, the middle and the
    highest ratio of a measurement to what the lab computes; behind a line, a row for each check. What the lab
    was calibrated with is left out.
    """
    caption = empty_block(element, "div", {"class": "fg-lab-checks"})
    lab = next((lab for slug, lab in context.book.labs.items() if lab_src(slug) == context.page.src), None)
    if lab is None or not lab.checks:
        context.problem("this page has no lab with measurements", "write `checks:` in the lab's record")
        return
    found = {one["id"]: one for one in calculator(context.book, lab).checks()}
    checks = [check for check in lab.checks if not check.fit]
    ratios = {check.id: found[check.id]["measured"] / found[check.id]["here"] for check in checks}
    groups = {
        name: [ratios[check.id] for check in checks if check.group == group]
        for group, name in lab.check_groups.items()
    }
    units = checks[0].unit if len({check.unit for check in checks}) == 1 else ""
    element.append(_table(GROUP_HEADS, [_group(name, values) for name, values in groups.items() if values]))
    element.append(caption)
    element.append(
        E(
            "details",
            {"class": "fg-folded"},
            E("summary", {}, f"All {len(checks)} measurements, each beside what the lab calculates"),
            _table(
                [f"{head}, {units}" if head in HEADS[1:3] and units else head for head in HEADS],
                [_row(context, check, found[check.id]) for check in checks],
            ),
        )
    )
    render_tables(element)


def _table(heads: Sequence[str], rows: Iterable[ET.Element]) -> ET.Element:
    return E(
        "table",
        {"data-stacks": ""},
        E("thead", {}, E("tr", {}, *(E("th", {}, name) for name in heads))),
        E("tbody", {}, *rows),
    )


def _group(name: str, ratios: Sequence[float]) -> ET.Element:
    ends = (min(ratios), statistics.median(ratios), max(ratios))
    return E(
        "tr",
        {},
        *(E("td", {}, text) for text in (name, str(len(ratios)), *(f"{end:.2f}" for end in ends))),
    )


def _row(context: Context, check: Check, found: dict[str, Any]) -> ET.Element:
    here, measured = float(found["here"]), float(found["measured"])
    match = context.book.find(check.measured)
    source = match.field.source if isinstance(match, FieldMatch) else None
    cells: list[list[ET.Element | str]] = [
        [check.name, *([context.cite(source)] if source and source in context.book.sources else [])],
        [f"{here:,.0f}"],
        [E("a", {"href": f"fact:{check.measured}"}, f"{measured:,.0f}")],
        [f"{measured / here:.2f}"],
    ]
    return E("tr", {}, *(E("td", {}, *cell) for cell in cells))
