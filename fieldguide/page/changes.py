"""What changed on a page, folded at its end: numbers that moved, corrections, and a feed to follow. The
changelog has the numbers of all pages, below each of its days.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from xml.etree import ElementTree as ET

from fieldguide.book.changes import Moved, PageDay, has_history, page_days, page_feed
from fieldguide.page.context import CHANGELOG, Context, place
from fieldguide.page.evidence_words import claim_words, row_words, subject
from fieldguide.records.changelog import Line, changes
from fieldguide.records.page import link_target
from fieldguide.text.dates import is_shown_day, show_date
from fieldguide.text.inline_marks import fact_words, without_citations
from fieldguide.text.names import curly
from fieldguide.text.tree import E, text_of

ANCHOR = "what-changed"
"""The id of a page's history."""
SHOWN = 40
"""The most changes that a page lists; the changelog has all."""
IN_A_LINE = 3
"""The most numbers of one record in a sentence; more are a list."""
_LEADING = re.compile(r"\[[^\]]+\]\([^)]+\)(?:(?:,| and|, and) \[[^\]]+\]\([^)]+\))*: ")
"""The pages that a line of the changelog begins with."""
_INLINE = re.compile(r"\[([^\]]+)\]\(([^)\s]+)\)|\*\*(.+?)\*\*|\*(.+?)\*")


def render_changes(context: Context, root: ET.Element) -> None:
    """Add the history of a page at its end, closed; in the changelog, a place for the numbers of each day."""
    if context.page.src == CHANGELOG:
        _add_places(context, root)
    elif has_history(context.book, context.page):
        root.append(
            E(
                "details",
                {"class": "fg-citation fg-changes"},
                E("summary", {}, "What changed on this page"),
                E("div", {"id": ANCHOR}, *_history(context)),
            )
        )


def _add_places(context: Context, root: ET.Element) -> None:
    days = {change.day: change.iso for change in changes(context.page.body) if is_shown_day(change.day)}
    end = len(root)
    for at, child in reversed([*enumerate(root)]):
        if child.tag == "h2":
            iso = next((iso for day, iso in days.items() if text_of(child).startswith(day)), "")
            if iso:
                root.insert(end, place("moved", iso))
            end = at


def _history(context: Context) -> list[ET.Element]:
    parts, room = [], SHOWN
    for day in page_days(context.book, context.page.src, context.uses.facts):
        items = [*moved_items(context, day.moved), *_lines(context, day)][:room]
        room -= len(items)
        parts += [E("p", {}, E("strong", {}, show_date(day.day))), E("ul", {}, *items)] if items else []
    return [
        *(parts or [E("p", {}, "We have recorded no change on this page yet.")]),
        E(
            "p",
            {},
            E("a", {"href": context.href(page_feed(context.page.src))}, "Follow this page"),
            " with a feed reader, or see all pages in the ",
            E("a", {"href": context.href(CHANGELOG)}, "changelog"),
            ".",
        ),
    ]


def moved_items(context: Context, moved: Iterable[Moved]) -> list[ET.Element]:
    """Numbers that moved on one day, as items of a list: those of one record that have the same reason
    together. Each number links to its page.
    """
    groups: dict[tuple[str, str], list[Moved]] = {}
    for item in moved:
        groups.setdefault((item.record.slug, item.move.why), []).append(item)
    return [_group(context, items) for items in groups.values()]


def _group(context: Context, items: list[Moved]) -> ET.Element:
    book, first = context.book, items[0]
    lines: list[list[ET.Element | str]] = []
    for item in items:
        words = row_words(book, item.record, item.name)
        if len(items) == 1:
            words = claim_words(book, item.record, item.name)
        lines.append([E("a", {"href": context.href(item.target)}, words), f" {from_to(item)}"])
    head = [] if len(items) == 1 else [f"{subject(book, first.record)}: "]
    if len(items) > IN_A_LINE:
        return E("li", {}, *head, first.move.why, E("ul", {}, *(E("li", {}, *line) for line in lines)))
    parts = [part for line in lines for part in ("; ", *line)][1:]
    return E("li", {}, *head, *parts, f". {first.move.why}")


def from_to(item: Moved) -> str:
    """Both values, with the unit once: "from $0.28 to $0.60 per million tokens"."""
    old, new = item.move.old, item.move.new
    unit = item.record.own_fields()[item.name].unit or ""
    unit = unit.removeprefix("USD") if unit.startswith("USD") else f" {unit}"
    return f"from {old.removesuffix(unit) if new.endswith(unit) else old} to {new}"


def _lines(context: Context, day: PageDay) -> list[ET.Element]:
    return [E("li", {}, *_inline(context, line_words(line))) for line in day.lines]


def line_words(line: Line) -> str:
    """A line of the changelog without the pages that it begins with, as Markdown."""
    words = _LEADING.sub("", line.text, count=1) if _LEADING.match(line.text) else line.text
    return words[:1].upper() + words[1:]


def _inline(context: Context, text: str) -> list[ET.Element | str]:
    """The Markdown of one line of the changelog, as it stands on another page."""
    parts: list[ET.Element | str] = []
    text, at = curly(fact_words(without_citations(text))), 0
    for match in _INLINE.finditer(text):
        parts.append(text[at : match.start()])
        at = match.end()
        if match[1] is None:
            parts.append(E("strong", {}, match[3]) if match[3] else E("em", {}, match[4]))
            continue
        href = match[2]
        if ":" not in href:
            path, hash_, anchor = href.partition("#")
            href = context.href(f"{link_target(CHANGELOG, path)}{hash_}{anchor}")
        parts.append(E("a", {"href": href}, match[1]))
    return [*parts, text[at:]]
