"""Claims: every checked number of a published page, with the day by which it is to be read again.

A claim's id is the reference that a page cites, `record.field`; the ledger on data/claims.md has a row for each, under its record.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Mapping, Sequence
from xml.etree import ElementTree as ET

from fieldguide.book import Book
from fieldguide.index import Claim
from fieldguide.lists.html import downloads, filter_form, frame, grouped_select, segments
from fieldguide.page.builder import Builder
from fieldguide.page.words import formula_words, input_words, stakes_of, subject
from fieldguide.records.field import Sourced, show_value
from fieldguide.records.spelling import field_words
from fieldguide.text.dates import show_date
from fieldguide.text.numbers import show_number
from fieldguide.text.tree import E

PAGE = "data/claims.md"
REFERENCES = "about/references.md"

# ---- the day by which a claim is to be read again


# ---- claims


def by_section(book: Book, claims: Iterable[Claim]) -> dict[str, dict[str, list[Claim]]]:
    """Section → record → claims. A record stands whole in the section of its first page; the pages beside the sections (home, summary) come last."""
    records: dict[str, list[Claim]] = {}
    for claim in claims:
        records.setdefault(claim.record.slug, []).append(claim)
    homes: dict[str, tuple[tuple[bool, tuple[int, str]], str]] = {}
    for slug, own in records.items():
        places = ((not page.section, book.order(page.src)) for claim in own for page in claim.pages)
        first = min(places)
        homes[slug] = (first, book.section_title(first[1][1]))
    sections: dict[str, dict[str, list[Claim]]] = {}
    for slug in sorted(records, key=lambda slug: homes[slug][0]):
        sections.setdefault(homes[slug][1], {})[slug] = records[slug]
    return sections


def section_id(title: str) -> str:
    return title.lower().replace(" ", "-")


def anchors(book: Book, claims: Sequence[Claim]) -> set[str]:
    """Every id that the ledger gives its page."""
    return {claim.id for claim in claims} | {section_id(title) for title in by_section(book, claims)}


# ---- the ledger

KINDS = {"": "All", "disclosed": "Disclosed", "derived": "Derived", "estimate": "Estimate"}
DUE = ("Due for review", "Not due yet")
"""What stale.mjs sets as data-due, by the reader's date."""
COLUMNS = ("Claim", "Value", "As of", "Source", "Used in", "Review by")


def render_claims(builder: Builder, element: ET.Element) -> None:
    """A row a claim under its record's title, records by section; filter and downloads. Empty while the uses of pages are collected."""
    # The search takes the first closing tag of the same name for the end of what it leaves out: no section may stand in this one.
    caption = frame(element, "section", {"class": "fg-claims", "data-search-exclude": ""})
    if builder.scanning:
        element.append(caption)
        return
    book, claims = builder.book, builder.book.claims
    kind = segments("kind", "Kind", KINDS)
    section = grouped_select("section", "Section", "Any section", {"": sections_of(book, claims)})
    year = grouped_select("year", "As of", "Any year", {"": sorted({year_of(claim) for claim in claims} - {""}, reverse=True)})
    due = grouped_select("due", "Review", "Due or not", {"": DUE})
    element.append(downloads(builder, filter_form("claims", "Find a claim", len(claims), "claims", kind, section, year, due), "claims"))
    element.append(caption)
    listing = E("div", {"class": "fg-table", "data-filter": "claims"})
    known, titles = {claim.id for claim in claims}, {entry.src: entry.title for entry in book.nav}
    for title, records in by_section(book, claims).items():
        head = E("tr", {}, *(E("th", {"scope": "col"}, column) for column in COLUMNS))
        table = E("table", {"class": "fg-claims__table"}, E("caption", {"class": "fg-sr"}, f"Claims first used in {title}"), E("thead", {}, head))
        for own in records.values():
            table.append(_group(_record(builder, own[0].record), [_row(builder, claim, known, titles) for claim in own]))
        heading = E("h2", {"id": section_id(title), "data-search-exclude": ""}, f"First used in {title}")
        listing.append(E("div", {"class": "fg-claims__section", "data-group": ""}, heading, table))
    element.append(listing)


def sections_of(book: Book, claims: Iterable[Claim]) -> list[str]:
    """The sections of all pages that use a claim, in the order of the table of contents."""
    pages = {page.src: page for claim in claims for page in claim.pages}
    return list(dict.fromkeys(book.section_title(src) for src in sorted(pages, key=book.order)))


def year_of(claim: Claim) -> str:
    return (claim.field.as_of or "")[:4]


def _record(builder: Builder, record: Sourced) -> ET.Element | str:
    """The record's title, which opens its row where a data page has one."""
    page = next((f"data/{kind}.md" for kind in ("models", "prices", "hardware") if record.slug in getattr(builder.book, kind)), "")
    title = subject(builder.book, record)
    return E("a", {"href": builder.href(f"{page}#{record.slug}")}, title) if builder.has_page(page) else title


def _group(title: ET.Element | str, rows: Sequence[ET.Element]) -> ET.Element:
    """A record's rows under its title. What they share for the filter stands once, on the group: the page has two thousand rows."""
    group = E("tbody", {"data-group": "", "style": f"--rows:{len(rows)}"}, E("tr", {}, E("th", {"colspan": str(len(COLUMNS)), "scope": "rowgroup"}, title)), *rows)
    for name in ("data-kind", "data-section", "data-year", "data-review"):
        values = {row.get(name, "") for row in rows}
        if len(values) == 1:
            group.set(name, values.pop())
            for row in rows:
                del row.attrib[name]
    return group


def _small(text: str) -> ET.Element:
    """A line in caption size below a value."""
    return E("small", {}, text)


def _row(builder: Builder, claim: Claim, known: set[str], titles: Mapping[str, str]) -> ET.Element:
    """One claim: labels and marks come from the style sheet, and the search reads the row's own words. `titles` are the short ones of the nav."""
    book, field = builder.book, claim.field
    row = E("tr", {
        "id": claim.id, "data-search": "", "data-kind": claim.kind, "data-year": year_of(claim), "data-review": claim.review,
        "data-section": "|".join(dict.fromkeys(book.section_title(page.src) for page in claim.pages)),
    })
    name = E("a", {"class": "fg-copy", "href": f"#{claim.id}"}, field_words(claim.name, book.spellings))
    row.append(E("th", {"scope": "row"}, name, _small(field.note) if field.note else None))
    interval = _small(f"{show_number(field.low)} to {show_number(field.high)}") if field.low is not None and field.high is not None else None
    row.append(E("td", {}, f"{field.qualifier} {show_value(field)}" if field.qualifier else show_value(field), interval))
    row.append(E("td", {}, show_date(field.as_of) if field.as_of else ""))
    row.append(_origin(builder, claim, known))
    row.append(_used_in(builder, claim, titles))
    row.append(E("td", {}, show_date(claim.review)))
    return row


def _used_in(builder: Builder, claim: Claim, titles: Mapping[str, str]) -> ET.Element:
    """The pages by section, so that a row which the filter finds says why; a page that is a section of its own stands alone."""
    parts: list[ET.Element | str] = []
    for section, pages in itertools.groupby(claim.pages, lambda page: builder.book.section_title(page.src)):
        if parts:
            parts.append("; ")
        for at, page in enumerate(pages):
            title = titles.get(page.src) or page.meta.title
            if at or title != section:
                parts.append(", " if at else f"{section}: ")
            parts.append(E("a", {"href": builder.href(page.src)}, title))
    return E("td", {}, *parts)


def _origin(builder: Builder, claim: Claim, known: set[str]) -> ET.Element:
    """Sources; then place, or formula and inputs; kind; stake."""
    book, field = builder.book, claim.field
    cell = E("td")
    for key in field.sources:
        if key in book.sources:  # a plain link: with its note, each of some six hundred sources would stand on this page again
            cell.append(E("a", {"class": "fg-cite", "href": builder.href(f"{REFERENCES}#{key}")}, book.sources[key].name))
            cell[-1].tail = " "
    below = _small(", ".join(filter(None, (claim.kind.capitalize(), field.where, "read in a copy" if field.via else ""))))
    if field.computed:
        parts: list[ET.Element | str] = [f"{claim.kind.capitalize()}: {formula_words(book, field)} "]
        for at, (reference, words) in enumerate(zip(field.inputs.values(), input_words(book, claim.record, field), strict=True)):
            if at:
                parts.append(" and " if at == len(field.inputs) - 1 else ", ")
            if reference in known:
                parts.append(E("a", {"href": f"#{reference}"}, words))
            else:  # it has no row, so its value stands here
                other, name, _ = book.find(reference)
                parts.append(f"{words} ({show_value(other.own_fields()[name])})")
        below = E("small", {}, *parts)
    cell.append(below)
    stakes = stakes_of(book, field)
    if stakes:
        cell.append(_small(f"Stake: {', '.join(stakes)}"))
    return cell


# ---- downloads


# ---- what is due


