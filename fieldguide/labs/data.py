"""The data that a lab's modules get: defaults and choices, with the numbers of records and their origins."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Any

from fieldguide.book import Book
from fieldguide.book.evidence import is_soft
from fieldguide.book.numbers import field, number
from fieldguide.labs.choices import Row, complete_rows, rows
from fieldguide.labs.templates import with_dependencies
from fieldguide.records.field import Field
from fieldguide.records.lab import Check, Input, Lab, Preset, Tables, tabled
from fieldguide.records.shelf import shelf_life


def defaults(book: Book, lab: Lab) -> tuple[dict[str, Any], dict[str, str]]:
    """({input id: number, or id of a choice or record}, {input id: `record.field` that the number comes
    from}) with every input at its default. Raises KeyError for a reference to no number.
    """
    values: dict[str, Any] = {name: item.default for name, item in lab.inputs.items()}
    origins: dict[str, str] = {}
    for item in lab.inputs.values():
        for row in rows(book, item) if item.kind == "pick" else ():
            if row["id"] == item.default:
                values, origins = values | row["values"], origins | row["origins"]
    for item in lab.inputs.values():
        if item.kind == "number" and item.default is not None:
            values[item.id] = item.default
            origins.pop(item.id, None)
            if isinstance(item.default, str):
                origins[item.id] = item.default
    return values | {name: number(book, reference) for name, reference in origins.items()}, origins


def settings(book: Book, lab: Lab, values: Mapping[str, Any]) -> dict[str, Any]:
    """The values that a ready-made case or a thing to try sets, with references replaced by numbers. Raises
    KeyError for a reference to no number.
    """
    return {
        name: number(book, value) if lab.inputs[name].kind == "number" and isinstance(value, str) else value
        for name, value in values.items()
    }


def preset_values(book: Book, lab: Lab, preset: Preset) -> dict[str, Any]:
    """The value of every input in a ready-made case, as `change` in state.mjs gives it: the defaults, what
    comes with the records it picks, its own values, then the numbers that follow another one.
    """
    values = defaults(book, lab)[0]
    given: dict[str, Any] = {}
    for name, value in preset.values.items():
        for row in complete_rows(book, lab, lab.inputs[name]) if lab.inputs[name].kind == "pick" else ():
            given |= row["values"] if row["id"] == value else {}
    given |= settings(book, lab, preset.values)
    followed = {
        item.id: given[item.follows]
        for item in lab.inputs.values()
        if item.follows in given and item.id not in given and values[item.id] == values[item.follows]
    }
    return values | given | followed


def tables_of(book: Book, lab: Lab) -> Tables:
    """The lab's tables, after those of other labs that it uses. Raises KeyError for a lab or table that does
    not exist.
    """
    others = {name: book.labs[slug].tables[name] for slug, names in lab.tables_of.items() for name in names}
    return others | lab.tables


def lab_data(book: Book, lab: Lab, href: Callable[[str], str] = str) -> dict[str, Any]:
    """The content of lab.json. `href(reference)` returns the address of a claim, below the site's root."""
    values, known = defaults(book, lab)
    tables = tables_of(book, lab)
    used: set[str] = {*known.values(), *tabled(tables)}
    groups = []
    for group in lab.groups:
        inputs = []
        for item in group.inputs:
            entry = _entry(book, lab, item, values[item.id], known.get(item.id)) | _idle_reasons(lab, item)
            used.update(reference for row in entry.get("rows", ()) for reference in row["origins"].values())
            inputs.append(entry)
        groups.append({"name": group.name, "inputs": inputs})
    presets = [
        {
            "id": preset.id,
            "name": preset.name,
            "note": preset.note,
            "values": settings(book, lab, preset.values),
            "disclosed": {
                key: {"value": number(book, reference), "origin": reference}
                for key, reference in preset.disclosed.items()
            },
        }
        for preset in lab.presets
    ]
    used.update(reference for preset in lab.presets for reference in preset.disclosed.values())
    used.update(check.measured for check in lab.checks)
    return {
        "slug": lab.slug,
        "name": lab.name,
        "version": lab.version,
        "moved": lab.moved,
        **(
            {
                "older": {
                    str(version): {"say": older.say, "values": settings(book, lab, older.values)}
                    for version, older in lab.older.items()
                }
            }
            if lab.older
            else {}
        ),
        "groups": groups,
        "presets": presets,
        **({"checks": [_check(book, lab, check) for check in lab.checks]} if lab.checks else {}),
        "tries": [
            {"title": attempt.title, "text": attempt.text, "values": settings(book, lab, attempt.values)}
            for attempt in lab.tries
        ],
        "origins": {reference: _origin(book, reference, href) for reference in sorted(used)},
        "tables": {
            name: {
                key: (
                    number(book, reference)
                    if isinstance(reference, str)
                    else [number(book, part) for part in reference]
                )
                for key, reference in table.items()
            }
            for name, table in tables.items()
        },
        "words": lab.words,
        "lines": with_dependencies([line.model_dump(exclude_defaults=True) for line in lab.lines]),
        **({"heads": [head.model_dump() for head in lab.heads]} if lab.heads else {}),
    }


def _check(book: Book, lab: Lab, check: Check) -> dict[str, Any]:
    return {
        "id": check.id,
        "name": check.name,
        "values": settings(book, lab, check.values),
        "result": check.result,
        "measured": number(book, check.measured),
        "origin": check.measured,
        "group": check.group,
        **({"fit": True} if check.fit else {}),
    }


def _entry(book: Book, lab: Lab, item: Input, value: Any, origin: str | None) -> Row:
    entry: Row = {
        "id": item.id,
        "kind": item.kind,
        "label": item.label,
        "note": item.note,
        "short": item.short,
        "default": value,
    } | ({"first": True} if item.first else {})
    if item.kind == "number":
        return (
            entry
            | {
                "unit": item.unit,
                "low": item.low,
                "high": item.high,
                "from": item.from_,
                "to": item.to,
                "scale": item.scale,
                "whole": item.whole,
            }
            | ({"origin": origin} if origin and item.default is not None else {})
            | ({"follows": item.follows} if item.follows else {})
        )
    if item.choose is not None:
        return entry | {"options": [{"id": key, "name": words} for key, words in item.choose.items()]}
    offered = complete_rows(book, lab, item)
    sets = dict.fromkeys([*item.filled, *(name for row in offered for name in row["values"])])
    return entry | {"sets": list(sets), "rows": offered}


def _idle_reasons(lab: Lab, item: Input) -> Row:
    """{"idle": [[other input, its value, reason in words], …]} for the settings at which an input has no
    effect; empty if it always has one.
    """
    reasons = []
    for name, value in item.idle_at():
        other = lab.inputs[name]
        setting = (
            f"“{other.choose[str(value)]}”"
            if other.choose is not None
            else f"{value:g}{'%' if other.unit.startswith('%') else ''}"
        )
        reasons.append([name, value, _reason(other.label, setting)])
    return {"idle": reasons} if reasons else {}


def _reason(label: str, setting: str) -> str:
    """Why an input has no effect: “Not used when you charge per seat.”, or a sentence with the label and the
    setting of the other input.
    """
    verb = re.fullmatch(r"You (\w+)", label)
    return (
        f"Not used when you {verb[1]} {setting.strip('“”')}."
        if verb
        else f"Not used while “{label}” is {setting}."
    )


def _origin(book: Book, reference: str, href: Callable[[str], str]) -> Row:
    claim: Field = field(book, reference)
    slug, name = reference.split(".")
    source = book.sources.get(claim.source or "")
    life = shelf_life(book.quantities, book.sources, book.quantities[slug], name)
    return {
        "value": number(book, reference),
        "unit": claim.unit or "",
        "kind": claim.kind or "",
        "source": source.name if source is not None else "computed from records",
        "href": href(reference),
        "as_of": claim.as_of or "",
        **({"since": life.since, "until": life.until} if life is not None else {}),
        **({"soft": True} if is_soft(book, claim) else {}),
    }
