"""Take claims back: their entry in data/withdrawn.yml, and their fields out of the records."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from pathlib import Path

from fieldguide.book import Book
from fieldguide.commands.load import load_index
from fieldguide.index import Index
from fieldguide.page.words import claim_words
from fieldguide.records.field import Missing, Sourced, show_qualified
from fieldguide.records.redirect import short_link
from fieldguide.records.withdrawal import PATH


def withdraw(root: Path, names: Sequence[str], why: str, day: str) -> list[str]:
    """Withdraw the claims `names`, each `record.field`, on an ISO day; returns lines to print.

    A field that was never published is deleted without an entry. Raises ValueError, and changes nothing,
    where a name leads nowhere, is stated by a page,
    or something else is computed from it.
    """
    index = load_index(root)
    faults = [fault for name in names for fault in _faults(index, name, names)]
    if faults:
        raise ValueError("\n".join(faults))
    entries, lines, published = [], [], index.published()
    for name in names:
        record, field = _parts(index.book, name)
        value = record.own_fields()[field]
        if short_link(name) in published or short_link(name) in index.book.register:
            what = claim_words(index.book, record, field)
            entries.append(
                f"  {name}: {{what: {_quoted(what)}, was: {_quoted(show_qualified(value))}, day: {day}, why:"
                f" {_quoted(why)}}}\n"
            )
            lines.append(f"{name} is withdrawn")
        else:
            lines.append(f"{name} was never published and is deleted")
    for record in {_parts(index.book, name)[0].slug: _parts(index.book, name)[0] for name in names}.values():
        own = [_parts(index.book, name)[1] for name in names if _parts(index.book, name)[0] is record]
        _take_out(root / record.path, record, own)
    _write_entries(root / PATH, entries)
    return lines


def _parts(book: Book, name: str) -> tuple[Sourced, str]:
    found = book.find(name)
    if isinstance(found, Missing):
        raise ValueError(f"{found.message}: {found.hint}")
    return found.record, found.name


def _faults(index: Index, name: str, names: Sequence[str]) -> list[str]:
    """What stands in the way of withdrawing a claim."""
    found = index.book.find(name)
    if isinstance(found, Missing):
        return [f"{found.message}: {found.hint}"]
    faults = [
        f"`{name}` is stated in {page.path}: take it out first" for page in index.pages_using("facts", name)
    ]
    for slug, record in index.book.quantities.items():
        for other, field in record.own_fields().items():
            if name in field.inputs.values() and f"{slug}.{other}" not in names:
                faults.append(f"`{slug}.{other}` is computed from `{name}`: withdraw it as well")
    return faults


def _quoted(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)


def _write_entries(path: Path, entries: Sequence[str]) -> None:
    """Add entries below `claims:`, in the order of their names."""
    text = (
        path.read_text(encoding="utf-8")
        if path.exists()
        else (
            "# What the guide published and took back. Each keeps its address, which says when, why and what"
            " it last said.\nclaims:\n"
        )
    )
    head, _, rest = text.partition("claims:\n")
    own = re.match(r"(?:  .*\n)*", rest)
    kept = own[0].splitlines(keepends=True) if own else []
    path.write_text(
        f"{head}claims:\n{''.join(sorted({*kept, *entries}))}{rest[len(own[0]) if own else 0 :]}",
        encoding="utf-8",
    )


def _take_out(path: Path, record: Sourced, fields: Sequence[str]) -> None:
    """Delete the lines of some fields of a record; the file, where it holds no other field."""
    if set(fields) >= set(record.own_fields()):
        path.unlink()
        return
    lines = path.read_text(encoding="utf-8").splitlines(keepends=True)
    gone: set[int] = set()
    for name in fields:
        location = record.field_location(name)
        start = record.line(*location) - 1
        if not lines[start].lstrip().startswith(f"{location[-1]}:"):
            raise ValueError(
                f"{record.path}:{start + 1}: `{name}` shares its line with others; give it a line of its own"
                " first"
            )
        depth = len(lines[start]) - len(lines[start].lstrip())
        end = start + 1
        while end < len(lines) and (
            not lines[end].strip() or len(lines[end]) - len(lines[end].lstrip()) > depth
        ):
            end += 1
        gone |= set(range(start, end))
    path.write_text("".join(line for at, line in enumerate(lines) if at not in gone), encoding="utf-8")
