"""On what the claims of each section stand: shares by the nearest source, and of sources with a stake, for
the page on how we check.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from itertools import accumulate
from xml.etree import ElementTree as ET

from fieldguide.book.evidence import ONE_SOURCE, STAKE, evidence_marks, standing_of
from fieldguide.index import Claim, Index, by_section
from fieldguide.lists.data_tables import empty_block
from fieldguide.page.context import Context, place
from fieldguide.page.template import render_template
from fieldguide.records.claim import section_name, section_src
from fieldguide.records.source import STANDINGS
from fieldguide.text.tree import parse

HEADS = ("Section", "Claims", "Primary source", "Secondary at best", "Press only", ONE_SOURCE, STAKE)
WIDTH = 100
TINTS = {"primary": "1", "secondary": ".45", "press": ".15"}
"""How dark a part of a bar is."""


def render_evidence(context: Context, element: ET.Element) -> None:
    """The block: its table follows once every page is rendered."""
    caption = empty_block(element, "div", {"class": "fg-evidence-shares"})
    element.extend([place("evidence-shares"), caption])


def evidence_shares(context: Context, index: Index, _: str) -> list[ET.Element]:
    """A line a section, with a bar; and the sum, in which each claim counts once."""
    sections = [
        (
            context.href(section_src(key)),
            section_name(context.book.pages[section_src(key)]),
            _shares(context, [claim for own in records.values() for claim in own]),
        )
        for key, records in by_section(context.book, index.claims).items()
    ]
    total = _shares(context, index.claims)
    return [parse(render_template("lists/evidence.html", heads=HEADS, sections=sections, total=total))]


def _shares(
    context: Context, claims: Sequence[Claim]
) -> tuple[str, list[tuple[float, float, str]], list[str]]:
    """How many claims there are, the parts of their bar (start, width, tint), from primary, the darkest, to
    press, and the shares in percent.
    """
    book, whole = context.book, max(len(claims), 1)
    standings = Counter(standing_of(book, claim.field) for claim in claims)
    marks = Counter(mark for claim in claims for mark in evidence_marks(book, claim.field))
    widths = [WIDTH * (standings[standing] / whole) for standing in STANDINGS]
    starts = accumulate(widths, initial=0.0)
    parts = [
        (start, width, TINTS[standing])
        for start, width, standing in zip(starts, widths, STANDINGS, strict=False)
        if width
    ]
    counts = [*(standings[standing] for standing in STANDINGS), marks[ONE_SOURCE], marks[STAKE]]
    return f"{len(claims):,}", parts, [f"{100 * count / whole:.0f}%" for count in counts]
