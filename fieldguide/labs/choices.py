"""The choices that an input of a lab offers: its own rows and records, with the numbers that each
fills in.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from fieldguide.book import Book
from fieldguide.book.numbers import number
from fieldguide.records.field import Sourced
from fieldguide.records.hardware import Accelerator
from fieldguide.records.lab import Input, Lab, OwnRow
from fieldguide.records.model import Model
from fieldguide.records.price import Price
from fieldguide.text.dates import fractional_year, show_date
from fieldguide.text.formats import show_dollars
from fieldguide.text.numbers import show_number

Row = dict[str, Any]
FILTERS: Mapping[str, Callable[[Any], bool]] = {
    "token": (
        lambda record: isinstance(record, Price) and record.sells == "tokens" and record.newest.until is None
    ),
    "rental": (
        lambda record: (
            isinstance(record, Price) and record.sells == "gpu-hours" and record.newest.until is None
        )
    ),
    "chip": lambda record: isinstance(record, Accelerator) and record.scope == "chip",
    "trained": lambda record: isinstance(record, Model) and _is_trained(record),
}
"""{value of `only:`: function that says whether a record is offered}."""
OWN_GROUP = "Other examples on this page"
"""The heading above a lab's own rows, below the records."""


def _is_trained(model: Model) -> bool:
    """Whether it is a language model with disclosed size and tokens, and with compute that is disclosed or
    follows from them.
    """
    fields = (model.parameters, model.tokens, model.compute)
    return model.domain in ("language", "multimodal") and all(
        item is not None and isinstance(item.value, int | float) and item.kind != "estimate"
        for item in fields
    )


def rows(book: Book, item: Input) -> list[Row]:
    """The rows and records that an input offers, in the order of its list, each {id, name, note, values,
    origins}; `values` is {input id: number} and `origins` {input id: `record.field`}. `lacks`, if present,
    lists inputs for which the record has no number, and `picks` is {input id: the choice or record that comes
    with the row}; `group` and `more` are words above and beside the row. Records that fill no number are left
    out.

    Records are grouped as a reader looks for them; the lab's own rows come last.
    """
    own = [_own_row(book, row) for row in item.rows]
    if item.pick is None:
        return own
    kinds: dict[str, Iterable[Sourced]] = {
        "machines": _machines(book),
        "prices": book.prices.values(),
        "hardware": book.hardware.values(),
        "models": book.models.values(),
    }
    fits = FILTERS[item.only] if item.only else lambda record: True
    records = (
        [record for record in kinds[item.pick] if fits(record)]
        if isinstance(item.pick, str)
        else [book.quantities[slug] for slug in item.pick or ()]
    )
    offered = []
    for record in records:
        origins = {
            name: reference
            for name, keys in (item.sets or {}).items()
            if (reference := _filled(book, record, keys))
        }
        if origins and all(_filled(book, record, key) for key in item.needs):
            chip = getattr(record, "accelerator", None) or record.slug
            origins |= {name: known[chip] for name, known in item.by_chip.items() if chip in known}
            name, note = names(book, record)
            values = dict.fromkeys(item.by_chip, 0.0) | {
                name: number(book, reference) for name, reference in origins.items()
            }
            lacks = [name for name in (*(item.sets or ()), *item.by_chip) if name not in origins]
            picks = {
                other: choice
                for other, choices in item.picks.items()
                if (choice := choices.get(record.slug) or choices.get(chip))
            }
            row = {
                "id": record.slug,
                "name": name,
                "note": note,
                "values": values,
                "origins": origins,
                **({"lacks": lacks} if lacks else {}),
                **({"picks": picks} if picks else {}),
            }
            part, rank, group, more = _sort_keys(book, record, item.pick)
            offered.append(
                (
                    (part, group.casefold(), rank, name.casefold(), note.casefold()),
                    row | ({"group": group, "more": more} if group else {}),
                )
            )
    if not isinstance(item.pick, str):
        return own + [row for _, row in offered]
    return [row for _, row in sorted(offered, key=lambda pair: pair[0])] + [
        row | {"group": OWN_GROUP} for row in own
    ]


def complete_rows(book: Book, lab: Lab, item: Input) -> list[Row]:
    """The rows that an input offers, as a lab's page has them: `values` also has the choices and records that
    come with a row and the numbers that those records fill in, whose origins remain with them. `lacks` has
    every input that other rows set and this one does not.
    """
    offered = rows(book, item)
    others = {name for row in offered for name in row.get("picks", ()) if lab.inputs[name].kind == "pick"}
    filled = {name: {row["id"]: row["values"] for row in rows(book, lab.inputs[name])} for name in others}
    for row in offered:
        picks = row.pop("picks", {})
        for name, picked in picks.items():
            row["values"] = row["values"] | filled.get(name, {}).get(picked, {})
        row["values"] = row["values"] | picks
    names = dict.fromkeys(name for row in offered for name in row["values"])
    for row in offered:
        lacks = [*row.get("lacks", ()), *(name for name in names if name not in row["values"])]
        if lacks:
            row["lacks"] = list(dict.fromkeys(lacks))
    return offered


def _sort_keys(book: Book, record: Sourced, pick: str | list[str]) -> tuple[int, float, str, str]:
    """The sort key (part of the list, rank in the group, name of the group), followed by the words beside the
    record.

    Models are grouped by maker, the largest first. Prices are grouped by maker, the newest first, followed by
    the sellers of each open model, the cheapest first; rentals by accelerator, the cheapest first.
    """
    if isinstance(record, Model):
        size = number(book, f"{record.slug}.parameters")
        return 0, -size, record.lab, f"{show_number(size)} parameters, {show_date(record.date)}"
    if isinstance(record, Price):
        now = record.newest
        if record.sells == "gpu-hours":
            return 0, now.hour or 0, names(book, record)[0], f"{show_dollars(now.hour or 0)} an hour"
        cost = (now.input or 0) + (now.output or 0)
        more = f"{show_dollars(now.input or 0)} in, {show_dollars(now.output or 0)} out"
        return (
            (0, -fractional_year(now.from_), record.provider, more)
            if record.role == "maker"
            else (1, cost, f"{record.model}, from other sellers", more)
        )
    if isinstance(record, Accelerator) and isinstance(pick, str):
        return 1, 0, "No rent on record" if pick == "machines" else names(book, record)[1], ""
    return 0, 0, "", ""


def _machines(book: Book) -> list[Sourced]:
    """All rentals, then the chips that have none."""
    rentals = [price for price in book.prices.values() if FILTERS["rental"](price)]
    rented = {price.accelerator for price in rentals}
    return [
        *rentals,
        *(chip for chip in book.hardware.values() if FILTERS["chip"](chip) and chip.slug not in rented),
    ]


def _own_row(book: Book, row: OwnRow) -> Row:
    origins = {name: value for name, value in row.values.items() if isinstance(value, str)}
    return {
        "id": row.id,
        "name": row.name,
        "note": row.note,
        "values": {
            name: number(book, value) if isinstance(value, str) else value
            for name, value in row.values.items()
        },
        "origins": origins,
        **({"picks": dict(row.picks)} if row.picks else {}),
    }


def _filled(book: Book, record: Sourced, keys: str) -> str:
    """The `record.field` of the first key that holds a number, or "" if none does. `keys` are separated by "
    or "; in a key with a dot, the first part is the field that names another record.
    """
    for key in keys.split(" or "):
        via, _, name = key.rpartition(".")
        source = book.quantities.get(str(getattr(record, via, ""))) if via else record
        known = source.own_fields().get(name) if source is not None else None
        if source is not None and known is not None and isinstance(known.value, int | float):
            return f"{source.slug}.{name}"
    return ""


def names(book: Book, record: Sourced) -> tuple[str, str]:
    """(name of a record in a list, its owner): for a price the provider with its terms, for an accelerator
    the vendor, for a model the lab.
    """
    if isinstance(record, Price):
        thing = (
            getattr(book.hardware.get(record.accelerator or ""), "name", None)
            or record.model
            or record.accelerator
            or ""
        )
        return thing, f"{record.provider}, {record.terms}" if record.terms else record.provider
    if isinstance(record, Accelerator):
        company = book.companies.get(record.vendor)
        return record.name, getattr(company, "name", record.vendor)
    return getattr(record, "name", None) or getattr(record, "title", None) or record.slug, str(
        getattr(record, "lab", "")
    )
