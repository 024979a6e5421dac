"""Notes: what a citation, number or term opens, once each at the end of the page; print shows the sources in full."""

from __future__ import annotations

from xml.etree import ElementTree as ET

from fieldguide import claims
from fieldguide.page.builder import Builder
from fieldguide.records.field import Field, Sourced, show_value
from fieldguide.records.source import Source
from fieldguide.text.dates import show_date
from fieldguide.text.tree import E

REFERENCES = "about/references.md"


def render_notes(builder: Builder, root: ET.Element) -> None:
    """Append one note for every `data-note` on the page, and one for every source behind a number, for print."""
    wanted = dict.fromkeys(element.get("data-note", "") for element in root.iter() if element.get("data-note"))
    chips = {name.removeprefix("note-") for name in wanted}
    section = E("section", {"class": "fg-notes", "aria-label": "Notes on this page", "data-search-exclude": ""})
    keys = sorted(builder.uses.sources, key=lambda key: builder.book.sources[key].name.casefold())
    if keys:
        section.append(E("p", {"class": "fg-notes__title"}, "Sources on this page"))
    for key in keys:
        section.append(_source(builder, key, builder.book.sources[key]))
    for reference in builder.uses.facts:
        if reference in chips:
            record, name, _ = builder.book.find(reference)
            section.append(_number(builder, reference, record, name))
    for slug in builder.uses.terms:
        if slug in chips:
            section.append(_term(builder, slug))
    if len(section):
        root.append(section)


def _note(kind: str, uid: str, name: str, body: str, origin: str, link: ET.Element | None, url: str = "") -> ET.Element:
    return E(
        "div", {"class": f"fg-note fg-note--{kind}", "id": f"note-{uid}"},
        E("p", {"class": "fg-note__name"}, name),
        E("p", {"class": "fg-note__body"}, body),
        E("p", {"class": "fg-note__origin"}, origin) if origin else None,
        E("p", {"class": "fg-note__link"}, link) if link is not None else None,
        E("p", {"class": "fg-note__url"}, url) if url else None,
    )


def _source(builder: Builder, key: str, source: Source) -> ET.Element:
    link = E("a", {"class": "fg-action", "href": builder.href(f"{REFERENCES}#{key}")}, "Open in the references")
    return _note("source", key, source.name, source.title, source.origin(), link, source.url)


def _number(builder: Builder, reference: str, record: Sourced, name: str) -> ET.Element:
    field = record.own_fields()[name]
    href = claims.target(builder.book, builder.page, reference, field)
    text = "Open in the claim ledger" if href.startswith(claims.PAGE) else "Open in the references"
    link = E("a", {"class": "fg-action", "href": builder.href(href)}, text) if builder.has_page(href) else None
    note = _note("number", reference, show_value(field), f"{claims.subject(builder.book, record)}: {claims.field_words(name, builder.book.spellings)}", origin(builder, record, field), link)
    review = claims.review_date(builder.book, record, name)
    note[2].append(E("span", {"data-review": review}, f" To be reviewed by {show_date(review)}."))
    return note


def origin(builder: Builder, record: Sourced, field: Field) -> str:
    """Source and place, or formula and inputs; kind; date; day read."""
    names = [builder.book.sources[key].name for key in field.sources if key in builder.book.sources]
    parts = []
    if field.computed:
        parts.append(f"Computed: {claims.derivation(builder.book, record, field)}. From {'; '.join(names)}")
    else:
        parts.append("; ".join(names) + (f", {field.where}" if field.where else ""))
    if field.kind == "estimate":
        parts.append("Third-party estimate")
    if field.qualifier:
        parts.append(f"The source says {field.qualifier} this")
    if field.as_of:
        parts.append(f"As of {show_date(field.as_of)}")
    if field.seen:
        parts.append(f"Read {show_date(field.seen)}" + (" in a copy" if field.via else ""))
    return ". ".join(parts) + "."


def _term(builder: Builder, slug: str) -> ET.Element:
    term = builder.book.terms[slug]
    also = f"Also called {', '.join(term.page.meta.aka)}" if term.page.meta.aka else ""
    link = E("a", {"class": "fg-action", "href": builder.href(f"glossary/{slug}.md")}, "Open in the glossary")
    return _note("term", slug, term.title, term.definition, also, link)
