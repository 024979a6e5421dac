"""Synonyms: what readers type where the guide says something else, and what they ask of a page. One record,
data/synonyms.yml, which the search reads.

Plurals, other endings and regular British spellings need no line: the search takes words to their stems and
-ise, -our, -lled to -ize, -or, -led.
"""

from __future__ import annotations

from pydantic import Field as Key
from pydantic import model_validator

from fieldguide.records.base import Record

PATH = "data/synonyms.yml"
MOST_WORDS = 5
"""Of a phrase, as the search looks for them in a question."""


class Synonyms(Record):
    """data/synonyms.yml."""

    typed: dict[str, list[str]] = Key(
        examples=["{retrieval-augmented generation: [rag, chat with documents]}"]
    )
    """The guide's own words → other words that readers type for them."""
    asked: dict[str, list[str]] = Key({}, examples=["{training/tokens.md: [why do i pay per token]}"])
    """A page below docs/ → questions in readers' words that it answers."""

    @model_validator(mode="after")
    def _each_once(self) -> Synonyms:
        for term, typed in self.typed.items():
            if not typed:
                raise ValueError(f"`{term}` has no other words; name one, or delete the line")
            seen = {term.casefold()}
            for phrase in typed:
                if phrase.casefold() in seen:
                    raise ValueError(f"`{phrase}` stands twice under `{term}`")
                if not 1 <= len(phrase.split()) <= MOST_WORDS:
                    raise ValueError(f"`{phrase}` has {len(phrase.split())} words; write 1 to {MOST_WORDS}")
                seen.add(phrase.casefold())
        return self
