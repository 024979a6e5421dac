"""Terms of the glossary: one Markdown file each; its first paragraph is the definition and is written nowhere
else.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from fieldguide.records.page import Page
from fieldguide.text.names import is_acronym, plain
from fieldguide.text.problems import Problem

MOST_WORDS = 40
"""Of a definition."""
NEIGHBORS = 6
"""Terms listed before a term on its page, and as many from it on."""


@dataclass
class Term:
    """A term and every name it links itself under."""

    slug: str
    page: Page
    definition: str

    @property
    def title(self) -> str:
        return self.page.meta.title

    @property
    def names(self) -> list[str]:
        return [self.title, *self.page.meta.aka]

    @property
    def first_sentence(self) -> str:
        """The first sentence of the definition."""
        return re.split(r"(?<=[.!?])\s", self.definition, maxsplit=1)[0]

    @property
    def short_definition(self) -> str:
        """The first sentence without "A token is", or without only the name before another verb, for a place
        that the term precedes.
        """
        name = rf"^(?:(?:an?|the) )?{re.escape(self.title)}s? (?:(?:is|are|means),? )?"
        return re.sub(name, "", self.first_sentence, flags=re.IGNORECASE)

    @property
    def links_itself(self) -> bool:
        return self.page.meta.status != "manual"


def term_slug(src: str) -> str:
    """The slug of the term whose page stands at `src`."""
    return posixpath.basename(src).removesuffix(".md")


NO_PARAGRAPH = ("- ", "* ", "!!!", "///", "|", ">")
"""What opens a list, a box, a block, a table or a quotation, and so no definition."""


def load_terms(pages: Iterable[Page]) -> tuple[dict[str, Term], list[Problem]]:
    """{slug: term}, and the problems: definitions that are missing, too long or hold a link, and names that
    two terms claim.
    """
    terms: dict[str, Term] = {}
    problems: list[Problem] = []
    owners: dict[tuple[str | None, str], Term] = {}
    for page in pages:
        slug = term_slug(page.src)
        first = page.first_paragraph
        definition = plain(first) if not first.startswith(NO_PARAGRAPH) else ""
        term = Term(slug, page, definition)
        terms[slug] = term
        words = len(definition.split())
        if not definition:
            problems.append(
                page.problem(
                    f"the term `{slug}` has no definition",
                    "write it as the first paragraph after the heading",
                )
            )
        elif words > MOST_WORDS:
            problems.append(
                page.problem(
                    f"the definition has {words} words",
                    f"cut it to {MOST_WORDS}; say the rest below",
                    first[:40],
                )
            )
        elif re.search(r"\]\(|\[@", first):
            problems.append(
                page.problem(
                    "the definition holds a link or a citation", "move it to the next paragraph", first[:40]
                )
            )
        for layer, name in [
            *((None, name) for name in term.names),
            *((page.meta.layer, name) for name in page.meta.aka_within),
        ]:
            owner = owners.setdefault((layer, name_key(name)), term)
            if owner is not term:
                problems.append(
                    page.problem(
                        f"the name “{name}” belongs to {owner.page.path} already",
                        "choose another alias or title",
                    )
                )
            elif layer is None and name != term.title and term.names.count(name) > 1:
                problems.append(page.problem(f"the alias “{name}” stands twice", "write it once"))
    return terms, problems


def name_key(name: str) -> str:
    """The key under which a name is looked up: an acronym as it is, other names without regard to case."""
    return name if is_acronym(name) else name.casefold()


def alphabetical(terms: Iterable[Term]) -> list[Term]:
    """The terms in the order of their titles, without regard to case."""
    return sorted(terms, key=lambda term: term.title.casefold())


def by_letter(terms: Iterable[Term]) -> dict[str, list[Term]]:
    """{first letter, capital: its terms in order}."""
    letters: dict[str, list[Term]] = {}
    for term in alphabetical(terms):
        letters.setdefault(term.title[0].upper(), []).append(term)
    return letters


def neighbors(terms: Mapping[str, Term], slug: str) -> tuple[Term | None, Term | None, list[Term]]:
    """(previous term, next term, the dozen terms around this one for the left column)."""
    order = alphabetical(terms.values())
    place = next(number for number, term in enumerate(order) if term.slug == slug)
    start = max(0, min(place - NEIGHBORS, len(order) - 2 * NEIGHBORS))
    return (
        order[place - 1] if place else None,
        order[place + 1] if place + 1 < len(order) else None,
        order[start : start + 2 * NEIGHBORS],
    )
