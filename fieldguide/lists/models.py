"""Models: a row each, newest first, with what is disclosed."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable
from itertools import groupby
from xml.etree import ElementTree as ET

from fieldguide.lists.data_tables import (
    FOLD,
    chips,
    downloads,
    empty_block,
    filter_form,
    folded,
    group_id,
    how_to_read,
    jump_row,
    row,
    segments,
    select,
    switch,
    unfold,
)
from fieldguide.page.context import Context
from fieldguide.records.field import Field, Value, why_absent, why_unchecked
from fieldguide.records.model import Model, secondhand
from fieldguide.text.dates import show_date
from fieldguide.text.numbers import SUPERSCRIPT, joined, show_number
from fieldguide.text.tree import E, parse

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


def render_models(context: Context, element: ET.Element) -> None:
    """One row a model by year, newest first, in each year those first of which a number is known; compute on
    a log strip; filter, sort and downloads.
    """
    caption = empty_block(element, "div", {"class": "fg-models"})
    models = in_order(context.book.models.values())
    element.append(_models_filter(context, models))
    legend = E("p", {"class": "fg-models__legend"})
    for kind, words in (
        ("disclosed", "disclosed by the maker"),
        ("derived", "derived: 6 × parameters × tokens"),
        ("estimate", "third-party estimate, interval where given"),
    ):
        legend.append(E("span", {}, parse(_mark(kind)), f" {words}"))
    element.append(legend)
    element.append(how_to_read(caption))
    years = list(dict.fromkeys(model.year for model in models))
    element.append(jump_row("models", years))
    head = E("tr")
    for key, title, unit, sortable in (
        ("name", "Model", "maker", True),
        ("released", "Released", "", True),
        ("access", "Access", "", True),
        ("parameters", "Parameters", "total, active", True),
        ("tokens", "Tokens", "in training", True),
        ("compute", "Training compute", "FLOP, log scale", True),
        ("context", "Context", "tokens", True),
        ("sources", "Sources", "", False),
    ):
        label = E("span", {"data-sort": key} if sortable else {}, title)
        cell = E("th", {"scope": "col", "class": f"fg-models__{key}"}, label)
        if unit:
            cell.append(_small(unit))
        if key == "compute":
            cell.append(parse(_strip_scale()))
        head.append(cell)
    table = E(
        "table",
        {"class": "fg-models__table", "data-filter": "models"},
        E("caption", {"class": "fg-sr"}, "Foundation models and what is disclosed about them"),
        E("thead", {}, head),
    )
    for year in years:
        group = E(
            "tbody",
            {"data-group": year, "id": group_id("models", year)},
            E(
                "tr",
                {"class": "fg-models__year fg-rows__group"},
                E("th", {"colspan": "8", "scope": "rowgroup"}, year),
            ),
        )
        for model in sorted(
            (model for model in models if model.year == year), key=lambda model: not is_known(model)
        ):
            group.append(_model_row(context, model))
        table.append(group)
    element.append(
        E(
            "div",
            {"class": "fg-table fg-rows", "tabindex": "0", "role": "region", "aria-label": "Models"},
            table,
        )
    )


def in_order(models: Iterable[Model]) -> list[Model]:
    """Newest first, then by name from the end of the alphabet."""
    return sorted(models, key=lambda model: (model.date, model.name), reverse=True)


def is_known(model: Model) -> bool:
    """Whether its size, data or compute is on record as a number."""
    return any(
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


def _model_row(context: Context, model: Model) -> ET.Element:
    access = "open" if model.access.startswith("open") else "closed" if model.access in CLOSED else "api"
    name = E(
        "th",
        {"scope": "row", "class": "fg-models__name"},
        E("span", {"class": "fg-models__title"}, model.name),
        folded(E("span", {"class": "fg-models__lab"}, model.lab)),
        unfold(model.name),
    )
    day = show_date(model.date)
    shown = (
        [day.rsplit(" ", 1)[0], E("span", {"class": "fg-models__in-year"}, f" {model.year}")]
        if len(model.date) > 4
        else [day]
    )  # the year heads the group
    license_name = model.license.value if model.license is not None else None
    cells = [
        name,
        E("td", {"class": "fg-models__released"}, E("time", {"datetime": model.date}, *shown)),
        E(
            "td",
            {"class": f"fg-models__access {FOLD}"},
            parse(_mark(ACCESS_MARK[model.access])),
            f" {model.access[:1].upper()}{model.access[1:]}",
            _small(str(license_name)) if license_name is not None else None,
        ),
        *_values(model),
        _cell(model.context, "Context", "context", show=show_context),
        E(
            "td",
            {"class": f"fg-models__sources {FOLD}"},
            *chips(context, model.source_keys()),
            *_standing(context, model),
            *_reasons(model),
        ),
    ]
    numbers = {
        name: field.value
        for name in ("parameters", "tokens", "compute", "context")
        if (field := getattr(model, name)) is not None and isinstance(field.value, int | float)
    }
    return row(
        model.slug,
        f"{model.name} {model.lab} {model.family} {model.domain}",
        {"access": access, "lab": model.lab, "disclosed": "yes" if "parameters" in numbers else ""},
        {"name": model.name.lower(), "released": model.date, "access": model.access}
        | {name: numbers.get(name) for name in ("parameters", "tokens", "compute", "context")},
        cells,
    )


def _small(text: str) -> ET.Element:
    """A line in caption size below a value."""
    return E("span", {"class": "fg-models__unit"}, text)


def _standing(context: Context, model: Model) -> list[ET.Element]:
    """That no source is the maker's own, in a line below them."""
    others = joined([f"a {word}" for word in secondhand(model, context.book.sources)])
    return [_small(f"known from {others} only")] if others else []


def _reasons(model: Model) -> list[ET.Element]:
    """What was looked for and not found, in one line beside the sources, with the reasons behind it."""
    said: dict[str, list[str]] = {}
    for words, field in (
        ("size", model.parameters),
        ("data", model.tokens),
        ("compute", model.compute),
        ("context", model.context),
        ("license", model.license),
    ):
        if why := why_unchecked(field):
            said.setdefault(why, []).append(words)
    if not said:
        return []
    lines = (_small(f"{', '.join(words).capitalize()}: {why}") for why, words in said.items())
    return [E("details", {"class": "fg-fold fg-models__why"}, E("summary", {}, "Not checked: why"), *lines)]


SPANS = {
    ("parameters", "tokens", "compute"): "size, data and compute",
    ("parameters", "tokens"): "size and data",
    ("tokens", "compute"): "data and compute",
}
"""Adjoining fields that share one cell → the words in it."""


def _values(model: Model) -> list[ET.Element]:
    """Parameters, tokens and compute; adjoining fields that are all undisclosed, or all unchecked, share one
    cell.
    """
    fields = [("parameters", model.parameters), ("tokens", model.tokens), ("compute", model.compute)]
    cells: list[ET.Element] = []
    for nothing, group in groupby(fields, key=lambda item: why_absent(item[1])):
        same = list(group)
        if nothing and len(same) > 1:
            fold = f" {FOLD}" if cells else ""
            words = folded(E("span", {}, f"{SPANS[tuple(name for name, _ in same)]} "))
            cells.append(
                E(
                    "td",
                    {"class": f"fg-models__nothing{fold}", "colspan": str(len(same))},
                    E("span", {}, E("span", {}, words, nothing)),
                )
            )
            continue
        cells += [_value_cell(model, name, field) for name, field in same]
    return cells


def _value_cell(model: Model, name: str, field: Field | None) -> ET.Element:
    if name == "compute":
        return _compute_cell(field)
    return _cell(field, name.capitalize(), name, _active(model) if name == "parameters" else "")


def _active(model: Model) -> str:
    if model.active is None:
        return ""
    return (
        f"{show_number(model.active.value)} active"
        if isinstance(model.active.value, int | float)
        else "dense"
    )


def show_context(tokens: float) -> str:
    """A context window in thousands or millions of tokens: 4K, 131K, 1.05M."""
    return f"{tokens / 1000:.0f}K" if tokens < 999_500 else f"{tokens / 1e6:.3g}M"


def _cell(
    field: Field | None, label: str, name: str, extra: str = "", show: Callable[[float], str] = show_number
) -> ET.Element:
    cell = E("td", {"class": f"fg-models__{name}", "data-label": label})
    if name != "parameters":
        folded(cell)
    if field is None or field.value is None:
        cell.append(E("span", {"class": "fg-models__missing"}, why_absent(field)))
        return cell
    bound = f"{field.qualifier} " if field.qualifier not in (None, "about") else ""
    cell.append(E("span", {"class": "fg-models__value"}, bound + _shown(field.value, show)))
    if extra:
        cell.append(folded(_small(extra)))
    return cell


def _shown(value: Value, show: Callable[[float], str]) -> str:
    if isinstance(value, str):
        return value
    return "–".join(show(part) for part in value) if isinstance(value, list) else show(value)


def _compute_cell(field: Field | None) -> ET.Element:
    cell = _cell(field, "Compute", "compute")
    if field is not None and isinstance(field.value, int | float):
        kind = field.kind or "disclosed"
        words = {"disclosed": "disclosed", "derived": "derived, 6ND", "estimate": "third-party estimate"}[
            kind
        ]
        cell.append(_small(words))
        cell.append(parse(_strip(field.value, kind, field.low, field.high)))
        low, high = (f"10{str(tick).translate(SUPERSCRIPT)}" for tick in (LOG_TICKS[0], LOG_TICKS[-1]))
        cell.append(
            E(
                "span",
                {"class": "fg-strip__ends", "aria-hidden": "true"},
                E("span", {}, low),
                E("span", {}, high),
            )
        )
    return cell


def _position(value: float) -> float:
    """Place on the strip of 200 units, 10¹⁸ to 10²⁸ FLOP."""
    low, high = LOG_TICKS[0], LOG_TICKS[-1]
    return round(8 + 184 * (min(max(math.log10(value), low), high) - low) / (high - low), 1)


def _strip(value: float, kind: str, low: float | None, high: float | None) -> str:
    lines = "".join(
        f'<line class="fg-strip__tick" x1="{_position(10.0**tick)}" x2="{_position(10.0**tick)}" y1="0"'
        ' y2="40"/>'
        for tick in LOG_TICKS
    )
    whisker = ""
    if low and high:
        a, b = _position(low), _position(high)
        whisker = f'<path class="fg-strip__whisker" d="M{a} 16v8M{a} 20H{b}M{b} 16v8"/>'
    return (
        '<svg class="fg-strip" viewBox="0 0 200 40" preserveAspectRatio="none"'
        f' aria-hidden="true">{lines}{whisker}{_mark_at(_position(value), 20, kind)}</svg>'
    )


def _strip_scale() -> str:
    labels = "".join(
        f'<text x="{_position(10.0**tick)}" y="15"'
        f' text-anchor="middle">10{str(tick).translate(SUPERSCRIPT)}</text>'
        for tick in LOG_TICKS
    )
    return f'<svg class="fg-strip fg-strip--scale" viewBox="0 0 200 20" aria-hidden="true">{labels}</svg>'


def _mark_at(x: float, y: float, kind: str) -> str:
    ring = f'<circle class="fg-mark__ring" cx="{x}" cy="{y}" r="4.2"/>'
    if kind == "disclosed":
        return f'<circle class="fg-mark__disc" cx="{x}" cy="{y}" r="5"/>'
    if kind == "derived":
        return f'{ring}<path class="fg-mark__disc" d="M{x} {y - 4.2}a4.2 4.2 0 0 0 0 8.4z"/>'
    return (
        ring
        if kind == "estimate"
        else f'<circle class="fg-mark__ring fg-mark__ring--none" cx="{x}" cy="{y}" r="4.2"/>'
    )


def _mark(kind: str) -> str:
    return (
        '<svg class="fg-mark" viewBox="0 0 12 12" width="12" height="12"'
        f' aria-hidden="true">{_mark_at(6, 6, kind)}</svg>'
    )
