"""How certain a value is, and the words for it: its kind, how close its sources are to the facts, whether
they have a stake in it, and whether it counts as well sourced.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import NamedTuple

from fieldguide.book import Book
from fieldguide.records.field import Field, FieldMatch
from fieldguide.records.source import STANDINGS, Source, Standing, root_of


class KindWords(NamedTuple):
    """The words for one kind of value."""

    choice: str
    """In the filter of the ledger of claims."""
    note: str
    """In the note that a number opens."""
    mark: str
    """Beside the number on its claim's page."""
    sentence: str
    """Below the number on its claim's page."""


FIELD_KINDS = {
    "disclosed": KindWords("Disclosed", "Disclosed", "Disclosed", "Disclosed: the source states this value."),
    "derived": KindWords("Derived", "Derived", "Derived", "Derived: calculated from other values."),
    "estimate": KindWords(
        "Estimate",
        "Third-party estimate",
        "An estimate",
        "Estimate: calculated by a third party, not stated by those who know.",
    ),
    "ours": KindWords(
        "Ours",
        "Counted or chosen by us",
        "Our count or choice",
        "Ours: counted by us in the source, or chosen by us for a calculation.",
    ),
}
"""{kind of a value, as `field_kind` says: its words}."""
SINGLE = {"press": "Single press report", "secondary": "Single secondary source"}
SEVERAL = {"press": "Press reports only", "secondary": "No primary source"}
PARTLY = {"press": "Partly from press only", "secondary": "Partly without a primary source"}
"""{standing: note} for values without a primary source: for one source, for several, and for a computed value
only some of whose inputs lack one.
"""
ONE_SOURCE, STAKE = "One source", "Interested party"
EVIDENCE_MARKS = (ONE_SOURCE, "Secondary sources only", "Press only", STAKE)
"""The filters of the ledger of claims."""


def field_kind(field: Field) -> str:
    """ "disclosed" (stated by the source), "derived", "estimate", or "ours" (counted or chosen by us)."""
    return field.kind or ("derived" if field.computed else "disclosed")


# ---- what a value is computed from


def fields_behind(book: Book, references: Iterable[str]) -> dict[str, Field]:
    """{`record.field`: field} for the references and all values that they are computed from. References that
    lead nowhere are left out.
    """
    pending, behind = [*references], dict[str, Field]()
    while pending:
        reference = pending.pop()
        match = book.find(reference)
        if reference not in behind and isinstance(match, FieldMatch):
            behind[reference] = match.field
            pending += match.field.inputs.values()
    return behind


def leaf_inputs(book: Book, references: Iterable[str]) -> dict[str, Field]:
    """{`record.field`: field} of the values behind the references that are not computed themselves."""
    return {
        reference: field for reference, field in fields_behind(book, references).items() if not field.computed
    }


# ---- a value that is less sure than others


def is_soft(book: Book, field: Field) -> bool:
    """Whether a value, or one it is computed from, is an estimate or has a single press report as its source.
    Such a number gets a ring.
    """
    return any(
        part.kind == "estimate" or (len(part.sources) == 1 and from_press_only(book.sources, part.sources))
        for part in (field, *fields_behind(book, field.inputs.values()).values())
    )


def from_press_only(sources: Mapping[str, Source], keys: Iterable[str]) -> bool:
    """Whether `keys` contain sources and all of them are press reports."""
    known = [sources[key] for key in keys if key in sources]
    return bool(known) and all(source.kind == "press" for source in known)


def best_standing(sources: Mapping[str, Source], keys: Iterable[str]) -> Standing | None:
    """The best standing among some sources; None if none of them is known."""
    standings = {sources[key].standing for key in keys if key in sources}
    return next((standing for standing in STANDINGS if standing in standings), None)


def standing_of(book: Book, field: Field) -> Standing | None:
    """The best standing among a value's sources; for a computed value, that of its weakest input."""
    if not field.computed:
        return best_standing(book.sources, field.sources)
    inputs = leaf_inputs(book, field.inputs.values()).values()
    standings = {best_standing(book.sources, part.sources) for part in inputs}
    return next((standing for standing in reversed(STANDINGS) if standing in standings), None)


def weakness(book: Book, field: Field) -> str:
    """The note on a value without a primary source; "" for any other."""
    standing = standing_of(book, field)
    if standing is None or standing == "primary":
        return ""
    if len(field.sources) == 1:
        return SINGLE[standing]
    return (PARTLY if best_standing(book.sources, field.sources) != standing else SEVERAL)[standing]


def stakes_of(book: Book, field: Field) -> list[str]:
    """The stakes that a value's sources have in it: vendor, investor, competitor."""
    stakes = (book.sources[key].stake for key in field.sources if key in book.sources)
    return list(dict.fromkeys(stake for stake in stakes if stake))


def evidence_marks(book: Book, field: Field) -> list[str]:
    """Those of `EVIDENCE_MARKS` that apply to a value."""
    standing = standing_of(book, field)
    applies = (
        len(field.sources) == 1,
        standing in ("secondary", "press"),
        standing == "press",
        bool(stakes_of(book, field)),
    )
    return [mark for mark, yes in zip(EVIDENCE_MARKS, applies, strict=True) if yes]


# ---- enough sources


def is_well_sourced(sources: Mapping[str, Source], field: Field) -> bool:
    """Whether a value that is not computed has a primary source, or two independent ones."""
    known = [key for key in field.sources if key in sources]
    return best_standing(sources, known) == "primary" or independent(sources, known) > 1


def independent(sources: Mapping[str, Source], keys: Iterable[str]) -> int:
    """The number of independent sources: copies of one report count as one, as do pages of one publisher."""
    originals = [(key, sources.get(root_of(sources, key))) for key in keys]
    return len({original.publisher if original else key for key, original in originals})
