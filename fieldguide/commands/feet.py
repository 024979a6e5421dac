"""On how much stands what stands out: claims behind an answer, a heading, a figure's title, home, ten minutes
or the scorecard.

Each wants a primary source or two independent ones; pages that copy one report, and pages of one publisher,
are one. What has less is counted and listed, and is no problem.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from fieldguide.commands.statements import statements
from fieldguide.index import Index
from fieldguide.page.words import givens
from fieldguide.records.field import Field, Found
from fieldguide.records.figure import Figure
from fieldguide.records.source import Source, root_of

LEANED_ON = {"index.md": "home", "ten-minutes.md": "ten minutes", "investing/scorecard.md": "the scorecard"}
"""Pages of which every checked number is leaned on."""


@dataclass(frozen=True)
class Leaning:
    """A given value that something rests on, itself or through what is computed from it."""

    reference: str
    found: Found
    rests: tuple[str, ...]
    """What rests on it, in words."""

    def line(self, sources: Mapping[str, Source]) -> str:
        """For the list: where the record is, on what it stands, and what rests on it."""
        problem = self.found.record.problem("", "", *self.found.record.field_location(self.found.name))
        standing = ", ".join(
            f"{key} ({sources[key].standing})" for key in self.found.field.sources if key in sources
        )
        return (
            f"{problem.path}:{problem.line}: `{self.reference}` stands on {standing or 'no source'};"
            f" {'; '.join(self.rests)}"
        )


def leanings(index: Index) -> list[Leaning]:
    """Every given value that is leaned on, by its reference."""
    rests: dict[str, dict[str, None]] = {}
    for reference, words in _leaned_on(index):
        for given in givens(index.book, [reference]):
            rests.setdefault(given, {}).setdefault(words)
    found = ((reference, index.book.find(reference), words) for reference, words in sorted(rests.items()))
    return [
        Leaning(reference, value, tuple(words))
        for reference, value, words in found
        if isinstance(value, Found)
    ]


def stands(sources: Mapping[str, Source], field: Field) -> bool:
    """Whether a given value has a primary source, or two independent ones."""
    known = [key for key in field.sources if key in sources]
    return any(sources[key].standing == "primary" for key in known) or independent(sources, known) > 1


def independent(sources: Mapping[str, Source], keys: Iterable[str]) -> int:
    """How many sources there are when copies of one report, and pages of one publisher, are one."""
    return len(
        {sources[root].publisher if (root := root_of(sources, key)) in sources else key for key in keys}
    )


def _leaned_on(index: Index) -> Iterator[tuple[str, str]]:
    for statement in statements(index.book):
        for reference in statement.rests:
            owner = statement.owner.slug if isinstance(statement.owner, Figure) else statement.owner.src
            yield reference, f"the {statement.kind} “{statement.words}” ({owner})"
    for src, words in LEANED_ON.items():
        if src in index.pages:
            for reference in index.pages[src].uses.facts:
                yield reference, words
