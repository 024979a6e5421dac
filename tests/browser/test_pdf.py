"""What the PDF of one section holds."""

from __future__ import annotations

import io
import json
import re
import shutil
from collections.abc import Callable, Iterator
from html import unescape
from pathlib import Path

import pypdf
import pytest
from playwright.sync_api import Browser
from pypdf import PdfReader
from pypdf.generic import DictionaryObject

from fieldguide.commands.pdf import finish_pdf, pdf_date, print_deck, print_document
from fieldguide.commands.pdf_compose import compose
from fieldguide.commands.pdf_deck import load_decks
from fieldguide.commands.pdf_parts import Document, load_documents
from fieldguide.outputs.fonts import STATIC
from tests.browser.sheets import figure_pages
from tests.conftest import Project
from tests.guide import ROOT
from tests.kept import kept
from tests.test_pdf import SITE_URL, document

COMMANDS = ROOT / "fieldguide" / "commands"


@pytest.fixture(scope="module")
def section(site: Path) -> Document:
    document = next(load_documents(site, ROOT, ["stack"]))
    document.book.site_url = SITE_URL
    return document


def printed(document: Document, html: str, make: Callable[[], bytes], site: Path, browser: Browser) -> bytes:
    """The document as a PDF: printed, or as it was when the same words, sheets, faces and code were last
    printed by the same browser.
    """
    files = [
        *sorted(COMMANDS.glob("pdf*")),
        *sorted(STATIC.iterdir()),
        *sorted((site / "assets" / "fonts").iterdir()),
        *(site / sheet.lstrip("/") for sheet in document.sheets),
    ]
    about = (document.title, document.date, document.site_name, document.publisher, document.disclosure)
    said = repr((about, document.book.site_url, browser.version, pypdf.__version__, html))
    return kept(make, said.encode(), *(file.read_bytes() for file in files))


@pytest.fixture(scope="module")
def data(section: Document, site: Path, browser: Browser) -> bytes:
    return printed(section, compose(section), lambda: print_document(section, site, browser), site, browser)


@pytest.fixture(scope="module")
def pdf(data: bytes) -> PdfReader:
    return PdfReader(io.BytesIO(data))


@pytest.fixture(scope="module")
def texts(data: bytes, pdf: PdfReader) -> list[str]:
    """The words of each page."""
    read = kept(
        lambda: json.dumps([page.extract_text() for page in pdf.pages]).encode(),
        data,
        pypdf.__version__.encode(),
    )
    return list(json.loads(read))


def annotations(pdf: PdfReader) -> Iterator[DictionaryObject]:
    for page in pdf.pages:
        for annotation in page.get("/Annots") or []:
            yield annotation.get_object()


def painted(pdf: PdfReader) -> list[DictionaryObject]:
    """The patterns that paint with a picture: what Chromium makes of a drawing that it cannot print as
    lines.
    """
    patterns = (
        pattern.get_object()
        for page in pdf.pages
        for pattern in (page["/Resources"].get("/Pattern") or {}).values()
    )
    return [
        pattern
        for pattern in patterns
        if pattern.get("/PatternType") == 1 and "/XObject" in pattern.get("/Resources", {})
    ]


def starts(pdf: PdfReader) -> dict[str, int]:
    """The title of each chapter and list → the index of the page on which it begins."""
    return {
        item.title: pdf.get_destination_page_number(item)
        for item in pdf.outline
        if not isinstance(item, list)
    }


def headings(html: str) -> list[tuple[int, str]]:
    """(level, words) of every heading that print shows."""
    found = re.findall(r"<h([1-6])([^>]*)>(.*?)</h\1>", html, flags=re.S)
    texts = [
        (int(level), unescape(re.sub(r"<[^>]+>", "", text)).strip())
        for level, kind, text in found
        if "fg-next" not in kind
    ]
    return [(level, text) for level, text in texts if text != "Test yourself"]


def outline(items: list, level: int = 1) -> Iterator[tuple[int, str]]:
    for item in items:
        if isinstance(item, list):
            yield from outline(item, level + 1)
        else:
            yield level, item.title.strip()


def test_a_section_is_a_tagged_document_with_a_language(pdf: PdfReader) -> None:
    root = pdf.trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"] is True or root["/MarkInfo"]["/Marked"].value is True
    assert "/K" in root["/StructTreeRoot"]
    assert root["/Lang"] == "en"
    assert root["/PageMode"] == "/UseOutlines"
    assert 40 <= len(pdf.pages) <= 110


def test_its_bookmarks_are_its_headings(pdf: PdfReader, section: Document) -> None:
    found = list(outline(pdf.outline))
    assert [text for level, text in found if level == 1] == [
        "Contents",
        *(chapter.title for chapter in section.chapters),
        "Glossary",
        "References",
    ]
    assert found == headings(compose(section))


def test_every_link_leads_somewhere(pdf: PdfReader) -> None:
    inside, outside = [], []
    for link in annotations(pdf):
        if "/Dest" in link:
            inside.append(link["/Dest"])
        else:
            outside.append(link["/A"]["/URI"])
    assert len(inside) > 400 and len(outside) > 200
    assert {name for name in inside if name not in pdf.named_destinations} == set()
    assert max(map(len, inside)) <= 127, "PDF names have an end"
    assert [
        address
        for address in outside
        if not re.match(r"https?://(?!127\.0\.0\.1|site\.invalid)[\w.-]+", address)
    ] == []
    assert any(address.startswith(f"{SITE_URL}training/") for address in outside)


def test_the_contents_name_the_page_on_which_each_chapter_begins(
    pdf: PdfReader, texts: list[str], section: Document
) -> None:
    for chapter in section.chapters:
        line = rf"^{re.escape(chapter.title)}\s*{starts(pdf)[chapter.title] + 1}$"
        assert re.search(line, texts[1], flags=re.M), chapter.title


def test_no_figure_is_split_that_fits_on_a_page(pdf: PdfReader) -> None:
    found = figure_pages(pdf)
    split = [pages for pages in found if len(pages) > 1]
    assert len(found) > 20
    assert len(split) <= 3, (
        "of the section's figures only the table of three providers is taller than a page, and only the flow"
        " of money, a figure and its drawing, stands on the page after its words"
    )
    assert all(max(pages) - min(pages) == 1 for pages in split)


def test_it_ends_with_its_glossary_and_its_references(
    pdf: PdfReader, texts: list[str], section: Document
) -> None:
    begins = starts(pdf)
    glossary = "".join(texts[begins["Glossary"] : begins["References"]])
    references = re.sub(r"\s", "", "".join(texts[begins["References"] :]))
    assert len(section.terms) > 30 and len(section.sources) > 100
    assert [slug for slug in section.terms if section.book.terms[slug].title not in glossary] == []
    assert [key for key in section.sources if section.book.sources[key].url not in references] == []


def test_it_holds_no_bitmap_and_no_navigation(pdf: PdfReader, texts: list[str]) -> None:
    text = " ".join(texts)
    for words in (
        "Test yourself",
        "Read next",
        "Cite this page",
        "Copy",
        "Link to the section",
        "Skip to content",
    ):
        assert words not in text
    assert painted(pdf) == []


def test_its_metadata_come_from_the_guide_and_not_from_the_clock(pdf: PdfReader, section: Document) -> None:
    assert pdf.metadata.title == f"{section.title} - {section.site_name}"
    assert pdf.metadata.author == "StarX Capital" and "Nothing here is an offer" in pdf.metadata.subject
    assert pdf.metadata["/CreationDate"] == pdf.metadata["/ModDate"] == pdf_date(section.date)
    assert "/ID" not in pdf.trailer


def test_finishing_gives_the_same_bytes_and_refuses_headings_that_are_not_the_bookmarks(
    project: Project, browser: Browser
) -> None:
    small = document(project, "<p>A paragraph.</p>")
    shutil.copytree(ROOT / "overrides" / "assets" / "fonts", project.root / "site" / "assets" / "fonts")
    data = print_document(small, project.root / "site", browser)
    words = [text for _, text in outline(PdfReader(io.BytesIO(data)).outline)]
    assert finish_pdf(data, small, words) == finish_pdf(data, small, words)
    with pytest.raises(RuntimeError, match="the bookmark “Contents” is in the place of the heading “Other”"):
        finish_pdf(data, small, ["Other", *words[1:]])


@pytest.fixture
def pages(project: Project, browser: Browser) -> Callable[[str], list[str]]:
    """A function that prints a chapter and returns the words of each of its pages."""

    def words(body: str) -> list[str]:
        small = document(project, body)
        shutil.copytree(ROOT / "overrides" / "assets" / "fonts", project.root / "site" / "assets" / "fonts")
        pdf = PdfReader(io.BytesIO(print_document(small, project.root / "site", browser)))
        begins = starts(pdf)
        return [
            page.extract_text()
            for page in pdf.pages[begins["Tokens"] : begins.get("Glossary", len(pdf.pages))]
        ]

    return words


def block(tag: str, words: str, height: int, *, kind: str = "") -> str:
    return f'<{tag} class="{kind}" style="height: {height}px; margin: 0; break-inside: avoid">{words}</{tag}>'


def test_a_tall_figure_follows_the_text_after_it_rather_than_leave_half_a_page_empty(
    pages: Callable[[str], list[str]],
) -> None:
    after = "".join(block("p", f"After {number}.", 90) for number in range(1, 9))
    figure = block("figure", "<figcaption>Tall.</figcaption>", 700, kind="fg-figure")
    first, second, *_ = pages(block("p", "Before.", 250) + block("h2", "Section", 30) + figure + after)
    assert "Before." in first and "After 5." in first and "Tall." not in first
    assert second.index("Tall.") < second.index("After")


def test_a_figure_that_leaves_little_empty_stays_where_it_is(pages: Callable[[str], list[str]]) -> None:
    figure = block("figure", "<figcaption>Tall.</figcaption>", 700, kind="fg-figure")
    first, second, *_ = pages(block("p", "Before.", 760) + figure + block("p", "After.", 30))
    assert "Before." in first and "After." not in first
    assert second.index("Tall.") < second.index("After.")


def test_a_drawing_with_a_page_to_itself_leaves_no_hole_below_its_words(
    pages: Callable[[str], list[str]],
) -> None:
    after = "".join(block("p", f"After {number}.", 90) for number in range(1, 9))
    plot = block("div", "Drawing.", 880, kind="fg-figure__plot")
    figure = f'<figure class="fg-figure fg-figure--plate"><figcaption>Words.</figcaption>{plot}</figure>'
    first, second, third = pages(block("p", "Before.", 250) + figure + after)
    assert first.index("Before.") < first.index("After 4.") < first.index("Words.")
    assert "Drawing." in second and "After" not in second and "After 8." in third


@pytest.mark.parametrize(
    ("before", "rows", "on_first"),
    [
        pytest.param(400, 10, 7, id="the end keeps three rows"),
        pytest.param(600, 10, 0, id="there is no room for three"),
        pytest.param(600, 5, 0, id="it is short"),
    ],
)
def test_a_long_box_goes_on_on_the_next_page_where_each_page_has_three_of_its_rows(
    pages: Callable[[str], list[str]], before: int, rows: int, on_first: int
) -> None:
    table = "".join(f'<tr><td style="height: 38px">Row {row}.</td></tr>' for row in range(1, rows + 1))
    box = (
        "<style>.fg-box, tr { break-inside: avoid; }</style><div"
        ' class="fg-box fg-worked"><p class="fg-box__title">Title.</p>'
        f"<table><tbody>{table}</tbody></table><p>End.</p></div>"
    )
    texts = pages(
        block("p", "Before.", before) + block("h3", "Section", 30) + box + block("p", "After.", 200)
    )
    words = ["Section", "Title.", *(f"Row {row}." for row in range(1, rows + 1)), "End."]
    count = 2 + on_first if on_first else 0
    assert [[word for word in words if word in text] for text in texts] == [words[:count], words[count:]]


def test_a_last_page_with_a_few_lines_gets_the_section_before_too(pages: Callable[[str], list[str]]) -> None:
    sections = [
        block("h2", f"Section {number}", 30) + block("p", f"Text {number}.", height)
        for number, height in enumerate((180, 180, 180, 180, 60), 1)
    ]
    first, last = pages("".join(sections))
    assert "Section 3" in first and "Section 4" not in first
    assert "Section 4" in last and "Text 5." in last


def test_a_deck_is_a_page_a_slide_with_its_title_its_figure_and_its_links_then_the_words_to_say(
    site: Path, browser: Browser
) -> None:
    ((document, html),) = load_decks(ROOT, ["deck-newcomer"])
    deck = document.book.decks["newcomer"]
    data = printed(document, html, lambda: print_deck(document, html, site, browser), site, browser)
    pdf = PdfReader(io.BytesIO(data))
    texts = [" ".join(page.extract_text().split()) for page in pdf.pages]
    assert 11 <= len(texts) <= 14
    titles = [document.book.figures[slide.figure].title for slide in deck.slides]
    assert [
        title
        for title, text in zip(titles, texts, strict=False)
        if "".join(title.split()) not in "".join(text.split())
    ] == []
    assert "The words to say" in texts[10]
    found = list(outline(pdf.outline))
    assert [text for level, text in found if level == 1] == [*titles, "The words to say"]
    assert (
        len(figure_pages(pdf)) >= len(titles) and pdf.metadata.title == f"{deck.title} - {document.site_name}"
    )
    links = {link["/A"]["/URI"] for link in annotations(pdf) if "/A" in link}
    assert {document.book.address(f"figures/{slide.figure}.md") for slide in deck.slides} <= links
    assert painted(pdf) == []
    assert [
        name
        for page in pdf.pages
        for name, item in (page["/Resources"].get("/XObject") or {}).items()
        if item.get_object().get("/Subtype") == "/Image"
    ] == []
