"""What one page uses of the book, the anchors it offers, and the links it makes."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass
class Uses:
    """What one page uses of the book, in order of first use, the anchors it offers, and the links
    it makes.
    """

    sources: dict[str, None] = field(default_factory=dict)
    facts: dict[str, None] = field(default_factory=dict)
    terms: dict[str, None] = field(default_factory=dict)
    named: dict[str, None] = field(default_factory=dict)
    """Terms named in a heading, a table head or a figure, including terms that are never linked
    automatically.
    """
    figures: dict[str, None] = field(default_factory=dict)
    labs: dict[str, None] = field(default_factory=dict)
    live: bool = False
    """Whether the page has a live picture."""
    ids: set[str] = field(default_factory=set)
    anchors: set[str] = field(default_factory=set)
    """The ids that readers may link."""
    links: list[str] = field(default_factory=list)
    """The paths that links and images lead to."""
    loose_numbers: list[str] = field(default_factory=list)
