"""The parts of a PDF: the articles of a built site as chapters in sections, with the sources and terms that
they use.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urljoin

import lxml.html

from fieldguide.book import Book, load_book
from fieldguide.page.changes import ANCHOR as CHANGED
from fieldguide.page.context import CHANGELOG
from fieldguide.records.page import link_target, page_url
from fieldguide.records.site import load_mkdocs_yml
from fieldguide.records.term import alphabetical
from fieldguide.text.dates import newest_change

GUIDE = "guide"
"""The name of the PDF that holds all sections."""
DECK = "deck-"
"""The prefix in the name of a deck's PDF."""
PATH = "for-"
"""The prefix in the name of the PDF of a reading path."""
HOME = "index.md"
BEFORE, AFTER = ("ten-minutes.md",), ("about/how-we-check.md", "about/disclosures.md")
"""Pages before and after the sections in the guide's PDF."""


@dataclass
class Chapter:
    """A built page as part of a document. `url` is its address below the site, `name` the prefix of
    its ids.
    """

    url: str
    name: str
    article: lxml.html.HtmlElement
    title: str
    description: str
    kind: str
    layer: str
    ids: set[str]
    sources: list[str]
    """The sources in its notes; below, the terms in its notes. A document shows each once, at its end."""
    terms: list[str]


@dataclass
class Section:
    """A section of the guide: the name of its folder, its title, and its chapters in order."""

    name: str
    title: str
    chapters: list[Chapter]


@dataclass
class Document:
    """The content of one PDF. `date` is displayed, such as "25 Nov 2026"; `site_name`, `publisher` and
    `disclosure` come from mkdocs.yml.
    """

    name: str
    title: str
    parts: list[Section]
    book: Book
    date: str
    site_name: str
    publisher: str
    disclosure: str
    sheets: list[str]

    @property
    def whole(self) -> bool:
        return self.name == GUIDE

    @property
    def chapters(self) -> list[Chapter]:
        return [chapter for part in self.parts for chapter in part.chapters]

    @property
    def terms(self) -> list[str]:
        """The terms that its pages use, or all terms for the guide, sorted by title."""
        used = (
            self.book.terms if self.whole else {slug for chapter in self.chapters for slug in chapter.terms}
        )
        return [term.slug for term in alphabetical(self.book.terms[slug] for slug in used)]

    @property
    def sources(self) -> list[str]:
        """The sources behind its pages, sorted by name."""
        used = {key for chapter in self.chapters for key in chapter.sources}
        gone = sorted(used - set(self.book.sources))
        if gone:
            raise ValueError(
                f"the built site names sources that have no record ({', '.join(gone)}): build it again"
            )
        return sorted(used, key=lambda key: (self.book.sources[key].name.casefold(), key))

    def addresses(self) -> dict[str, str]:
        """{address below the site, with its anchor: id in this document}."""
        ids = {"glossary/": "glossary", "about/references/": "references"}
        ids |= {f"glossary/{slug}/": f"glossary--{slug}" for slug in self.terms}
        for key in self.sources:  # chapters link to the pages of references
            path, _, anchor = self.book.reference(key).partition("#")
            ids |= dict.fromkeys(
                (f"about/references/#{key}", f"{page_url(path)}#{anchor}"), f"references--{key}"
            )
        for chapter in self.chapters:
            ids[chapter.url] = chapter.name
            ids |= {f"{chapter.url}#{anchor}": f"{chapter.name}--{anchor}" for anchor in chapter.ids}
        return ids


def read_chapter(site: Path, book: Book, src: str) -> Chapter:
    """The page `src` from the built site. Raises FileNotFoundError if it was not built."""
    url = page_url(src)
    file = site / url / "index.html"
    if not file.exists():
        raise FileNotFoundError(
            f"{file} is not there: run `make build` first, or name the folder of a built site"
        )
    page = lxml.html.document_fromstring(file.read_text(encoding="utf-8"))
    article, content = page.find(".//article"), page.find_class("md-content")[0]
    for link in article.xpath(f'.//a[@href="#{CHANGED}"]'):  # print leaves out what it leads to
        link.tag = "span"
        del link.attrib["href"]
    ids = article.xpath(".//@id")
    notes = {
        kind: [
            note.get("id").removeprefix("note-")
            for note in article.find_class(f"fg-note--{kind}")
            if note.get("id", "").startswith("note-")
        ]
        for kind in ("source", "term")
    }
    meta = book.pages[src].meta
    return Chapter(
        url,
        url.strip("/").replace("/", "-") or "home",
        article,
        meta.title,
        meta.description or "",
        content.get("data-fg-type", ""),
        content.get("data-layer", ""),
        {uid for uid in ids if not uid.startswith("note-")},
        notes["source"],
        notes["term"],
    )


def load_documents(site: Path, root: Path, names: Sequence[str] = ()) -> Iterator[Document]:
    """The documents in `names`; without names, each section of `extra.pdf_sections`, each path of
    `extra.pdf_paths` and then the guide. Decks are left to `pdf_deck`. Raises ValueError for an unknown name,
    FileNotFoundError if the site lacks a page.
    """
    book, config = load_book(root), load_mkdocs_yml(root)[0]
    extra = config.get("extra") or {}
    sections = list(extra.get("pdf_sections") or [])
    paths = {f"{PATH}{readers}": heading for readers, heading in (extra.get("pdf_paths") or {}).items()}
    documents = [*sections, *paths, GUIDE]
    decks = [f"{DECK}{slug}" for slug in book.decks]
    unknown = [name for name in names if name not in [*documents, *decks]]
    if unknown:
        raise ValueError(
            f"no PDF is called {', '.join(unknown)}; there are {', '.join([*documents, *decks])}"
        )
    date = guide_date(root)
    sheets = style_sheets(site)
    for name in [name for name in names if name not in decks] if names else documents:
        if name in paths:
            readers = name.removeprefix(PATH)
            parts = [_pages(site, book, f"For {readers}", path_pages(book, paths[name]))]
        elif name == GUIDE:
            parts = [
                _pages(site, book, "", BEFORE),
                *(_section(site, book, section) for section in sections),
                _pages(site, book, "About", AFTER),
            ]
        else:
            parts = [_section(site, book, name)]
        title = config["site_name"] if name == GUIDE else parts[0].title
        yield Document(
            name,
            title,
            [part for part in parts if part.chapters],
            book,
            date,
            config["site_name"],
            extra.get("publisher", ""),
            extra.get("disclosure", ""),
            sheets,
        )


def guide_date(root: Path) -> str:
    """The date of a PDF, which is that of the guide's newest change: "25 Nov 2026"."""
    return newest_change((root / "docs" / CHANGELOG).read_text(encoding="utf-8"))


def path_pages(book: Book, heading: str) -> list[str]:
    """The pages of a reading path in order: those that the home page lists below this heading. Raises
    ValueError if it lists none.
    """
    page = book.pages[HOME]
    found = re.search(rf"^### {re.escape(heading)}\n(.*?)(?=^##|\Z)", page.body, flags=re.M | re.S)
    pages = [
        link_target(HOME, target)
        for target in re.findall(r"^- \[[^\]]+\]\(([^)#]+)\)", found[1] if found else "", flags=re.M)
    ]
    if not pages:
        raise ValueError(
            f"{page.path}: no heading `### {heading}` with a list of pages, which `pdf_paths` in mkdocs.yml"
            " names"
        )
    return pages


def _section(site: Path, book: Book, name: str) -> Section:
    entries = [entry for entry in book.nav if entry.src.startswith(f"{name}/")]
    return Section(
        name,
        entries[0].section if entries else name,
        [read_chapter(site, book, entry.src) for entry in entries],
    )


def _pages(site: Path, book: Book, title: str, sources: Sequence[str]) -> Section:
    return Section(
        "opening" if not title else title.lower().replace(" ", "-"),
        title,
        [read_chapter(site, book, src) for src in sources if src in book.pages],
    )


def style_sheets(site: Path) -> list[str]:
    """The addresses of the style sheets of the site's pages, relative to its root."""
    home = (site / "index.html").read_text(encoding="utf-8")
    return [urljoin("/", href) for href in re.findall(r'<link rel="stylesheet" href="([^"]+)"[^>]*>', home)]
