"""TODO."""

from __future__ import annotations

from fieldguide.book import Book
from fieldguide.records.field import Field, show_value
from fieldguide.records.page import Page
from fieldguide.text.dates import MONTHS, show_date
from fieldguide.text.numbers import parse_number


def mismatch(text: str, field: Field) -> str | None:
    """Why the written `text` does not say what `field` holds, or None when it does."""
    value, unit = field.value, field.unit or ""
    if value is None:
        return f"the record says {field.status or 'nothing'}, the page says “{text}”"
    if unit == "date":
        return None if _is_date(text, str(value)) else f"the record says {show_date(str(value))}, the page says “{text}”"
    if isinstance(value, str):
        same = text.strip().casefold() == value.strip().casefold()
        return None if same else f"the record says “{value}”, the page says “{text}”"
    written = parse_number(text)
    if written is None:
        return f"“{text}” is not a number; the record says {show_value(field)}"
    low, high = (value[0], value[-1]) if isinstance(value, list) else (value, value)
    slack = written.quantum / 2 * (1 + 1e-9)
    if abs(written.low - low) > slack or abs(written.high - high) > slack:
        return f"the record says {show_value(field)}, the page says “{text}”"
    if not _unit_matches(written.unit, unit):
        return f"the record's unit is {unit}, the page says “{text}”"
    return None


def _unit_matches(written: str, unit: str) -> bool:
    if unit in ("%", "percent"):
        return written == "%"
    if unit.startswith("USD"):
        return written.startswith("USD") and (written == "USD" or _plain(written) == _plain(unit) or _plain(written) in _plain(unit))
    return written == "" or _plain(written) == _plain(unit) or _plain(written) in _plain(unit).split() or _plain(unit) in _plain(written).split()


def _plain(unit: str) -> str:
    return " ".join(word[:-1] if word.endswith("s") and len(word) > 3 and word != "times" else word for word in unit.replace("-", " ").lower().split())


def _is_date(text: str, value: str) -> bool:
    year, month, day = [*value.split("-"), "", ""][:3]
    names = [MONTHS[int(month) - 1]] if month else []
    full = ["January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December"]
    if month:
        names.append(full[int(month) - 1])
    accepted = {year, value} | {f"{name} {year}" for name in names}
    if day:
        accepted |= {f"{int(day)} {name} {year}" for name in names} | {f"{int(day)} {name}" for name in names}
    return text.strip() in accepted


def target(book: Book, page: Page, reference: str, field: Field) -> str:
    """What the number `reference` on `page` opens: its claim, or on a draft and in a book without the ledger its source's entry."""
    if PAGE in book.pages and page.meta.status != "draft":
        return f"{PAGE}#{reference}"
    return f"{REFERENCES}#{next(iter(field.sources), '')}"
