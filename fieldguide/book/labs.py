"""Labs with their defaults and choices out of the records: the case that the build works out, and what the
page's own arithmetic is given.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from typing import Any

from fieldguide.book import Book
from fieldguide.book.evidence import is_soft
from fieldguide.book.lab_lines import check_lines
from fieldguide.book.numbers import field, number
from fieldguide.records.accelerator import Accelerator
from fieldguide.records.cases import CASES, Case, case
from fieldguide.records.cases._rests import stepped
from fieldguide.records.field import Field, Sourced
from fieldguide.records.lab import Input, Lab, Offer, Preset
from fieldguide.records.model import Model
from fieldguide.records.price import Price
from fieldguide.records.review import review_date
from fieldguide.text.dates import fractional_year, show_date
from fieldguide.text.numbers import show_number
from fieldguide.text.problems import Problem, closest
from fieldguide.text.spoken import money

Row = dict[str, Any]
ONLY: Mapping[str, Callable[[Any], bool]] = {
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
"""What `only:` may say of the records of a kind."""
OWN = "Other examples on this page"
"""The group of a lab's own rows among records."""


def _is_trained(model: Model) -> bool:
    """A language model whose size and tokens are disclosed, and whose compute is too or follows from them."""
    fields = (model.parameters, model.tokens, model.compute)
    return model.domain in ("language", "multimodal") and all(
        found is not None and isinstance(found.value, int | float) and found.kind != "estimate"
        for found in fields
    )


def rows(book: Book, item: Input) -> list[Row]:
    """The rows and records that an input offers, each with the numbers that it fills, the fields behind them,
    and in `lacks` what has no record. Those without any are left out.

    Records stand in groups, as a reader looks for them; rows of the lab's own come last.
    """
    own = [_offer(book, one) for one in item.rows]
    if item.pick is None:
        return own
    kinds: dict[str, Iterable[Sourced]] = {
        "machines": _machines(book),
        "prices": book.prices.values(),
        "hardware": book.hardware.values(),
        "models": book.models.values(),
    }
    fits = ONLY[item.only] if item.only else lambda record: True
    records = (
        [record for record in kinds[item.pick] if fits(record)]
        if isinstance(item.pick, str)
        else [book.quantities[slug] for slug in item.pick or ()]
    )
    found = []
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
            row = {"id": record.slug, "name": name, "note": note, "values": values, "origins": origins} | (
                {"lacks": lacks} if lacks else {}
            )
            part, rank, group, more = _place(book, record, item.pick)
            found.append(
                (
                    (part, group.casefold(), rank, name.casefold(), note.casefold()),
                    row | ({"group": group, "more": more} if group else {}),
                )
            )
    if not isinstance(item.pick, str):
        return own + [row for _, row in found]
    return [row for _, row in sorted(found, key=lambda one: one[0])] + [row | {"group": OWN} for row in own]


def _place(book: Book, record: Sourced, pick: str | list[str]) -> tuple[int, float, str, str]:
    """Where a record stands in a list: which part of it, its rank in its group, the group, and what is said
    of it there.

    Models by their maker, the largest first; a maker's own prices, the newest first, and then an open model's
    sellers, the cheapest first; rentals by accelerator, the cheapest first.
    """
    if isinstance(record, Model):
        size = number(book, f"{record.slug}.parameters")
        return 0, -size, record.lab, f"{show_number(size)} parameters, {show_date(record.date)}"
    if isinstance(record, Price):
        now = record.newest
        if record.sells == "gpu-hours":
            return 0, now.hour or 0, names(book, record)[0], f"{money(now.hour or 0)} an hour"
        cost = (now.input or 0) + (now.output or 0)
        more = f"{money(now.input or 0)} in, {money(now.output or 0)} out"
        return (
            (0, -fractional_year(now.from_), record.provider, more)
            if record.role == "maker"
            else (1, cost, f"{record.model}, from other sellers", more)
        )
    if isinstance(record, Accelerator) and isinstance(pick, str):
        return 1, 0, "No rent on record" if pick == "machines" else names(book, record)[1], ""
    return 0, 0, "", ""


def _machines(book: Book) -> list[Sourced]:
    """Every rental on record, and the chips that nobody lets there."""
    rentals = [price for price in book.prices.values() if ONLY["rental"](price)]
    let = {price.accelerator for price in rentals}
    return [
        *rentals,
        *(chip for chip in book.hardware.values() if ONLY["chip"](chip) and chip.slug not in let),
    ]


def _offer(book: Book, one: Offer) -> Row:
    origins = {name: value for name, value in one.values.items() if isinstance(value, str)}
    return {
        "id": one.id,
        "name": one.name,
        "note": one.note,
        "values": {
            name: number(book, value) if isinstance(value, str) else value
            for name, value in one.values.items()
        },
        "origins": origins,
    }


def _filled(book: Book, record: Sourced, keys: str) -> str:
    """The `record.field` of the first of the keys, parted by "or", that holds a number; a key with a dot
    looks in the record that it names. Empty where none does.
    """
    for key in keys.split(" or "):
        via, _, name = key.rpartition(".")
        found = book.quantities.get(str(getattr(record, via, ""))) if via else record
        known = found.own_fields().get(name) if found is not None else None
        if found is not None and known is not None and isinstance(known.value, int | float):
            return f"{found.slug}.{name}"
    return ""


def names(book: Book, record: Sourced) -> tuple[str, str]:
    """What a record is called among others of its kind, and who stands behind it."""
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


def defaults(book: Book, lab: Lab) -> tuple[dict[str, Any], dict[str, str]]:
    """Every input at its default: input id → number, choice or record, and input id → the `record.field` that
    it is. Raises KeyError for a reference to nothing.
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
    """What a ready-made case or a thing to try sets, its references looked up. Raises KeyError for a
    reference to nothing.
    """
    return {
        name: number(book, value) if lab.inputs[name].kind == "number" and isinstance(value, str) else value
        for name, value in values.items()
    }


def case_values(book: Book, lab: Lab, preset: Preset) -> dict[str, Any]:
    """Every input in a ready-made case: its defaults, the numbers of the records that it picks, and what it
    sets itself.
    """
    values = defaults(book, lab)[0]
    for name, value in preset.values.items():
        for row in rows(book, lab.inputs[name]) if lab.inputs[name].kind == "pick" else ():
            values |= row["values"] if row["id"] == value else {}
    return values | settings(book, lab, preset.values)


def lab_data(book: Book, lab: Lab, href: Callable[[str], str] = str) -> dict[str, Any]:
    """What lab.json holds. `href(reference)` is where a claim is shown, below the site's root."""
    values, known = defaults(book, lab)
    used: set[str] = {*known.values(), *lab.tabled}
    groups = []
    for group in lab.groups:
        inputs = []
        for item in group.inputs:
            entry = _entry(book, item, values[item.id], known.get(item.id)) | _idle(lab, item)
            _bring(book, lab, item, entry)
            used.update(reference for row in entry.get("rows", ()) for reference in row["origins"].values())
            inputs.append(entry)
        groups.append({"name": group.name, "inputs": inputs})
    presets = [
        {
            "id": one.id,
            "name": one.name,
            "note": one.note,
            "values": settings(book, lab, one.values),
            "disclosed": {
                key: {"value": number(book, reference), "origin": reference}
                for key, reference in one.disclosed.items()
            },
        }
        for one in lab.presets
    ]
    used.update(reference for one in lab.presets for reference in one.disclosed.values())
    return {
        "slug": lab.slug,
        "name": lab.name,
        "version": lab.version,
        "moved": lab.moved,
        "groups": groups,
        "presets": presets,
        "tries": [
            {"title": one.title, "text": one.text, "values": settings(book, lab, one.values)}
            for one in lab.tries
        ],
        "origins": {reference: _origin(book, reference, href) for reference in sorted(used)},
        "tables": {
            name: {
                key: number(book, found) if isinstance(found, str) else [number(book, one) for one in found]
                for key, found in table.items()
            }
            for name, table in lab.tables.items()
        },
        "words": lab.words,
        "lines": stepped([line.model_dump(exclude_defaults=True) for line in lab.lines]),
        **({"heads": [one.model_dump() for one in lab.heads]} if lab.heads else {}),
    }


def _entry(book: Book, item: Input, value: Any, origin: str | None) -> Row:
    entry: Row = {
        "id": item.id,
        "kind": item.kind,
        "label": item.label,
        "note": item.note,
        "short": item.short,
        "default": value,
    }
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
        )
    if item.choose is not None:
        return entry | {"options": [{"id": key, "name": words} for key, words in item.choose.items()]}
    return entry | {"sets": item.filled, "rows": rows(book, item)}


def _bring(book: Book, lab: Lab, item: Input, entry: Row) -> None:
    """Give rows what comes with them: the choices, and the records with the numbers that they fill. Their
    origins stay with those records.
    """
    for one in item.rows:
        row = next((row for row in entry["rows"] if row["id"] == one.id), None) if one.picks else None
        if row is not None:
            chosen = [
                other
                for name, picked in one.picks.items()
                if lab.inputs[name].kind == "pick"
                for other in rows(book, lab.inputs[name])
                if other["id"] == picked
            ]
            row["values"] = (
                row["values"]
                | {name: value for other in chosen for name, value in other["values"].items()}
                | one.picks
            )


def _idle(lab: Lab, item: Input) -> Row:
    """Where an input has no effect: (other input, its value, the reason in words) each. Empty for one that
    always has.
    """
    found = []
    for name, value in item.idle_at():
        other = lab.inputs[name]
        said = (
            f"“{other.choose[str(value)]}”"
            if other.choose is not None
            else f"{value:g}{'%' if other.unit.startswith('%') else ''}"
        )
        found.append([name, value, _unused(other.label, said)])
    return {"idle": found} if found else {}


def _unused(label: str, said: str) -> str:
    """Why an input has no effect: “Not used when you charge per seat.”, else by the label and the setting of
    the other one.
    """
    verb = re.fullmatch(r"You (\w+)", label)
    return (
        f"Not used when you {verb[1]} {said.strip('“”')}." if verb else f"Not used while “{label}” is {said}."
    )


def _origin(book: Book, reference: str, href: Callable[[str], str]) -> Row:
    found: Field = field(book, reference)
    slug, name = reference.split(".")
    source = book.sources.get(found.source or "")
    return {
        "value": number(book, reference),
        "unit": found.unit or "",
        "kind": found.kind or "",
        "source": source.name if source is not None else "computed from records",
        "href": href(reference),
        "as_of": found.as_of or "",
        "review": review_date(book.quantities, book.sources, book.quantities[slug], name),
        **({"soft": True} if is_soft(book, found) else {}),
    }


def default_case(book: Book, lab: Lab) -> tuple[Case, dict[str, Any], dict[str, Any], dict[str, Any]]:
    """(arithmetic, values, lab.json's data, result) of the case that stands before anything is put in."""
    arithmetic, values, data = case(lab.slug), defaults(book, lab)[0], lab_data(book, lab)
    return arithmetic, values, data, arithmetic.work(values, data)


def check_lab(lab: Lab, book: Book) -> list[Problem]:
    """References to nothing, records that are not offered, settings outside what a field takes, and a lab
    without its arithmetic or its view.
    """
    problems = []
    if lab.slug not in CASES:
        problems.append(
            lab.problem(
                "the lab has no arithmetic", f"write fieldguide/records/cases/{lab.slug.replace('-', '_')}.py"
            )
        )
    if lab.slug not in book.views:
        problems.append(
            lab.problem("the lab has no view", f"write docs/labs/{lab.slug}/model.mjs and view.mjs")
        )
    for at, group in enumerate(lab.groups):
        for nth, item in enumerate(group.inputs):
            problems += _check_input(lab, item, book, ("groups", at, "inputs", nth))
    if problems:
        return problems
    for kind in ("presets", "tries"):
        for at, one in enumerate(getattr(lab, kind)):
            for name, value in one.values.items():
                problems += _check_setting(lab, lab.inputs[name], value, book, (kind, at, "values", name))
    for at, preset in enumerate(lab.presets):
        for name, reference in preset.disclosed.items():
            if not _known(book, reference):
                problems.append(_lost(lab, reference, book, "presets", at, "disclosed", name))
    problems += [
        _lost(lab, reference, book, "tables") for reference in lab.tabled if not _known(book, reference)
    ]
    return problems or [*check_lines(lab, *default_case(book, lab))]


def _lost(lab: Lab, reference: str, book: Book, *at: str | int) -> Problem:
    return lab.problem(
        f"there is no number `{reference}`",
        closest(reference.partition(".")[0], book.quantities) or "write the record, a dot and its field",
        *at,
    )


def _known(book: Book, reference: str) -> bool:
    try:
        number(book, reference)
    except KeyError:
        return False
    return True


def _check_input(lab: Lab, item: Input, book: Book, at: tuple[str | int, ...]) -> list[Problem]:
    if item.only is not None and item.only not in ONLY:
        return [lab.problem(f"unknown `only: {item.only}`", f"there are {', '.join(ONLY)}", *at, "only")]
    lost = [slug for slug in item.pick if slug not in book.quantities] if isinstance(item.pick, list) else []
    if lost:
        return [
            lab.problem(
                f"there is no record `{lost[0]}`",
                closest(lost[0], book.quantities) or "see `make find`",
                *at,
                "pick",
            )
        ]
    for nth, row in enumerate(item.rows):
        for name, value in row.values.items():
            if isinstance(value, str) and not _known(book, value):
                return [_lost(lab, value, book, *at, "rows", nth, "values", name)]
        for name, picked in row.picks.items():
            if name not in lab.inputs:
                return [
                    lab.problem(
                        f"there is no input `{name}`",
                        closest(name, lab.inputs) or f"there are {', '.join(lab.inputs)}",
                        *at,
                        "rows",
                        nth,
                        "picks",
                    )
                ]
            if problems := _check_setting(
                lab, lab.inputs[name], picked, book, (*at, "rows", nth, "picks", name)
            ):
                return problems
    for name, known in item.by_chip.items():
        for chip, reference in known.items():
            if chip not in book.hardware or not _known(book, reference):
                return [_lost(lab, reference if chip in book.hardware else chip, book, *at, "by_chip", name)]
    if item.kind == "pick":
        for offer in rows(book, item):
            for name, value in offer["values"].items():
                if not _takes(lab.inputs[name], value):
                    return [
                        lab.problem(
                            f"`{item.id}` offers `{offer['id']}`, which fills `{name}` with {value:g}; it"
                            f" takes {lab.inputs[name].low:g} to {lab.inputs[name].high:g}",
                            "give the input a wider range, or offer fewer records",
                            *at,
                        )
                    ]
    wrong = [
        problem
        for name, value in item.idle_at()
        for problem in _check_setting(lab, lab.inputs[name], value, book, (*at, "idle", name))
    ]
    return wrong or (
        [] if item.default is None else _check_setting(lab, item, item.default, book, (*at, "default"))
    )


def _takes(item: Input, value: Any) -> bool:
    """Whether a number lies within what a field accepts."""
    return isinstance(value, int | float) and float(item.low or 0) <= value <= float(item.high or 0)


def _check_setting(lab: Lab, item: Input, value: Any, book: Book, at: tuple[str | int, ...]) -> list[Problem]:
    if item.kind == "number":
        if isinstance(value, str):
            if not _known(book, value):
                return [_lost(lab, value, book, *at)]
            value = number(book, value)
        if not _takes(item, value):
            return [
                lab.problem(
                    f"`{item.id}` takes numbers from {item.low:g} to {item.high:g}, not {value}",
                    "write one of these",
                    *at,
                )
            ]
        return []
    known = list(item.choose) if item.choose is not None else [row["id"] for row in rows(book, item)]
    return (
        []
        if value in known
        else [
            lab.problem(
                f"`{item.id}` offers no `{value}`",
                closest(str(value), known) or f"there are {', '.join(known)}",
                *at,
            )
        ]
    )
