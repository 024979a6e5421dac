"""PDFs: what a document is composed of, and what the file of one section holds."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from html import unescape
from pathlib import Path

import pytest
from playwright.sync_api import Browser
from pypdf import PdfReader
from pypdf.generic import DictionaryObject, IndirectObject

from fieldguide.book import load_book
from fieldguide.commands.pdf import finish_pdf, pdf_date, print_document
from fieldguide.commands.pdf_compose import compose, shown
from fieldguide.commands.pdf_parts import GUIDE, Document, Part, load_documents, read_chapter
from tests.conftest import Project
from tests.guide import ROOT

SITE_URL = "https://guide.example.org/"
PAGE = """<!doctype html><link rel="stylesheet" href="../../assets/fg.css"><a href="../../about/">outside the article</a>
<div class="md-content" data-fg-type="concept" data-layer="model"><article class="md-content__inner md-typeset">
<h1 id="tokens">Tokens</h1><h2 id="first">First</h2>{body}
<section class="fg-notes"><div class="fg-note fg-note--source" id="note-hoffmann2022"><p>A <a href="../../about/references/#hoffmann2022">source</a></p></div>
<div class="fg-note fg-note--term" id="note-token">T</div></section>
<script src="../../assets/js/popover.mjs" type="module"></script>
</article></div><p>After it.</p>"""


def document(project: Project, body: str, name: str = "foundations") -> Document:
    """A document of one chapter with `body` in it, as a built site would have it."""
    site = project.root / "site"
    (site / "foundations" / "tokens").mkdir(parents=True)
    (site / "foundations" / "tokens" / "index.html").write_text(PAGE.replace("{body}", body), encoding="utf-8")
    book = load_book(project.root)
    book.site_url = SITE_URL
    part = Part("foundations", "Foundations", [read_chapter(site, book, "foundations/tokens.md")])
    return Document(name, "Foundations", [part], book, "25 Nov 2026", "Test guide", "StarX Capital", "No advice.", ["/assets/fg.css"])


def chapter(html: str) -> str:
    return html[html.index("<article"):html.index("</article>")]


# ---- composing


def test_ids_get_the_page_s_name_and_links_follow_them(project: Project) -> None:
    html = chapter(compose(document(project, '<p id="p"><a href="#first">here</a> <a href="../tokens/#p">here too</a> <a href="./">top</a><span aria-labelledby="p first">x</span></p>')))
    assert 'id="foundations-tokens--p"' in html and 'href="#foundations-tokens--p"' in html and 'href="#foundations-tokens--first"' in html
    assert 'href="#foundations-tokens"' in html
    assert 'aria-labelledby="foundations-tokens--p foundations-tokens--first"' in html


def test_a_link_out_of_the_document_is_an_address_of_the_site(project: Project) -> None:
    links = '<a href="../../data/models/#gpt">a</a><a href="../limits/">b</a><a href="#gone">c</a><a href="https://arxiv.org/?a=1&amp;b=2">d</a>'
    html = chapter(compose(document(project, links)))
    itself, *found = re.findall(r'href="([^"]+)"', html)
    assert itself == f"{SITE_URL}foundations/tokens/"
    assert found == [f"{SITE_URL}data/models/#gpt", f"{SITE_URL}foundations/limits/", f"{SITE_URL}foundations/tokens/#gone", "https://arxiv.org/?a=1&amp;b=2"]


def test_terms_and_sources_stand_once_at_the_end(project: Project) -> None:
    html = compose(document(project, '<a href="../../glossary/token/">token</a> <a href="../../about/references/#hoffmann2022">Hoffmann</a>'))
    assert 'href="#glossary--token"' in chapter(html) and 'href="#references--hoffmann2022"' in chapter(html)
    assert "fg-note" not in chapter(html) and "<script" not in html
    assert html.count('id="glossary--token"') == 1 and html.count('id="references--hoffmann2022"') == 1
    assert '>https://arxiv.org/abs/2203.15556</a>' in html


def test_drawings_are_copied_as_they_are(project: Project) -> None:
    drawing = '<svg viewBox="0 0 4 4"><pattern id="dots"><path d="M0 0"/></pattern><rect fill="url(#dots)"/><text>A &amp; B &#8217;</text></svg><img src="picture.png" alt="x"><br>'
    html = chapter(compose(document(project, drawing)))
    assert '<svg viewBox="0 0 4 4"><pattern id="foundations-tokens--dots"><path d="M0 0"/></pattern><rect fill="url(#foundations-tokens--dots)"/><text>A &amp; B &#8217;</text></svg>' in html
    assert '<img src="/foundations/tokens/picture.png" alt="x"><br>' in html
    assert "outside the article" not in html and "After it." not in html


def test_in_the_guide_chapters_stand_one_level_deeper(project: Project) -> None:
    html = compose(document(project, "<h3 id=third>Third</h3>", GUIDE))
    levels = re.findall(r"<h(\d)[^>]*>([^<]+)</h\1>", html)
    assert levels == [("1", "Contents"), ("1", "Foundations"), ("2", "Tokens"), ("3", "First"), ("4", "Third"), ("1", "Glossary"), ("1", "References")]


def test_the_contents_take_the_page_numbers_that_are_known(project: Project) -> None:
    small = document(project, "")
    assert '<span class="fg-pdf__number">7</span>' in compose(small, {"foundations-tokens": 7})
    assert re.findall(r'fg-pdf__number">(\d*)<', compose(small)) == ["", "", ""]


def test_the_cover_says_what_it_is_from_whom_and_of_which_day(project: Project) -> None:
    cover = compose(document(project, "")).split("<nav")[0].split("<body")[1]
    for words in ("Foundations", "Test guide", "StarX Capital, 25 Nov 2026", "No advice.", "guide.example.org"):
        assert words in cover
    assert shown("https://example.org/guide/x/?y#z") == "example.org/guide/x"
    assert pdf_date("25 Nov 2026") == "D:20261125000000Z"


def test_a_page_that_was_not_built_is_named(project: Project, tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError, match="run `make build` first"):
        read_chapter(tmp_path / "nowhere", load_book(project.root), "foundations/tokens.md")


def test_a_site_older_than_the_records_is_refused(project: Project) -> None:
    stale = document(project, "")
    del stale.book.sources["hoffmann2022"]
    with pytest.raises(ValueError, match=r"hoffmann2022.*build it again"):
        compose(stale)


# ---- the file


@pytest.fixture(scope="module")
def section(site: Path) -> Document:
    document = next(load_documents(site, ROOT, ["stack"]))
    document.book.site_url = SITE_URL
    return document


@pytest.fixture(scope="module")
def data(section: Document, site: Path, browser: Browser) -> bytes:
    return print_document(section, site, browser)


@pytest.fixture
def pdf(data: bytes) -> PdfReader:
    return PdfReader(io.BytesIO(data))


def annotations(pdf: PdfReader) -> Iterator[DictionaryObject]:
    for page in pdf.pages:
        for annotation in page.get("/Annots") or []:
            yield annotation.get_object()


def headings(html: str) -> list[tuple[int, str]]:
    """(level, words) of every heading that print shows."""
    found = re.findall(r"<h([1-6])([^>]*)>(.*?)</h\1>", html, flags=re.S)
    texts = [(int(level), unescape(re.sub(r"<[^>]+>", "", text)).strip()) for level, kind, text in found if "fg-next" not in kind]
    return [(level, text) for level, text in texts if text != "Check yourself"]


def outline(items: list, level: int = 1) -> Iterator[tuple[int, str]]:
    for item in items:
        if isinstance(item, list):
            yield from outline(item, level + 1)
        else:
            yield level, item.title.strip()


def figure_pages(pdf: PdfReader) -> list[set[int]]:
    """For each tagged figure, the pages on which it stands."""
    numbers = {page.indirect_reference.idnum: at for at, page in enumerate(pdf.pages, 1)}

    def pages(node: object, current: int) -> set[int]:
        node = node.get_object() if isinstance(node, IndirectObject) else node
        if isinstance(node, list):
            return {number for child in node for number in pages(child, current)}
        if not isinstance(node, dict):
            return {current}
        if "/Pg" in node:
            current = numbers[node.raw_get("/Pg").idnum]
        return pages(node["/K"], current) if "/K" in node else ({current} if node.get("/Type") in ("/MCR", "/OBJR") else set())

    def figures(node: object) -> Iterator[set[int]]:
        node = node.get_object() if isinstance(node, IndirectObject) else node
        if isinstance(node, list):
            for child in node:
                yield from figures(child)
        elif isinstance(node, dict):
            if node.get("/S") == "/Figure":
                yield pages(node, 0) - {0}
            if "/K" in node:
                yield from figures(node["/K"])

    return list(figures(pdf.trailer["/Root"]["/StructTreeRoot"]["/K"]))


@pytest.mark.site
@pytest.mark.browser
def test_a_section_is_a_tagged_document_with_a_language(pdf: PdfReader) -> None:
    root = pdf.trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"] is True or root["/MarkInfo"]["/Marked"].value is True
    assert "/K" in root["/StructTreeRoot"]
    assert root["/Lang"] == "en"
    assert root["/PageMode"] == "/UseOutlines"
    assert 40 <= len(pdf.pages) <= 110


@pytest.mark.site
@pytest.mark.browser
def test_its_bookmarks_are_its_headings(pdf: PdfReader, section: Document) -> None:
    found = list(outline(pdf.outline))
    assert [text for level, text in found if level == 1] == ["Contents", *(chapter.title for chapter in section.chapters), "Glossary", "References"]
    assert found == headings(compose(section))


@pytest.mark.site
@pytest.mark.browser
def test_every_link_leads_somewhere(pdf: PdfReader) -> None:
    inside, outside = [], []
    for link in annotations(pdf):
        if "/Dest" in link:
            inside.append(link["/Dest"])
        else:
            outside.append(link["/A"]["/URI"])
    assert len(inside) > 500 and len(outside) > 200
    assert {name for name in inside if name not in pdf.named_destinations} == set()
    assert max(map(len, inside)) <= 127, "PDF names have an end"
    assert [address for address in outside if not re.match(r"https?://(?!127\.0\.0\.1|site\.invalid)[\w.-]+", address)] == []
    assert any(address.startswith(f"{SITE_URL}training/") for address in outside)


@pytest.mark.site
@pytest.mark.browser
def test_the_contents_name_the_page_on_which_each_chapter_begins(pdf: PdfReader, section: Document) -> None:
    contents = pdf.pages[1].extract_text()
    starts = {item.title: pdf.get_destination_page_number(item) + 1 for item in pdf.outline if not isinstance(item, list)}
    for chapter in section.chapters:
        assert re.search(rf"^{re.escape(chapter.title)}\s*{starts[chapter.title]}$", contents, flags=re.M), chapter.title


@pytest.mark.site
@pytest.mark.browser
def test_no_figure_is_split_that_fits_on_a_page(pdf: PdfReader) -> None:
    found = figure_pages(pdf)
    split = [pages for pages in found if len(pages) > 1]
    assert len(found) > 20
    assert len(split) <= 3, "of the section's figures only the table of three providers is taller than a page, and only the flow of money, a figure and its drawing, stands on the page after its words"
    assert all(max(pages) - min(pages) == 1 for pages in split)


@pytest.mark.site
@pytest.mark.browser
def test_it_ends_with_its_glossary_and_its_references(pdf: PdfReader, section: Document) -> None:
    starts = {item.title: pdf.get_destination_page_number(item) for item in pdf.outline if not isinstance(item, list)}
    glossary = "".join(page.extract_text() for page in pdf.pages[starts["Glossary"]:starts["References"]])
    references = re.sub(r"\s", "", "".join(page.extract_text() for page in pdf.pages[starts["References"]:]))
    assert len(section.terms) > 30 and len(section.sources) > 100
    assert [slug for slug in section.terms if section.book.terms[slug].title not in glossary] == []
    assert [key for key in section.sources if section.book.sources[key].url not in references] == []


@pytest.mark.site
@pytest.mark.browser
def test_it_holds_no_bitmap_and_no_navigation(pdf: PdfReader) -> None:
    text = " ".join(page.extract_text() for page in pdf.pages)
    for words in ("Check yourself", "Where next", "Cite this page", "Copy", "Link to the section", "Skip to content"):
        assert words not in text
    patterns = [pattern.get_object() for page in pdf.pages for pattern in (page["/Resources"].get("/Pattern") or {}).values()]
    assert [pattern for pattern in patterns if pattern.get("/PatternType") == 1 and "/XObject" in pattern.get("/Resources", {})] == []


@pytest.mark.site
@pytest.mark.browser
def test_its_metadata_come_from_the_guide_and_not_from_the_clock(pdf: PdfReader, data: bytes, section: Document) -> None:
    assert pdf.metadata.title == f"{section.title} - {section.site_name}"
    assert pdf.metadata.author == "StarX Capital" and "Nothing here is an offer" in pdf.metadata.subject
    assert pdf.metadata["/CreationDate"] == pdf.metadata["/ModDate"] == pdf_date(section.date)
    assert "/ID" not in pdf.trailer
    words = [text for _, text in outline(pdf.outline)]
    assert finish_pdf(data, section, words) == finish_pdf(data, section, words)
    with pytest.raises(RuntimeError, match="the bookmark “Contents” stands where the heading “Other” should"):
        finish_pdf(data, section, ["Other", *words[1:]])


@pytest.mark.site
def test_an_unknown_name_is_answered_with_those_there_are(site: Path) -> None:
    with pytest.raises(ValueError, match=r"no PDF is called stacks; there are foundations, .*guide"):
        next(load_documents(site, ROOT, ["stacks"]))
