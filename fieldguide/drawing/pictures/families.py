"""Model families, drawn from the model records alone: who makes them, how one gets the newest model, and what size is disclosed."""

from __future__ import annotations

from html import escape

from fieldguide.book import Book
from fieldguide.drawing.pieces import short_name
from fieldguide.drawing.sheet import Drawing
from fieldguide.records.base import Strict
from fieldguide.records.model import Model
from fieldguide.text.dates import show_date
from fieldguide.text.numbers import show_number

Member = tuple[str, "Model"]
"""A model with its slug."""

GROUPS = {"open": "Open weights", "api": "API", "limited": "Limited"}
"""What the filter offers. Models that are retired or were never released are in no group."""
OF_ACCESS = {"open weights": "open", "open source": "open", "API": "api", "limited": "limited"}
ABSENT = {"not-disclosed": "not disclosed", "not-applicable": "not applicable"}
SOURCES_SHOWN = 2
NAMED = 2
"""A note names this many models; more are counted."""
ONE_LINE = 18
"""Letters in a name with its year that never break."""
HEADS = (
    ("name", "Family", "maker, country"), ("newest", "Newest", "recorded"), ("first", "First", "recorded"), ("access", "Access", "of the newest"),
    ("license", "License", "of the newest"), ("size", "Size", "of the newest"), ("", "Sources", ""),
)
"""Sort key, title and sub-title of each column."""


class Data(Strict):
    since: int = 2023
    """A language or multimodal model from this year on brings its family into the table."""
    smallest: int = 2
    """So do this many recorded models of any kind."""


def families(book: Book, since: int, smallest: int) -> dict[str, list[Member]]:
    """Family → its models by date; the family with the newest release first."""
    found: dict[str, list[Member]] = {}
    for slug, model in book.models.items():
        found.setdefault(model.family, []).append((slug, model))
    for members in found.values():
        members.sort(key=_order)
    kept = {
        name: members for name, members in found.items()
        if len(members) >= smallest or any(model.domain in ("language", "multimodal") and model.year >= str(since) for _, model in members)
    }
    return dict(sorted(kept.items(), key=lambda item: (item[1][-1][1].date, item[0]), reverse=True))


def _order(member: Member) -> tuple[str, bool, float, str]:
    """By date; of several models of one day the largest that was released counts as the newest."""
    model = member[1]
    return model.date, model.access != "not released", size(model) or 0, model.name


def size(model: Model) -> float | None:
    """Parameters, where the record has a number."""
    value = getattr(model.parameters, "value", None)
    return float(value) if isinstance(value, int | float) else None


def render(data: Data, book: Book) -> Drawing:
    """A filter bar and one row a family; rows are entries where the table has no room."""
    found = families(book, data.since, data.smallest)
    countries = sorted({members[-1][1].country for members in found.values()}, key=str.casefold)
    header = "".join(_head(key, title, unit) for key, title, unit in HEADS)
    rows = "".join(_row(book, name, members) for name, members in found.items())
    return Drawing(html=
        f'<div class="fg-families">{_filter(len(found), countries)}'
        f'<div class="fg-table fg-table--entries" tabindex="0" role="region" aria-label="Model families"><table data-filter="families">'
        f'<caption class="fg-sr">Model families</caption><thead><tr>{header}</tr></thead><tbody>{rows}</tbody></table></div></div>'
    )


def _head(key: str, title: str, unit: str) -> str:
    order = f' aria-sort="{"descending" if key == "newest" else "none"}"' if key else ""
    name = f'<button type="button" data-sort="{key}">{title}</button>' if key else title
    return f'<th scope="col"{order}>{name}{_sub(unit)}</th>'


def _filter(count: int, countries: list[str]) -> str:
    access = "".join(
        f'<label><input type="radio" name="access" value="{value}"{checked}/><span>{words}</span></label>'
        for value, words, checked in (("", "All", ' checked="checked"'), *((key, words, "") for key, words in GROUPS.items()))
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


def _row(book: Book, name: str, members: list[Member]) -> str:
    (first_slug, first), (newest_slug, newest) = members[0], members[-1]
    makers = list(dict.fromkeys(model.lab for _, model in members))
    groups = dict.fromkeys(OF_ACCESS[model.access] for _, model in reversed(members) if model.access in OF_ACCESS)
    search = " ".join([name, *makers, newest.country, *(model.name for _, model in members)]).lower()
    newest_size = size(newest)
    keys = dict.fromkeys([*newest.source_keys(), *first.source_keys()])
    cells = (
        ("Newest recorded", f"{{{{fact:{newest_slug}.released|{show_date(newest.date)}}}}}{_sub(newest.name)}"),
        ("First recorded", f"{{{{fact:{first_slug}.released|{first.year}}}}}{_sub(first.name)}"),
        ("Access", _access(members)),
        ("License", _license(members)),
        ("Size", _size(members)),
        ("Sources", " ".join([f"{{{{cite:{key}}}}}" for key in keys if key in book.sources][:SOURCES_SHOWN])),
    )
    return (
        f'<tr data-search="{escape(search)}" data-access="{"|".join(groups)}" data-country="{escape(newest.country)}" '
        f'data-disclosed="{"" if newest_size is None else "yes"}" '
        f'data-sort-name="{escape(name.lower())}" data-sort-first="{first.date}" data-sort-newest="{newest.date}" '
        f'data-sort-access="{escape(newest.access.lower())}" data-sort-license="{escape((_terms(newest) or "").lower())}" '
        f'data-sort-size="{"" if newest_size is None else f"{newest_size:.0f}"}">'
        f'<th scope="row">{text(name)}{_sub(newest.lab)}{_sub(newest.country)}</th>'
        + "".join(f'<td data-label="{label}">{content}</td>' for label, content in cells) + "</tr>"
    )


def text(words: str) -> str:
    """Words of a record as markup."""
    return escape(words, quote=False)


def _sub(words: str) -> str:
    return _note(text(words)) if words else ""


def _dated(model: Model) -> str:
    """Name and year as markup; short ones stay on one line."""
    words = text(f"{short_name(model.name)}, {model.year}")
    return f'<span class="fg-nowrap">{words}</span>' if len(words) <= ONE_LINE else words


def _note(markup: str) -> str:
    return f'<span class="fg-sub">{markup}</span>'


def _access(members: list[Member]) -> str:
    """How one gets the newest model, then every other access with the models that it holds for, newest first."""
    newest = members[-1][1]
    others: dict[str, list[Model]] = {}
    for _, model in reversed(members):
        if model.access != newest.access:
            others.setdefault(model.access, []).append(model)
    notes = []
    for access, models in others.items():
        named = "; ".join(_dated(model) for model in models) if len(models) <= NAMED else f"{len(models)} models to {_dated(models[0])}"
        notes.append(_note(f"also {access}: {named}"))
    return f"{newest.access[:1].upper()}{newest.access[1:]}{''.join(notes)}"


def _terms(model: Model) -> str | None:
    value = getattr(model.license, "value", None)
    return value if isinstance(value, str) else None


def _license(members: list[Member]) -> str:
    """The license of the newest model; without one, why, and the last model that had one."""
    newest_slug, newest = members[-1]
    terms = _terms(newest)
    if terms is not None:
        differ = {_terms(model) for _, model in members} - {terms, None}
        return f"{{{{fact:{newest_slug}.license|{text(terms)}}}}}{_sub('older models: others' if differ else '')}"
    words = "not checked" if newest.license is None else "weights not released"
    for slug, model in reversed(members):
        if (older := _terms(model)) is not None:
            return words + _note(f"last: {{{{fact:{slug}.license|{text(older)}}}}} ({_dated(model)})")
    return words


def _size(members: list[Member]) -> str:
    """The size of the newest model; without one, whether it was looked for, for which it was not found, and the last that had one."""
    newest_slug, newest = members[-1]
    if size(newest) is not None:
        return _number(newest_slug, newest)
    status = getattr(newest.parameters, "status", None)
    cell = ABSENT.get(status or "", "not checked")
    for slug, model in reversed(members[:-1]):
        if size(model) is not None:
            return cell + _note(f"last: {_number(slug, model)} ({_dated(model)})")
        if status is None and getattr(model.parameters, "status", None) == "not-disclosed":
            status = "not-disclosed"
            cell += _note(f"not disclosed: {_dated(model)}")
    return cell


def _number(slug: str, model: Model) -> str:
    qualifier = getattr(model.parameters, "qualifier", None)
    return (f"{qualifier} " if qualifier else "") + f"{{{{fact:{slug}.parameters|{show_number(size(model) or 0)}}}}}"
