"""Structured data: each page says in JSON-LD, in the words of https://schema.org, what it is.

A chapter is an Article, a term a DefinedTerm of the glossary's DefinedTermSet, a data page a Dataset, a
figure's page an ImageObject,
the front page the WebSite; every page but the front page says where it stands with a BreadcrumbList.
"""

from __future__ import annotations

import json
from typing import Any
from xml.etree import ElementTree as ET

from fieldguide.book import Book
from fieldguide.page.context import GLOSSARY, Context
from fieldguide.records.dataset import DATASETS, REUSE
from fieldguide.records.figure import figure_file, slug_of
from fieldguide.records.page import CHAPTERS, Page, card_path
from fieldguide.records.term import alphabetical, term_slug
from fieldguide.text.tree import E

Node = dict[str, Any]
PUBLISHER_URL = "https://starx.capital/"


def render_structured(context: Context, root: ET.Element) -> None:
    """Append the page's JSON-LD. It stands in the body, where every builder keeps it, and on one line without
    `<`, so that nothing rewrites it.
    """
    graph = [describe(context), *breadcrumbs(context.book, context.page)]
    text = json.dumps(
        {"@context": "https://schema.org", "@graph": graph}, ensure_ascii=False, separators=(",", ":")
    )
    for char in "<>&":
        text = text.replace(char, f"\\u{ord(char):04x}")
    root.append(E("script", {"type": "application/ld+json"}, text))


def describe(context: Context) -> Node:
    """The node of the page itself."""
    book, page = context.book, context.page
    kind = page.meta.type
    if kind == "landing":
        return _website(book) | {
            "description": page.meta.description,
            "inLanguage": "en",
            "publisher": _publisher(book),
            "dateModified": page.meta.reviewed,
        }
    if kind == "term":
        return _term_page(book, page)
    if kind in CHAPTERS:
        return _article(context)
    name = next((name for name, item in DATASETS.items() if item.page == page.src), None)
    if name is not None:
        return _dataset(book, page, name)
    if page.src == GLOSSARY:
        return _term_set(book) | {
            "description": page.meta.description,
            "hasDefinedTerm": [_term(book, term.page) for term in alphabetical(book.terms.values())],
        }
    if slug_of(page):
        return _figure(book, page)
    return _page(book, page, "CollectionPage" if kind == "reference" else "WebPage") | {
        "name": page.meta.title
    }


# ---- the kinds of pages


def _page(book: Book, page: Page, kind: str) -> Node:
    """What every page says of itself."""
    address = book.address(page.src)
    return {
        "@type": kind,
        "@id": address,
        "url": address,
        "description": page.meta.description,
        "inLanguage": "en",
        "dateModified": page.meta.reviewed,
        "isPartOf": _website(book),
        "publisher": _publisher(book),
    }


def _article(context: Context) -> Node:
    book, page = context.book, context.page
    sources = [book.sources[key] for key in context.uses.sources if key in book.sources]
    return _page(book, page, "Article") | {
        "headline": page.meta.title,
        "mainEntityOfPage": book.address(page.src),
        "author": _publisher(book),
        "image": book.address(card_path(page.src)),
        "isAccessibleForFree": True,
        "timeRequired": f"PT{page.minutes}M",
        "about": [_term(book, book.terms[slug].page) for slug in context.uses.terms],
        "citation": [
            {"@type": "CreativeWork", "name": source.title, "url": source.url, "datePublished": source.date}
            for source in sources
        ],
    }


def _term_page(book: Book, page: Page) -> Node:
    slug = term_slug(page.src)
    term = _term(book, page)
    also = {"alternateName": page.meta.aka} if page.meta.aka else {}
    return (
        term
        | {"url": term["@id"], "description": book.terms[slug].definition, "termCode": slug}
        | also
        | {"inDefinedTermSet": _term_set(book)}
    )


def _dataset(book: Book, page: Page, name: str) -> Node:
    item = DATASETS[name]
    files = [("text/csv", f"data/{name}.csv"), ("application/json", f"data/{name}.json")]
    variables = [
        {"@type": "PropertyValue", "name": column.name, "description": column.holds}
        | ({"unitText": column.unit} if column.unit else {})
        for column in item.columns
    ]
    return _page(book, page, "Dataset") | {
        "name": f"{page.meta.title}, {book.name}",
        "creator": _publisher(book),
        "dateModified": book.updated(name),
        "version": item.version,
        "license": book.address(REUSE),
        "isAccessibleForFree": True,
        "variableMeasured": variables,
        "creditText": f"{book.publisher}, {book.name}",
        "distribution": [
            {"@type": "DataDownload", "contentUrl": book.address(path), "encodingFormat": kind}
            for kind, path in files
        ],
    }


def _figure(book: Book, page: Page) -> Node:
    figure = book.figures[slug_of(page)]
    sources = [book.sources[key] for key in figure.sources if key in book.sources]
    return _page(book, page, "ImageObject") | {
        "name": figure.title,
        "caption": figure.alt,
        "contentUrl": book.address(figure_file(figure.slug, "-light.png")),
        "encodingFormat": "image/png",
        "creator": _publisher(book),
        "creditText": f"{book.publisher}, {book.name}",
        "copyrightNotice": f"© {book.publisher}",
        "license": book.address(REUSE),
        "acquireLicensePage": book.address(REUSE.partition("#")[0]),
        "citation": [
            {"@type": "CreativeWork", "name": source.title, "url": source.url} for source in sources
        ],
    }


# ---- what they name


def _website(book: Book) -> Node:
    return {"@type": "WebSite", "@id": f"{book.site_url}#website", "name": book.name, "url": book.site_url}


def _publisher(book: Book) -> Node:
    return {
        "@type": "Organization",
        "@id": f"{PUBLISHER_URL}#organization",
        "name": book.publisher,
        "url": PUBLISHER_URL,
    }


def _term_set(book: Book) -> Node:
    address = book.address(GLOSSARY)
    return {"@type": "DefinedTermSet", "@id": address, "name": f"Glossary, {book.name}", "url": address}


def _term(book: Book, page: Page) -> Node:
    return {"@type": "DefinedTerm", "@id": book.address(page.src), "name": page.meta.title}


def breadcrumbs(book: Book, page: Page) -> list[Node]:
    """From the front page over the section's first page to this one; none on the front page, which is its own
    trail.
    """
    if page.src == "index.md":
        return []
    section = book.pages.get(f"{page.section}/index.md")
    trail = [("Home", book.site_url)]
    if section is not None and section is not page:
        trail.append((section.meta.title, book.address(section.src)))
    trail.append((page.meta.title, book.address(page.src)))
    items = [
        {"@type": "ListItem", "position": position, "name": name, "item": {"@id": address}}
        for position, (name, address) in enumerate(trail, 1)
    ]
    return [{"@type": "BreadcrumbList", "itemListElement": items}]
