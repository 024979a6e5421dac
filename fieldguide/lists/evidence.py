"""On what the claims of each section stand: shares by the nearest source, and of sources with a stake, for
the page on how we check.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from xml.etree import ElementTree as ET

from fieldguide.book.evidence import ONE_SOURCE, STAKE, evidence_marks, standing_of
from fieldguide.index import Claim, Index, by_section
from fieldguide.lists.data_tables import empty_block
from fieldguide.page.context import Context, place
from fieldguide.records.claim import section_name, section_src
from fieldguide.records.source import STANDINGS
from fieldguide.text.tree import E

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
    title = "Kinds of sources behind the claims of each section, in percent"
    head = E(
        "tr",
        {},
        *(
            E("th", {"scope": "col"} | ({"class": "fg-num"} if at else {}), name)
            for at, name in enumerate(HEADS)
        ),
    )
    body = E("tbody")
    for key, records in by_section(context.book, index.claims).items():
        name = E(
            "a", {"href": context.href(section_src(key))}, section_name(context.book.pages[section_src(key)])
        )
        body.append(_line(context, name, [claim for own in records.values() for claim in own]))
    foot = E("tfoot", {}, _line(context, "All sections, each claim once", index.claims))
    table = E(
        "table",
        {"class": "fg-claims__sections"},
        E("caption", {"class": "fg-sr"}, title),
        E("thead", {}, head),
        body,
        foot,
    )
    return [E("div", {"class": "fg-table", "tabindex": "0", "role": "region", "aria-label": title}, table)]


def _line(context: Context, name: ET.Element | str, claims: Sequence[Claim]) -> ET.Element:
    book = context.book
    standings = Counter(standing_of(book, claim.field) for claim in claims)
    marks = Counter(words for claim in claims for words in evidence_marks(book, claim.field))
    counts = [*(standings[standing] for standing in STANDINGS), marks[ONE_SOURCE], marks[STAKE]]
    shares = [f"{100 * count / max(len(claims), 1):.0f}%" for count in counts]
    head = E(
        "th",
        {"scope": "row"},
        name,
        _bar({standing: standings[standing] / max(len(claims), 1) for standing in STANDINGS}),
    )
    return E("tr", {}, head, *(E("td", {"class": "fg-num"}, cell) for cell in (f"{len(claims):,}", *shares)))


def _bar(parts: dict[str, float]) -> ET.Element:
    """The shares as one bar, from primary, the darkest, to press; the numbers beside it say the same."""
    bar = E(
        "svg",
        {
            "class": "fg-evidence-shares__bar",
            "viewBox": f"0 0 {WIDTH} 6",
            "preserveAspectRatio": "none",
            "aria-hidden": "true",
            "fill": "currentColor",
        },
    )
    start = 0.0
    for standing, part in parts.items():
        if part:
            bar.append(
                E(
                    "rect",
                    {
                        "x": f"{start:.2f}",
                        "y": "0",
                        "width": f"{WIDTH * part:.2f}",
                        "height": "6",
                        "fill-opacity": TINTS[standing],
                    },
                )
            )
        start += WIDTH * part
    return bar
