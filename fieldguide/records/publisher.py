"""The press that counts: newsrooms, law firms and experts whom a partner would quote. One record,
data/publishers.yml; STYLE.md S16 has the rule.
"""

from __future__ import annotations

from collections.abc import Mapping

from fieldguide.records.base import Prose, Record
from fieldguide.records.source import Source
from fieldguide.text.problems import Problem, closest

PATH = "data/publishers.yml"


class Publishers(Record):
    """data/publishers.yml: each publisher with a line that says why it counts."""

    newsrooms: dict[Prose, str] = {}
    firms: dict[Prose, str] = {}
    """Law firms, and those who carry their notes under the firm's name."""
    experts: dict[Prose, str] = {}
    """People and institutes known by name for what they write about."""

    @property
    def known(self) -> dict[str, str]:
        return {**self.newsrooms, **self.firms, **self.experts}


def fault(source: Source, known: Mapping[str, str]) -> Problem | None:
    """The problem of a press source whose publisher does not count or that was read in a single copy, else
    None. `known` are the publishers that count.
    """
    if source.kind != "press":
        return None
    if source.publisher not in known:
        near = closest(source.publisher, known)
        cure = (
            "cite the origin that it passes on, with `via:` naming the copies that were read; add a newsroom,"
            " law firm or known expert to data/publishers.yml; or withdraw what stands on it"
        )
        return source.problem(
            f"`{source.publisher}` is not among the press that counts",
            f"{near} else {cure}" if near else cure,
            "publisher",
        )
    if len(source.via) == 1:
        return source.problem(
            "it was read in one copy only",
            "name a second, independent copy that agrees: `via: [first, second]`",
            "via",
        )
    return None


def check_publishers(publishers: Publishers | None, sources: Mapping[str, Source]) -> list[Problem]:
    """A problem for each press source that does not count."""
    if publishers is None:
        return []
    return [
        problem for source in sources.values() if (problem := fault(source, publishers.known)) is not None
    ]
