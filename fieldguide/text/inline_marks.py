"""Checked numbers and citations as authors write them, `[70B](fact:chinchilla.parameters)` and
`[@hoffmann2022, table 3]`, and the marks that stand for them in our own markup, which
`page.context.Context.markup` fills in: `{{fact:chinchilla.parameters|70B}}` and `{{cite:hoffmann2022}}`.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from html import escape

FACT_LINK = re.compile(r"\[([^\]\n]+)\]\(fact:([^)\s]+)\)")
"""Words, `record.field`."""
CITATION = re.compile(r"\[@([^\[\]\n]+)\]")
"""What `citation_parts` reads."""
FACT_MARK = re.compile(r"\{\{fact:([^}|]+)\|([^}]*)\}\}")
"""`record.field`, words."""
CITE_MARK = re.compile(r"\{\{cite:([^}]+)\}\}")
"""What `citation_parts` reads."""


def fact_words(text: str) -> str:
    """The text with the words of its checked numbers: "70B"."""
    return FACT_LINK.sub(r"\1", text)


def fact_references(text: str) -> list[str]:
    """The `record.field` of each checked number in the text, in their order."""
    return [reference for _, reference in FACT_LINK.findall(text)]


def fact_marks(text: str) -> str:
    """The text with a mark for each checked number."""
    return FACT_LINK.sub(r"{{fact:\2|\1}}", text)


def fact_markup(text: str) -> str:
    """The same, and everything else escaped."""
    return fact_marks(escape(text, quote=False))


def mark_words(text: str) -> str:
    """Our own markup with the words of its checked numbers in place of their marks."""
    return FACT_MARK.sub(r"\2", text)


def citation_parts(keys: str) -> list[tuple[str, str]]:
    """(key, place in the source or "") for each source of a citation: "hoffmann2022, table 3; @brown2020"."""
    parts = (part.strip().lstrip("@").partition(",") for part in keys.split(";"))
    return [(key, locator.strip()) for key, _, locator in parts]


def without_citations(text: str) -> str:
    """The text without its citations and the space before each."""
    return re.sub(rf"\s*{CITATION.pattern}", "", text)


WORDY = 22
"""The average characters of a cell from which a table is one of words, not of values."""


def wordy(cells: Sequence[str]) -> bool:
    """Whether the cells of a table, those that head its rows aside, are mostly words: on a phone each row of
    such a table becomes a block, where a column would be a few words wide.
    """
    return sum(map(len, cells)) >= WORDY * len(cells)


BRIEF, FULL = 13, 40
"""The most characters of a cell that needs a third of a phone's width, and the fewest of one that needs more
than half.
"""


def stacked(columns: Sequence[Sequence[str]]) -> str:
    """The classes of a table of words, from its columns, those of the rows' names aside. On a phone, where
    its cells stand in two columns, one of dates or other brief cells leaves its room to the other.
    """
    halves = columns[len(columns) % 2 :]  # of an odd number the first has the whole width
    left, right = ([cell for column in halves[side::2] for cell in column] for side in (0, 1))
    for brief, full, name in ((left, right, "left"), (right, left, "right")):
        if brief and max(map(len, brief)) <= BRIEF and max(map(len, full)) >= FULL:
            return f"fg-table fg-table--stacks fg-table--brief-{name}"
    return "fg-table fg-table--stacks"
