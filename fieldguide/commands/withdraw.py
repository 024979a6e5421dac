"""Withdraws claims: adds entries to data/withdrawn.yml and deletes the fields from the records."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from pathlib import Path

from fieldguide.commands.load import load_index
from fieldguide.index import Index
from fieldguide.page.evidence_words import claim_words
from fieldguide.records.field import NoField, Sourced, show_qualified
from fieldguide.records.short_links import short_link
from fieldguide.records.withdrawal import PATH


def withdraw(root: Path, names: Sequence[str], why: str, day: str) -> list[str]:
    """Withdraw the claims `names`, each `record.field`, on an ISO day, and return lines to print. A field
    that was never published is deleted without an entry. Raises ValueError, and changes nothing, for a name
    that does not exist, is stated by a page, or is used in a computed value.
    """
    index = load_index(root)
    faults = [fault for name in names for fault in _faults(index, name, names)]
    if faults:
        raise ValueError("\n".join(faults))
    entries, lines, published = [], [], index.published()
    fields: dict[str, list[str]] = {}
    for name in names:
        slug, _, field = name.partition(".")
        fields.setdefault(slug, []).append(field)
        record = index.book.quantities[slug]
        if short_link(name) in published or short_link(name) in index.book.register:
            what = _quoted(claim_words(index.book, record, field))
            was = _quoted(show_qualified(record.own_fields()[field]))
            entries.append(f"  {name}: {{what: {what}, was: {was}, day: {day}, why: {_quoted(why)}}}\n")
            lines.append(f"{name} is withdrawn")
        else:
            lines.append(f"{name} was never published and is deleted")
    for slug, own in fields.items():
        _take_out(root / index.book.quantities[slug].path, index.book.quantities[slug], own)
    _write_entries(root / PATH, entries)
    return lines


def _faults(index: Index, name: str, names: Sequence[str]) -> list[str]:
    """The reasons that prevent the withdrawal of a claim."""
    match = index.book.find(name)
    if isinstance(match, NoField):
        return [f"{match.message}: {match.hint}"]
    return [
        *(
            f"`{name}` is stated in {page.path}: take it out first"
            for page in index.pages_using("facts", name)
        ),
        *(
            f"`{slug}.{other}` is computed from `{name}`: withdraw it as well"
            for slug, record in index.book.quantities.items()
            for other, field in record.own_fields().items()
            if name in field.inputs.values() and f"{slug}.{other}" not in names
        ),
    ]


def _quoted(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)


def _write_entries(path: Path, entries: Sequence[str]) -> None:
    """Add entries below `claims:`, sorted by name."""
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
    earlier = own[0].splitlines(keepends=True) if own else []
    path.write_text(
        f"{head}claims:\n{''.join(sorted({*earlier, *entries}))}{rest[len(own[0]) if own else 0 :]}",
        encoding="utf-8",
    )


def _take_out(path: Path, record: Sourced, fields: Sequence[str]) -> None:
    """Delete the lines of some fields of a record, or the whole file if it has no other fields."""
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
    path.write_text(
        "".join(line for number, line in enumerate(lines) if number not in gone), encoding="utf-8"
    )
