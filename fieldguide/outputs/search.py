"""The data that the search reads: one JSON file with a document for each page, which has the words of its
sections, and with the rows of the data pages by name; one with the checked numbers; and a file of passages
for each page of running text.

Words are stored in lower case as written. Only overrides/assets/js/search-words.mjs splits them, drops stop
words and finds stems.
"""

from __future__ import annotations

import json
import re
import string
from collections import Counter
from collections.abc import Iterator
from html import escape
from typing import Any

from fieldguide.book import Book
from fieldguide.book.evidence import FIELD_KINDS, field_kind
from fieldguide.index import Heading, Index
from fieldguide.lists.hardware import vendor_name
from fieldguide.lists.models import show_context
from fieldguide.lists.prices import name_of
from fieldguide.outputs.exports import Make, text_file
from fieldguide.outputs.plain import figure_data
from fieldguide.page.context import CLAIMS, GLOSSARY, REFERENCES, SEARCH
from fieldguide.page.evidence_words import claim_words, subject
from fieldguide.records.claim import key_of
from fieldguide.records.company import COMPANIES
from fieldguide.records.fact import Fact
from fieldguide.records.field import Field, show_qualified, why_absent
from fieldguide.records.figure import INDEX, figure_src, slug_of
from fieldguide.records.page import Page, page_url
from fieldguide.records.price import Price
from fieldguide.records.references import FOLDER as REFERENCE_PAGES
from fieldguide.records.synonyms import Synonyms
from fieldguide.records.term import term_slug
from fieldguide.text.dates import show_date
from fieldguide.text.formats import show_price
from fieldguide.text.inline_marks import CITATION, fact_words, without_citations
from fieldguide.text.names import plain
from fieldguide.text.numbers import show_number
from fieldguide.text.problems import Problem

RESULT_KINDS = ("Chapter", "Definition", "Figure", "Data", "Lab", "About")
"""The kinds of results, as their labels say."""
TOLD = ("Chapter", "Lab")
"""The kinds of pages whose passages are shown: those of running text. The others show their answer."""
NOT_SEARCHED = (REFERENCES, CLAIMS, SEARCH)
"""Pages that are not searched: the references and the ledger would match every question with a list, and the
page of results has no content.
"""
SIGNPOSTS = {"Test yourself", "Read next", "See also", "What would change our mind"}
"""Headings that do not describe the text below them."""
CRYPTO = "crypto"
"""The layer whose pages and rows come first only if a question has a word of crypto."""
OFTEN = 4
"""How often a word of a section is counted at most."""
LETTERS = string.ascii_uppercase + string.ascii_lowercase
"""What the numbers of words are written in: shorter than digits with commas between them."""
_FORMULA = re.compile(r"(?<![\w$])\$([^$\d\s][^$\n]*?)\$(?!\w)")
_SIGNS = {
    "times": " × ",
    "approx": " ≈ ",
    "alpha": "α",
    "beta": "β",
    "sigma": "σ",
    "ell": "ℓ",
}
Row = tuple[str, str, str, list[str], str, str, bool]
"""A row of a data page: (its page below docs/, anchor, name, other names, a line about it, further words and
on lines of their own its events, whether it is about crypto).
"""


def search_json(index: Index) -> str:
    """The documents of all pages and rows as JSON. A page's `sections` refer to words by their numbers in the
    list `words`, which has the most frequent words first: see `_counts`.
    """
    pages = [page for page in index.book.pages.values() if _is_searched(page)]
    texts = [_sections(index, page) for page in pages]
    rows = list(_rows(index.book))
    counted = [[_words(text) for _, text in parts] for parts in texts]
    known = Counter(word for parts in counted for part in parts for word in part)
    order = {word: number for number, word in enumerate(sorted(known, key=lambda word: (-known[word], word)))}
    places = {page.src: number for number, page in enumerate(pages)}
    return (
        json.dumps(
            {
                "kinds": RESULT_KINDS,
                "told": TOLD,
                "words": " ".join(order),
                "pages": [
                    _page(index.book, page)
                    | {
                        "headings": [_heading(anchor, name, places) for (anchor, name), _ in parts[1:]],
                        "sections": [_counts(part, order) for part in words],
                    }
                    for page, parts, words in zip(pages, texts, counted, strict=True)
                ],
                "rows": [
                    [places[src], *row, *([crypto] if crypto else [])]
                    for src, *row, crypto in rows
                    if src in places
                ],
                "synonyms": index.book.synonyms.typed if index.book.synonyms is not None else {},
                "ways": _ways(index),
            },
            ensure_ascii=False,
            separators=(",", ":"),
        )
        + "\n"
    )


def numbers_json(index: Index) -> str:
    """The checked numbers of facts, the newest first: [record.field, what it measures, value, source and day,
    the words of its record's subject that its title lacks]. Those of models, accelerators and prices are in
    the rows of `search_json`.
    """
    book = index.book
    claims = sorted(
        (claim for claim in index.claims if isinstance(claim.record, Fact)),
        key=lambda claim: claim.field.as_of or "",
        reverse=True,
    )
    rows = [
        [
            claim.id,
            claim_words(book, claim.record, claim.name),
            show_qualified(claim.field),
            _from(book, claim.field),
            *_beside(claim_words(book, claim.record, claim.name), subject(book, claim.record)),
        ]
        for claim in claims
    ]
    return json.dumps(rows, ensure_ascii=False, separators=(",", ":")) + "\n"


def _beside(title: str, about: str) -> list[str]:
    """The words of what a record is about that a number's title lacks, as one text; none if it has them
    all.
    """
    said = set(re.findall(r"\w+", title.lower()))
    words = [word for word in re.findall(r"\w+", about.lower()) if word not in said and len(word) > 2]
    return [" ".join(dict.fromkeys(words))] if words else []


def _from(book: Book, field: Field) -> str:
    """Where a number comes from, and of which day it is: "NVIDIA, as of 26 Jul 2026"."""
    names = list(dict.fromkeys(book.sources[key].name for key in field.sources if key in book.sources))
    day = f"as of {show_date(field.as_of)}" if field.as_of else ""
    return ", ".join([*names, day] if day else names) or FIELD_KINDS[field_kind(field)].choice


def _ways(index: Index) -> list[tuple[str, str]]:
    """(anchor, name) of each path through the guide: the headings below a section of the front page."""
    front = index.book.pages["index.md"]
    names = [_plain_heading(name) for name in re.findall(r"^### (.+)$", front.body, flags=re.M)]
    anchors = [item["id"] for item in _headings(index.pages[front.src].toc) if item["level"] == 3]
    return list(zip(anchors, names, strict=True))


def opensearch_xml(book: Book) -> str:
    """The file that lets a browser add the guide to its search engines (OpenSearch 1.1)."""
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n<OpenSearchDescription'
        ' xmlns="http://a9.com/-/spec/opensearch/1.1/">\n<ShortName>Field'
        f" Guide</ShortName>\n<Description>{escape(book.name)}</Description>\n<InputEncoding>UTF-8"
        "</InputEncoding>\n<Image"
        ' width="16" height="16"'
        f' type="image/svg+xml">{escape(book.address("assets/favicon.svg"))}</Image>\n<Url type="text/html"'
        f' template="{escape(book.address(SEARCH))}?q={{searchTerms}}"/>\n</OpenSearchDescription>\n'
    )


def check_synonyms(index: Index) -> list[Problem]:
    """Words that the synonyms lead to but that no page contains, and questions asked of no page."""
    synonyms: Synonyms | None = index.book.synonyms
    if synonyms is None:
        return []
    lost = [
        synonyms.problem(
            f"questions are asked of `{src}`, which is no page that the search knows",
            "write the path of a page below docs/, such as training/tokens.md",
            "asked",
            src,
        )
        for src in synonyms.asked
        if src not in index.book.pages or not _is_searched(index.book.pages[src])
    ]
    words_said = {
        part
        for page in index.book.pages.values()
        for word in _words(f"{page.meta.title} {page.body} {' '.join(page.meta.aka)}")
        for part in re.split(r"\W+", word)
    }
    words_said |= {
        part
        for _, _, name, also, *_ in _rows(index.book)
        for part in re.split(r"\W+", " ".join([name, *also]).lower())
    }
    return lost + [
        synonyms.problem(
            f"no page says `{part}`",
            "write the guide's words before the colon and the readers' words after it",
            "typed",
            words,
        )
        for words in synonyms.typed
        for part in re.split(r"\W+", words.lower())
        if part and part not in words_said
    ]


# ---- pages


def _is_searched(page: Page) -> bool:
    return (
        page.meta.status != "draft"
        and page.src not in NOT_SEARCHED
        and not key_of(page.src)
        and not page.src.startswith(f"{REFERENCE_PAGES}/")
    )


def _page(book: Book, page: Page) -> dict[str, Any]:
    kind = RESULT_KINDS.index(_kind(page))
    document: dict[str, Any] = {
        "address": page_url(page.src),
        "title": page.meta.title,
        "kind": kind,
        "answer": _answer(book, page),
    }
    listed = [
        entry.title
        for entry in book.nav
        if entry.src == page.src and entry.title and entry.title != page.meta.title
    ]
    if page.meta.aka or listed:
        document["aka"] = [*page.meta.aka, *listed]
    if page.meta.description and page.meta.description != document["answer"]:
        document["about"] = page.meta.description
    if book.synonyms is not None and page.src in book.synonyms.asked:
        document["asked"] = book.synonyms.asked[page.src]
    if page.meta.layer == CRYPTO:
        document["crypto"] = True
    return document


def _kind(page: Page) -> str:
    if page.meta.type == "term" or page.src == GLOSSARY:
        return "Definition"
    if slug_of(page) or page.src == INDEX:
        return "Figure"
    return {"lab": "Lab", "about": "About", "reference": "Data"}.get(page.meta.type, "Chapter")


def _answer(book: Book, page: Page) -> str:
    """A term's definition, what a figure shows, or a chapter's first sentence; for other pages their
    description.
    """
    if page.meta.type == "term":
        return book.terms[term_slug(page.src)].definition
    if slug := slug_of(page):
        return book.figures[slug].alt
    first = page.first_paragraph
    return (
        plain(first)
        if page.meta.type in ("concept", "guide")
        and first
        and not first.startswith("/")
        and "[@" not in first
        else page.meta.description or plain(first)
    )


def _parts(index: Index, page: Page) -> Iterator[tuple[str, str, str]]:
    """(anchor, heading, text) of each part of a page, beginning with the text before its first heading. The
    anchor is "" for that text and for signposts.
    """
    body = re.sub(r"^```.*?^```", "", page.body, flags=re.M | re.S)
    first, *rest = re.split(r"^#{2,6} (.+)$", body, flags=re.M)
    ids = {_plain_heading(item["name"]): item["id"] for item in _headings(index.pages[page.src].toc)}
    yield "", "", first
    for heading, text in zip(rest[::2], rest[1::2], strict=True):
        name = _plain_heading(heading)
        yield "" if name in SIGNPOSTS else ids.get(name, ""), name, text


def _sections(index: Index, page: Page) -> list[tuple[tuple[str, str], str]]:
    """((anchor, heading), text) of each part of a page, beginning with the text before its first section.
    Text under one of SIGNPOSTS belongs to that first part.
    """
    figures = index.book.figures
    sections = [(("", ""), "")]
    for anchor, name, text in _parts(index, page):
        if anchor:
            sections.append(((anchor, name), f"{name}\n{text}"))
        else:
            sections[0] = (sections[0][0], f"{sections[0][1]}\n{text}")
    if slug_of(page):
        figure = figures[slug_of(page)]
        return [(("", ""), f"{figure.title}\n{sections[0][1]}\n{figure_data(index, figure, page.src)}")]
    return sections + [
        ((slug, figures[slug].title), f"{figures[slug].title} {figures[slug].alt}")
        for slug in index.pages[page.src].drawings
        if slug in figures
    ]


def _heading(anchor: str, name: str, places: dict[str, int]) -> str | list[str] | int:
    """A heading in the shortest form: for a figure, the number of its page; otherwise without its anchor if
    search-index.mjs can derive that from the words.
    """
    if figure_src(anchor) in places:
        return places[figure_src(anchor)]
    return name if re.sub(r"[-\s]+", "-", re.sub(r"[^\w\s-]", "", name.lower())) == anchor else [anchor, name]


def _headings(toc: list[Heading]) -> Iterator[Heading]:
    for item in toc:
        yield item
        yield from _headings(item["children"])


def _plain_heading(text: str) -> str:
    return plain(re.sub(r"&#8288;|\u2060|<[^>]+>", "", text))


# ---- passages


def passage_files(index: Index) -> Iterator[tuple[str, Make]]:
    """(path below docs/, function that makes its bytes) of each page's passages: by anchor, the paragraphs of
    the section as plain text.
    """
    for page in index.book.pages.values():
        if _is_searched(page) and _kind(page) in TOLD:
            yield f"assets/passages/{page_url(page.src)}index.json", text_file(_passages, index, page)


def _passages(index: Index, page: Page) -> str:
    found = {
        anchor: paragraphs
        for anchor, name, text in _parts(index, page)
        if (anchor or not name) and (paragraphs := list(_paragraphs(text)))
    }
    return json.dumps(found, ensure_ascii=False, separators=(",", ":")) + "\n"


def _paragraphs(text: str) -> Iterator[str]:
    """The paragraphs and items of lists in Markdown, as plain text without citations."""
    text = re.sub(
        r"<!--.*?-->|^/// quiz.*?^///$|^ *(?:///|!!!|\|)[^\n]*$|\{:[^}]*\}", "", text, flags=re.S | re.M
    )
    text = re.sub(r"&#8288;|\u2060", "", re.sub(r"^ +", "", text, flags=re.M))
    for part in re.split(r"\n\s*\n|^(?:[-*]|\d+\.) ", text, flags=re.M):
        if (words := plain(without_citations(fact_words(_FORMULA.sub(_formula, part))))) and words[
            0
        ] not in "<#":
            yield words


def _formula(found: re.Match[str]) -> str:
    """A formula within a sentence as characters; “…” for one that takes more than those."""
    text = re.sub(r"\\text\{([^}]*)\}", r"\1", found[1])
    text = re.sub(r"\\([a-z]+) ?", lambda name: _SIGNS.get(name[1], name[0]), re.sub(r"\\[,;!]", " ", text))
    return "…" if re.search(r"[\\{}_]", text) else " ".join(text.split())


# ---- words


def _words(text: str) -> Counter[str]:
    """The words of Markdown in lower case, without punctuation around them."""
    text = re.sub(r"<!--.*?-->|<[^>]+>|^///[^\n]*$|^!!! \w+|\{:[^}]*\}", " ", text, flags=re.S | re.M)
    text = CITATION.sub(" ", re.sub(r"\]\([^)\s]*\)", "]", text))
    return Counter(word for raw in text.lower().split() if (word := re.sub(r"^[\W_]+|[\W_]+$", "", raw)))


def _counts(words: Counter[str], order: dict[str, int]) -> str:
    """How often each word occurs: "D1Ah;M" means that words 3, 56 and 90 occur once and word 12 twice. A word
    is written as the difference of its number from the one before it, less one: see `_letters`.
    """
    groups: dict[int, list[int]] = {}
    for word, count in words.items():
        groups.setdefault(min(count, OFTEN), []).append(order[word])
    return ";".join(_steps(sorted(groups.get(count, []))) for count in range(1, max(groups, default=0) + 1))


def _steps(numbers: list[int]) -> str:
    before = [-1, *numbers]
    return "".join(_letters(number - last - 1) for last, number in zip(before, numbers, strict=False))


def _letters(number: int) -> str:
    """A number as one of LETTERS, after how many times their number goes into it, if at all: 90 is "1m"."""
    times, rest = divmod(number, len(LETTERS))
    return f"{times or ''}{LETTERS[rest]}"


# ---- rows


def _rows(book: Book) -> Iterator[Row]:
    """Companies, models, accelerators and prices."""
    for company in book.companies.values():
        newest_first = [
            f"{show_date(event.date)}: {fact_words(event.what)}" for event in reversed(company.events)
        ]
        yield (
            COMPANIES,
            company.slug,
            company.name,
            [product.name for product in company.products],
            company.what[:1].upper() + company.what[1:],
            "\n".join([company.unit, *newest_first]),
            company.layer == CRYPTO,
        )
    for model in book.models.values():
        size = _size(model.parameters)
        window = (
            f"context window of {show_context(model.context.value)} tokens"
            if model.context is not None and isinstance(model.context.value, int | float)
            else ""
        )
        yield (
            "data/models.md",
            model.slug,
            model.name,
            [],
            _listed(f"A model by {model.lab}, {show_date(model.date)}", model.access, size, window),
            (
                f"{model.family} {model.modality} {model.domain} {model.milestone or ''} parameters size"
                " training compute"
            ),
            False,
        )
    for item in book.hardware.values():
        memory = (
            f"{item.memory.value:g} GB of {item.memory_type}"
            if item.memory is not None and isinstance(item.memory.value, int | float)
            else item.memory_type
        )
        yield (
            "data/hardware.md",
            item.slug,
            item.name,
            [],
            _listed(f"An accelerator by {vendor_name(book, item)}, {item.year}", memory),
            f"{item.scope} memory bandwidth compute power specification",
            False,
        )
    for price in book.prices.values():
        yield (
            "data/prices.md",
            price.slug,
            f"{name_of(book, price)}, {price.provider}",
            [price.model] if price.model and price.model != name_of(book, price) else [],
            _price(price),
            price.role,
            False,
        )


def _size(parameters: Field | None) -> str:
    """The size in a model's line."""
    if parameters is not None and isinstance(parameters.value, int | float):
        return f"{show_number(parameters.value)} parameters"
    why = why_absent(parameters)
    return f"parameters {why}" if why else ""


def _price(price: Price) -> str:
    newest = price.newest
    if newest.hour is not None:
        return (
            f"Price of a GPU-hour: ${newest.hour:.2f} {price.terms or ''}, {show_date(newest.as_of)}".replace(
                " ,", ","
            )
        )
    parts = [
        f"${show_price(value)} {words}"
        for value, words in ((newest.input, "in"), (newest.output, "out"))
        if value is not None
    ]
    return f"Price of a million tokens: {', '.join(parts)}, {show_date(newest.as_of)}"


def _listed(*parts: str) -> str:
    return ", ".join(part for part in parts if part)
