"""The book: every record and page of the project, loaded once, and lookups of numbers in it.

`index.py` has what pages use of it. Checks that need two kinds of record are here too.
"""

from __future__ import annotations

import contextlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeVar

from fieldguide.book.generated_pages import figure_pages, history_pages, ledger_pages, reference_pages
from fieldguide.records.asset import check_assets, check_no_links
from fieldguide.records.base import Record, load_folder, load_optional
from fieldguide.records.changelog import PATH as CHANGELOG
from fieldguide.records.claim import LEDGER, key_of
from fieldguide.records.company import Company, check_company
from fieldguide.records.dataset import DATASETS, OWN, newest
from fieldguide.records.deck import Deck, check_deck
from fieldguide.records.definer import Definer, load_definer
from fieldguide.records.fact import Fact
from fieldguide.records.field import (
    FieldMatch,
    NoField,
    Sourced,
    check_field,
    check_origin,
    compute_fields,
    find_field,
)
from fieldguide.records.figure import INDEX, Figure, find_homes
from fieldguide.records.hardware import Accelerator, check_accelerator
from fieldguide.records.lab import FOLDER as LABS
from fieldguide.records.lab import Lab
from fieldguide.records.merges import load_merges
from fieldguide.records.model import Model
from fieldguide.records.move import check_moves, recall_computed
from fieldguide.records.page import Page, load_page, page_url
from fieldguide.records.price import Price, check_newest, check_price, check_rivals
from fieldguide.records.price_history import price_histories
from fieldguide.records.publisher import PATH as PUBLISHERS
from fieldguide.records.publisher import Publishers, check_publishers
from fieldguide.records.redirect import load_redirects, load_register
from fieldguide.records.references import INDEX as REFERENCES
from fieldguide.records.references import group_of, group_src
from fieldguide.records.runs import Runs, fill_measured, load_runs
from fieldguide.records.sentences import Sentence, load_sentences
from fieldguide.records.site import (
    NavEntry,
    check_address,
    check_extra,
    load_mkdocs_yml,
    nav_line,
    read_report_url,
    walk_nav,
)
from fieldguide.records.source import Source, address_own, check_copies
from fieldguide.records.spelling import NamedRecord, load_spelling, spellings
from fieldguide.records.stack import Stack
from fieldguide.records.synonyms import PATH as SYNONYMS
from fieldguide.records.synonyms import Synonyms
from fieldguide.records.term import Term, load_terms
from fieldguide.records.withdrawal import PATH as WITHDRAWN
from fieldguide.records.withdrawal import Withdrawals, check_withdrawals
from fieldguide.records.yaml_source import read_text
from fieldguide.text.bytepair import Tokenizer
from fieldguide.text.dates import newest_day
from fieldguide.text.problems import Problem

T = TypeVar("T")


@dataclass
class Book:
    """All records and pages. `problems` are those found before any page is rendered."""

    root: Path
    sources: Mapping[str, Source] = field(default_factory=dict)
    facts: Mapping[str, Fact] = field(default_factory=dict)
    models: Mapping[str, Model] = field(default_factory=dict)
    companies: Mapping[str, Company] = field(default_factory=dict)
    prices: Mapping[str, Price] = field(default_factory=dict)
    hardware: Mapping[str, Accelerator] = field(default_factory=dict)
    figures: Mapping[str, Figure] = field(default_factory=dict)
    decks: Mapping[str, Deck] = field(default_factory=dict)
    quantities: Mapping[str, Sourced] = field(default_factory=dict)
    """Every record that a `fact:` link may name, by id."""
    stack: Stack | None = None
    redirects: Mapping[str, str] = field(default_factory=dict)
    publishers: Publishers | None = None
    """Publishers that count as press."""
    withdrawals: Withdrawals | None = None
    """Claims and figures that were published and later withdrawn."""
    register: list[str] = field(default_factory=list)
    """Every address that was ever published: data/links.txt."""
    spellings: Mapping[str, str] = field(default_factory=dict)
    """{word in field names: its spelling with capitals}."""
    synonyms: Synonyms | None = None
    """What readers type in place of the guide's own words (data/synonyms.yml)."""
    pages: Mapping[str, Page] = field(default_factory=dict)
    """{path below docs/: page}; pages generated from records come last."""
    terms: Mapping[str, Term] = field(default_factory=dict)
    homes: Mapping[str, Page] = field(default_factory=dict)
    """{slug of a figure of the library: the page that is its home}, in the order in which the guide shows
    them.
    """
    nav: list[NavEntry] = field(default_factory=list)
    positions: Mapping[str, int] = field(default_factory=dict)
    """{path below docs/: position in the table of contents, from 0}."""
    labs: Mapping[str, Lab] = field(default_factory=dict)
    views: frozenset[str] = frozenset()
    """The names of the labs that a page can show: those with a view, whether or not they have a record."""
    tokenizer: Tokenizer | None = None
    """The guide's own tokenizer, from the merges in experiments/; None if there are none."""
    definer: Definer | None = None
    """The stored texts of the definition machine in experiments/; None if it was not trained."""
    runs: Runs | None = None
    """The guide's own training runs with the law fitted to them; None if there are none."""
    sentences: list[Sentence] = field(default_factory=list)
    """The sentences for which results of the guide's own model are stored; may be empty."""
    site_url: str = "http://127.0.0.1:8000/"
    """The site's address with a closing slash: `site_url` of mkdocs.yml, or $SITE_URL if it is set."""
    name: str = ""
    publisher: str = ""
    summary: str = ""
    """With `name` and `publisher`: `site_description`, `site_name` and `site_author` of mkdocs.yml."""
    version: str = ""
    """The guide's version: the newest date of its changelog, "2026-11-25"; "" without a changelog. Ages are
    counted to this day, since a build has no clock.
    """
    report_url: str = ""
    """Where a mistake is reported: `extra.report_url` of mkdocs.yml, which has places for the page and the
    claim, else the publisher's site, which has none; or "".
    """
    pitch_url: str = ""
    """Where founders write to the publisher: `extra.pitch_url`, a path of the site or an address; or ""."""
    problems: list[Problem] = field(default_factory=list)

    def keep(self, loaded: tuple[T, list[Problem]]) -> T:
        """The loaded value of (value, problems); the problems are added to `problems`."""
        self.problems += loaded[1]
        return loaded[0]

    def order(self, src: str) -> tuple[int, str]:
        """The sort key of a page in the table of contents; other pages come last."""
        return self.positions.get(src, len(self.positions)), src

    def address(self, target: str) -> str:
        """The absolute address of a path from the root of docs/, such as "stack/index.md#chips", or of
        another file of the site.
        """
        path, _, anchor = target.partition("#")
        return (
            self.site_url
            + (page_url(path) if path.endswith(".md") else path)
            + (f"#{anchor}" if anchor else "")
        )

    def reference(self, key: str) -> str:
        """The place with the full entry of a source: a page of references below docs/ with the anchor."""
        src = group_src(group_of(self.sources[key])) if key in self.sources else REFERENCES
        return f"{src if src in self.pages else REFERENCES}#{key}"

    def section_title(self, src: str) -> str:
        """The title of the top-level group that a page belongs to."""
        position = self.positions.get(src)
        folder = f"{src.split('/', 1)[0]}/"
        return (
            self.nav[position].section
            if position is not None
            else next((entry.section for entry in self.nav if entry.src.startswith(folder)), "")
        )

    def records(self) -> Iterator[tuple[str, Record]]:
        """(name of its folder in data/, record) for every record."""
        for kind in KINDS:
            for record in getattr(self, kind).values():
                yield kind, record

    def find(self, reference: str) -> FieldMatch | NoField:
        """The field for a `record.field` reference: see `find_field`."""
        return find_field(self.quantities, reference)

    def updated(self, name: str) -> str:
        """The newest day on which a record of the data set `name` was read or checked; without one, the
        review date of its page.
        """
        page = self.pages.get(DATASETS[name].page)
        if name == OWN:
            return self.runs.finished if self.runs is not None else ""
        records = (self.quantities if name == "claims" else getattr(self, name)).values()
        return newest(records, page.meta.reviewed if page is not None else "")


KINDS: dict[str, type[Record]] = {
    "sources": Source,
    "facts": Fact,
    "models": Model,
    "companies": Company,
    "prices": Price,
    "hardware": Accelerator,
    "figures": Figure,
    "decks": Deck,
    "labs": Lab,
}
"""{folder of data/: the kind of its records}."""


def load_book(root: Path) -> Book:
    """The book, from everything below data/ and docs/ and the nav of mkdocs.yml. Never raises for bad input:
    see `problems`.
    """
    book = Book(root)
    _load_records(book)
    _load_pages(book)
    _load_site(book)
    book.sources = book.keep(address_own(book.sources, book.pages, book.address))
    order = sorted(book.pages.values(), key=lambda page: book.order(page.src))
    book.homes = find_homes(order, book.figures)
    if REFERENCES in book.pages:
        book.pages = {**book.pages, **reference_pages(book.pages[REFERENCES], book.sources)}
    if INDEX in book.pages:
        book.pages = {**book.pages, **figure_pages(book.figures, book.homes)}
    prices = book.pages.get(DATASETS["prices"].page)
    if prices is not None:
        histories = price_histories(book.prices.values(), book.models)
        book.pages = {**book.pages, **history_pages(histories.values(), prices)}
    if LEDGER in book.pages:
        drawn = {slug: figure.data for slug, figure in book.figures.items()} | {
            "companies": [event.what for company in book.companies.values() for event in company.events]
        }
        book.pages = {
            **book.pages,
            **ledger_pages(
                [page for page in order if not book.pages[page.src].made and not key_of(page.src)],
                drawn,
                book.section_title,
                book.pages[LEDGER],
            ),
        }
    for deck in book.decks.values():
        book.problems += check_deck(deck, book.homes, book.figures)
    book.views = frozenset(path.parent.name for path in (root / "docs" / LABS).glob("*/view.mjs"))
    book.tokenizer = book.keep(load_merges(root))
    book.definer = book.keep(load_definer(root))
    book.sentences = book.keep(load_sentences(root))
    named: list[tuple[str, NamedRecord]] = [
        *book.companies.items(),
        *book.hardware.items(),
        *book.models.items(),
    ]
    spelled = book.keep(load_spelling(root / "data" / "spelling.yml", root))
    book.spellings = spellings(named, book.models.values(), book.terms.values(), spelled)
    book.synonyms = book.keep(load_optional(Synonyms, SYNONYMS, root))
    return book


def _load_records(book: Book) -> None:
    data = book.root / "data"
    for kind, cls in KINDS.items():
        setattr(book, kind, book.keep(load_folder(cls, data / kind, book.root)))
    book.quantities = {**book.facts, **book.models, **book.prices, **book.hardware}
    book.runs = book.keep(load_runs(book.root))
    stack = book.keep(load_optional(Stack, "data/stack.yml", book.root))
    if stack is not None:
        book.stack = book.keep(stack.resolve(book.companies))
        book.problems += book.stack.unknown_sources(book.sources)
    book.register = load_register(data / "links.txt")
    if book.register:
        book.problems += read_text(data / "links.txt", book.root)[1]
    book.redirects = book.keep(load_redirects(data / "redirects.yml", book.root))
    _work_out_quantities(book)
    book.publishers = book.keep(load_optional(Publishers, PUBLISHERS, book.root))
    book.withdrawals = book.keep(load_optional(Withdrawals, WITHDRAWN, book.root))
    claims = {f"{slug}.{name}" for slug, record in book.quantities.items() for name in record.own_fields()}
    book.problems += [
        *_check_ids(book),
        *_check_quantities(book),
        *_check_nouns(book),
        *check_publishers(book.publishers, book.sources),
        *check_withdrawals(book.withdrawals, claims, book.figures),
    ]


def _check_nouns(book: Book) -> Iterator[Problem]:
    """The problems that each kind of record finds in combination with the records it names."""
    places = {node.slug: part.id for part, node in book.stack.nodes()} if book.stack is not None else None
    named: dict[str, Mapping[str, object]] = {
        "company": book.companies,
        "record": book.models,
        "accelerator": book.hardware,
    }

    for company in book.companies.values():
        yield from check_company(company, places, book.sources)
    for price in book.prices.values():
        yield from check_price(price, named, book.sources)
    yield from check_rivals(book.prices.values())
    yield from check_newest(book.prices.values(), book.models.values())
    for item in book.hardware.values():
        yield from check_accelerator(item, book.companies)


def _check_ids(book: Book) -> Iterator[Problem]:
    """Ids that are used twice. An id belongs to one record or product, since `fact:` links, anchors and short
    links share them.
    """
    seen: dict[str, Record] = {}

    for _, record in book.records():
        other = seen.setdefault(record.slug, record)
        if other is not record:
            yield record.problem(
                f"the id `{record.slug}` belongs to {other.path} already", "rename one of the files"
            )
    for company in book.companies.values():
        for index, product in enumerate(company.products):
            other = seen.setdefault(product.slug, company)
            if other is not company:
                yield company.problem(
                    f"the id `{product.slug}` belongs to {other.path} already",
                    "give the product another slug",
                    "products",
                    index,
                    "slug",
                )


def _work_out_quantities(book: Book) -> None:
    book.quantities = book.keep(work_out(book.quantities, book.runs))
    for kind in ("facts", "models", "prices", "hardware"):
        own = getattr(book, kind)
        # without ids that belong to two kinds, which `_check_ids` reports
        setattr(
            book,
            kind,
            {
                slug: book.quantities[slug]
                for slug, record in own.items()
                if type(record) is type(book.quantities[slug])
            },
        )


def _check_quantities(book: Book) -> Iterator[Problem]:
    """The problems of each record with fields, checked alone."""
    yield from check_copies(book.sources)
    for record in book.quantities.values():
        yield from check_origin(record, book.sources)
        for name, value in record.own_fields().items():
            yield from check_field(record, name, value, book.sources)
            yield from check_moves(record, name, value)


def work_out(records: Mapping[str, Sourced], runs: Runs | None) -> tuple[dict[str, Sourced], list[Problem]]:
    """(records with fields, problems). Each field is completed from its record, from the guide's own runs and
    from the fields that it is computed from.
    """
    inherited = {slug: record.inherit() for slug, record in records.items()}
    measured, unmeasured = fill_measured(inherited, runs)
    computed, uncomputed = compute_fields(measured)
    return recall_computed(computed), unmeasured + uncomputed


def _load_pages(book: Book) -> None:
    docs = book.root / "docs"
    pages = [book.keep(load_page(path, docs, book.root)) for path in sorted(docs.rglob("*.md"))]
    book.pages = {page.src: page for page in pages if page is not None}
    book.problems += check_assets(docs, book.root)
    for folder in (docs, book.root / "data"):
        book.problems += check_no_links(folder, book.root)
    if CHANGELOG in book.pages:
        with contextlib.suppress(ValueError):  # the build reports it
            book.version = newest_day(book.pages[CHANGELOG].body)
    book.terms = book.keep(load_terms([page for page in book.pages.values() if page.meta.type == "term"]))
    titles: dict[tuple[str, str], Page] = {}
    for page in book.pages.values():
        other = titles.setdefault((page.section, page.meta.title.casefold()), page)
        if other is not page:
            book.problems.append(
                page.problem(
                    f"the title “{page.meta.title}” is taken by {other.path}", "choose another title"
                )
            )


def _load_site(book: Book) -> None:
    config = book.keep(load_mkdocs_yml(book.root))
    book.nav = list(walk_nav(config.get("nav") or [], ""))
    positions: dict[str, int] = {}
    for position, entry in enumerate(book.nav):
        positions.setdefault(entry.src, position)
    book.positions = positions
    book.name, book.publisher, book.summary = (
        str(config.get(f"site_{key}") or "") for key in ("name", "author", "description")
    )
    book.site_url = str(config.get("site_url") or book.site_url).rstrip("/") + "/"
    book.report_url = book.keep(read_report_url(config, book.root))
    extra = config.get("extra")
    book.pitch_url = str(extra.get("pitch_url") or "") if isinstance(extra, dict) else ""
    book.problems += [*_check_nav(book), *check_address(book.site_url), *check_extra(config, book.root)]


def _check_nav(book: Book) -> Iterator[Problem]:

    for page in book.pages.values():
        if page.meta.type == "term" or page.meta.status == "draft":
            if page.src in book.positions:
                yield page.problem(
                    f"a {'term' if page.meta.type == 'term' else 'draft'} stands in the nav",
                    "remove it from mkdocs.yml",
                )
        elif page.src not in book.positions:
            yield page.problem("the page is not in the nav", "add it to `nav` in mkdocs.yml, or delete it")
    for entry in book.nav:
        named = book.pages.get(entry.src)
        if named is not None and named.meta.type != "landing":
            yield from _check_menu(book, entry, named)
        if named is None and not (book.root / "docs" / entry.src).exists():
            yield Problem(
                "mkdocs.yml",
                1,
                f"the nav names `{entry.src}`, which is not there",
                "write the page, or remove the entry",
            )


def _check_menu(book: Book, entry: NavEntry, page: Page) -> Iterator[Problem]:
    """Menu entries that differ from their page's title, and sections that are not named by words of their
    overview's title.
    """
    title = page.meta.title
    if entry.title and entry.title != title:
        yield Problem(
            "mkdocs.yml",
            nav_line(book.root, entry.src),
            f"the menu calls {page.path} “{entry.title}”, and its title is “{title}”",
            "make them equal, so that readers arrive at the words they clicked",
        )
    if entry.src.endswith("/index.md") and entry.section.casefold() not in title.casefold():
        yield Problem(
            "mkdocs.yml",
            nav_line(book.root, entry.src),
            f"the section “{entry.section}” opens with “{title}”",
            "name the section by words of that title",
        )
