"""The HTML document of a PDF: articles with cover, contents, glossary and references. print.css hides what
print does not show; pdf.css, beside this file, has the styles that only a PDF needs.
"""

from __future__ import annotations

import copy
from collections.abc import Callable
from html import escape
from pathlib import Path
from urllib.parse import urljoin, urlsplit

import lxml.html
from lxml import etree

from fieldguide.commands.pdf_parts import Chapter, Document
from fieldguide.page.emblem import emblem
from fieldguide.page.evidence_words import source_line

ID_LISTS = ("id", "for", "headers", "aria-labelledby", "aria-describedby", "aria-controls")
SHEET = Path(__file__).with_name("pdf.css")


def article_of(chapter: Chapter, resolve: Callable[[str, str], str]) -> lxml.html.HtmlElement:
    """A page's article without scripts, sheets, notes and the last line of a printed page, with ids that are
    unique in the document and with links changed by `resolve`.
    """
    article = copy.deepcopy(chapter.article)
    for element in [
        *article.iter("script", "link"),  # a sheet here would come after pdf.css and win over it
        *article.find_class("fg-notes"),
        *article.find_class("fg-printfoot"),
    ]:
        element.drop_tree()
    for element in article.iter(etree.Element):
        for name, value in element.items():
            element.set(name, _attribute(chapter, resolve, name, value))
    return article


def _article(chapter: Chapter, resolve: Callable[[str, str], str], deeper: bool) -> str:
    """The inside of a page's article as HTML; if `deeper`, with headings one level lower."""
    article = article_of(chapter, resolve)
    for heading in article.xpath("//h1|//h2|//h3|//h4|//h5") if deeper else ():
        heading.tag = f"h{int(heading.tag[1]) + 1}"
    children = (lxml.html.tostring(child, encoding="unicode") for child in article)
    return escape(article.text or "", quote=False) + "".join(children)


def _attribute(chapter: Chapter, resolve: Callable[[str, str], str], name: str, value: str) -> str:
    if name in ID_LISTS:
        return " ".join(f"{chapter.name}--{uid}" for uid in value.split())
    if name in ("href", "xlink:href"):
        return resolve(chapter.url, value)
    if name == "src":
        return urljoin(f"/{chapter.url}", value)
    return value.replace("url(#", f"url(#{chapter.name}--")


def resolver(document: Document) -> Callable[[str, str], str]:
    """A function of a page's address and a link on it: the id in the document to which the link leads, as
    "#id", or else its whole address.
    """
    addresses, site_url = document.addresses(), document.book.site_url

    def resolve(url: str, href: str) -> str:
        address = urljoin(site_url + url, href)
        if address.startswith(site_url):
            uid = addresses.get(address.removeprefix(site_url))
            return f"#{uid}" if uid else address
        return address

    return resolve


def compose(document: Document, numbers: dict[str, int] | None = None) -> str:
    """The document as HTML. `numbers` is {id: page number}; without it, the contents have no page numbers."""
    resolve = resolver(document)
    body = [_cover(document), _contents(document, numbers or {})]
    for part in document.parts:
        body.append(f'<div class="fg-pdf__part" data-part="{part.name}">')
        if document.whole and part.title:
            body.append(f'<h1 class="fg-pdf__name" id="part--{part.name}">{escape(part.title)}</h1>')
        body += [
            _chapter(document, chapter, resolve, document.whole and bool(part.title))
            for chapter in part.chapters
        ]
        body.append("</div>")
    body += [glossary(document), references(document)]
    links = "".join(f'<link rel="stylesheet" href="{sheet}">' for sheet in document.sheets)
    title = document.site_name if document.whole else f"{document.title} - {document.site_name}"
    return (
        '<!doctype html><html lang="en" dir="ltr"><head><meta'
        f' charset="utf-8"><title>{escape(title)}</title>{links}'
        f"<style>{SHEET.read_text(encoding='utf-8')}{_running_heads(document)}</style></head>"
        f'<body class="fg-pdf">{"".join(body)}</body></html>'
    )


def _chapter(document: Document, chapter: Chapter, resolve: Callable[[str, str], str], deeper: bool) -> str:
    address = document.book.site_url + chapter.url
    layer = f' data-layer="{chapter.layer}"' if chapter.layer else ""
    article = _article(chapter, resolve, deeper)
    return (
        f'<div class="md-content fg-pdf__chapter" id="{chapter.name}"'
        f' data-fg-type="{chapter.kind}"{layer}><article class="md-content__inner'
        f' md-typeset{" fg-pdf--deeper" if deeper else ""}"><p class="fg-pdf__from"><a'
        f' href="{escape(address)}">{escape(shown(address))}</a></p>{article}</article></div>'
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
        return (
            f'<li class="fg-pdf__{kind}"><a href="#{target}"><span>{escape(title)}</span><span'
            f' class="fg-pdf__number">{number}</span></a>{more}</li>'
        )

    rows = []
    for part in document.parts:
        if document.whole and part.title:
            rows.append(line(f"part--{part.name}", part.title, "in-part"))
        for chapter in part.chapters:
            more = "" if document.whole else f"<p>{escape(chapter.description)}</p>"
            rows.append(line(chapter.name, chapter.title, "in-chapter", more))
    rows += [line("glossary", "Glossary", "in-part"), line("references", "References", "in-part")]
    return (
        f'<nav class="fg-pdf__contents{" fg-pdf__contents--long" if document.whole else ""} md-typeset"'
        f' aria-label="Contents"><h1>Contents</h1><ol>{"".join(rows)}</ol></nav>'
    )


def glossary(document: Document) -> str:
    """The terms of the document with their definitions, as a section."""
    book = document.book
    entries = []
    for slug in document.terms:
        term = book.terms[slug]
        also = f" Also called {escape(', '.join(term.page.meta.aka))}." if term.page.meta.aka else ""
        address = escape(book.address(term.page.src))
        entries.append(
            f'<div><dt id="glossary--{slug}"><a'
            f' href="{address}">{escape(term.title)}</a></dt><dd>{escape(term.definition)}{also}</dd></div>'
        )
    return (
        '<section class="fg-pdf__end fg-pdf__glossary md-typeset"><h1'
        f' id="glossary">Glossary</h1><dl>{"".join(entries)}</dl></section>'
    )


def references(document: Document) -> str:
    """The sources of the document with their addresses, as a section."""
    entries = []
    for key in document.sources:
        source = document.book.sources[key]
        address = escape(source.url)
        entries.append(
            f'<li id="references--{key}"><b>{escape(source.name)}.</b> {escape(source.title)}.'
            f' {escape(source_line(source))} <a href="{address}">{address}</a></li>'
        )
    return (
        '<section class="fg-pdf__end fg-pdf__references md-typeset"><h1'
        f' id="references">References</h1><ol>{"".join(entries)}</ol></section>'
    )


def _running_heads(document: Document) -> str:
    """Styles for the name of each part at the top of its pages."""
    rules = []
    for name, title in [(part.name, part.title) for part in document.parts] + [
        ("glossary", "Glossary"),
        ("references", "References"),
    ]:
        rules.append(f"@page fg-{name} {{ @top-right {{ content: {_css_string(title)}; }} }}")
        rules.append(f'[data-part="{name}"], .fg-pdf__{name} {{ page: fg-{name}; }}')
    return f"@page {{ @top-left {{ content: {_css_string(document.site_name)}; }} }}" + "".join(rules)


def _css_string(text: str) -> str:
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"').replace("<", "\\3c ") + '"'


def shown(address: str) -> str:
    """Host and path of an address, as shown in print."""
    parts = urlsplit(address)
    return (parts.netloc + parts.path).rstrip("/")
