"""What a deck says, and its check: numbers are compared with their records, and sources must exist."""

from __future__ import annotations

import re
from collections.abc import Container, Iterator, Sequence
from dataclasses import dataclass

from fieldguide.book import Book
from fieldguide.page.number import LOOSE, mismatch
from fieldguide.records.deck import Deck, Slide
from fieldguide.records.field import NoField
from fieldguide.records.figure import figure_src
from fieldguide.records.short_links import short_link
from fieldguide.text.dates import FULL_MONTHS, MONTHS, show_date
from fieldguide.text.inline_marks import CITATION, FACT_LINK, citation_parts, fact_words, without_citations
from fieldguide.text.problems import Problem, missing_source

OPINION = "StarX’s view"
_DATE = re.compile(rf"\d{{1,2}} (?:{'|'.join(FULL_MONTHS + MONTHS)})\b|\b(?:19|20)\d\d\b")
"""A day or a year, which looks like a number but is none."""


@dataclass(frozen=True)
class Number:
    """A checked number as the deck writes it: what it measures, its date, its sources, and the address of its
    claim.
    """

    written: str
    about: str
    as_of: str
    sources: str
    address: str


def spoken(book: Book, text: str) -> str:
    """The words of `say` as a speaker says them: numbers without links, sources by name in parentheses."""

    def cited(match: re.Match[str]) -> str:
        keys = [key for key, _ in citation_parts(match[1])]
        names = {"starx": OPINION} | {key: book.sources[key].name for key in keys if key in book.sources}
        return f" ({'; '.join(names.get(key, key) for key in keys)})"

    return " ".join(re.sub(rf"\s?{CITATION.pattern}", cited, fact_words(text)).split())


def numbers(book: Book, slide: Slide) -> list[Number]:
    """The checked numbers of a slide's words, each once, in order. Numbers without a record are skipped; the
    check reports them.
    """
    by_reference: dict[str, Number] = {}
    for written, reference in FACT_LINK.findall(slide.say):
        place = book.find(reference)
        if not isinstance(place, NoField) and reference not in by_reference:
            field = place.field
            by_reference[reference] = Number(
                written,
                f"{place.record.about()}, {place.name.replace('-', ' ')}",
                show_date(field.as_of) if field.as_of else "",
                "; ".join(book.sources[key].name for key in field.sources if key in book.sources),
                book.address(short_link(reference)),
            )
    return list(by_reference.values())


def notes(book: Book, slide: Slide) -> list[str]:
    """The paragraphs of a slide's notes: the words to say, the numbers in them with their claims, and the
    figure's page.
    """
    lines = [spoken(book, slide.say)]
    checked = [
        f"{item.written}: {item.about}{f', as of {item.as_of}' if item.as_of else ''}; {item.sources}."
        f" {item.address}"
        for item in numbers(book, slide)
    ]
    if checked:
        lines += [
            (
                "Numbers above, each with its source:"
                if len(checked) > 1
                else "The number above, with its source:"
            ),
            *checked,
        ]
    return [*lines, f"Figure, its data and every source: {book.address(figure_src(slide.figure))}"]


def title_of(book: Book, slide: Slide) -> str:
    """The slide's own title, else that of its figure."""
    return slide.title or book.figures[slide.figure].title


def check_words(book: Book, deck: Deck, claims: Container[str]) -> Iterator[Problem]:
    """Numbers that have no record or differ from it, unknown sources, and claims without a page. `claims` are
    the ids of the claims that have one.
    """
    for index, slide in enumerate(deck.slides):
        location = ("slides", index)
        if slide.claim is not None:
            yield from _check_reference(book, deck, slide.claim, claims, (*location, "claim"))
        for written, reference in FACT_LINK.findall(slide.say):
            place = book.find(reference)
            yield from _check_reference(book, deck, reference, claims, (*location, "say"))
            wrong = None if isinstance(place, NoField) else mismatch(written, place.field)
            if wrong:
                yield deck.problem(
                    f"`{reference}`: {wrong.replace('the page', 'the slide')}",
                    "correct the slide, or the record and its source",
                    *location,
                    "say",
                )
        for keys in CITATION.findall(slide.say):
            for key, _ in citation_parts(keys):
                if key not in book.sources and key != "starx":
                    yield deck.problem(
                        f"unknown citation `{key}`", missing_source(key, book.sources), *location, "say"
                    )
        for key in ("title", "say"):
            for number in loose(book, getattr(slide, key) or ""):
                yield deck.problem(
                    f"`{number}` has no record",
                    "write it as `[…](fact:record.field)` in `say`; a slide's title has the numbers of its"
                    " figure, or none",
                    *location,
                    key,
                )


def _check_reference(
    book: Book, deck: Deck, reference: str, claims: Container[str], location: Sequence[str | int]
) -> Iterator[Problem]:
    place = book.find(reference)
    if isinstance(place, NoField):
        yield deck.problem(place.message, place.hint, *location)
    elif reference not in claims:
        yield deck.problem(
            f"no page cites `{reference}`, so it has no claim to link",
            "use a number that a chapter cites, or cite this one there",
            *location,
        )


def loose(book: Book, text: str) -> list[str]:
    """The numbers in `text` that no record checks. Days, years and the names of models, companies and chips
    do not count.
    """
    text = _DATE.sub("", without_citations(FACT_LINK.sub("", text)))
    names = {item.name for kind in (book.models, book.companies, book.hardware) for item in kind.values()}
    for name in sorted((name for name in names if re.search(r"\d", name)), key=len, reverse=True):
        text = text.replace(name, "")
    return [match[0].strip() for match in LOOSE.finditer(text)]
