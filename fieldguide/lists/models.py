"""Models: a row each, newest first, with what is disclosed."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Iterator
from itertools import groupby
from xml.etree import ElementTree as ET

from fieldguide.lists.data_tables import (
    chips,
    downloads,
    empty_block,
    filter_form,
    how_to_read,
    jump_row,
    segments,
    select,
    switch,
    unfold,
)
from fieldguide.page.context import Context
from fieldguide.page.template import render_template
from fieldguide.records.field import Field, why_absent, why_unchecked
from fieldguide.records.model import Model, secondhand
from fieldguide.text.numbers import SUPERSCRIPT, joined, show_number
from fieldguide.text.tree import parse

LOG_TICKS = (18, 20, 22, 24, 26, 28)
"""Powers of ten, in FLOP, at which the strip of training compute has a line."""
ACCESS_MARK = {
    "open weights": "disclosed",
    "open source": "disclosed",
    "API": "estimate",
    "limited": "estimate",
    "not released": "none",
    "retired": "none",
}
"""How a model can be had → the mark of its kind of number: had by all, by some, by nobody."""
CLOSED = ("not released", "retired")


LEGEND = {
    "disclosed": "disclosed by the maker",
    "derived": "derived: 6 × parameters × tokens",
    "estimate": "third-party estimate, interval where given",
}
COMPUTE_WORDS = {"disclosed": "disclosed", "derived": "derived, 6ND", "estimate": "third-party estimate"}
COLUMNS = [
    ("name", "Model", "maker"),
    ("released", "Released", ""),
    ("access", "Access", ""),
    ("parameters", "Parameters", "total, active"),
    ("tokens", "Tokens", "in training"),
    ("compute", "Training compute", "FLOP, log scale"),
    ("context", "Context", "tokens"),
    ("sources", "Sources", ""),
]
"""Key, title and unit of each column; all but the sources can be sorted."""
SPANS = {
    ("parameters", "tokens", "compute"): "size, data and compute",
    ("parameters", "tokens"): "size and data",
    ("tokens", "compute"): "data and compute",
}
"""Adjoining fields that share one cell → the words in it."""


def render_models(context: Context, element: ET.Element) -> None:
    """One row a model by year, newest first, in each year those first of which most is known; compute on a
    log strip; filter, sort and downloads.
    """
    caption = empty_block(element, "div", {"class": "fg-models"})
    models = in_order(context.book.models.values())
    years = {
        year: [(model, _row(context, model)) for model in sorted(group, key=count_known, reverse=True)]
        for year, group in groupby(models, key=lambda model: model.year)
    }
    listing = render_template(
        "lists/models.html",
        form=_models_filter(context, models),
        jump=jump_row("models", years),
        legend=LEGEND,
        columns=COLUMNS,
        marks=ACCESS_MARK,
        spans=SPANS,
        ticks={f"10{str(tick).translate(SUPERSCRIPT)}": _position(10.0**tick) for tick in LOG_TICKS},
        years=years,
        unfold=unfold,
    )
    element.extend(parse(listing))
    element.insert(2, how_to_read(caption))


def in_order(models: Iterable[Model]) -> list[Model]:
    """Newest first, then by name from the end of the alphabet."""
    return sorted(models, key=lambda model: (model.date, model.name), reverse=True)


def count_known(model: Model) -> int:
    """How many of its size, data and compute are on record as a number."""
    return sum(
        field is not None and isinstance(field.value, int | float | list)
        for field in (model.parameters, model.tokens, model.compute)
    )


def _models_filter(context: Context, models: list[Model]) -> ET.Element:
    access = segments(
        "access", "Access", {"": "All", "open": "Open weights", "api": "API", "closed": "Not released"}
    )
    lab = select("lab", "Maker", "Any maker", (model.lab for model in models))
    disclosed = switch("disclosed", "Size disclosed")
    return downloads(
        context,
        filter_form(
            "models", "Find a model or maker", len(models), "models", access, lab, disclosed, sorts=True
        ),
        "models",
    )


def _row(context: Context, model: Model) -> dict[str, object]:
    """What the template shows of a model besides its keys."""
    reasons: dict[str, list[str]] = {}
    for words, field in (
        ("size", model.parameters),
        ("data", model.tokens),
        ("compute", model.compute),
        ("context", model.context),
        ("license", model.license),
    ):
        if why := why_unchecked(field):
            reasons.setdefault(why, []).append(words)
    fields = {name: getattr(model, name) for name in ("parameters", "tokens", "compute", "context")}
    return {
        "access": "open"
        if model.access.startswith("open")
        else "closed"
        if model.access in CLOSED
        else "api",
        "numbers": {
            name: field.value if field is not None and isinstance(field.value, int | float) else ""
            for name, field in fields.items()
        },
        "cells": [*_cells(model), (("context",), "", _shown(model.context, show=show_context))],
        "chips": chips(context, model.source_keys()),
        "known_from": joined([f"a {word}" for word in secondhand(model, context.book.sources)]),
        "reasons": reasons,
    }


def _cells(model: Model) -> Iterator[tuple[tuple[str, ...], str, dict[str, object]]]:
    """Parameters, tokens and compute as (names of the fields, why they have no value, what one shows):
    adjoining fields that are all undisclosed, or all unchecked, share one cell.
    """
    fields = [("parameters", model.parameters), ("tokens", model.tokens), ("compute", model.compute)]
    for absent, group in groupby(fields, key=lambda item: why_absent(item[1])):
        same = list(group)
        if absent and len(same) > 1:
            yield tuple(name for name, _ in same), absent, {}
            continue
        for name, field in same:
            yield (name,), "", _shown(field) | _below(model, name, field)


EMPTY_CELL: dict[str, object] = {"value": "", "absent": "", "below": "", "strip": None}


def _shown(field: Field | None, show: Callable[[float], str] = show_number) -> dict[str, object]:
    """The value of a field as its cell writes it, and why there is none."""
    if field is None or field.value is None:
        return EMPTY_CELL | {"absent": why_absent(field)}
    parts = field.value if isinstance(field.value, list) else [field.value]
    bound = f"{field.qualifier} " if field.qualifier not in (None, "about") else ""
    value = bound + "–".join(part if isinstance(part, str) else show(part) for part in parts)
    return EMPTY_CELL | {"value": value}


def _below(model: Model, name: str, field: Field | None) -> dict[str, object]:
    """What a cell says below its value: the active parameters, or of what kind the compute is and where it
    lies on the strip.
    """
    if name == "parameters" and model.active is not None:
        active = model.active.value
        return {"below": f"{show_number(active)} active" if isinstance(active, int | float) else "dense"}
    if name != "compute" or field is None or not isinstance(field.value, int | float):
        return {}
    kind = field.kind or "disclosed"
    whisker = (_position(field.low), _position(field.high)) if field.low and field.high else None
    strip = {"kind": kind, "x": _position(field.value), "whisker": whisker}
    return {"below": COMPUTE_WORDS[kind], "strip": strip}


def show_context(tokens: float) -> str:
    """A context window in thousands or millions of tokens: 4K, 131K, 1.05M."""
    return f"{tokens / 1000:.0f}K" if tokens < 999_500 else f"{tokens / 1e6:.3g}M"


def _position(value: float) -> float:
    """Place on the strip of 200 units, 10¹⁸ to 10²⁸ FLOP."""
    low, high = LOG_TICKS[0], LOG_TICKS[-1]
    return round(8 + 184 * (min(max(math.log10(value), low), high) - low) / (high - low), 1)
