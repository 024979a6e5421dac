"""Notes: what a citation, number or term opens, once each at the end of the page. In print, the sources are
shown in full. The lines about a source and about what a number means come from evidence_words.py.
"""

from __future__ import annotations

from xml.etree import ElementTree as ET

from fieldguide.book.evidence import FIELD_KINDS, field_kind, stakes_of, weakness
from fieldguide.page.age import age_mark
from fieldguide.page.context import Context
from fieldguide.page.evidence_words import claim_words, derivation, source_line
from fieldguide.records.field import Field, FieldMatch, Sourced, show_qualified
from fieldguide.records.shelf import shelf_life
from fieldguide.records.source import Source
from fieldguide.text.dates import show_date
from fieldguide.text.names import curly
from fieldguide.text.tree import E, spaced

OPEN = "Open the source"
GIVEN = {
    "about": "an approximate value",
    "at least": "a lower bound",
    "more than": "a lower bound",
    "at most": "an upper bound",
    "less than": "an upper bound",
}
"""{how a source qualifies a value: words in a note}."""


def render_notes(context: Context, root: ET.Element) -> None:
    """Append a note for every `data-note` on the page, and one for every source of a number: for print, and
    for the links in the number's note.

    A number's note has only the keys of its sources: popover.mjs takes their addresses from their own notes,
    and the claim's address from the number.
    """
    opened = {(element.get("data-note") or "").removeprefix("note-") for element in root.iter()}
    uses, book = context.uses, context.book
    sources = sorted(uses.sources, key=lambda key: book.sources[key].name.casefold())
    numbers = [(reference, book.find(reference)) for reference in uses.facts if reference in opened]
    notes = [
        *(_source(context, key, book.sources[key]) for key in sources),
        *(
            _number(context, reference, match)
            for reference, match in numbers
            if isinstance(match, FieldMatch)
        ),
        *(_term(context, slug) for slug in uses.terms if slug in opened),
    ]
    if sources:
        notes.insert(0, E("p", {"class": "fg-notes__title"}, "Sources on this page"))
    if notes:
        root.append(E("section", {"class": "fg-notes", "aria-label": "Notes on this page"}, *notes))


def _note(kind: str, uid: str, name: str, body: str, origin: str, *links: tuple[str, str]) -> ET.Element:
    """A note with `links` as (address, words), those closest to the evidence first."""
    actions = spaced(*(E("a", {"class": "fg-action", "href": href}, words) for href, words in links))
    return E(
        "div",
        {"class": f"fg-note fg-note--{kind}", "id": f"note-{uid}"},
        E("p", {"class": "fg-note__name"}, name),
        E("p", {"class": "fg-note__body"}, body),
        E("p", {"class": "fg-note__origin"}, origin) if origin else None,
        E("p", {"class": "fg-note__link"}, *actions) if links else None,
    )


def _source(context: Context, key: str, source: Source) -> ET.Element:
    note = _note(
        "source",
        key,
        source.name,
        source.title,
        "",
        (source.url, OPEN),
        (context.href(context.book.reference(key)), "See in references"),
    )
    kind, published, rest = source_line(source).partition(source.published)
    note.insert(
        2, E("p", {"class": "fg-note__origin"}, kind, E("span", {}, published), rest)
    )  # quote.mjs reads publisher and date from here
    return note


def _number(context: Context, reference: str, match: FieldMatch) -> ET.Element:
    record, name, field = match.record, match.name, match.field
    note = _note(
        "number",
        reference,
        show_qualified(field),
        claim_words(context.book, record, name),
        origin(context, record, field),
    )
    note.set("data-sources", " ".join(key for key in field.sources if key in context.book.sources))
    life = shelf_life(context.book.quantities, context.book.sources, record, name)
    if life is not None:
        note.insert(3, age_mark(life, context.book.version, "fg-note__age"))
    return note


def origin(context: Context, record: Sourced, field: Field) -> str:
    """Date; source and location, or formula and inputs; kind; weakness; stake; day read."""
    names = [context.book.sources[key].name for key in field.sources if key in context.book.sources]
    weak = weakness(context.book, field)
    parts = [f"As of {show_date(field.as_of)}"] if field.as_of else []
    if field.computed:
        parts.append(
            f"{FIELD_KINDS[field_kind(field)].note}: {derivation(context.book, record, field)}. From"
            f" {'; '.join(names)}"
        )
    else:
        parts += [
            "; ".join(
                name + (f", {curly(place)}" if place else "")
                for name, place in zip(names, field.places, strict=False)
            ),
        ]
        if field_kind(field) != "disclosed" or not weak:  # what the press reports, nobody has disclosed
            parts.append(FIELD_KINDS[field_kind(field)].note)
    if field.qualifier:
        parts.append(f"The source gives it as {GIVEN[field.qualifier]}")
    if weak:
        parts.append(weak)
    stakes = stakes_of(context.book, field)
    if stakes:
        parts.append(f"From an interested party ({', '.join(stakes)})")
    if field.seen:
        parts.append(f"Read {show_date(field.seen)}" + (" in a copy" if field.via else ""))
    return ". ".join(parts) + "."


def _term(context: Context, slug: str) -> ET.Element:
    term = context.book.terms[slug]
    also = f"Also called {', '.join(term.page.meta.aka)}" if term.page.meta.aka else ""
    return _note(
        "term",
        slug,
        term.title,
        term.definition,
        also,
        (context.href(f"glossary/{slug}.md"), "Open in the glossary"),
    )
