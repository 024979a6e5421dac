"""PDFs: a section, or the whole guide, made from the built pages: one document, one print.

`compose` puts the articles of a built site into one HTML document with cover, contents, glossary and references.
`print_document` has Chromium print it twice, the second time with the page numbers that the first one found, and `finish_pdf` gives
the file its metadata. What print hides is hidden by print.css; what only a PDF needs is in pdf.css beside this file.
"""

from __future__ import annotations

import io
import re
import shutil
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from html import escape
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import urljoin, urlsplit

from playwright.sync_api import Browser, Route
from pypdf import PdfWriter
from pypdf.generic import DictionaryObject, PdfObject, StreamObject

from fieldguide.book import Book, load_book
from fieldguide.drawing.emblem import emblem
from fieldguide.outputs.fonts import STATIC
from fieldguide.records.page import page_url
from fieldguide.records.site import load_config
from fieldguide.records.term import alphabetical
from fieldguide.text.dates import epoch, newest_change

GUIDE = "guide"
"""The name of the PDF that holds all sections."""
BEFORE, AFTER = ("ten-minutes.md",), ("about/how-we-check.md", "about/disclosures.md")
"""Pages that the guide's PDF holds besides the sections."""
BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
ORIGIN = "https://site.invalid"
"""Where the document stands while it is printed; every request there is answered from the site's folder."""
VOID = {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"}
ID_LISTS = ("id", "for", "headers", "aria-labelledby", "aria-describedby", "aria-controls")
ATTRIBUTE = re.compile(r"""(\s)([\w:-]+)="([^"]*)\"""")
SHEET, SCRIPT = Path(__file__).with_name("pdf.css"), Path(__file__).with_name("pdf.js")


# ---- the parts of a document


@dataclass
class Chapter:
    """A built page as a part of a document. `url` is its address below the site, `name` what its ids begin with."""

    url: str
    name: str
    html: str
    title: str = ""
    description: str = ""
    kind: str = ""
    layer: str = ""
    ids: set[str] = field(default_factory=set)
    sources: list[str] = field(default_factory=list)
    terms: list[str] = field(default_factory=list)


@dataclass
class Part:
    """A section of the guide: its folder's name, its title and its chapters in order."""

    name: str
    title: str
    chapters: list[Chapter]


@dataclass
class Document:
    """What one PDF holds. `date` is shown, such as "25 Nov 2026"; `site_name`, `publisher` and `disclosure` come from mkdocs.yml."""

    name: str
    title: str
    parts: list[Part]
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
        """The terms that its pages use, or every one for the guide, in the order of their titles."""
        used = self.book.terms if self.whole else {slug for chapter in self.chapters for slug in chapter.terms}
        return [term.slug for term in alphabetical(self.book.terms[slug] for slug in used)]

    @property
    def sources(self) -> list[str]:
        """The sources behind its pages, in the order of their names."""
        used = {key for chapter in self.chapters for key in chapter.sources}
        gone = sorted(used - set(self.book.sources))
        if gone:
            raise ValueError(f"the built site names sources that have no record ({', '.join(gone)}): build it again")
        return sorted(used, key=lambda key: (self.book.sources[key].name.casefold(), key))

    def places(self) -> dict[str, str]:
        """Address below the site, with its anchor, → id in this document."""
        found = {"glossary/": "glossary", "about/references/": "references"}
        found |= {f"glossary/{slug}/": f"glossary--{slug}" for slug in self.terms}
        found |= {f"about/references/#{key}": f"references--{key}" for key in self.sources}
        for chapter in self.chapters:
            found[chapter.url] = chapter.name
            found |= {f"{chapter.url}#{anchor}": f"{chapter.name}--{anchor}" for anchor in chapter.ids}
        return found


class _Scan(HTMLParser):
    """Reads what a page's article offers: its ids, and the sources and terms of its notes, which a document shows once at its end."""

    def __init__(self, chapter: Chapter) -> None:
        super().__init__()
        self.chapter = chapter
        self.inside = False

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        found = dict(attributes)
        classes = (found.get("class") or "").split()
        if "md-content" in classes:
            self.chapter.kind, self.chapter.layer = found.get("data-fg-type") or "", found.get("data-layer") or ""
        if tag == "article":
            self.inside = True
        uid = found.get("id")
        if self.inside and uid:
            if uid.startswith("note-"):
                key = uid.removeprefix("note-")
                if "fg-note--source" in classes:
                    self.chapter.sources.append(key)
                elif "fg-note--term" in classes:
                    self.chapter.terms.append(key)
            else:
                self.chapter.ids.add(uid)

    def handle_endtag(self, tag: str) -> None:
        if tag == "article":
            self.inside = False


class _Article(HTMLParser):
    """Copies the inside of a page's article: without scripts and notes, with ids that are unique in the document and links that `resolve` gives."""

    def __init__(self, chapter: Chapter, resolve: Callable[[str, str], str], deeper: bool) -> None:
        super().__init__(convert_charrefs=False)
        self.chapter, self.resolve, self.deeper = chapter, resolve, deeper
        self.out: list[str] = []
        self.inside = False
        self.dropped = 0
        """How many elements that are left out are open; 0 while copying."""

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        if tag == "article":
            self.inside = True
        elif self.inside and (self.dropped or tag == "script" or "fg-notes" in (dict(attributes).get("class") or "").split()):
            self.dropped += tag not in VOID
        elif self.inside:
            self._copy(self.get_starttag_text() or "")

    def handle_startendtag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        if self.inside and not self.dropped:
            self._copy(self.get_starttag_text() or "")

    def handle_endtag(self, tag: str) -> None:
        if tag == "article":
            self.inside = False
        elif self.dropped:
            self.dropped -= tag not in VOID
        else:
            self._add(f"</{self._name(tag)}>")

    def handle_data(self, data: str) -> None:
        self._add(data)

    def handle_entityref(self, name: str) -> None:
        self._add(f"&{name};")

    def handle_charref(self, name: str) -> None:
        self._add(f"&#{name};")

    def _add(self, text: str) -> None:
        if self.inside and not self.dropped:
            self.out.append(text)

    def _name(self, tag: str) -> str:
        return f"h{min(int(tag[1]) + 1, 6)}" if self.deeper and re.fullmatch("h[1-6]", tag) else tag

    def _copy(self, raw: str) -> None:
        raw = re.sub(r"^<(h[1-6])(?=[\s>])", lambda match: f"<{self._name(match[1])}", raw)
        self.out.append(ATTRIBUTE.sub(self._attribute, raw))

    def _attribute(self, match: re.Match[str]) -> str:
        space, name, value = match.groups()
        if name in ID_LISTS:
            value = " ".join(f"{self.chapter.name}--{uid}" for uid in value.split())
        elif name in ("href", "xlink:href"):
            value = self.resolve(self.chapter.url, value)
        elif name == "src":
            value = urljoin(f"/{self.chapter.url}", value)
        else:
            value = value.replace("url(#", f"url(#{self.chapter.name}--")
        return f'{space}{name}="{value}"'


# ---- loading


def read_chapter(site: Path, book: Book, src: str) -> Chapter:
    """The page `src` as the site has it. Raises FileNotFoundError when it was not built."""
    url = page_url(src)
    file = site / url / "index.html"
    if not file.exists():
        raise FileNotFoundError(f"{file} is not there: run `make build` first, or name the folder of a built site")
    meta = book.pages[src].meta
    chapter = Chapter(url, url.strip("/").replace("/", "-") or "home", file.read_text(encoding="utf-8"), meta.title, meta.description or "")
    _Scan(chapter).feed(chapter.html)
    return chapter


def load_documents(site: Path, root: Path, names: Sequence[str] = ()) -> Iterator[Document]:
    """The documents called `names`, each section of `extra.pdf_sections` and then the guide when none is named.

    Raises ValueError for a name that is no section, FileNotFoundError when the site lacks a page.
    """
    book, config = load_book(root), load_config(root)[0]
    extra = config.get("extra") or {}
    sections = list(extra.get("pdf_sections") or [])
    unknown = [name for name in names if name not in [*sections, GUIDE]]
    if unknown:
        raise ValueError(f"no PDF is called {', '.join(unknown)}; there are {', '.join([*sections, GUIDE])}")
    date = newest_change((root / "docs" / "about" / "changelog.md").read_text(encoding="utf-8"))
    sheets = style_sheets(site)
    for name in names or [*sections, GUIDE]:
        if name == GUIDE:
            parts = [_pages(site, book, "", BEFORE), *(_section(site, book, section) for section in sections), _pages(site, book, "About", AFTER)]
        else:
            parts = [_section(site, book, name)]
        title = config["site_name"] if name == GUIDE else parts[0].title
        yield Document(name, title, [part for part in parts if part.chapters], book, date, config["site_name"], extra.get("publisher", ""), extra.get("disclosure", ""), sheets)


def _section(site: Path, book: Book, name: str) -> Part:
    entries = [entry for entry in book.nav if entry.src.startswith(f"{name}/")]
    return Part(name, entries[0].section if entries else name, [read_chapter(site, book, entry.src) for entry in entries])


def _pages(site: Path, book: Book, title: str, sources: Sequence[str]) -> Part:
    return Part("opening" if not title else title.lower(), title, [read_chapter(site, book, src) for src in sources if src in book.pages])


def style_sheets(site: Path) -> list[str]:
    """The style sheets of the site's pages, as addresses from its top."""
    home = (site / "index.html").read_text(encoding="utf-8")
    return [urljoin("/", href) for href in re.findall(r'<link rel="stylesheet" href="([^"]+)">', home)]


# ---- composing


def compose(document: Document, numbers: dict[str, int] | None = None) -> str:
    """The document as HTML. `numbers` has the page on which each id stands; without it the contents have no page numbers."""
    places, site_url = document.places(), document.book.site_url

    def resolve(url: str, href: str) -> str:
        address = urljoin(site_url + url, href)
        if address.startswith(site_url):
            place = places.get(address.removeprefix(site_url))
            return f"#{place}" if place else address
        return address

    body = [_cover(document), _contents(document, numbers or {})]
    for part in document.parts:
        body.append(f'<div class="fg-pdf__part" data-part="{part.name}">')
        if document.whole and part.title:
            body.append(f'<h1 class="fg-pdf__name" id="part--{part.name}">{escape(part.title)}</h1>')
        body += [_chapter(document, chapter, resolve, document.whole and bool(part.title)) for chapter in part.chapters]
        body.append("</div>")
    body += [_glossary(document), _references(document)]
    links = "".join(f'<link rel="stylesheet" href="{sheet}">' for sheet in document.sheets)
    title = document.site_name if document.whole else f"{document.title} - {document.site_name}"
    return (
        f'<!doctype html><html lang="en" dir="ltr"><head><meta charset="utf-8"><title>{escape(title)}</title>{links}'
        f"<style>{SHEET.read_text(encoding='utf-8')}{_running_heads(document)}</style></head>"
        f'<body class="fg-pdf" data-md-color-scheme="default">{"".join(body)}</body></html>'
    )


def _chapter(document: Document, chapter: Chapter, resolve: Callable[[str, str], str], deeper: bool) -> str:
    article = _Article(chapter, resolve, deeper)
    article.feed(chapter.html)
    article.close()
    address = document.book.site_url + chapter.url
    layer = f' data-layer="{chapter.layer}"' if chapter.layer else ""
    return (
        f'<div class="md-content fg-pdf__chapter" id="{chapter.name}" data-fg-type="{chapter.kind}"{layer}>'
        f'<article class="md-content__inner md-typeset{" fg-pdf--deeper" if deeper else ""}">'
        f'<p class="fg-pdf__from"><a href="{escape(address)}">{escape(shown(address))}</a></p>{"".join(article.out)}</article></div>'
    )


def _cover(document: Document) -> str:
    address = document.book.site_url
    return (
        f'<section class="fg-pdf__cover">{emblem(320, 240)}'
        f'<p class="fg-pdf__title">{escape(document.title)}</p>'
        + (f'<p class="fg-pdf__guide">{escape(document.site_name)}</p>' if not document.whole else "")
        + f'<p class="fg-pdf__publisher">{escape(document.publisher)}, {document.date}</p>'
        f'<p class="fg-pdf__note">{escape(document.disclosure)}</p>'
        f'<p class="fg-pdf__note"><a href="{escape(address)}">{escape(shown(address))}</a></p></section>'
    )


def _contents(document: Document, numbers: dict[str, int]) -> str:
    def line(target: str, title: str, kind: str, more: str = "") -> str:
        number = numbers.get(target, "")
        return f'<li class="fg-pdf__{kind}"><a href="#{target}"><span>{escape(title)}</span><span class="fg-pdf__number">{number}</span></a>{more}</li>'

    rows = []
    for part in document.parts:
        if document.whole and part.title:
            rows.append(line(f"part--{part.name}", part.title, "in-part"))
        for chapter in part.chapters:
            more = "" if document.whole else f"<p>{escape(chapter.description)}</p>"
            rows.append(line(chapter.name, chapter.title, "in-chapter", more))
    rows += [line("glossary", "Glossary", "in-part"), line("references", "References", "in-part")]
    return f'<nav class="fg-pdf__contents{" fg-pdf__contents--long" if document.whole else ""} md-typeset" aria-label="Contents"><h1>Contents</h1><ol>{"".join(rows)}</ol></nav>'


def _glossary(document: Document) -> str:
    book = document.book
    entries = []
    for slug in document.terms:
        term = book.terms[slug]
        also = f" Also called {escape(', '.join(term.page.meta.aka))}." if term.page.meta.aka else ""
        address = escape(book.address(term.page.src))
        entries.append(f'<div><dt id="glossary--{slug}"><a href="{address}">{escape(term.title)}</a></dt><dd>{escape(term.definition)}{also}</dd></div>')
    return f'<section class="fg-pdf__end fg-pdf__glossary md-typeset"><h1 id="glossary">Glossary</h1><dl>{"".join(entries)}</dl></section>'


def _references(document: Document) -> str:
    entries = []
    for key in document.sources:
        source = document.book.sources[key]
        address = escape(source.url)
        entries.append(
            f'<li id="references--{key}"><b>{escape(source.name)}.</b> {escape(source.title)}. {escape(source.origin())} <a href="{address}">{address}</a></li>'
        )
    return f'<section class="fg-pdf__end fg-pdf__references md-typeset"><h1 id="references">References</h1><ol>{"".join(entries)}</ol></section>'


def _running_heads(document: Document) -> str:
    """The name of each part at the top of its pages."""
    rules = []
    for name, title in [(part.name, part.title) for part in document.parts] + [("glossary", "Glossary"), ("references", "References")]:
        rules.append(f"@page fg-{name} {{ @top-right {{ content: {_css_string(title)}; }} }}")
        rules.append(f'[data-part="{name}"], .fg-pdf__{name} {{ page: fg-{name}; }}')
    return f"@page {{ @top-left {{ content: {_css_string(document.site_name)}; }} }}" + "".join(rules)


def _css_string(text: str) -> str:
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"').replace("<", "\\3c ") + '"'


def shown(address: str) -> str:
    """Host and path, as print shows an address."""
    parts = urlsplit(address)
    return (parts.netloc + parts.path).rstrip("/")


# ---- printing


def find_browser() -> str | None:
    """The installed browser's path, or None to let Playwright use its own."""
    return next((path for name in BROWSERS if (path := shutil.which(name))), None)


def print_document(document: Document, site: Path, browser: Browser) -> bytes:
    """The document as a finished PDF. Raises RuntimeError when the page numbers do not settle."""
    numbers: dict[str, int] = {}
    for _ in range(4):
        data, headings = _print(compose(document, numbers), site, browser)
        found = destinations(data)
        if found == numbers:
            return finish_pdf(data, document, headings)
        numbers = found
    raise RuntimeError(f"{document.name}: the page numbers of the contents do not settle")


def _print(html: str, site: Path, browser: Browser) -> tuple[bytes, list[str]]:
    """The printed document, and the words of the headings that print shows."""

    def answer(route: Route) -> None:
        path = urlsplit(route.request.url).path
        if path == "/":
            route.fulfill(body=html, content_type="text/html; charset=utf-8")
        elif (file := STATIC / path.removeprefix("/static_fonts/") if path.startswith("/static_fonts/") else site / path.lstrip("/")).is_file():
            route.fulfill(path=file)
        else:
            route.fulfill(status=404)

    page = browser.new_page()
    try:
        page.route("**/*", answer)
        page.emulate_media(media="print", color_scheme="light")
        page.goto(f"{ORIGIN}/", wait_until="load")
        page.evaluate("Promise.all([...document.fonts].filter((face) => face.family.includes('Static')).map((face) => face.load()))")
        page.evaluate(SCRIPT.read_text(encoding="utf-8"))
        headings = page.evaluate("[...document.querySelectorAll('h1, h2, h3, h4, h5, h6')].filter((item) => item.getClientRects().length && !item.closest('.fg-sr')).map((item) => item.textContent)")
        return page.pdf(prefer_css_page_size=True, tagged=True, outline=True), [" ".join(heading.split()) for heading in headings]
    finally:
        page.close()


def destinations(data: bytes) -> dict[str, int]:
    """The page, from 1, on which each linked id of a printed document stands."""
    from pypdf import PdfReader

    reader = PdfReader(io.BytesIO(data))
    found = {name.removeprefix("/"): reader.get_destination_page_number(place) for name, place in reader.named_destinations.items()}
    return {name: number + 1 for name, number in found.items() if number is not None}


def finish_pdf(data: bytes, document: Document, headings: Sequence[str]) -> bytes:
    """The PDF with its title, author, subject, bookmarks that read as its headings, and the guide's date instead of the clock's."""
    from pypdf import PdfWriter

    writer = PdfWriter(clone_from=io.BytesIO(data))
    day = pdf_date(document.date)
    writer.add_metadata({
        "/Title": document.site_name if document.whole else f"{document.title} - {document.site_name}",
        "/Author": document.publisher, "/Subject": document.disclosure, "/Creator": document.book.site_url, "/CreationDate": day, "/ModDate": day,
    })
    writer.page_mode = "/UseOutlines"
    name_bookmarks(writer, headings)
    round_outlines(writer)
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def name_bookmarks(writer: PdfWriter, headings: Sequence[str]) -> None:
    """Give each bookmark its heading's words: Chromium loses the space where a heading's line ends. Raises RuntimeError when the two do not go together."""
    from pypdf.generic import NameObject, TextStringObject

    marks = list(_bookmarks(writer.root_object["/Outlines"].get_object()))
    for mark, heading in zip(marks, headings, strict=False):
        title = str(mark["/Title"])
        if "".join(title.split()) != "".join(heading.split()):
            raise RuntimeError(f"the bookmark “{title}” stands where the heading “{heading}” should")
        mark[NameObject("/Title")] = TextStringObject(heading)
    if len(marks) != len(headings):
        raise RuntimeError(f"the PDF has {len(marks)} bookmarks for {len(headings)} headings")


def _bookmarks(parent: PdfObject | None) -> Iterator[DictionaryObject]:
    """The entries below an outline or one of its entries, in the order of the document."""
    child = _entry(parent, "/First")
    while child is not None:
        yield child
        yield from _bookmarks(child)
        child = _entry(child, "/Next")


def _entry(item: PdfObject | None, key: str) -> DictionaryObject | None:
    """The dictionary to which `item` refers under `key`, None where there is none."""
    found = item[key].get_object() if isinstance(item, DictionaryObject) and key in item else None
    return found if isinstance(found, DictionaryObject) else None


def round_outlines(writer: PdfWriter) -> None:
    """Words with a halo come as outlines with six digits after the point; whole units, of 1000 or more in an em, are as sharp and half as long."""
    for item in writer._objects:
        outlines = _entry(item, "/CharProcs") if isinstance(item, DictionaryObject) and item.get("/Subtype") == "/Type3" else None
        for outline in outlines.values() if outlines is not None else ():
            stream = outline.get_object()
            if isinstance(stream, StreamObject):
                stream.set_data(re.sub(rb"-?\d+\.\d+", lambda number: b"%d" % round(float(number[0])), stream.get_data()))


def pdf_date(date: str) -> str:
    """A shown date as PDF writes it: "D:20261125000000Z"."""
    return time.strftime("D:%Y%m%d%H%M%SZ", time.gmtime(epoch(date)))


def write_pdfs(site: Path, root: Path, names: Sequence[str] = ()) -> None:
    """Write site/pdf/<name>.pdf for each document and say how large it is. Raises FileNotFoundError when `site` is no built site."""
    from playwright.sync_api import sync_playwright

    if not (site / "index.html").exists():
        raise FileNotFoundError(f"{site} is not a built site: run `make build` first, or `make pdf`, which does both")
    target = site / "pdf"
    target.mkdir(exist_ok=True)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=find_browser(), args=["--no-sandbox"])
        for document in load_documents(site, root, names):
            data = print_document(document, site, browser)
            (target / f"{document.name}.pdf").write_bytes(data)
            print(f"{target / document.name}.pdf: {len(data) / 1e6:.1f} MB")
        browser.close()
