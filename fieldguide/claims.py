"""Claims: every checked number of a published page, with the day by which it is to be read again.

A claim's id is the reference that a page cites, `record.field`; the ledger on data/claims.md has a row for each, under its record.
"""

from __future__ import annotations

import calendar
import itertools
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

from fieldguide.facts import Field, Sourced
from fieldguide.glossary import is_acronym
from fieldguide.hardware import Accelerator
from fieldguide.models import Model
from fieldguide.numbers import show_number, show_value
from fieldguide.prices import UNITS as PRICE_FIELDS
from fieldguide.prices import Price
from fieldguide.sources import show_date
from fieldguide.tables import downloads, filter_form, frame, grouped_select, segments, whole
from fieldguide.tree import E

if TYPE_CHECKING:
    from fieldguide.book import Book, Uses
    from fieldguide.markdown import Builder
    from fieldguide.pages import Page

PAGE = "data/claims.md"
REFERENCES = "about/references.md"

# ---- the day by which a claim is to be read again

PRICE, REPORT, RECORD, LASTING = "a price on a list today", "vendors, press", "filings, surveys, data sets, models", "papers, accelerators, history"
MONTHS = {PRICE: 3, REPORT: 6, RECORD: 12, LASTING: 24}
"""How long after it was read a value is to be read again, by what it is."""
SOURCE_PACE = {"paper": LASTING, "filing": RECORD, "survey": RECORD, "data": RECORD, "vendor": REPORT, "press": REPORT}
HISTORY = 12
"""A value for a day this many months before it was read is history: no newer reading of its source will move it."""


def pace(book: Book, record: Sourced, name: str, field: Field) -> str:
    """What a given value is, for `MONTHS`."""
    if isinstance(record, Price) and name in (*PRICE_FIELDS, "date", "since") and record.newest.until is None:
        return PRICE
    if isinstance(record, Price | Accelerator):
        return LASTING
    if field.as_of and field.seen and add_months(field.as_of, HISTORY) <= field.seen:
        return LASTING
    if isinstance(record, Model):
        return RECORD
    source = book.sources.get(field.source or "")
    return SOURCE_PACE[source.kind] if source is not None else REPORT


def review_date(book: Book, record: Sourced, name: str) -> str:
    """ISO date by which the value is to be read again: as its record says, else by the rule; a computed value has the earliest of its inputs."""
    field = record.own_fields()[name]
    asked = field.review or record.review
    if asked:
        return asked
    if field.computed:
        found = (book.find(reference) for reference in field.inputs.values())
        return min(review_date(book, other, part) for other, part, problem in found if problem is None)
    return add_months(field.seen or field.as_of or "", MONTHS[pace(book, record, name, field)])


def add_months(day: str, months: int) -> str:
    """The same day of a later month, or that month's last; a date of a year or month counts from its first day. Raises ValueError without a year."""
    year, month, number = (int(part) for part in (day + "-01-01")[:10].split("-"))
    at = year * 12 + month - 1 + months
    year, month = at // 12, at % 12 + 1
    return date(year, month, min(number, calendar.monthrange(year, month)[1])).isoformat()


# ---- claims


@dataclass(frozen=True)
class Claim:
    """One field of a record that published pages cite. `pages` are the reader's pages, in the order of the table of contents."""

    record: Sourced
    name: str
    field: Field
    pages: tuple[Page, ...]
    review: str

    @property
    def id(self) -> str:
        return f"{self.record.slug}.{self.name}"

    @property
    def kind(self) -> str:
        """Disclosed (the source states it), derived or estimate."""
        return self.field.kind or ("derived" if self.field.computed else "disclosed")


SPELLED = {word.lower().replace(" ", "-").replace(".", ""): word for word in (
    "AI", "AP", "BF16", "CPU", "E2B", "EU", "FLOP", "FP8", "G42", "GAO", "GPUs", "GSM8K", "GEMA", "H100", "H200", "HELM", "HLE", "INT8", "JSON", "KV", "LPU", "MBZUAI", "MMLU", "NYT", "Q1", "Q3", "RELX", "SWE", "SXM", "TPUs", "US",
    "7B", "8B", "15B", "32B", "70B", "405B", "80GB", "Claude 3.7", "Gemini 2.5", "Llama 3.1", "Opus 4.5", "Sonnet 3.7", "gpt-oss", "K2", "K3", "Qwen3", "Qwen3.8", "GB300", "L40S", "MI300X", "Trainium3",
    "Abilene", "Allium", "Alphabet", "Amazon", "Argon", "Artemis", "Astra", "Bartz", "Bedrock", "Blackwell", "Clarifai", "Codex", "Copilot", "Covenant", "Eleuther", "Epoch", "Fable", "FrontierMath",
    "Getty", "GitHub", "Haiku", "HumanEval", "Inferact", "Intellect", "Jasper", "Kadrey", "LangSmith", "LoRA", "Menlo", "Microsoft", "Mythos", "Opus", "Oracle", "Promptfoo", "Python", "QLoRA", "RadixArk",
    "Reddit", "Ross", "Rubin", "Samsung", "Sol", "Sonnet", "SpaceX", "Trainium", "Vast.ai", "WhatsApp", "Windsurf", "English", "German", "Hindi",
)} | {"vast": "Vast.ai", "wandb": "Weights & Biases"}
"""How words of field names are written that are not written small and that no record gives."""
MONTH_NAMES = {name.lower(): name for name in calendar.month_name[1:]}


def spellings(book: Book) -> dict[str, str]:
    """How the parts of field names are written: names of companies, models and accelerators by their ids, families, makers, and acronyms of terms, and `SPELLED`."""
    named = itertools.chain(book.companies.items(), book.hardware.items(), book.models.items())
    words = {word for model in book.models.values() for word in (model.family, model.lab) if " " not in word}
    words |= {name for term in book.terms.values() for name in term.names if is_acronym(name)}
    return {word.lower(): word for word in words} | {slug: re.sub(r"(, | \().*", "", record.name) for slug, record in named} | SPELLED


def field_words(name: str, spelled: Mapping[str, str] = SPELLED) -> str:
    """A field's name for a reader: "tokens per parameter", "GPT-4 bought"; an earlier price says from when: "input, from 1 Jan 2026"."""
    period = re.fullmatch(rf"({'|'.join((*PRICE_FIELDS, 'date', 'since'))})-(\d{{4}}(?:-\d\d){{0,2}})", name)
    if period:
        return f"{period[1]}, from {show_date(period[2])}"
    parts, words = name.split("-"), []
    while parts:
        length = next((size for size in range(len(parts), 1, -1) if "-".join(parts[:size]) in spelled), 1)
        part = "-".join(parts[:length])
        del parts[:length]
        dated = part in MONTH_NAMES and (part not in ("march", "may") or bool(parts and re.fullmatch(r"20\d\d", parts[0])))
        words.append(MONTH_NAMES[part] if dated else re.sub(r"^y(20\d\d)$", r"\1", spelled.get(part, part)))
    return " ".join(words)


def subject(book: Book, record: Sourced) -> str:
    """What a record is about, for a reader; a rental's accelerator by its name."""
    chip = book.hardware.get(record.accelerator or "") if isinstance(record, Price) else None
    return f"{record.provider}, {chip.name}" if chip is not None else record.about()


def formula_words(book: Book, field: Field) -> str:
    """What a computed value is of its inputs: "training FLOP of", "percent of"."""
    words = field_words((field.computed or "").removesuffix("_of").removesuffix("_on").replace("_", "-"), book.spellings)
    return words if words.endswith(" between") else f"{words} of"


def input_words(book: Book, record: Sourced, field: Field) -> list[str]:
    """The inputs of a computed value of `record`: "tokens"; those of another record name it once, after the last in a row: "tokens of “Chinchilla”"."""
    found = [book.find(reference) for reference in field.inputs.values()]
    words = []
    for at, (other, name, _) in enumerate(found):
        last = other is not record and (at + 1 == len(found) or found[at + 1][0] is not other)
        words.append(field_words(name, book.spellings) + (f" of “{subject(book, other)}”" if last else ""))
    return words


def derivation(book: Book, record: Sourced, field: Field) -> str:
    """Formula and inputs of a computed value: "ratio of tokens and parameters"."""
    *inputs, last = input_words(book, record, field)
    return f"{formula_words(book, field)} " + (f"{', '.join(inputs)} and " if inputs else "") + last


def collect_claims(book: Book, uses: Mapping[str, Uses]) -> list[Claim]:
    """The claims of all published pages, a record's together, records in the order of their first use."""
    cited: dict[str, list[Page]] = {}
    for src in sorted(uses, key=book.order):
        page = book.pages[src]
        if page.meta.status != "draft" and not page.made:
            for reference in uses[src].facts:
                cited.setdefault(reference, []).append(page)
    records = book.quantities
    claims = []
    for slug in dict.fromkeys(reference.partition(".")[0] for reference in cited):
        record = records[slug]
        for name, field in record.own_fields().items():
            pages = cited.get(f"{slug}.{name}")
            if pages:
                claims.append(Claim(record, name, field, tuple(pages), review_date(book, record, name)))
    return claims


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


def target(book: Book, page: Page, reference: str, field: Field) -> str:
    """What the number `reference` on `page` opens: its claim, or on a draft and in a book without the ledger its source's entry."""
    if PAGE in book.pages and page.meta.status != "draft":
        return f"{PAGE}#{reference}"
    return f"{REFERENCES}#{next(iter(field.sources), '')}"


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


def stakes_of(book: Book, field: Field) -> list[str]:
    """The interests that the sources have in the answer: vendor, investor, competitor."""
    found = (book.sources[key].stake for key in field.sources if key in book.sources)
    return list(dict.fromkeys(stake for stake in found if stake))


# ---- downloads


def rows(book: Book) -> list[dict[str, object]]:
    """The download's rows, one a claim; pages and the row are absolute addresses."""
    return [
        {
            "id": claim.id, "record": claim.record.slug, "field": claim.name, "subject": subject(book, claim.record), "value": value_of(claim.field), "unit": claim.field.unit,
            "shown": show_value(claim.field), "qualifier": claim.field.qualifier, "low": whole(claim.field.low), "high": whole(claim.field.high),
            "as_of": claim.field.as_of, "read": claim.field.seen, "review_by": claim.review, "kind": claim.kind, "formula": claim.field.computed,
            "inputs": list(claim.field.inputs.values()), "sources": claim.field.sources, "where": claim.field.where, "copy": claim.field.via, "stakes": stakes_of(book, claim.field),
            "note": claim.field.note, "pages": [book.address(page.src) for page in claim.pages], "address": book.address(f"{PAGE}#{claim.id}"),
        }
        for claim in book.claims
    ]


def value_of(field: Field) -> object:
    """The value for a file: a number, a text, or for a range "66–70"."""
    return "–".join(str(whole(part)) for part in field.value) if isinstance(field.value, list) else whole(field.value)


# ---- what is due


def report(book: Book, before: str, fit: int | None = None) -> str:
    """The claims due for review before the ISO date `before`, as a Markdown table a record; a single line when there is none.

    With `fit`, the tables stop short of that many characters, and the last line says how many claims are left out.
    """
    due = [claim for claim in book.claims if claim.review < before]
    if not due:
        return f"No claim is due for review before {show_date(before)}.\n"
    records: dict[str, list[Claim]] = {}
    for claim in due:
        records.setdefault(claim.record.path, []).append(claim)
    text = f"{_count(len(due), 'claim')} of {_count(len(records), 'record')} {'is' if len(due) == 1 else 'are'} due for review before {show_date(before)}.\n"
    listed = 0
    for path, own in sorted(records.items(), key=lambda item: (min(claim.review for claim in item[1]), item[0])):
        part = f"\n### `{path}`: {subject(book, own[0].record)}\n\n| field | value | as of | review by | used in |\n| --- | --- | --- | --- | --- |\n"
        for claim in own:
            origin = f", computed from {', '.join(claim.field.inputs.values())}" if claim.field.computed else ""
            cells = (claim.name, show_value(claim.field) + origin, claim.field.as_of or "", claim.review, ", ".join(page.src for page in claim.pages))
            part += "| " + " | ".join(text_.replace("|", "\\|") for text_ in cells) + " |\n"
        if fit is not None and len(text) + len(part) > fit - 200:
            return text + f"\n{_count(len(due) - listed, 'more claim')}: `python -m fieldguide stale --before {before}` lists all.\n"
        text += part
        listed += len(own)
    return text


def _count(number: int, noun: str) -> str:
    return f"{number:,} {noun}{'' if number == 1 else 's'}"
