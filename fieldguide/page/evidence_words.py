"""The words for a number and its sources: what it is about, its field, its formula and inputs, and each
source in one line.
"""

from __future__ import annotations

import re

from fieldguide.book import Book
from fieldguide.records.fact import Fact
from fieldguide.records.field import Field, NoField, Sourced
from fieldguide.records.price import Price
from fieldguide.records.source import KIND_WORDS, Source
from fieldguide.records.spelling import field_words
from fieldguide.text.dates import show_date

_ASKS = re.compile(r"(When|Share of|How (far|fast|large|long|many|much|often))\b")
"""Titles that ask for a value."""


def source_line(source: Source) -> str:
    """Kind, publisher, date, stake and day read: "Paper, arXiv, 29 Mar 2022. Read 24 Nov 2026."."""
    parts = [f"{KIND_WORDS[source.kind]}, {source.published}"]
    if source.stake:
        parts.append(f"Interested party ({source.stake}): {source.stake_note}")
    parts.append(f"Read {show_date(source.seen)}{_in_copies(len(source.via))}")
    return ". ".join(parts) + "."


def _in_copies(count: int) -> str:
    """How a text was read: "" for the original, else " in a copy" or " in two copies"."""
    return (
        ("", " in a copy", " in two copies", " in three copies")[count]
        if count < 4
        else f" in {count} copies"
    )


def subject(book: Book, record: Sourced) -> str:
    """What a record is about, in the reader's words; for a rental, the name of its accelerator."""
    if isinstance(record, Price):
        chip = book.hardware.get(record.accelerator or "")
        if chip is not None:
            return f"{record.provider}, {chip.name}"
    return record.about()


def own_title(record: Sourced, name: str) -> str | None:
    """The title of a field, if it has one."""
    field = record.own_fields().get(name)
    return field.title if field is not None else None


def row_words(book: Book, record: Sourced, name: str) -> str:
    """What a value measures, below a heading that names its record: its own title, or "tokens"."""
    return own_title(record, name) or field_words(name, book.spellings)


def claim_words(book: Book, record: Sourced, name: str) -> str:
    """What a value measures, and of what: its own title, or "What Chinchilla read: tokens". If a fact has one
    field and its title asks for the value, the title alone: "When ChatGPT was released".
    """
    if title := own_title(record, name):
        return title
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
    """The inputs of a computed value of `record`, in words: "tokens". Inputs of another record name it once,
    after the last of them: "tokens of “Chinchilla”".

    An input that does not exist, which the check reports, is given as its reference.
    """
    references = list(field.inputs.values())
    parts = [book.find(reference) for reference in references]
    owners = [None if isinstance(part, NoField) else part.record for part in parts]
    words = []
    for index, part in enumerate(parts):
        if isinstance(part, NoField):
            words.append(references[index])
            continue
        last = part.record is not record and (index + 1 == len(parts) or owners[index + 1] is not part.record)
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
