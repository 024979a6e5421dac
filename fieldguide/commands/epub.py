"""EPUBs of the guide and of its reading paths, from the same parts of the built site as their PDFs.

A chapter becomes an XHTML file without what only a screen needs. Its drawings become SVG files in light
colors with outlined text, so that every device shows them alike. EbookLib, imported only when an EPUB is
made, writes the package, which is packed again with one date.
"""

from __future__ import annotations

import io
import re
from dataclasses import dataclass, field
from datetime import UTC, datetime
from html import escape
from pathlib import Path
from xml.etree import ElementTree as ET

import lxml.html
from lxml import etree

from fieldguide.commands.pdf_compose import article_of, glossary, references, resolver, shown
from fieldguide.commands.pdf_parts import Document
from fieldguide.drawing.colors import LAYER_TOKENS
from fieldguide.drawing.shapes import Shapes
from fieldguide.outputs.color_tokens import light
from fieldguide.outputs.decks.pptx import repack
from fieldguide.outputs.ornaments import neatline
from fieldguide.outputs.outlines import document as svg_document
from fieldguide.outputs.outlines import flatten, text_lines, wrapped
from fieldguide.outputs.slides.png import picture_png
from fieldguide.page.emblem import emblem
from fieldguide.text.dates import epoch

SHEET = Path(__file__).with_name("epub.css")
COVER = (1200, 1600)
"""Size of the cover in px."""
LEFT_OUT_TAGS = ("link", "template", "button", "input", "select", "form", "nav")
LEFT_OUT = (
    *("fg-here", "fg-evidence", "fg-copy", "fg-sources", "fg-action", "fg-end", "fg-siblings", "fg-jump"),
    *("fg-sr", "fg-neighbors", "fg-filter", "fg-figure__data", "fg-figure__share"),
    *("fg-live__controls", "fg-live__narrow"),
)
"""Classes of what only a screen needs: controls, menus, marks that open a note, and what print leaves out."""
KEPT = frozenset(
    (
        *("id", "href", "src", "alt", "class", "colspan", "rowspan", "scope"),
        *("lang", "datetime", "start", "reversed", "width", "height"),
    )
)
"""The attributes that an XHTML file keeps, besides those of formulas."""
MATHML = "http://www.w3.org/1998/Math/MathML"
MIXED_CASE = {
    name.lower(): name
    for name in (
        *("viewBox", "preserveAspectRatio", "textLength", "lengthAdjust", "clipPathUnits"),
        *("patternUnits", "patternContentUnits", "patternTransform"),
    )
}
"""Attributes of SVG as XML writes them; HTML is read in small letters."""
WAYS = {
    "schema:accessMode": ("textual", "visual"),
    "schema:accessModeSufficient": ("textual", "textual,visual"),
    "schema:accessibilityFeature": (
        *("alternativeText", "MathML", "readingOrder", "structuralNavigation", "tableOfContents"),
    ),
    "schema:accessibilityHazard": ("none",),
    "schema:accessibilitySummary": (
        "Every figure has a text that says what it shows. Formulas are MathML and explained in words.",
    ),
}
"""What a catalog says to readers who choose by how they read."""


def make_epub(document: Document) -> bytes:
    """The document as an EPUB 3 file; the same document gives the same bytes."""
    from ebooklib import epub

    day = datetime.fromtimestamp(epoch(document.date), UTC)
    book = epub.EpubBook()
    book.set_identifier(f"{document.book.site_url}epub/{document.name}.epub")
    book.set_title(document.site_name if document.whole else f"{document.title}: {document.site_name}")
    book.set_language("en")
    book.add_author(document.publisher)
    for name, value in (
        ("publisher", document.publisher),
        ("description", document.disclosure),
        ("date", f"{day:%Y-%m-%d}"),
        ("source", document.book.site_url),
    ):
        book.add_metadata("DC", name, value)
    for name, values in WAYS.items():
        for value in values:
            book.add_metadata(None, "meta", value, {"property": name})
    pages = {page.name: page for page in read_pages(document)}
    chapters = document.chapters
    book.add_item(epub.EpubItem("style", "style.css", "text/css", SHEET.read_bytes()))
    cover = epub.EpubCover("cover-image", "cover.png")
    cover.media_type, cover.content = "image/png", _cover(document)
    book.add_item(cover)
    nav = epub.EpubNav(uid="nav", file_name="nav.xhtml", title="Contents")
    nav.add_link(href="style.css", rel="stylesheet", type="text/css")
    for page in pages.values():
        item = epub.EpubItem(page.name, page.file, "application/xhtml+xml", page.xhtml())
        item.properties = ["mathml"] if page.tree.find(".//math") is not None else []
        book.add_item(item)
        for name, svg in page.pictures.items():
            book.add_item(
                epub.EpubItem(f"{page.name}-{name}", f"{page.name}-{name}.svg", "image/svg+xml", svg)
            )
    book.add_item(nav)
    book.add_item(epub.EpubNcx())
    book.spine = ["title", "nav", *(name for name in pages if name != "title")]
    links = {page.name: epub.Link(page.file, page.title, f"in-{page.name}") for page in pages.values()}
    for part in document.parts:
        inside = [links[chapter.name] for chapter in part.chapters]
        grouped = document.whole and part.title
        book.toc += [(epub.Section(part.title, inside[0].href), inside)] if grouped else inside
    book.toc += [links["glossary"], links["references"]]
    book.guide = [
        {"type": kind, "title": title, "href": f"{name}.xhtml"}
        for kind, title, name in (
            ("text", "Start", chapters[0].name),
            ("glossary", "Glossary", "glossary"),
            ("bibliography", "References", "references"),
        )
    ]
    out = io.BytesIO()
    epub.write_epub(out, book, {"mtime": day, "epub3_pages": False, "raise_exceptions": True})
    return repack(out.getvalue(), "mimetype")


# ---- pages


@dataclass
class Page:
    """An XHTML file of the book: its content, and its drawings as {name: SVG file}."""

    name: str
    title: str
    tree: lxml.html.HtmlElement
    pictures: dict[str, bytes] = field(default_factory=dict)

    @property
    def file(self) -> str:
        return f"{self.name}.xhtml"

    def xhtml(self) -> bytes:
        """The file. Changes nothing that is not HTML's way of writing."""
        body = etree.tostring(self.tree, encoding="unicode", method="xml", with_tail=False)
        return (
            '<?xml version="1.0" encoding="utf-8"?>\n<!DOCTYPE html>\n<html'
            ' xmlns="http://www.w3.org/1999/xhtml" lang="en" xml:lang="en"><head>'
            f'<title>{escape(self.title)}</title><link rel="stylesheet" type="text/css" href="style.css"/>'
            f"</head><body>{body}</body></html>\n"
        ).encode()


def read_pages(document: Document) -> list[Page]:
    """The title page, the chapters in order, the glossary and the references, with links from file to
    file.
    """
    resolve, tokens = resolver(document), light(document.book)
    pages = [Page("title", document.title, lxml.html.fragment_fromstring(_title(document)))]
    for chapter in document.chapters:
        page = Page(chapter.name, chapter.title, article_of(chapter, resolve))
        _reduce(page.tree)
        _draw(page, tokens)
        pages.append(page)
    for name, title, section in (
        ("glossary", "Glossary", glossary(document)),
        ("references", "References", references(document)),
    ):
        pages.append(Page(name, title, lxml.html.fragment_fromstring(section)))
    for page in pages:
        _tidy(page)
    ids = {uid for page in pages for uid in page.tree.xpath(".//@id")}
    for page in pages:
        for link in page.tree.xpath('.//a[starts-with(@href, "#")]'):
            link.set("href", _place(link.get("href")[1:], ids))
    return pages


def _place(uid: str, ids: set[str]) -> str:
    """The file and place to which a link inside the document leads; the file alone where it has no such
    place.
    """
    file = f"{uid.partition('--')[0]}.xhtml"
    return f"{file}#{uid}" if "--" in uid and uid in ids else file


def _reduce(article: lxml.html.HtmlElement) -> None:
    """Take from an article what only a screen needs, and unfold what print unfolds."""
    unwanted = [*article.iter(*LEFT_OUT_TAGS)]
    for name in LEFT_OUT:
        unwanted += article.find_class(name)
    for element in unwanted:
        if element.getparent() is not None:
            element.drop_tree()
    for fold in [*article.iter("details")]:
        summary = fold.find("summary")
        if summary is not None and "fg-fold" in fold.classes:
            summary.drop_tree()
        elif summary is not None:
            summary.tag = "p"
            summary.set("class", "fg-unfolded")
        fold.tag = "div"
    for element in article.iter("x-live", "x-lab"):
        element.tag = "div"
    whole = article.find_class("fg-cites")
    single = article.xpath(
        './/a[contains(concat(" ", @class, " "), " fg-cite ")]'
        '[not(ancestor::*[contains(@class, "fg-cites") or contains(@class, "fg-figure__source")])]'
    )
    for cited in [*whole, *single]:
        cited.text = f"({cited.text or ''}"
        cited.append(lxml.html.Element("span"))
        cited[-1].tail = ")"
        cited[-1].drop_tag()


def _draw(page: Page, tokens: dict[str, str]) -> None:
    """Replace each figure's drawing by an image of it, the narrow one where there are several, and drop every
    other SVG: bars beside words.
    """
    for svg in [*page.tree.iter("svg")]:
        beside = svg.getparent().findall("svg")
        if "fg-drawing" in svg.classes and (len(beside) == 1 or "fg-drawing--narrow" in svg.classes):
            drawing = ET.fromstring(
                etree.tostring(_in_mixed_case(svg), encoding="unicode", method="xml", with_tail=False)
            )
            name = f"figure-{len(page.pictures) + 1}"
            width, height = (float(value) for value in drawing.attrib["viewBox"].split()[2:])
            alt = " ".join((drawing.findtext("desc") or drawing.findtext("title") or "").split())
            paper = f'<rect width="{width:g}" height="{height:g}" fill="{tokens["paper"]}"/>'
            content = paper + flatten(Shapes(width, height, drawing), tokens)
            page.pictures[name] = svg_document(round(width), round(height), page.title, alt, content).encode()
            image = lxml.html.Element(
                "img", {"src": f"{page.name}-{name}.svg", "alt": alt, "class": "fg-drawing"}
            )
            svg.addprevious(image)
        svg.drop_tree()


def _in_mixed_case(svg: lxml.html.HtmlElement) -> lxml.html.HtmlElement:
    """An SVG element as XML writes it; HTML is read in small letters."""
    for element in svg.iter(etree.Element):
        for name in MIXED_CASE.keys() & element.keys():
            element.set(MIXED_CASE[name], element.attrib.pop(name))
        element.tag = {"clippath": "clipPath"}.get(element.tag, element.tag)
    return svg


def _tidy(page: Page) -> None:
    """Leave a page's elements the attributes that XHTML in a book needs, and give its formulas their
    namespace.
    """
    for element in page.tree.iter(etree.Element):
        formula = element.tag == "math" or element.xpath("ancestor::math")
        for name in dict(element.attrib):
            if (name not in KEPT and not formula) or (formula and name in ("class", "tabindex")):
                del element.attrib[name]
        if element.tag == "math":
            element.set("xmlns", MATHML)
    page.tree.tag = "section"


def _title(document: Document) -> str:
    address = document.book.site_url
    return (
        f'<section class="title"><h1>{escape(document.title)}</h1>'
        + ("" if document.whole else f"<p>{escape(document.site_name)}</p>")
        + f"<p>{escape(document.publisher)}, {document.date}</p><p>{escape(document.disclosure)}</p>"
        f'<p><a href="{escape(address)}">{escape(shown(address))}</a></p></section>'
    )


def _cover(document: Document) -> bytes:
    """The cover as a PNG, for the shelf of a reader: emblem, title, publisher and date."""
    tokens, (width, height), left = light(document.book), COVER, 110
    colors = "".join(f".fg-emblem__{name}{{fill:{tokens[token]}}}" for name, token in LAYER_TOKENS.items())
    large, small = (
        document.site_name.split(": ", 1)
        if document.whole and ": " in document.site_name
        else (document.title, document.site_name)
    )
    lines = wrapped(large, width - 2 * left, 118, "display", 440)
    smaller = wrapped(small, width - 2 * left, 58, "display", 440)
    content = [
        f'<style>{colors}</style><rect width="{width}" height="{height}" fill="{tokens["paper"]}"/>',
        flatten(neatline(width, height), tokens),
        f'<svg x="{left - 30}" y="150" width="480" height="480" viewBox="0 0 320 320">',
        re.sub(r"^<svg[^>]*>", "", emblem(320)),
        *text_lines(lines, left, 830, 118, 126, tokens["ink"], "display", 440),
        *text_lines(smaller, left, 850 + 126 * len(lines), 58, 68, tokens["ink"], "display", 440),
        *text_lines([f"{document.publisher}, {document.date}"], left, height - 130, 36, 44, tokens["ink-2"]),
    ]
    svg = svg_document(width, height, document.title, document.site_name, "".join(content))
    return picture_png(svg, width, height)
