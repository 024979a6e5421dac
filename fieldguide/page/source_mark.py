"""Marks of sources in text: each sentence or table row has one small mark that opens all its sources. The
names of the sources are hidden until a reader asks for them.

A citation is wrapped together with the space before it, so that the style sheet can hide both. Names stay
visible under a figure, in a lab and in generated lists.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from xml.etree import ElementTree as ET

from fieldguide.page.context import Context
from fieldguide.records.field import FieldMatch
from fieldguide.text.tree import E, has_class, text_of

WRAPPED = "fg-cited"
MARK = "fg-sources"
NAMES = "fg-data__sources"
"""The class of a cell that names the sources of its row, which then needs no mark."""
SENTENCE_END = re.compile(r"[.!?][”’\")]*(?=\s|$)(?!\s+[a-z])|\n")
"""The end of a sentence in a text between elements: its final punctuation, or the end of the
author's line.
"""
TEXTS = {"p", "li", "dd", "td", "th", "summary", "label", "blockquote", "figcaption"}
"""Elements whose own text consists of sentences."""
LEFT_TAGS = {"x-lab", "x-live", "nav", "svg", "math", "h1", "h2", "h3", "h4"}
LEFT_CLASSES = {"fg-figure__source", "fg-notes", "fg-lead", "fg-figure__title", "fg-cite-block"}
"""Classes of elements whose citations stay visible, or have no mark at all."""
JOINER = "\N{WORD JOINER}"
NAMED = 3
"""The most sources that a mark names to a screen reader; the rest is counted."""


def render_source_marks(context: Context, root: ET.Element) -> None:
    _walk(context, root)


def _walk(context: Context, element: ET.Element) -> None:
    if (
        not isinstance(element.tag, str)
        or element.tag in LEFT_TAGS
        or any(has_class(element, name) for name in LEFT_CLASSES)
    ):
        return
    if element.tag == "tr":
        if not any(has_class(cell, NAMES) for cell in element):
            _row(context, element)
        return
    for child in list(element):
        _walk(context, child)
    if element.tag in TEXTS and any(is_source(child) for child in element.iter()):
        _sentences(context, element)


def is_source(element: ET.Element) -> bool:
    return has_class(element, "fg-number") or has_class(element, "fg-cite")


def _sources(element: ET.Element) -> Iterator[ET.Element]:
    """The numbers and citations in an element, including the element itself, except those in blocks, which
    have their own marks.
    """
    if (
        not isinstance(element.tag, str)
        or element.tag in TEXTS
        or element.tag in LEFT_TAGS
        or element.tag in ("ul", "ol", "table")
    ):
        return
    if is_source(element):
        yield element
    for child in element:
        yield from _sources(child)


def _row(context: Context, row: ET.Element) -> None:
    """Put the mark of a row at the end of its first cell, so that numbers stay aligned. A cell of nothing but
    citations shows them, and the mark opens the others.
    """
    cells = [cell for cell in row if not _only_cites(cell)]
    sources = [part for cell in cells for part in cell.iter() if is_source(part)]
    if not sources or any(has_class(part, MARK) for part in row.iter()):
        return
    for cell in cells:
        for block in list(cell.iter()):
            _wrap_citations(block)
    first = row[0]
    while len(first) and first[-1].tag in ("p", "div") and not (first[-1].tail or "").strip():
        first = first[-1]
    # what stands below a name stays below it
    before = next((index for index, part in enumerate(first) if _is_below(part)), len(first))
    first.insert(before, _mark(context, sources))


def _is_below(part: ET.Element) -> bool:
    return any(has_class(part, name) for name in ("fg-sub", "fg-unfold", "fg-stack__role"))


def _only_cites(cell: ET.Element) -> bool:
    """Whether a cell would be empty without its citations."""
    cites = [part for part in cell.iter() if has_class(part, "fg-cite")]
    return bool(cites) and text_of(cell).strip(" ;") == "; ".join(text_of(part) for part in cites).strip()


def _sentences(context: Context, block: ET.Element) -> None:
    """Wrap the citations of a block, and add a mark at the end of each sentence that has sources."""
    _wrap_citations(block)
    index, open_sources = 0, list[ET.Element]()
    while index < len(block):
        child = block[index]
        open_sources += _sources(child)
        text = child.tail or ""
        end = SENTENCE_END.search(text)
        last = index == len(block) - 1
        if open_sources and (end or last):
            cut = (end.start() if text[end.start()] == "\n" else end.end()) if end else len(text.rstrip())
            mark = _mark(context, open_sources)
            child.tail, mark.tail = text[:cut], text[cut:] or None
            block.insert(index + 1, mark)
            index += 1
            open_sources = []
        index += 1


def _wrap_citations(block: ET.Element) -> None:
    """Wrap each citation directly in a block together with the space before it."""
    if has_class(block, "fg-cites") or has_class(
        block, "fg-cites__one"
    ):  # hidden together with the element around it
        return
    for index, child in enumerate(list(block)):
        if not any(has_class(child, name) for name in ("fg-cite", "fg-cites", "fg-cites__one")):
            continue
        before = block[index - 1].tail if index else block.text
        stripped = (before or "").rstrip(" ")
        if index:
            block[index - 1].tail = stripped
        else:
            block.text = stripped
        wrapped = E("span", {"class": WRAPPED}, " " if stripped != (before or "") else None, child)
        wrapped.tail, child.tail = child.tail, None
        block[index] = wrapped


def is_mark(element: ET.Element) -> bool:
    """Whether this is a mark with its word joiner."""
    return len(element) > 0 and has_class(element[0], MARK)


def _mark(context: Context, sources: list[ET.Element]) -> ET.Element:
    """The mark of these numbers and citations: a link to the first one with the notes of all. It is hollow if
    one of them is less certain. A word joiner keeps it on the line of the word before it; browsers heed that
    only together with `nowrap`, since the mark is a block in its line.
    """
    notes = list(dict.fromkeys(source.get("data-note", "") for source in sources))
    names = list(dict.fromkeys(_names(context, notes)))
    shown = "; ".join(names[:NAMED]) + (f" and {len(names) - NAMED} more" if len(names) > NAMED else "")
    attributes = {
        "class": MARK,
        "href": sources[0].get("href", ""),
        "data-notes": " ".join(notes),
        "aria-label": f"Sources: {shown}" if len(names) > 1 else f"Source: {shown}",
    }
    if any(source.get("data-mark") == "ring" for source in sources):
        attributes["data-mark"] = "ring"
    return E("span", {"class": "fg-nowrap"}, JOINER, E("a", attributes))


def _names(context: Context, notes: list[str]) -> Iterator[str]:
    """The names of the sources behind notes of numbers and of sources."""
    sources = context.book.sources
    for name in (note.removeprefix("note-") for note in notes):
        value = context.book.find(name)
        keys = value.field.sources if isinstance(value, FieldMatch) else [name]
        yield from (sources[key].name for key in keys if key in sources)
