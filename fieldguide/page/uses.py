"""Uses: what one page uses of the book, and what it offers and asks of links."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass
class Uses:
    """What one page uses, in order of first use, and what it offers and asks of links."""

    sources: dict[str, None] = field(default_factory=dict)
    facts: dict[str, None] = field(default_factory=dict)
    terms: dict[str, None] = field(default_factory=dict)
    named: dict[str, None] = field(default_factory=dict)
    """Terms that a heading, a head of a table or a figure names, those that link themselves nowhere too."""
    figures: dict[str, None] = field(default_factory=dict)
    labs: dict[str, None] = field(default_factory=dict)
    ids: set[str] = field(default_factory=set)
    anchors: set[str] = field(default_factory=set)
    """The ids that a reader may link."""
    links: list[str] = field(default_factory=list)
    """Where links and images lead, as paths."""
    loose_numbers: list[str] = field(default_factory=list)
