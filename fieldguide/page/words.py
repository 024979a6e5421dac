"""Words for a number: what it is about, its field, its formula and inputs, how sure it is, and who has a
stake in it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from fieldguide.book import Book
from fieldguide.records.fact import Fact
from fieldguide.records.field import Field, Found, Missing, Sourced
from fieldguide.records.price import Price
from fieldguide.records.source import STANDINGS, Standing, best_standing
from fieldguide.records.spelling import field_words

_ASKS = re.compile(r"(When|Share of|How (far|fast|large|long|many|much|often))\b")
"""A title that asks for a value."""


def subject(book: Book, record: Sourced) -> str:
    """What a record is about, for a reader; a rental's accelerator by its name."""
    if isinstance(record, Price):
        chip = book.hardware.get(record.accelerator or "")
        if chip is not None:
            return f"{record.provider}, {chip.name}"
    return record.about()


def claim_words(book: Book, record: Sourced, name: str) -> str:
    """What a value is, and of what: "What Chinchilla read: tokens"; by its title alone where a fact has one
    field and the title asks for it: "When ChatGPT was released".
    """
    words = subject(book, record)
    if isinstance(record, Fact) and len(record.fields) == 1 and _ASKS.match(words):
        return words
    return f"{words}: {field_words(name, book.spellings)}"


def formula_words(book: Book, field: Field) -> str:
    """What a computed value is of its inputs: "training FLOP of", "percent of"."""
    words = field_words(
        (field.computed or "").removesuffix("_of").removesuffix("_on").replace("_", "-"), book.spellings
    )
    return words if words.endswith((" between", " from", " in")) else f"{words} of"


def input_words(book: Book, record: Sourced, field: Field) -> list[str]:
    """The inputs of a computed value of `record`: "tokens"; those of another record name it once, after the
    last in a row: "tokens of “Chinchilla”".

    An input that is not there, which the check reports, stands as the reference that its author wrote.
    """
    references = list(field.inputs.values())
    found = [book.find(reference) for reference in references]
    owners = [None if isinstance(part, Missing) else part.record for part in found]
    words = []
    for at, part in enumerate(found):
        if isinstance(part, Missing):
            words.append(references[at])
            continue
        last = part.record is not record and (at + 1 == len(found) or owners[at + 1] is not part.record)
        if last and claim_words(book, part.record, part.name) == subject(book, part.record):
            words.append(f"“{subject(book, part.record)}”")
            continue
        words.append(
            field_words(part.name, book.spellings) + (f" of “{subject(book, part.record)}”" if last else "")
        )
    return words


def derivation(book: Book, record: Sourced, field: Field) -> str:
    """Formula and inputs of a computed value: "ratio of tokens and parameters"."""
    *inputs, last = input_words(book, record, field)
    return f"{formula_words(book, field)} " + (f"{', '.join(inputs)} and " if inputs else "") + last


def field_kind(field: Field) -> str:
    """Disclosed (the source states it), derived, estimate, or ours (counted or chosen by us)."""
    return field.kind or ("derived" if field.computed else "disclosed")


ALONE = {"press": "Single press report", "secondary": "Single secondary source"}
FEW = {"press": "Press reports only", "secondary": "No primary source"}
PARTLY = {"press": "Partly from press only", "secondary": "Partly without a primary source"}
"""What a note says of a value without a primary source: with one source, with more, and where only inputs are
without.
"""
ONE, STAKE = "One source", "Interested party"
EVIDENCE = (ONE, "Secondary sources only", "Press only", STAKE)
"""What the ledger is filtered by."""


def standing_of(book: Book, field: Field) -> Standing | None:
    """The standing of the nearest source of a value; of a computed one, of its weakest input."""
    if not field.computed:
        return best_standing(book.sources, field.sources)
    found = {
        best_standing(book.sources, part.sources) for part in givens(book, field.inputs.values()).values()
    }
    return next((standing for standing in reversed(STANDINGS) if standing in found), None)


def givens(book: Book, references: Iterable[str]) -> dict[str, Field]:
    """The given values behind some references: themselves, or all that they are computed from."""
    pending, seen, given = [*references], set[str](), dict[str, Field]()
    while pending:
        reference = pending.pop()
        found = book.find(reference)
        if reference in seen or not isinstance(found, Found):
            continue
        seen.add(reference)
        if found.field.computed:
            pending += found.field.inputs.values()
        else:
            given[reference] = found.field
    return given


def weakness(book: Book, field: Field) -> str:
    """How a value without a primary source stands, in words; "" for any other."""
    standing = standing_of(book, field)
    if standing is None or standing == "primary":
        return ""
    if len(field.sources) == 1:
        return ALONE[standing]
    return (PARTLY if best_standing(book.sources, field.sources) != standing else FEW)[standing]


def evidence_of(book: Book, field: Field) -> list[str]:
    """Of `EVIDENCE` what holds for a value."""
    standing = standing_of(book, field)
    holds = (
        len(field.sources) == 1,
        standing in ("secondary", "press"),
        standing == "press",
        bool(stakes_of(book, field)),
    )
    return [words for words, so in zip(EVIDENCE, holds, strict=True) if so]


def stakes_of(book: Book, field: Field) -> list[str]:
    """The interests that the sources have in the answer: vendor, investor, competitor."""
    found = (book.sources[key].stake for key in field.sources if key in book.sources)
    return list(dict.fromkeys(stake for stake in found if stake))
