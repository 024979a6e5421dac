"""How well prominent values are sourced: those in an answer, a heading or a figure's title, or on the home
page, “ten minutes” or the scorecard. Each should be well sourced, as `book/evidence.py` decides. Values that
do not are counted and listed, but are not problems.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from fieldguide.book.evidence import leaf_inputs
from fieldguide.checks.headings import statements
from fieldguide.index import Index
from fieldguide.records.field import FieldMatch
from fieldguide.records.figure import Figure
from fieldguide.records.source import Source

PROMINENT_PAGES = {
    "index.md": "home",
    "ten-minutes.md": "ten minutes",
    "investing/scorecard.md": "the scorecard",
}
"""{page on which every checked number is prominent: its name in the list}."""


@dataclass(frozen=True)
class ProminentValue:
    """A value, not computed, that prominent places state directly or through a value computed from it."""

    reference: str
    location: FieldMatch
    places: tuple[str, ...]
    """The places that state it, in words."""

    def line(self, sources: Mapping[str, Source]) -> str:
        """One line of `check --weak`: the record's file and line, its sources, and where it is stated."""
        record, field = self.location.record, self.location.field
        problem = record.problem("", "", *record.field_location(self.location.name))
        standing = ", ".join(f"{key} ({sources[key].standing})" for key in field.sources if key in sources)
        return (
            f"{problem.path}:{problem.line}: `{self.reference}` stands on {standing or 'no source'};"
            f" {'; '.join(self.places)}"
        )


def prominent_values(index: Index) -> list[ProminentValue]:
    """Every such value, sorted by its reference."""
    places: dict[str, dict[str, None]] = {}
    for reference, place in _prominent(index):
        for input_reference in leaf_inputs(index.book, [reference]):
            places.setdefault(input_reference, {}).setdefault(place)
    return [
        ProminentValue(reference, match, tuple(places[reference]))
        for reference in sorted(places)
        if isinstance(match := index.book.find(reference), FieldMatch)
    ]


def _prominent(index: Index) -> Iterator[tuple[str, str]]:
    """(`record.field`, the prominent place that states it, in words)."""
    for statement in statements(index.book):
        owner = statement.owner.slug if isinstance(statement.owner, Figure) else statement.owner.src
        for reference in statement.references:
            yield reference, f"the {statement.kind} “{statement.words}” ({owner})"
    for src, place in PROMINENT_PAGES.items():
        for reference in index.pages[src].uses.facts if src in index.pages else ():
            yield reference, place
