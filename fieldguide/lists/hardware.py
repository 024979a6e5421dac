"""Accelerators: a row each, with dense peak rates."""

from __future__ import annotations

from collections.abc import Iterable
from xml.etree import ElementTree as ET

from fieldguide.book import Book
from fieldguide.lists.data_tables import (
    ListColumn,
    cell,
    chips,
    downloads,
    empty_block,
    filter_form,
    folded,
    grouped_table,
    missing,
    name_cell,
    row,
    segments,
    select,
    sub,
)
from fieldguide.page.context import Context
from fieldguide.records.field import Field, why_absent
from fieldguide.records.formulas.arithmetic import ratio
from fieldguide.records.hardware import UNITS, Accelerator

COLUMNS = [
    ListColumn("name", "Accelerator", "vendor, year"),
    ListColumn("memory", "Memory", "GB", number=True, brief=True),
    ListColumn("bandwidth", "Bandwidth", "TB/s", number=True, brief=True),
    ListColumn("bf16", "BF16", "dense TFLOP/s", number=True),
    ListColumn("fp8", "FP8", "dense TFLOP/s", number=True),
    ListColumn("fp4", "FP4", "dense TFLOP/s", number=True),
    ListColumn("balance", "Balance", "FLOP per byte", number=True),
    ListColumn("power", "Power", "W", number=True),
    ListColumn("sources", "Sources", sorts=False),
]


def render_hardware(context: Context, element: ET.Element) -> None:
    """One row an accelerator, newest year first; filter by memory and vendor, sort, downloads."""
    caption = empty_block(element, "div", {"class": "fg-hardware"})
    items = in_order(context.book.hardware.values())
    memory = segments(
        "memory", "Memory", {"": "All", "hbm": "HBM", "sram": "On-chip SRAM", "other": "Other or not stated"}
    )
    scope = select("scope", "What the numbers describe", "Chips and more", (item.scope for item in items))
    vendor = select("vendor", "Vendor", "Any vendor", (vendor_name(context.book, item) for item in items))
    controls = (memory, vendor, scope)
    form = filter_form("hardware", "Find an accelerator", len(items), "accelerators", *controls, sorts=True)
    rows = [(str(item.year), _row(context, item)) for item in items]
    element.append(downloads(context, form, "hardware"))
    element.extend(grouped_table("hardware", "Accelerators, dense peak rates", caption, COLUMNS, rows))


def in_order(items: Iterable[Accelerator]) -> list[Accelerator]:
    """Newest year first, then by name."""
    return sorted(items, key=lambda item: (-item.year, item.name))


def vendor_name(book: Book, item: Accelerator) -> str:
    """The name of the vendor's record; its id where it has none."""
    company = book.companies.get(item.vendor)
    return company.name if company is not None else item.vendor


def _row(context: Context, item: Accelerator) -> ET.Element:
    vendor = vendor_name(context.book, item)
    kind = (
        "hbm"
        if item.memory_type.startswith("HBM")
        else "sram"
        if item.memory_type.startswith("SRAM")
        else "other"
    )
    cells = [
        name_cell(item.name, f"{vendor}, {item.year}" + ("" if item.scope == "chip" else f", a {item.scope}"))
    ]
    for column in COLUMNS[1:-1]:
        if column.key == "balance":
            cells.append(
                cell(column, missing(why_absent(None)) if balance(item) is None else f"{balance(item):.0f}")
            )
            continue
        field = getattr(item, column.key)
        below = (
            folded(sub(item.memory_type))
            if column.key == "memory"
            else sub(field.note)
            if column.key == "power" and field is not None and field.note
            else None
        )
        cells.append(cell(column, *shown(field), below))
    cells.append(cell(COLUMNS[-1], *chips(context, item.source_keys())))
    if item.note:
        cells[-1].append(sub(item.note))
    numbers = {
        name: (
            field.value
            if (field := getattr(item, name)) is not None and isinstance(field.value, int | float)
            else None
        )
        for name in UNITS
    }
    sorts: dict[str, object] = {"name": item.name.lower(), "balance": balance(item), **numbers}
    return row(
        item.slug,
        f"{item.name} {vendor} {item.memory_type}",
        {"memory": kind, "vendor": vendor, "scope": item.scope},
        sorts,
        cells,
    )


def balance(item: Accelerator) -> float | None:
    """Operations at 16 bits that the chip can do while it fetches a byte: below it memory binds, above it
    arithmetic (Williams et al. 2009).
    """
    rate, bandwidth = (
        getattr(item, name).value if getattr(item, name) is not None else None
        for name in ("bf16", "bandwidth")
    )
    return (
        ratio(rate, bandwidth)
        if isinstance(rate, int | float) and isinstance(bandwidth, int | float)
        else None
    )


def shown(field: Field | None) -> list[ET.Element | str]:
    """The value as the table writes it, or why there is none."""
    if field is None or field.value is None:
        return [missing(why_absent(field))]
    values = field.value if isinstance(field.value, list) else [field.value]
    return [
        "–".join(
            (
                f"{value:,.0f}"
                if isinstance(value, int | float) and value >= 100
                else f"{value:g}"
                if isinstance(value, int | float)
                else value
            )
            for value in values
        )
    ]
