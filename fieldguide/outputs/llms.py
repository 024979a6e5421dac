"""llms.txt and llms-full.txt: what the guide contains, and its whole text, for language models.

The format is that of https://llmstxt.org: a heading, a summary as a quotation, then lists of links under
headings.
"""

from __future__ import annotations

from fieldguide.book import Book
from fieldguide.index import Index
from fieldguide.outputs.plain import plain_markdown
from fieldguide.page.context import CHANGELOG, CITE, DISCLOSURES, GLOSSARY, REFERENCES
from fieldguide.records.dataset import DATASETS
from fieldguide.records.figure import INDEX
from fieldguide.records.page import CHAPTERS, Page, page_url
from fieldguide.records.term import alphabetical
from fieldguide.text.dates import show_date

READ_FIRST = ("about/how-we-check.md", DISCLOSURES)
"""Pages about the guide that a reader of the whole text needs: what the marks mean, and who the author is."""


def llms_txt(book: Book) -> str:
    """The list: chapters by section, data and reference, then pages that a reader with little room
    may skip.
    """
    sections: dict[str, list[str]] = {}
    for page in chapters(book):
        sections.setdefault(book.section_title(page.src) if page.section else "Start here", []).append(
            _entry(book, page)
        )
    sections["Data"] = [
        f"- [{book.pages[item.page].meta.title}]({book.address(f'data/{name}.json')}): {item.description} As"
        f" [CSV]({book.address(f'data/{name}.csv')}), with its"
        f" [schema]({book.address(f'data/{name}.schema.json')})."
        for name, item in DATASETS.items()
        if item.page in book.pages
    ]
    sections["Reference"] = [
        _entry(book, book.pages[src]) for src in (GLOSSARY, *READ_FIRST, CITE) if src in book.pages
    ]
    sections["Optional"] = [
        (
            f"- [The whole text in one file]({book.address('llms-full.txt')}): every chapter, with its"
            " figures as tables, and the glossary."
        ),
        *(
            _entry(book, book.pages[src])
            for src in (REFERENCES, INDEX, "about/for-machines.md", CHANGELOG)
            if src in book.pages
        ),
        f"- [Atom feed]({book.address('feed.xml')}): the changelog as a feed.",
    ]
    parts = [
        *_head(book),
        *(f"## {title}\n\n" + "\n".join(entries) for title, entries in sections.items() if entries),
    ]
    return "\n\n".join(parts) + "\n"


def llms_full_txt(index: Index) -> str:
    """The text of every chapter in order, then how the guide checks its numbers, its disclosures, and all
    definitions.
    """
    book = index.book
    pages = [*chapters(book), *(book.pages[src] for src in READ_FIRST if src in book.pages)]
    parts = ["\n\n".join(_head(book)) + "\n", *(_whole(index, page) for page in pages)]
    if book.terms:
        parts.append(_glossary(book))
    return "\n---\n\n".join(parts)


def chapters(book: Book) -> list[Page]:
    """The published chapters in the order of the table of contents."""
    listed = [book.pages[entry.src] for entry in book.nav if entry.src in book.pages]
    return [page for page in listed if page.meta.type in CHAPTERS and page.meta.status != "draft"]


def _head(book: Book) -> list[str]:
    return [
        f"# {book.name}",
        f"> {book.summary}",
        (
            "Each sourced number was compared with a dated record when this text was made. Each page carries"
            " the day of its last review; a price, a round or a rank holds for the date beside it. StarX"
            " Capital publishes the guide and invests in its field; its own view is marked as opinion, and"
            " nothing here is an offer, a solicitation or advice."
        ),
        (
            "Text and figures © StarX Capital. Quote with the page's title, its review date and its address:"
            f" {book.address(CITE)}"
        ),
    ]


def _entry(book: Book, page: Page) -> str:
    return f"- [{page.meta.title}]({book.address(page.src)}): {page.meta.description}"


def _whole(index: Index, page: Page) -> str:
    """A page below its heading, with its address and review date."""
    title, _, rest = plain_markdown(index, page).partition("\n")
    return (
        f"{title}\n\nAddress: {index.book.address(page.src)}\nLast checked:"
        f" {show_date(page.meta.reviewed)}\n{rest}"
    )


def _glossary(book: Book) -> str:
    lines = ["# Glossary", ""]
    for term in alphabetical(book.terms.values()):
        also = f" (also called {', '.join(term.page.meta.aka)})" if term.page.meta.aka else ""
        lines.append(
            f"- **[{term.title}]({book.site_url}{page_url(term.page.src)})**{also}: {term.definition}"
        )
    return "\n".join(lines) + "\n"
