"""Model families, drawn from the model records alone: who makes them, how one gets the newest model, and what
size is disclosed.
"""

from __future__ import annotations

from html import escape

from fieldguide.book import Book
from fieldguide.drawing.asserts import DrawnPart
from fieldguide.drawing.pieces import short_name
from fieldguide.drawing.record_values import checked
from fieldguide.drawing.shapes import Drawing
from fieldguide.records.base import Strict
from fieldguide.records.field import ABSENT
from fieldguide.records.model import Model
from fieldguide.text.dates import show_date
from fieldguide.text.numbers import show_number

GROUPS = {"open": "Open weights", "api": "API", "limited": "Limited"}
"""What the filter offers. Models that are retired or were never released are in no group."""
OF_ACCESS = {"open weights": "open", "open source": "open", "API": "api", "limited": "limited"}
SOURCES_SHOWN = 2
NAMED = 2
"""A note names this many models; more are counted."""
ONE_LINE = 18
"""Letters in a name with its year, and the marks around them, that never break."""
HEADS = (
    ("name", "Family", "maker, country"),
    ("newest", "Newest", "recorded"),
    ("size", "Size", "of the newest"),
    ("access", "Access", "of the newest"),
    ("license", "License", "of the newest"),
    ("first", "First", "recorded"),
    ("", "Sources", ""),
)
"""Sort key, title and sub-title of each column."""


class FamiliesData(Strict):
    since: int = 2023
    """A language or multimodal model from this year on brings its family into the table."""
    smallest: int = 2
    """So do this many recorded models of any kind."""


DATA = FamiliesData
IS_TABLE = True


def families(book: Book, since: int, smallest: int) -> dict[str, list[Model]]:
    """Family → its models by date; the family with the newest release first."""
    groups: dict[str, list[Model]] = {}
    for model in book.models.values():
        groups.setdefault(model.family, []).append(model)
    for (
        members
    ) in groups.values():  # of several models of one day the largest that was released counts as the newest
        members.sort(
            key=lambda model: (model.date, model.access != "not released", size(model) or 0, model.name)
        )
    shown = {
        name: members
        for name, members in groups.items()
        if len(members) >= smallest
        or any(model.domain in ("language", "multimodal") and model.year >= str(since) for model in members)
    }
    return dict(sorted(shown.items(), key=lambda item: (item[1][-1].date, item[0]), reverse=True))


def size(model: Model) -> float | None:
    """Parameters, where the record has a number."""
    value = model.parameters.value if model.parameters else None
    return float(value) if isinstance(value, int | float) else None


def entries(data: FamiliesData, book: Book) -> list[DrawnPart]:
    """For assertions: each family by the access of its newest model, and by whether its size is on record:
    `open`, `open-sized`, `api-unsized`.
    """
    newest = [members[-1] for members in families(book, data.since, data.smallest).values()]
    return [
        DrawnPart(frozenset({group, f"{group}-{'sized' if size(model) else 'unsized'}"}), {})
        for model in newest
        if (group := OF_ACCESS.get(model.access))
    ]


def render(data: FamiliesData, book: Book) -> Drawing:
    """A filter bar and one row a family; rows are entries where the table has no room."""
    groups = families(book, data.since, data.smallest)
    countries = sorted({members[-1].country for members in groups.values()}, key=str.casefold)
    header = "".join(_head(key, title, unit) for key, title, unit in HEADS)
    rows = "".join(_row(book, name, members) for name, members in groups.items())
    return Drawing(
        html=(
            f'<div class="fg-families">{_filter(len(groups), countries)}<div class="fg-table'
            ' fg-table--scrolls" tabindex="0" role="region" aria-label="Model families"><table'
            ' data-filter="families"><caption class="fg-sr">Model'
            f" families</caption><thead><tr>{header}</tr></thead><tbody>{rows}</tbody></table></div></div>"
        )
    )


def _head(key: str, title: str, unit: str) -> str:
    order = f' aria-sort="{"descending" if key == "newest" else "none"}"' if key else ""
    name = f'<span data-sort="{key}">{title}</span>' if key else title
    return f'<th scope="col"{order}>{name}{_sub(unit)}</th>'


def _filter(count: int, countries: list[str]) -> str:
    access = "".join(
        f'<label><input type="radio" name="access" value="{value}"{checked}/><span>{words}</span></label>'
        for value, words, checked in (
            ("", "All", ' checked="checked"'),
            *((key, words, "") for key, words in GROUPS.items()),
        )
    )
    options = "".join(f'<option value="{escape(name)}">{text(name)}</option>' for name in countries)
    return (
        '<form class="fg-filter" role="search" data-for="families" aria-label="Find a family or maker">'
        '<label class="fg-filter__find"><span class="fg-sr">Find a family or maker</span>'
        '<input type="search" name="find" placeholder="Find a family or maker" autocomplete="off"/></label>'
        f'<fieldset class="fg-segmented"><legend class="fg-sr">Access</legend>{access}</fieldset>'
        f'<select name="country" aria-label="Country"><option value="">Any country</option>{options}</select>'
        '<label class="fg-check"><input type="checkbox" name="disclosed" value="yes"/> Size disclosed</label>'
        f'<output class="fg-filter__count" data-noun="families">{count} of {count} families</output></form>'
    )


def _row(book: Book, name: str, members: list[Model]) -> str:
    first, newest, newest_size = members[0], members[-1], size(members[-1])
    groups = dict.fromkeys(
        OF_ACCESS[model.access] for model in reversed(members) if model.access in OF_ACCESS
    )
    search = " ".join(
        [
            name,
            *dict.fromkeys(model.lab for model in members),
            newest.country,
            *(model.name for model in members),
        ]
    ).lower()
    keys = dict.fromkeys([*newest.source_keys(), *first.source_keys()])
    cells = (
        ("Newest recorded", checked(f"{newest.slug}.released", show_date(newest.date)) + _sub(newest.name)),
        ("Size", _size(members)),
        ("Access", _access(members)),
        ("License", _license(members)),
        ("First recorded", checked(f"{first.slug}.released", first.year) + _sub(first.name)),
        ("Sources", " ".join([f"{{{{cite:{key}}}}}" for key in keys if key in book.sources][:SOURCES_SHOWN])),
    )
    return (
        f'<tr data-search="{escape(search)}" data-access="{"|".join(groups)}"'
        f' data-country="{escape(newest.country)}" data-disclosed="{"" if newest_size is None else "yes"}"'
        f' data-sort-name="{escape(name.lower())}" data-sort-first="{first.date}"'
        f' data-sort-newest="{newest.date}" data-sort-access="{escape(newest.access.lower())}"'
        f' data-sort-license="{escape((_terms(newest) or "").lower())}"'
        f' data-sort-size="{"" if newest_size is None else f"{newest_size:.0f}"}"><th'
        f' scope="row">{text(name)}{_sub(newest.lab)}{_sub(newest.country)}</th>'
        + "".join(f'<td data-label="{label}">{content}</td>' for label, content in cells)
        + "</tr>"
    )


def text(words: str) -> str:
    """Words of a record as markup."""
    return escape(words, quote=False)


def _sub(words: str) -> str:
    return _note(text(words)) if words else ""


def _note(markup: str) -> str:
    return f'<span class="fg-sub">{markup}</span>'


def _dated(model: Model, before: str = "", after: str = "") -> str:
    """The name and year of a model as markup between two marks; a short one stays on one line with them."""
    words = text(f"{before}{short_name(model.name)}, {model.year}{after}")
    return f'<span class="fg-nowrap">{words}</span>' if len(words) <= ONE_LINE else words


def _access(members: list[Model]) -> str:
    """How the newest model can be had, then each other kind of access with the models that have it, newest
    first.
    """
    newest, others = members[-1], dict[str, list[Model]]()
    for model in reversed(members):
        if model.access != newest.access:
            others.setdefault(model.access, []).append(model)
    holders = {
        access: (
            " ".join(_dated(model, after="" if model is models[-1] else ";") for model in models)
            if len(models) <= NAMED
            else f"{len(models)} models to {_dated(models[0])}"
        )
        for access, models in others.items()
    }
    return (
        newest.access[:1].upper()
        + newest.access[1:]
        + "".join(_note(f"also {access}: {named}") for access, named in holders.items())
    )


def _terms(model: Model) -> str | None:
    value = model.license.value if model.license else None
    return value if isinstance(value, str) else None


def _license(members: list[Model]) -> str:
    """The license of the newest model; without one, why, and the last model that had one."""
    newest = members[-1]
    if (terms := _terms(newest)) is not None:
        differ = {_terms(model) for model in members} - {terms, None}
        return checked(f"{newest.slug}.license", text(terms)) + _sub("older models: others" if differ else "")
    words = (
        "not checked"
        if newest.license is None or newest.license.status == "not-checked"
        else "weights not released"
    )
    last = next((model for model in reversed(members) if _terms(model) is not None), None)
    return words + (
        _note(f"last: {checked(f'{last.slug}.license', text(_terms(last) or ''))} {_dated(last, '(', ')')}")
        if last
        else ""
    )


def _size(members: list[Model]) -> str:
    """The size of the newest model; without one, whether it was looked for, for which it was not found, and
    the last that had one.
    """
    newest = members[-1]
    if size(newest) is not None:
        return _number(newest)
    status = newest.parameters.status if newest.parameters else None
    cell = ABSENT.get(status or "", "not checked")
    for model in reversed(members[:-1]):
        if size(model) is not None:
            return cell + _note(f"last: {_number(model)} {_dated(model, '(', ')')}")
        if (
            status in (None, "not-checked")
            and model.parameters
            and model.parameters.status == "not-disclosed"
        ):
            status = "not-disclosed"
            cell += _note(f"not disclosed: {_dated(model)}")
    return cell


def _number(model: Model) -> str:
    qualifier = model.parameters.qualifier if model.parameters else None
    return (f"{qualifier} " if qualifier else "") + checked(
        f"{model.slug}.parameters", show_number(size(model) or 0)
    )
