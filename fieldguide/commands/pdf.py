"""PDFs of a section, of a reading path, of the whole guide, and of decks, with EPUBs of guide and paths.

For a section or the guide, `pdf_parts` reads the built site and `pdf_compose` joins its articles into one
HTML document; `pdf_deck` lays out the slides of a deck. `print_document` has Chromium print the document
twice, the second time with the page numbers found in the first, and `finish_pdf` adds the metadata. Before,
pdf_pages.js fills pages that a figure would leave half empty, and pdf_patterns.js draws patterns as lines.
`state_sizes` writes the size of each file beside its links. Chromium's driver and pypdf are imported only
when a PDF is made.
"""

from __future__ import annotations

import io
import re
import shutil
import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from fieldguide.commands.epub import make_epub
from fieldguide.commands.pdf_compose import compose
from fieldguide.commands.pdf_deck import load_decks
from fieldguide.commands.pdf_parts import GUIDE, PATH, Document, load_documents
from fieldguide.outputs.fonts import STATIC
from fieldguide.text.dates import epoch
from fieldguide.text.paths import below, write_whole

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Route
    from pypdf import PdfWriter
    from pypdf.generic import DictionaryObject, PdfObject

BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
ORIGIN = "https://site.invalid"
"""The address of the document while it is printed; requests to it are answered from the site's folder."""
SIZE = re.compile(r'(<span [^>]*data-file="?([\w./-]+)"?[^>]*>)[^<]*(</span>)')
"""Room for a file's size: what opens it, the file's path below the site, what closes it."""
PATTERNS_SCRIPT = Path(__file__).with_name("pdf_patterns.js")
PAGES_SCRIPT = Path(__file__).with_name("pdf_pages.js")
LETTER = {"width": 816, "height": 1056}
"""CSS pixels of a page."""
WITHIN_MARGINS = {"width": 680, "height": 912}
"""CSS pixels of a page within the margins that pdf.css sets."""


def find_browser() -> str | None:
    """The path of the installed browser, or None if Playwright should use its own."""
    return next((path for name in BROWSERS if (path := shutil.which(name))), None)


def print_document(document: Document, site: Path, browser: Browser) -> bytes:
    """The document as a finished PDF. Raises RuntimeError if the page numbers do not settle."""
    numbers: dict[str, int] = {}
    for _ in range(4):
        data, headings = _print(compose(document, numbers), site, browser)
        page_numbers = destinations(data)
        if page_numbers == numbers:
            return finish_pdf(data, document, headings)
        numbers = page_numbers
    raise RuntimeError(f"{document.name}: the page numbers of the contents do not settle")


def print_deck(document: Document, html: str, site: Path, browser: Browser) -> bytes:
    """A deck as a finished PDF."""
    data, headings = _print(html, site, browser)
    return finish_pdf(data, document, headings)


def _print(html: str, site: Path, browser: Browser) -> tuple[bytes, list[str]]:
    """(printed document, words of the headings that appear in print)."""

    def answer(route: Route) -> None:
        path = urlsplit(route.request.url).path
        if path == "/":
            route.fulfill(body=html, content_type="text/html; charset=utf-8")
        elif (
            file := (
                STATIC / path.removeprefix("/static_fonts/")
                if path.startswith("/static_fonts/")
                else site / path.lstrip("/")
            )
        ).is_file():
            route.fulfill(path=file)
        else:
            route.fulfill(status=404)

    page = browser.new_page(viewport=LETTER)
    page.set_default_timeout(600_000)  # milliseconds: the whole guide takes a busy machine minutes to lay out
    try:
        page.route("**/*", answer)
        page.emulate_media(media="print", color_scheme="light")
        page.goto(f"{ORIGIN}/", wait_until="load")
        page.evaluate(
            "Promise.all([...document.fonts].filter((face) => face.family.includes('Static')).map((face) =>"
            " face.load()))"
        )
        page.evaluate(PAGES_SCRIPT.read_text(encoding="utf-8"), WITHIN_MARGINS)
        page.evaluate(PATTERNS_SCRIPT.read_text(encoding="utf-8"))
        headings = page.evaluate(
            "[...document.querySelectorAll('h1, h2, h3, h4, h5, h6')].filter((item) =>"
            " item.getClientRects().length && !item.closest('.fg-sr')).map((item) => item.textContent)"
        )
        return page.pdf(prefer_css_page_size=True, tagged=True, outline=True), [
            " ".join(heading.split()) for heading in headings
        ]
    finally:
        page.close()


def destinations(data: bytes) -> dict[str, int]:
    """{id that a link leads to: page, counted from 1} of a printed document."""
    from pypdf import PdfReader

    reader = PdfReader(io.BytesIO(data))
    pages = {
        name.removeprefix("/"): reader.get_destination_page_number(place)
        for name, place in reader.named_destinations.items()
    }
    return {name: number + 1 for name, number in pages.items() if number is not None}


def finish_pdf(data: bytes, document: Document, headings: Sequence[str]) -> bytes:
    """The PDF with title, author, subject, bookmarks that read like its headings, and the guide's date in
    place of the current time.
    """
    from pypdf import PdfWriter

    writer = PdfWriter(clone_from=io.BytesIO(data))
    day = pdf_date(document.date)
    writer.add_metadata(
        {
            "/Title": document.site_name if document.whole else f"{document.title} - {document.site_name}",
            "/Author": document.publisher,
            "/Subject": document.disclosure,
            "/Creator": document.book.site_url,
            "/CreationDate": day,
            "/ModDate": day,
        }
    )
    writer.page_mode = "/UseOutlines"
    name_bookmarks(writer, headings)
    round_outlines(writer)
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def name_bookmarks(writer: PdfWriter, headings: Sequence[str]) -> None:
    """Give each bookmark the words of its heading, since Chromium loses the space at line breaks in headings.
    Raises RuntimeError if bookmarks and headings do not match.
    """
    from pypdf.generic import NameObject, TextStringObject

    marks = list(_bookmarks(writer.root_object["/Outlines"].get_object()))
    for mark, heading in zip(marks, headings, strict=False):
        title = str(mark["/Title"])
        if "".join(title.split()) != "".join(heading.split()):
            raise RuntimeError(f"the bookmark “{title}” is in the place of the heading “{heading}”")
        mark[NameObject("/Title")] = TextStringObject(heading)
    if len(marks) != len(headings):
        raise RuntimeError(f"the PDF has {len(marks)} bookmarks for {len(headings)} headings")


def _bookmarks(parent: PdfObject | None) -> Iterator[DictionaryObject]:
    """The entries below an outline or an outline's entry, in document order."""
    child = _entry(parent, "/First")
    while child is not None:
        yield child
        yield from _bookmarks(child)
        child = _entry(child, "/Next")


def _entry(item: PdfObject | None, key: str) -> DictionaryObject | None:
    """The dictionary that `item` has under `key`, or None."""
    from pypdf import generic

    entry = item[key].get_object() if isinstance(item, generic.DictionaryObject) and key in item else None
    return entry if isinstance(entry, generic.DictionaryObject) else None


def round_outlines(writer: PdfWriter) -> None:
    """Round the outlines that Chromium prints for words with a halo: it writes six digits after the point,
    but whole units, of 1000 or more in an em, look the same and are half as long.
    """
    from pypdf import generic

    for item in writer._objects:
        outlines = (
            _entry(item, "/CharProcs")
            if isinstance(item, generic.DictionaryObject) and item.get("/Subtype") == "/Type3"
            else None
        )
        for outline in outlines.values() if outlines is not None else ():
            stream = outline.get_object()
            if isinstance(stream, generic.StreamObject):
                stream.set_data(
                    re.sub(rb"-?\d+\.\d+", lambda number: b"%d" % round(float(number[0])), stream.get_data())
                )


def pdf_date(date: str) -> str:
    """A displayed date in the format of PDF: "D:20261125000000Z"."""
    return time.strftime("D:%Y%m%d%H%M%SZ", time.gmtime(epoch(date)))


def write_pdfs(site: Path, root: Path, names: Sequence[str] = ()) -> None:
    """Write site/pdf/<name>.pdf for each document, and site/epub/<name>.epub for the guide and each path;
    print their sizes and state them in the site's pages. Raises FileNotFoundError if `site` is not a built
    site.
    """
    from playwright.sync_api import sync_playwright

    if not (site / "index.html").exists():
        raise FileNotFoundError(
            f"{site} is not a built site: run `make build` first, or `make pdf`, which does both"
        )
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=find_browser(), args=["--no-sandbox"])
        for document in load_documents(site, root, names):
            _write(site, f"pdf/{document.name}.pdf", print_document(document, site, browser))
            if document.name.startswith((GUIDE, PATH)):
                _write(site, f"epub/{document.name}.epub", make_epub(document))
        for deck, html in load_decks(root, names):
            _write(site, f"pdf/{deck.name}.pdf", print_deck(deck, html, site, browser))
        browser.close()
    state_sizes(site)


def _write(site: Path, path: str, data: bytes) -> None:
    write_whole(below(site, path), data)
    print(f"{site / path}: {len(data) / 1e6:.1f} MB")


def state_sizes(site: Path) -> None:
    """Write the pages and megabytes of each PDF and EPUB of the site where its pages have left room beside a
    link: `<span data-file="pdf/guide.pdf"></span>`. A file that was not made leaves the room empty.
    """
    from pypdf import PdfReader

    sizes = {}
    for file in [*site.glob("pdf/*.pdf"), *site.glob("epub/*.epub")]:
        pages = f"{len(PdfReader(file).pages)} pages, " if file.suffix == ".pdf" else ""
        sizes[file.relative_to(site).as_posix()] = f" ({pages}{file.stat().st_size / 1e6:.1f} MB)"
    for page in site.rglob("index.html"):
        html = page.read_text(encoding="utf-8")
        stated = SIZE.sub(lambda room: room[1] + sizes.get(room[2], "") + room[3], html)
        if stated != html:
            write_whole(page, stated.encode())
