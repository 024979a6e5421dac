"""The ledger of claims: every checked number of a published page, with the day by which it is to be read again.

A claim's id is the reference that a page cites, `record.field`; the ledger on data/claims.md has a row for each, under its record.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Mapping, Sequence
from xml.etree import ElementTree as ET

from fieldguide.book import Book
from fieldguide.index import Claim, Index, by_section, section_id
from fieldguide.lists.html import downloads, empty_block, filter_form, grouped_select, segments
from fieldguide.page.context import REFERENCES, Context, place
from fieldguide.page.words import formula_words, input_words, stakes_of, subject
from fieldguide.records.field import Found, Sourced, show_value
from fieldguide.records.spelling import field_words
from fieldguide.text.dates import show_date
from fieldguide.text.numbers import show_number
from fieldguide.text.tree import E

KIND_CHOICES = {"": "All", "disclosed": "Disclosed", "derived": "Derived", "estimate": "Estimate"}
DUE = ("Due for review", "Not due yet")
"""What stale.mjs sets as data-due, by the reader's date."""
SIZES = (1, 2, 3, 4, 5, 6, 7, 8, 10, 13, 16, 22, 32)
"""Rows of a record for which the sheet keeps room until they are drawn: the next size up."""
COLUMNS = ("Claim", "Value", "As of", "Source", "Used in", "Review by")


def render_claims(here: Context, element: ET.Element) -> None:
    """The block of the ledger: its rows follow once every page is rendered."""
    # The search takes the first closing tag of the same name for the end of what it leaves out: no section may stand in this one.
    caption = empty_block(element, "section", {"class": "fg-claims"})
    element.append(place("claims-filter"))
    element.append(caption)
    element.append(place("claims-rows", attributes={"data-filter": "", "data-review": ""}))  # so that the page loads the scripts of its rows


def claims_filter(here: Context, index: Index, _: str) -> list[ET.Element]:
    """The filter above the ledger, with the downloads."""
    claims = index.claims
    kind = segments("kind", "Kind", KIND_CHOICES)
    section = grouped_select("section", "Section", "Any section", {"": sections_of(here.book, claims)})
    year = grouped_select("year", "As of", "Any year", {"": sorted({year_of(claim) for claim in claims} - {""}, reverse=True)})
    due = grouped_select("due", "Review", "Due or not", {"": DUE})
    return [downloads(here, filter_form("claims", "Find a claim", len(claims), "claims", kind, section, year, due), "claims")]


def claims_rows(here: Context, index: Index, _: str) -> list[ET.Element]:
    """A row a claim under its record's title, records by section."""
    listing = E("div", {"class": "fg-table", "data-filter": "claims"})
    known, titles = {claim.id for claim in index.claims}, {entry.src: entry.title for entry in here.book.nav}
    for title, records in by_section(here.book, index.claims).items():
        head = E("tr", {}, *(E("th", {"scope": "col"}, column) for column in COLUMNS))
        table = E("table", {"class": "fg-claims__table"}, E("caption", {"class": "fg-sr"}, f"Claims first used in {title}"), E("thead", {}, head))
        for own in records.values():
            table.append(_group(_record(here, own[0].record), [_row(here, claim, known, titles) for claim in own]))
        heading = E("h2", {"id": section_id(title)}, f"First used in {title}")
        listing.append(E("div", {"class": "fg-claims__section", "data-group": ""}, heading, table))
    return [listing]


def sections_of(book: Book, claims: Iterable[Claim]) -> list[str]:
    """The sections of all pages that use a claim, in the order of the table of contents."""
    pages = {page.src: page for claim in claims for page in claim.pages}
    return list(dict.fromkeys(book.section_title(src) for src in sorted(pages, key=book.order)))


def year_of(claim: Claim) -> str:
    return (claim.field.as_of or "")[:4]


def _record(here: Context, record: Sourced) -> ET.Element | str:
    """The record's title, which opens its row where a data page has one."""
    page = next((f"data/{kind}.md" for kind in ("models", "prices", "hardware") if record.slug in getattr(here.book, kind)), "")
    title = subject(here.book, record)
    return E("a", {"href": here.href(f"{page}#{record.slug}")}, title) if here.has_page(page) else title


def _group(title: ET.Element | str, rows: Sequence[ET.Element]) -> ET.Element:
    """A record's rows under its title. What they share for the filter stands once, on the group: the page has two thousand rows."""
    group = E("tbody", {"data-group": "", "class": f"fg-rows-{next((size for size in SIZES if size >= len(rows)), SIZES[-1])}"}, E("tr", {}, E("th", {"colspan": str(len(COLUMNS)), "scope": "rowgroup"}, title)), *rows)
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


def _row(here: Context, claim: Claim, known: set[str], titles: Mapping[str, str]) -> ET.Element:
    """One claim: labels and marks come from the style sheet, and the search reads the row's own words. `titles` are the short ones of the nav."""
    book, field = here.book, claim.field
    row = E("tr", {
        "id": claim.id, "data-search": "", "data-kind": claim.kind, "data-year": year_of(claim), "data-review": claim.review,
        "data-section": "|".join(dict.fromkeys(book.section_title(page.src) for page in claim.pages)),
    })
    name = E("a", {"class": "fg-copy", "href": f"#{claim.id}"}, field_words(claim.name, book.spellings))
    row.append(E("th", {"scope": "row"}, name, _small(field.note) if field.note else None))
    interval = _small(f"{show_number(field.low)} to {show_number(field.high)}") if field.low is not None and field.high is not None else None
    row.append(E("td", {}, f"{field.qualifier} {show_value(field)}" if field.qualifier else show_value(field), interval))
    row.append(E("td", {}, show_date(field.as_of) if field.as_of else ""))
    row.append(_origin(here, claim, known))
    row.append(_used_in(here, claim, titles))
    row.append(E("td", {}, show_date(claim.review)))
    return row


def _used_in(here: Context, claim: Claim, titles: Mapping[str, str]) -> ET.Element:
    """The pages by section, so that a row which the filter finds says why; a page that is a section of its own stands alone."""
    parts: list[ET.Element | str] = []
    for section, pages in itertools.groupby(claim.pages, lambda page: here.book.section_title(page.src)):
        if parts:
            parts.append("; ")
        for at, page in enumerate(pages):
            title = titles.get(page.src) or page.meta.title
            if at or title != section:
                parts.append(", " if at else f"{section}: ")
            parts.append(E("a", {"href": here.href(page.src)}, title))
    return E("td", {}, *parts)


def _origin(here: Context, claim: Claim, known: set[str]) -> ET.Element:
    """Sources; then place, or formula and inputs; kind; stake."""
    book, field = here.book, claim.field
    cell = E("td")
    for key in field.sources:
        if key in book.sources:  # a plain link: with its note, each of some six hundred sources would stand on this page again
            cell.append(E("a", {"class": "fg-cite", "href": here.href(f"{REFERENCES}#{key}")}, book.sources[key].name))
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
                found = book.find(reference)
                parts.append(f"{words} ({show_value(found.field)})" if isinstance(found, Found) else words)
        below = E("small", {}, *parts)
    cell.append(below)
    stakes = stakes_of(book, field)
    if stakes:
        cell.append(_small(f"Stake: {', '.join(stakes)}"))
    return cell
