"""The ledger of claims: every checked number of a published page, with its age once half of its shelf life
is over.

A claim's id is the reference that a page cites, `record.field`. The overview on data/claims.md counts them by
section; each section's
page has a line for each, which leads to the claim's own page: see `outputs/claims/pages.py`.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from xml.etree import ElementTree as ET

from fieldguide.book.evidence import EVIDENCE_MARKS, FIELD_KINDS, evidence_marks
from fieldguide.index import Claim, Index, by_section
from fieldguide.lists.data_tables import (
    age_menu,
    downloads,
    empty_block,
    filter_form,
    group_id,
    grouped_select,
    jump_row,
    segments,
)
from fieldguide.page.age import age_mark
from fieldguide.page.context import Context, place
from fieldguide.page.evidence_words import claim_words, row_words, subject
from fieldguide.page.template import render_template
from fieldguide.records.claim import key_of, section_key, section_name, section_src
from fieldguide.records.field import show_qualified
from fieldguide.records.shelf import ShelfLife
from fieldguide.records.short_links import short_link
from fieldguide.text.dates import show_date
from fieldguide.text.tree import E, parse

FIND = "find-a-claim"
"""The id of the overview's list, which begins with its search."""
SHARED = ("data-kind", "data-year", "data-evidence")
"""What stands once on a record where its claims agree: a page has hundreds of them."""


def render_claims(context: Context, element: ET.Element) -> None:
    """The block of the overview or of a section: what stands in it follows once every page is rendered."""
    # The search takes the first closing tag of the same name for the end of what it leaves out: no section
    # may stand in this one.
    key = key_of(context.page.src)
    caption = empty_block(element, "section", {"class": "fg-claims"} | ({} if key else {"id": FIND}))
    element.append(place("claims-filter", key))
    if key:
        element.append(caption)
        element.append(
            place("claims-rows", key, {"data-filter": "", "data-until": ""})
        )  # so that the page loads the scripts of its rows
    else:
        element.append(place("claims-sections"))
        element.append(caption)
        element.append(place("claims-resting"))


def claims_resting(context: Context, index: Index, _: str) -> list[ET.Element]:
    """The claims that no page states any more, and those that were withdrawn, each list folded: every one
    still leads to its page.
    """
    withdrawals = context.book.withdrawals
    taken = (
        [
            _resting_row(context, name, item.what, item.was or "a figure")
            for name, item in (withdrawals.claims | withdrawals.figures).items()
        ]
        if withdrawals is not None
        else []
    )
    resting = [
        _resting_row(
            context,
            claim.id,
            claim_words(context.book, claim.record, claim.name),
            show_qualified(claim.field),
        )
        for claim in index.resting
    ]
    lists = (
        (resting, "numbers that no page states now, each still at its address"),
        (taken, "numbers and figures withdrawn, each with the day and the reason at its address"),
    )
    return [
        E("details", {"class": "fg-fold"}, E("summary", {}, f"{len(rows):,} {words}"), E("ul", {}, *rows))
        for rows, words in lists
        if rows
    ]


def _resting_row(context: Context, name: str, words: str, value: str) -> ET.Element:
    return E(
        "li",
        {},
        E("a", {"href": context.href(f"{short_link(name)}index.html")}, words),
        " ",
        E("b", {}, value),
    )


def claims_filter(context: Context, index: Index, key: str) -> list[ET.Element]:
    """The filter above the claims, with the downloads; that of the overview searches all sections."""
    sections = by_section(context.book, index.claims)
    claims = [claim for own in sections[key].values() for claim in own] if key else index.claims
    kind = segments("kind", "Kind", {"": "All"} | {kind: words.choice for kind, words in FIELD_KINDS.items()})
    section = (
        []
        if key
        else [
            grouped_select(
                "section", "Section", "Any section", {"": [_title(context, key) for key in sections]}
            )
        ]
    )
    year = grouped_select(
        "year", "As of", "Any year", {"": sorted({year_of(claim) for claim in claims} - {""}, reverse=True)}
    )
    evidence = grouped_select("evidence", "Evidence", "Any evidence", {"": EVIDENCE_MARKS})
    form = filter_form(
        "claims",
        "Find a claim",
        len(claims),
        "claims",
        kind,
        year,
        *section,
        evidence,
        age_menu(),
        orders={"until": "May have changed first"},
    )
    return [downloads(context, form, "claims")]


def claims_sections(context: Context, index: Index, _: str) -> list[ET.Element]:
    """A line a section, which leads to its page, and the sum, in which each claim counts once."""
    sections = [
        (
            context.href(section_src(key)),
            _title(context, key),
            _counts([claim for own in records.values() for claim in own]),
        )
        for key, records in by_section(context.book, index.claims).items()
    ]
    table = render_template(
        "lists/claims_sections.html",
        heads=("Section", "Claims", *(words.choice for words in FIELD_KINDS.values())),
        sections=sections,
        total=_counts(index.claims),
    )
    return [parse(table), E("div", {"class": "fg-claims__all"})]


def _counts(claims: Sequence[Claim]) -> tuple[str, list[str]]:
    """How many claims there are, and how many of each kind."""
    kinds = Counter(claim.kind for claim in claims)
    return f"{len(claims):,}", [f"{kinds[kind]:,}" for kind in FIELD_KINDS]


def claims_rows(context: Context, index: Index, key: str) -> list[ET.Element]:
    """The claims of a section by chapter, in the order of the menu, with links to each: a record stands under
    the first chapter that states one of its claims.
    """
    chapters: dict[tuple[tuple[int, str], str], list[ET.Element]] = {}
    for own in by_section(context.book, index.claims)[key].values():
        chapters.setdefault(_chapter(context, key, own), []).append(_record(context, own))
    listing = E("div", {"class": "fg-claims__list", "data-filter": "claims"})
    titles = []
    for (_, title), records in sorted(chapters.items(), key=lambda item: item[0]):
        titles.append(title)
        listing.append(
            E(
                "div",
                {"data-group": "", "id": group_id("chapter", title)},
                E("h2", {}, title),
                E("ul", {}, *records),
            )
        )
    jumps = jump_row("chapter", titles)
    jumps.set("aria-label", f"Parts of {_title(context, key)}")
    return [jumps, listing] if len(titles) > 1 else [listing]


def _chapter(context: Context, key: str, own: Sequence[Claim]) -> tuple[tuple[int, str], str]:
    """(what sorts it, its title) of the first page of the section that states a record's claims; terms stand
    by their letter.
    """
    page = min(
        (page for claim in own for page in claim.pages if section_key(page.src) == key),
        key=lambda page: context.book.order(page.src),
    )
    if page.meta.type == "term":
        letter = page.meta.title[:1].upper()
        return (0, letter), letter
    return context.book.order(page.src), next(
        (entry.title for entry in context.book.nav if entry.src == page.src and entry.title), page.meta.title
    )


def _record(context: Context, own: Sequence[Claim]) -> ET.Element:
    """A record with several claims unfolds; one with a single claim is a line itself."""
    uid = record_id(own[0].record.slug)
    if len(own) == 1:
        row = _row(context, own[0], claim_words(context.book, own[0].record, own[0].name))
        row.set("id", uid)
        return _sorted_by_age(row, own)
    rows = [_row(context, claim, row_words(context.book, claim.record, claim.name)) for claim in own]
    about = E("span", {}, subject(context.book, own[0].record))
    life = _first(own)
    if life is not None:
        about.append(age_mark(life, context.book.version))
    summary = E("summary", {}, about, E("span", {}, f"{len(own)} claims"))
    record = E(
        "li", {"data-group": ""} | _shared(rows), E("details", {}, summary, E("ul", {"id": uid}, *rows))
    )
    return _sorted_by_age(record, own)


def _first(own: Sequence[Claim]) -> ShelfLife | None:
    """The shelf life, among those of some claims, that ends first."""
    return min((claim.life for claim in own if claim.life), key=lambda life: life.until, default=None)


def _sorted_by_age(line: ET.Element, own: Sequence[Claim]) -> ET.Element:
    """The line of a record, with the day by which it sorts where one of its claims ages."""
    life = _first(own)
    if life is not None:
        line.set("data-sort-until", life.until)
    return line


def record_id(slug: str) -> str:
    """The id of a record's claims, or of its one claim, on the page of a section."""
    return f"record-{slug}"


def year_of(claim: Claim) -> str:
    return (claim.field.as_of or "")[:4]


def _title(context: Context, key: str) -> str:
    return section_name(context.book.pages[section_src(key)])


def _shared(rows: Sequence[ET.Element]) -> dict[str, str]:
    """Take from the rows what all of them say for the filter."""
    shared = {}
    for name in SHARED:
        values = {row.get(name, "") for row in rows}
        if len(values) == 1:
            shared[name] = values.pop()
            for row in rows:
                del row.attrib[name]
    return shared


def _row(context: Context, claim: Claim, words: str) -> ET.Element:
    """One claim on a line: what it is, which leads to its page; value, date and age, and sources."""
    book, field = context.book, claim.field
    return E(
        "li",
        {
            "data-search": "",
            "data-kind": claim.kind,
            "data-year": year_of(claim),
            "data-evidence": "|".join(evidence_marks(book, field)),
        },
        E("a", {"href": context.href(f"{short_link(claim.id)}index.html")}, words),
        E("b", {}, show_qualified(field)),
        E(
            "span",
            {},
            f"as of {show_date(field.as_of)}" if field.as_of else "",
            age_mark(claim.life, book.version) if claim.life else None,
        ),
        E("span", {}, "; ".join(book.sources[key].name for key in field.sources if key in book.sources)),
    )
