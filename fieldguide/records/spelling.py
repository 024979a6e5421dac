"""Spelling: how the parts of a field's name are written for a reader.

Names of records, makers and acronyms spell themselves; data/spelling.yml holds the rest.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Protocol

from fieldguide.records.base import Record, load_record
from fieldguide.records.model import Model
from fieldguide.records.price import PRICE_FIELDS
from fieldguide.records.term import Term
from fieldguide.text.dates import FULL_MONTHS, show_date
from fieldguide.text.names import is_acronym
from fieldguide.text.problems import Problem

MONTH_NAMES = {name.lower(): name for name in FULL_MONTHS}


class Spelling(Record):
    """data/spelling.yml."""

    words: list[str] = []
    parts: dict[str, str] = {}

    @property
    def spelled(self) -> dict[str, str]:
        """{part of a field name: how it is written}."""
        return {word.lower().replace(" ", "-").replace(".", ""): word for word in self.words} | self.parts


class NamedRecord(Protocol):
    """A record with a name."""

    @property
    def name(self) -> str: ...


def load_spelling(path: Path, root: Path) -> tuple[dict[str, str], list[Problem]]:
    """({part of a field name: how it is written}, problems) of data/spelling.yml; empty without the file."""
    if not path.exists():
        return {}, []
    record, problems = load_record(Spelling, path, root)
    return record.spelled if record is not None else {}, problems


def spellings(
    named: Iterable[tuple[str, NamedRecord]],
    models: Iterable[Model],
    terms: Iterable[Term],
    spelled: Mapping[str, str],
) -> dict[str, str]:
    """How the parts of field names are written: `named` records by their ids, families and makers of models,
    acronyms of terms, and `spelled`.
    """
    words = {word for model in models for word in (model.family, model.lab) if " " not in word}
    words |= {
        name for name in itertools.chain.from_iterable(term.names for term in terms) if is_acronym(name)
    }
    return (
        {word.lower(): word for word in words}
        | {slug: re.sub(r"(, | \().*", "", record.name) for slug, record in named}
        | dict(spelled)
    )


def field_words(name: str, spelled: Mapping[str, str]) -> str:
    """A field's name for a reader: "tokens per parameter", "GPT-4 bought"; an earlier price says from when:
    "input, from 1 Jan 2026".
    """
    period = re.fullmatch(rf"({'|'.join((*PRICE_FIELDS, 'date', 'since'))})-(\d{{4}}(?:-\d\d){{0,2}})", name)
    if period:
        return f"{period[1]}, from {show_date(period[2])}"
    parts, words = name.split("-"), []
    while parts:
        length = next((size for size in range(len(parts), 1, -1) if "-".join(parts[:size]) in spelled), 1)
        part = "-".join(parts[:length])
        del parts[:length]
        dated = part in MONTH_NAMES and (
            part not in ("march", "may") or bool(parts and re.fullmatch(r"20\d\d", parts[0]))
        )
        words.append(MONTH_NAMES[part] if dated else re.sub(r"^y(20\d\d)$", r"\1", spelled.get(part, part)))
    return " ".join(words)
