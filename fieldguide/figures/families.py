"""Model families, drawn from the model records alone: who makes them, since when, how one gets them, and what size is disclosed."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

from fieldguide.figures.matrix import cites, text
from fieldguide.figures.pieces import HtmlFigure
from fieldguide.numbers import show_number
from fieldguide.records import Strict
from fieldguide.sources import show_date

if TYPE_CHECKING:
    from fieldguide.book import Book
    from fieldguide.models import Model

ACCESS = {"open": "Open weights", "api": "API", "closed": "Not released"}
SOURCES_SHOWN = 2
LICENSE_LINE = 22
"""Longest license that stands as a checked value, which never breaks; a longer one is text with the row's sources."""
HEADS = (
    ("name", "Family", "maker"), ("first", "First", "recorded"), ("newest", "Newest", "recorded"), ("access", "Access", "newest first"),
    ("license", "License", "newest with weights"), ("size", "Size disclosed", "newest with a size"), ("", "Sources", ""),
)
"""Sort key, title and sub-title of each column."""


class Data(Strict):
    smallest: int = 1
    """Families with fewer recorded models are left out."""


def group(model: Model) -> str:
    """How one gets a model: open, api or closed."""
    return "open" if model.access.startswith("open") else "closed" if model.access in ("not released", "retired") else "api"


def families(book: Book, smallest: int = 1) -> dict[str, list[tuple[str, Model]]]:
    """Family → its models by date as (slug, model); the family with the newest release first."""
    found: dict[str, list[tuple[str, Model]]] = {}
    for slug, model in book.models.items():
        found.setdefault(model.family, []).append((slug, model))
    for members in found.values():
        members.sort(key=lambda item: (str(item[1].released.value), item[1].name))
    kept = {name: members for name, members in found.items() if len(members) >= smallest}
    return dict(sorted(kept.items(), key=lambda item: (str(item[1][-1][1].released.value), item[0]), reverse=True))


def render(data: Data, book: Book) -> HtmlFigure:
    """A filter bar and one row a family; rows are entries on a phone."""
    found = families(book, data.smallest)
    countries = sorted({members[-1][1].country for members in found.values()}, key=str.casefold)
    header = "".join(
        f'<th scope="col" aria-sort="{"descending" if key == "newest" else "none"}"><button type="button" data-sort="{key}">{title}</button>'
        + (f'<span class="fg-sub">{unit}</span>' if unit else "") + "</th>"
        if key else f'<th scope="col">{title}' + (f'<span class="fg-sub">{unit}</span>' if unit else "") + "</th>"
        for key, title, unit in HEADS
    )
    rows = "".join(_row(book, name, members) for name, members in found.items())
    return HtmlFigure(
        f'<div class="fg-families">{_filter(len(found), countries)}'
        f'<div class="fg-table fg-table--entries" tabindex="0" role="region" aria-label="Model families"><table data-filter="families">'
        f'<caption class="fg-sr">Model families</caption><thead><tr>{header}</tr></thead><tbody>{rows}</tbody></table></div></div>'
    )


def _filter(count: int, countries: list[str]) -> str:
    access = "".join(
        f'<label><input type="radio" name="access" value="{value}"{checked}/><span>{words}</span></label>'
        for value, words, checked in (("", "All", ' checked="checked"'), *((key, words, "") for key, words in ACCESS.items()))
    )
    options = "".join(f'<option value="{escape(name)}">{text(name)}</option>' for name in countries)
    return (
        '<form class="fg-filter" role="search" data-for="families">'
        '<label class="fg-filter__find"><span class="fg-sr">Find a family or maker</span><input type="search" placeholder="Find a family or maker"/></label>'
        f'<fieldset class="fg-segmented"><legend class="fg-sr">Access</legend>{access}</fieldset>'
        f'<select name="country" aria-label="Country"><option value="">Any country</option>{options}</select>'
        '<label class="fg-check"><input type="checkbox" name="disclosed" value="yes"/> Size disclosed</label>'
        f'<output class="fg-filter__count">{count} of {count} families</output></form>'
    )


def _row(book: Book, name: str, members: list[tuple[str, Model]]) -> str:
    (first_slug, first), (newest_slug, newest) = members[0], members[-1]
    makers = list(dict.fromkeys(model.lab for _, model in members))
    ways = list(dict.fromkeys(group(model) for _, model in reversed(members)))
    search = " ".join([name, *makers, newest.country, *(model.name for _, model in members)]).lower()
    sized = next(((slug, model) for slug, model in reversed(members) if _number(model.parameters) is not None), None)
    size_cell, size = _size(sized, newest)
    license_name, license_cell = _license(members)
    keys = [key for key in dict.fromkeys([*newest.source_keys(), *(sized[1].source_keys() if sized else []), *first.source_keys()]) if key in book.sources]
    access = ", ".join(ACCESS[way] for way in ways)
    access = access[:1] + access[1:].replace("Not", "not").replace("Open", "open")
    return (
        f'<tr data-search="{escape(search)}" data-access="{"|".join(ways)}" data-country="{escape(newest.country)}" data-disclosed="{"yes" if sized else ""}" '
        f'data-sort-name="{escape(name.lower())}" data-sort-first="{first.released.value}" data-sort-newest="{newest.released.value}" '
        f'data-sort-access="{ACCESS[ways[0]]}" data-sort-license="{escape(license_name)}" data-sort-size="{"" if size is None else f"{size:.0f}"}">'
        f'<th scope="row">{text(name)}<span class="fg-sub">{text(makers[-1])}, {text(newest.country)}</span></th>'
        f"{_date('First recorded', first_slug, first)}{_date('Newest recorded', newest_slug, newest)}"
        f'<td data-label="Access">{access}</td>'
        f'<td data-label="License">{license_cell}</td>'
        f'<td data-label="Size disclosed">{size_cell}</td>'
        f'<td data-label="Sources">{cites(keys[:SOURCES_SHOWN])}</td></tr>'
    )


def _date(label: str, slug: str, model: Model) -> str:
    date = str(model.released.value)
    return (
        f'<td data-label="{label}">{{{{fact:{slug}.released|{show_date(date)}}}}}'
        f'<span class="fg-sub">{text(model.name)}</span></td>'
    )


def _number(field: object) -> float | None:
    value = getattr(field, "value", None)
    return float(value) if isinstance(value, int | float) else None


def _size(sized: tuple[str, Model] | None, newest: Model) -> tuple[str, float | None]:
    """The newest disclosed size with its model, or why there is none."""
    if sized is None:
        status = getattr(newest.parameters, "status", None)
        words = "not disclosed" if status == "not-disclosed" else "not applicable" if status else "not checked"
        return words, None
    slug, model = sized
    size = _number(model.parameters)
    assert size is not None
    note = model.name
    if model is not newest and getattr(newest.parameters, "status", None) == "not-disclosed":
        note = f"{model.name}; newest not disclosed"
    return f'{{{{fact:{slug}.parameters|{show_number(size)}}}}}<span class="fg-sub">{text(note)}</span>', size


def _license(members: list[tuple[str, Model]]) -> tuple[str, str]:
    """The newest license of the family, to sort by and as a cell."""
    for slug, model in reversed(members):
        value = getattr(model.license, "value", None)
        if isinstance(value, str):
            short = len(value) <= LICENSE_LINE
            return value.lower(), (f"{{{{fact:{slug}.license|{text(value)}}}}}" if short else text(value)) + f'<span class="fg-sub">{text(model.name)}</span>'
    if any(group(model) == "open" for _, model in members):
        return "", "not checked"
    return "", "weights not released"
