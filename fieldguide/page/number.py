"""Checked numbers: `[70B](fact:id.field)` is compared with its record and links to its claim; other numbers
in prose are counted.

A reader sees a faint line under a number, and a ring after a less certain one; a date looks like ordinary
text.
"""

from __future__ import annotations

import re
from xml.etree import ElementTree as ET

from fieldguide.book import Book
from fieldguide.book.evidence import field_kind, is_soft
from fieldguide.page.context import CLAIMS, Context
from fieldguide.page.term import NO_TERMS
from fieldguide.records.field import Field, NoField, show_value
from fieldguide.records.page import Page
from fieldguide.records.short_links import short_link
from fieldguide.text.dates import FULL_MONTHS, MONTHS, show_date
from fieldguide.text.numbers import parse_number
from fieldguide.text.tree import has_class, text_of

LOOSE = re.compile(
    r"(?<![\w.×–-])[$€]?\d[\d,]*(?:\.\d+)?(?:\s?(?:%|percent|[kMBT]\b|thousand|million|billion|trillion)|×10[⁰¹²³⁴⁵⁶⁷⁸⁹⁻]+)?"
)
"""A number in prose."""


BOUND = re.compile(r"(about|over|more than|under|less than|nearly|almost) (.+)", flags=re.I)
"""A number that the text says is exceeded or not quite reached. The record's value must be within a fifth of
it, on that side. “About” is ignored.
"""


def mismatch(text: str, field: Field) -> str | None:
    """Why the written `text` differs from the value of `field`; None if it does not."""
    value, unit = field.value, field.unit or ""
    if value is None:
        return f"the record says {field.status or 'nothing'}, the page says “{text}”"
    if unit == "date":
        return (
            None
            if _is_date(text, str(value))
            else f"the record says {show_date(str(value))}, the page says “{text}”"
        )
    if isinstance(value, str):
        same = text.strip().casefold() == value.strip().casefold()
        return None if same else f"the record says “{value}”, the page says “{text}”"
    bound = BOUND.fullmatch(text.strip())
    written = parse_number(bound[2] if bound else text)
    if written is None:
        return f"“{text}” is not a number; the record says {show_value(field)}"
    low, high = (value[0], value[-1]) if isinstance(value, list) else (value, value)
    slack = written.quantum / 2 * (1 + 1e-9)
    if bound and bound[1].lower() != "about":
        over = bound[1].lower() in ("over", "more than")
        differs = not (
            written.low < low and high <= written.high * 1.2
            if over
            else written.low * 0.8 <= low and high < written.high
        )
    else:
        differs = abs(written.low - low) > slack or abs(written.high - high) > slack
    if differs:
        return f"the record says {show_value(field)}, the page says “{text}”"
    if not _unit_matches(written.unit, unit):
        return f"the record's unit is {unit}, the page says “{text}”"
    return None


def _unit_matches(written: str, unit: str) -> bool:
    if unit in ("%", "percent"):
        return written == "%"
    if unit.startswith("USD"):
        return written.startswith("USD") and (
            written == "USD" or _plain(written) == _plain(unit) or _plain(written) in _plain(unit)
        )
    return (
        written == ""
        or _plain(written) == _plain(unit)
        or _plain(written) in _plain(unit).split()
        or _plain(unit) in _plain(written).split()
    )


def _plain(unit: str) -> str:
    return " ".join(
        word[:-1] if word.endswith("s") and len(word) > 3 and word != "times" else word
        for word in unit.replace("-", " ").lower().split()
    )


def _is_date(text: str, value: str) -> bool:
    year, month, day = [*value.split("-"), "", ""][:3]
    names = [MONTHS[int(month) - 1]] if month else []
    if month:
        names.append(FULL_MONTHS[int(month) - 1])
    accepted = {year, value} | {f"{name} {year}" for name in names}
    if day:
        accepted |= {f"{int(day)} {name} {year}" for name in names} | {f"{int(day)} {name}" for name in names}
    return text.strip() in accepted


def claim_target(book: Book, page: Page, reference: str, field: Field) -> str:
    """The address that the number `reference` on `page` leads to: its claim or, on a draft and in a book
    without a ledger, its source.
    """
    if CLAIMS in book.pages and page.meta.status != "draft":
        return f"{short_link(reference)}index.html"
    return book.reference(next(iter(field.sources), ""))


def render_numbers(context: Context, root: ET.Element) -> None:
    for element in [item for item in root.iter("a") if item.get("href", "").startswith("fact:")]:
        reference = element.get("href", "").removeprefix("fact:")
        written = text_of(element)
        nth = context.cited.get(reference, 0)
        context.cited[reference] = nth + 1
        result = context.book.find(reference)
        if isinstance(result, NoField):
            context.problem(result.message, result.hint, f"(fact:{reference})", nth)
            element.set("href", "#")
            continue
        value = result.field
        wrong = mismatch(written, value)
        if wrong:
            context.problem(
                f"`{reference}`: {wrong}",
                "correct the page, or the record and its source",
                f"(fact:{reference})",
                nth,
            )
        context.uses.facts.setdefault(reference)
        for key in value.sources:
            if key in context.book.sources:
                context.uses.sources.setdefault(key)
        element.set("href", context.href(claim_target(context.book, context.page, reference, value)))
        element.set("class", "fg-number fg-number--date" if value.unit == "date" else "fg-number")
        element.set("data-note", f"note-{reference}")
        mark = (
            "ring"
            if is_soft(context.book, value)
            else "half"
            if field_kind(value) in ("derived", "ours")
            else ""
        )
        if mark:  # disclosed values need no mark
            element.set("data-mark", mark)


def audit_numbers(context: Context, root: ET.Element) -> None:
    """Count numbers in prose that no record checks. `check` lists them, but they are not problems."""
    if context.page.meta.type in ("landing", "reference"):
        return

    def walk(element: ET.Element) -> None:
        skipped = (
            element.tag in NO_TERMS
            or element.tag in ("sup", "sub", "td")
            or any(
                has_class(element, name)
                for name in ("fg-worked", "fg-lab__default", "fg-step__number", "fg-step__picture")
            )
        )
        if not skipped:
            _collect(context, element.text)
        for child in element:
            if not skipped:
                walk(child)
                _collect(context, child.tail)

    walk(root)


def _collect(context: Context, text: str | None) -> None:
    for match in LOOSE.finditer(text or ""):
        if not re.fullmatch(r"(19|20)\d\d", match[0]) and not re.match(
            rf"\s?({'|'.join(MONTHS)})", (text or "")[match.end() :]
        ):
            context.uses.loose_numbers.append(match[0].strip())
