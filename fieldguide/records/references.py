"""Where the references stand: an index, and a page for each group of letters that holds the sources whole.

The groups are fixed, so that no address changes when sources are added. What a reader keeps is the index's
anchor, which leads on.
"""

from __future__ import annotations

from collections.abc import Iterable
from itertools import groupby

from fieldguide.records.source import Source
from fieldguide.text.names import kebab

INDEX = "about/references.md"
"""The index, below docs/."""
FOLDER = "about/references"
GROUPS = ("a", "b-c", "d-f", "g-j", "k-l", "m", "n-o", "p-r", "s", "t-z")
"""First and last letter of each page's names. A name that begins with no letter stands on the first."""


def group_of(source: Source) -> str:
    """The group of letters with the page that lists the source, by the name under which it is cited."""
    letter = kebab(source.name)[:1]
    return next((group for group in GROUPS if group[0] <= letter <= group[-1]), GROUPS[0])


def group_words(group: str) -> str:
    """A group in words: "A", "B to C"."""
    return group.upper().replace("-", " to ")


def group_src(group: str) -> str:
    """The path below docs/ of a group's page."""
    return f"{FOLDER}/{group}.md"


def grouped(sources: Iterable[Source]) -> dict[str, list[Source]]:
    """{group: its sources in order of name}, without groups that have no source."""
    order = sorted(sources, key=lambda item: (GROUPS.index(group_of(item)), item.name.casefold(), item.slug))
    return {group: list(items) for group, items in groupby(order, key=group_of)}
