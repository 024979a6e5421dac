"""The pages of the references: an index, and a page for each group of letters that holds the sources whole.

The groups are fixed, so that no address changes when sources are added. What a reader keeps is the index's
anchor, which leads on.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from itertools import groupby

from fieldguide.records.page import FrontMatter, Page
from fieldguide.records.source import Source
from fieldguide.text.names import kebab

INDEX = "about/references.md"
"""The index, below docs/."""
FOLDER = "about/references"
GROUPS = ("a", "b-c", "d-f", "g-j", "k-l", "m", "n-o", "p-r", "s", "t-z")
"""First and last letter of each page's names. A name that begins with no letter stands on the first."""


def group_of(source: Source) -> str:
    """The group that holds the source, by the name it is cited by."""
    letter = kebab(source.name)[:1]
    return next((group for group in GROUPS if group[0] <= letter <= group[-1]), GROUPS[0])


def group_words(group: str) -> str:
    """ "A", "B to C"."""
    return group.upper().replace("-", " to ")


def group_src(group: str) -> str:
    """The path below docs/ of a group's page."""
    return f"{FOLDER}/{group}.md"


def grouped(sources: Iterable[Source]) -> dict[str, list[Source]]:
    """The groups that hold a source, each in order of name."""
    order = sorted(sources, key=lambda item: (GROUPS.index(group_of(item)), item.name.casefold(), item.slug))
    return {group: list(items) for group, items in groupby(order, key=group_of)}


def reference_pages(index: Page, sources: Mapping[str, Source]) -> dict[str, Page]:
    """A page for each group, by its path below docs/."""
    return {group_src(group): _page(index, group) for group in grouped(sources.values())}


def _page(index: Page, group: str) -> Page:
    title = f"References, {group_words(group)}"
    about = (
        f"The sources of this guide whose names begin with {group_words(group)}, with kind, date, stake, the"
        " day each was read and the pages that use it."
    )
    meta = FrontMatter.model_construct(
        title=title, description=about, type="reference", reviewed=index.meta.reviewed
    )
    return Page(
        group_src(group),
        index.path,
        meta,
        f"# {title}\n\n{about}\n\n/// figure | references-{group}\n///\n",
        made=True,
    )
