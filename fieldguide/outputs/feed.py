"""The Atom feeds (RFC 4287): of the guide, of each page with a history, and of each claim.

An entry is a number that moved, what the changelog says about a page on one day, or what it says beyond that.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from html import escape
from xml.etree import ElementTree as ET

import markdown
from markdown.extensions.toc import slugify

from fieldguide.book import Book
from fieldguide.book.changes import Moved, has_history, moved_of, page_days, page_feed
from fieldguide.index import Claim, Index
from fieldguide.outputs.exports import Make, text_file
from fieldguide.outputs.plain import plain_text
from fieldguide.page.changes import ANCHOR, from_to, line_words
from fieldguide.page.context import CHANGELOG
from fieldguide.page.evidence_words import claim_words
from fieldguide.records.changelog import Line, changes
from fieldguide.records.field import show_qualified
from fieldguide.records.page import Page, page_url
from fieldguide.records.short_links import feed_file, short_link
from fieldguide.records.withdrawal import Withdrawal
from fieldguide.text.dates import is_shown_day, newest_change, show_date

ATOM = "http://www.w3.org/2005/Atom"
TAG = "tag:starx.capital,2026:field-guide"
"""The beginning of every id. Ids are names, not addresses, so that readers see no entry twice if the site
moves.
"""
KEPT = 200
"""The most entries of a feed: the newest."""


@dataclass(frozen=True)
class Entry:
    """An entry of a feed. `id` is the part after TAG, `day` an ISO date of any precision, `target` a path
    from the root of docs/ and `html` what it says.
    """

    id: str
    title: str
    day: str
    target: str
    html: str


def feed_files(index: Index) -> Iterator[tuple[str, Make]]:
    """(path below docs/, function that makes it) for the feed of the guide and of each page with a history;
    nothing without a changelog.
    """
    if CHANGELOG not in index.book.pages:
        return
    yield "feed.xml", text_file(render_feed, index)
    for page in index.book.pages.values():
        if has_history(index.book, page):
            yield page_feed(page.src), text_file(render_page_feed, index, page)


def render_feed(index: Index) -> str:
    """The feed of the guide, newest entry first. Raises ValueError if the changelog has no dated heading."""
    book = index.book
    page = book.pages[CHANGELOG]
    newest_change(page.body)
    entries = [_moved(book, item) for item in moved_of(book, index.known)]
    for change in changes(page.body):
        if not is_shown_day(change.day):
            continue
        lines: dict[str, list[Line]] = {}
        for line in change.lines:
            if line.pages:
                lines.setdefault(line.pages[0], []).append(line)  # once, although it may name several
        if change.general or not lines:
            text = plain_text(index, change.general, CHANGELOG)
            target = f"{CHANGELOG}#{slugify(change.day, '-')}"
            title = f"Changes of {change.day}"
            entries.append(Entry(f"changelog/{change.iso}", title, change.iso, target, _html(text)))
        entries += [
            _lines(index, book.pages[src], change.iso, own) for src, own in lines.items() if src in book.pages
        ]
    title = f"{book.name}: changelog"
    return _feed(book, "changelog", title, page.meta.description or "", "feed.xml", CHANGELOG, entries)


def render_page_feed(index: Index, page: Page) -> str:
    """The feed of one page: its numbers that moved, what the changelog says about it, and when it was
    checked.
    """
    book, name = index.book, _page_id(page)
    checked = f"{page.meta.title}: last checked {show_date(page.meta.reviewed)}"
    entries = [Entry(f"{name}/checked", checked, page.meta.reviewed, page.src, _first(page.meta.title))]
    for day in page_days(book, page.src, index.pages[page.src].uses.facts):
        entries += [_moved(book, item) for item in day.moved]
        entries += [_lines(index, page, day.day, day.lines)] if day.lines else []
    title = f"{page.meta.title}: what changed"
    return _feed(book, name, title, page.meta.description or "", page_feed(page.src), page.src, entries)


def render_claim_feed(book: Book, claim: Claim) -> str:
    """The feed of one claim: its moves, and the value that it had at first."""
    what, name = claim_words(book, claim.record, claim.name), f"claims/{claim.id}"
    moved = [_moved(book, item) for item in moved_of(book, [claim.id], [])]
    first = claim.field.was[0] if claim.field.was else claim.field
    value = show_qualified(
        claim.field.model_copy(update={"value": first.value, "qualifier": first.qualifier})
    )
    day = claim.field.as_of or claim.field.seen or book.version
    day = min(day, claim.field.was[0].day) if claim.field.was else day
    target = f"{short_link(claim.id)}index.html"
    entries = [*moved, Entry(f"{name}/first", f"{what}: {value}", day, target, _first(what))]
    return _feed(book, name, what, "", feed_file(claim.id), target, entries)


def render_withdrawn_feed(book: Book, id: str, withdrawal: Withdrawal) -> str:
    """The feed of a withdrawn claim, which says so to everyone who followed it."""
    name, target = f"claims/{id}", f"{short_link(id)}index.html"
    said = f"<p>{escape(withdrawal.why)} Its last value was {escape(withdrawal.was)}.</p>"
    entry = Entry(f"{name}/withdrawn", f"Withdrawn: {withdrawal.what}", withdrawal.day, target, said)
    return _feed(book, name, withdrawal.what, "", feed_file(id), target, [entry])


def _first(what: str) -> str:
    return f"<p>This feed has an entry for each change of “{escape(what, quote=False)}”.</p>"


def _page_id(page: Page) -> str:
    return f"pages/{page_url(page.src).strip('/')}"


def _moved(book: Book, item: Moved) -> Entry:
    """The entry of a number that moved: the same, with the same id, in every feed that has it."""
    what = claim_words(book, item.record, item.name)
    return Entry(
        f"claims/{item.id}/{item.move.day}",
        f"{what}: {item.move.new} (it was {item.move.old})",
        item.move.day,
        item.target,
        f"<p>{escape(f'{what}: {from_to(item)}. {item.move.why}', quote=False)}</p>",
    )


def _lines(index: Index, page: Page, day: str, lines: Iterable[Line]) -> Entry:
    """The entry of what the changelog says about a page on one day."""
    text = plain_text(index, "\n".join(f"- {line_words(line)}" for line in lines), CHANGELOG)
    target = f"{page.src}#{ANCHOR}" if has_history(index.book, page) else page.src
    title = f"{page.meta.title}: changes of {show_date(day)}"
    return Entry(f"{_page_id(page)}/{day}", title, day, target, _html(text))


def _html(text: str) -> str:
    """Plain Markdown as HTML, with typographic quotes as on the pages."""
    quotes = {"smart_dashes": False, "smart_ellipses": False}
    return markdown.markdown(text, extensions=["smarty"], extension_configs={"smarty": quotes})


def _feed(
    book: Book, id: str, title: str, subtitle: str, path: str, target: str, entries: Iterable[Entry]
) -> str:
    """A feed at `path` below docs/ about `target`, newest entry first."""
    entries = sorted(entries, key=lambda entry: entry.day, reverse=True)[:KEPT]
    feed = ET.Element("feed", {"xmlns": ATOM, "xml:lang": "en"})
    _text(feed, "id", f"{TAG}/{id}")
    _text(feed, "title", title)
    if subtitle:
        _text(feed, "subtitle", subtitle)
    _text(feed, "updated", stamp(entries[0].day))
    ET.SubElement(feed, "link", {"rel": "self", "type": "application/atom+xml", "href": book.address(path)})
    _alternate(feed, book, target)
    _text(ET.SubElement(feed, "author"), "name", book.publisher)
    _text(feed, "rights", f"© {book.publisher}")
    for entry in entries:
        element = ET.SubElement(feed, "entry")
        _text(element, "id", f"{TAG}/{entry.id}")
        _text(element, "title", entry.title)
        _text(element, "updated", stamp(entry.day))
        _alternate(element, book, entry.target)
        _text(element, "content", entry.html, type="html")
    ET.indent(feed)
    return '<?xml version="1.0" encoding="utf-8"?>\n' + ET.tostring(feed, encoding="unicode") + "\n"


def stamp(day: str) -> str:
    """The beginning of an ISO date of any precision as Atom writes it: "2026-11-25T00:00:00Z"."""
    return f"{(day + '-01-01')[:10]}T00:00:00Z"


def _alternate(parent: ET.Element, book: Book, target: str) -> None:
    href = book.address(target.removesuffix("index.html"))
    ET.SubElement(parent, "link", {"rel": "alternate", "type": "text/html", "href": href})


def _text(parent: ET.Element, tag: str, text: str, **attributes: str) -> None:
    ET.SubElement(parent, tag, attributes).text = text
