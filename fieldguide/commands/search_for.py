"""What to search for when a claim is read again: the exact names and numbers that its record and its sources
hold, so that a search which finds nothing was a search for the right thing.
"""

from __future__ import annotations

import re

from fieldguide.index import Claim, Index
from fieldguide.page.evidence_words import subject
from fieldguide.records.field import show_value
from fieldguide.records.price import Price
from fieldguide.text.dates import FULL_MONTHS, MONTHS

MOST = 6
"""Terms shown for one claim."""
NUMBERS = re.compile(
    r"\b\d:\d\d-cv-\d+|\b(?:HR|H\.R\.|SB|AB|HB|S\.) ?\d+|\bNo\. ?\d[\w.:/-]*|\bC-\d+/\d+|\b(?:19|20)\d\d/\d+"
    r"|\b[Aa]rticles? \d+(?:\(\w+\))*|\b[Ss]ections? \d[\w.()]*"
    r"|\b\d{4}\.\d{5}\b"
)
"""Numbers that name one thing: dockets, bills, regulations, articles, papers."""
WORD = r"[A-Z](?:[\w’.&-]*\w)?\b"
NAMES = re.compile(rf"\b{WORD}(?: (?:(?:of|v\.|and|the|for|on) )?{WORD}| \d[\w.-]*\b)+")
"""Names of two words or more."""
OPENING = re.compile(r"^(?:The|A|An|What|How|When|Where|Who|In|On|Court|Share of|Its?|Quotes) ")
"""A word that begins a title or a sentence, and no name."""
DAY = re.compile(rf"^\d* ?(?:{'|'.join((*FULL_MONTHS, *MONTHS))})\b")
"""What begins a date."""


def search_terms(index: Index, claim: Claim) -> list[str]:
    """At most MOST terms, the most exact first: numbers, names, then who published the sources; for a price
    that a public list carries, the command that looks there.
    """
    record, field = claim.record, claim.field
    if field.computed:
        return ["its inputs"]
    if isinstance(record, Price):
        return ["`make refresh`"] if record.listed else [f"{subject(index.book, record)} price"]
    sources = [index.book.sources[key] for key in field.sources if key in index.book.sources]
    texts = [subject(index.book, record), field.where or "", field.note or ""]
    texts += [text for source in sources for text in (source.title, source.note or "")]
    numbers = [number.rstrip(".:,") for text in texts for number in NUMBERS.findall(text)]
    names = [OPENING.sub("", name) for text in texts for name in NAMES.findall(text)]
    names = [name for name in names if " " in name and not DAY.match(name)]
    terms: list[str] = []
    for term in (*numbers, *names, *(source.publisher for source in sources)):
        if not any(term in longer for longer in terms):
            terms.append(term)
    return terms[:MOST] if len(terms) > 1 else [subject(index.book, record), *terms, show_value(field)]
