"""Claims as rows of a download."""

from __future__ import annotations

from fieldguide.book.evidence import stakes_of
from fieldguide.index import Index
from fieldguide.page.words import subject
from fieldguide.records.field import Field, show_value
from fieldguide.records.redirect import badge_file, short_link
from fieldguide.text.numbers import whole


def rows(index: Index) -> list[dict[str, object]]:
    """The download's rows, one a claim; pages, its own page and its badge are absolute addresses. A claim
    that no page states now comes last, with no pages.
    """
    book = index.book
    return [
        {
            "id": claim.id,
            "record": claim.record.slug,
            "field": claim.name,
            "subject": subject(book, claim.record),
            "value": value_of(claim.field),
            "unit": claim.field.unit,
            "shown": show_value(claim.field),
            "qualifier": claim.field.qualifier,
            "low": whole(claim.field.low),
            "high": whole(claim.field.high),
            "as_of": claim.field.as_of,
            "read": claim.field.seen,
            "review_by": claim.review,
            "kind": claim.kind,
            "formula": claim.field.computed,
            "inputs": list(claim.field.inputs.values()),
            "sources": claim.field.sources,
            "where": "; ".join(filter(None, claim.field.places)) or None,
            "copy": claim.field.via,
            "stakes": stakes_of(book, claim.field),
            "note": claim.field.note,
            "pages": [book.address(page.src) for page in claim.pages],
            "address": book.address(short_link(claim.id)),
            "badge": book.address(badge_file(claim.id)),
        }
        for claim in (*index.claims, *index.resting)
    ]


def value_of(field: Field) -> object:
    """The value for a file: a number, a text, or for a range "66–70"."""
    return (
        "–".join(str(whole(part)) for part in field.value)
        if isinstance(field.value, list)
        else whole(field.value)
    )
