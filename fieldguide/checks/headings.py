"""Headings, figures' titles and answers: their numbers are links, and their unsure values have a hedge word.

A reader who skims takes these lines as the guide's own claims. The rules:

- A number in digits in a heading is a link where its section or page links the same number, or where the page
  never states it. It needs no link where the page writes it without one, because there it is illustrative or
  worked out. Years, dates, names of models and chips, and sizes in place of names ("a 70B model") need none
  either.
- An amount in words ("thirty million", "nine times") is a link where the page links the same number, and so
  are any words that the section links ("six"). Other counts in words count what the page shows.
- A number in digits in a figure's title is a link, or an assertion of the figure holds it, or the figure is
  illustrative and names the number in its context.
- An answer, a page's first sentence, has no such rule: S1 keeps numbers that need a source out of it.
- A heading, title or answer that links an estimate, a value computed from one, or a value that only the press
  reports has one of `HEDGES`. So has a title whose figure's assertions name such a value.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from fieldguide.book import Book
from fieldguide.book.evidence import from_press_only, is_soft
from fieldguide.page.number import LOOSE
from fieldguide.records.field import FieldMatch
from fieldguide.records.figure import Figure
from fieldguide.records.page import Page
from fieldguide.text.dates import FULL_MONTHS, MONTHS
from fieldguide.text.inline_marks import FACT_LINK, fact_references
from fieldguide.text.names import plain
from fieldguide.text.numbers import SPELLED, parse_number
from fieldguide.text.problems import Problem

HEADING = re.compile(r"^(#{2,4}) (.+)$", flags=re.M)
DATE = re.compile(
    rf"(?:\b\d{{1,2}} )?\b(?:{'|'.join((*FULL_MONTHS, *MONTHS))})\b(?: \d{{4}})?|\b(?:19|20)\d\d\b(?!,\d)"
)
SIZE = re.compile(r"\b\d[\d.]*[BMT](?= model)")
"""A model's size in place of its name: “a 70B model”."""
HEDGES = (
    "about",
    "almost",
    "at least",
    "at most",
    "by one",
    "by press",
    "by some",
    "claim",
    "claims",
    "estimate",
    "estimated",
    "estimates",
    "in one study",
    "in one test",
    "may",
    "might",
    "nearly",
    "one estimate",
    "one study",
    "or so",
    "perhaps",
    "press reports",
    "projected",
    "reported",
    "reportedly",
    "reports",
    "roughly",
    "said",
    "stated",
    "surveys",
    "up to",
)
"""A statement about an estimate, or about a value that only the press reports, contains one of these."""
HEDGED = re.compile(rf"\b(?:{'|'.join(HEDGES)})\b", flags=re.I)


@dataclass(frozen=True)
class Statement:
    """One heading, figure's title or answer. `text` and `section` are Markdown; `references` are the values
    behind it, `record.field`.
    """

    kind: Literal["heading", "figure’s title", "answer"]
    owner: Page | Figure
    text: str
    references: tuple[str, ...]
    section: str = ""
    """What follows a heading, up to the next heading of its level."""

    @property
    def words(self) -> str:
        """The text without Markdown."""
        return plain(self.text)

    def problem(self, message: str, hint: str) -> Problem:
        location = "title" if isinstance(self.owner, Figure) else self.text
        return self.owner.problem(f"the {self.kind} “{self.words}” {message}", hint, location)


def statements(book: Book) -> Iterator[Statement]:
    """Every heading and answer of the published pages, and the title of every figure on them."""
    for page in book.pages.values():
        if not page.made and page.meta.status != "draft":
            yield from _page_statements(page)
    for slug in book.homes:
        figure = book.figures[slug]
        references = dict.fromkeys((*_linked(figure.linked_title), *asserted(book, figure)))
        yield Statement("figure’s title", figure, figure.linked_title, tuple(references))


def _page_statements(page: Page) -> Iterator[Statement]:
    body = re.sub(r"^```.*?^```", "", page.body, flags=re.S | re.M)
    answer = re.split(r"(?<=[.!?])\s", page.first_paragraph.strip(), maxsplit=1)[0]
    if answer:
        yield Statement("answer", page, answer, _linked(answer))
    headings = list(HEADING.finditer(body))
    for index, match in enumerate(headings):
        later = (other.start() for other in headings[index + 1 :] if len(other[1]) <= len(match[1]))
        section = body[match.end() : next(later, len(body))]
        yield Statement("heading", page, match[2], _linked(match[2]), section)


def _linked(text: str) -> tuple[str, ...]:
    return tuple(fact_references(text))


def asserted(book: Book, figure: Figure) -> list[str]:
    """The values of records, `record.field`, that a figure's assertions name."""
    operands = [
        operand
        for claim in figure.asserts
        for group in (claim.ratio, claim.difference, claim.order, claim.before, claim.range)
        for operand in group or ()
    ]
    references = [
        ".".join(operand.split(".")[:2])
        for operand in operands
        if isinstance(operand, str) and not operand.startswith("@")
    ]
    return [reference for reference in references if isinstance(book.find(reference), FieldMatch)]


def check_headings(book: Book) -> list[Problem]:
    """Numbers in headings and titles that are no links, and unsure values without a hedge word."""
    names = re.compile("|".join(rf"\b{re.escape(name)}(?!\w)" for name in _names(book)) or r"(?!)")
    problems: list[Problem] = []
    for statement in statements(book):
        if statement.kind != "answer":
            text = html.unescape(plain(FACT_LINK.sub(" ", statement.text)))
            unlinked = SIZE.sub(" ", DATE.sub(" ", names.sub(" ", text)))
            problems += _unlinked(statement, unlinked)
        problems += _unhedged(book, statement)
    return problems


# ---- numbers are links


def _names(book: Book) -> list[str]:
    """Names that contain a digit, the longest first: of models, of their families and of chips."""
    known = {
        *(model.about() for model in book.models.values()),
        *(chip.name for chip in book.hardware.values()),
        *(model.family for model in book.models.values()),
    }
    return sorted((name for name in known if re.search(r"\d", name)), key=len, reverse=True)


def _unlinked(statement: Statement, text: str) -> Iterator[Problem]:
    """Problems of the numbers in `text`: what a statement says outside its links, dates and names."""
    if isinstance(statement.owner, Figure):
        for number in _digits(text):
            if not _asserts_number(statement.owner, number):
                yield statement.problem(
                    f"states {number}, which is neither in a link nor in an assertion",
                    f"write `[{number}](fact:record.field)`, or an assertion that says it",
                )
        return
    body = HEADING.sub("", statement.owner.body)
    for words, reference in dict.fromkeys(FACT_LINK.findall(statement.section)):
        same_words = rf"\b{re.escape(words)}\b"
        if re.match(r"[A-Za-z]", words) and parse_number(words) and re.search(same_words, text, flags=re.I):
            yield statement.problem(
                f"says “{words}”, which its section links", f"write `[{words}](fact:{reference})`"
            )
    for number in [*_digits(text), *_spelled(text)]:
        in_section = _states(FACT_LINK.sub(" ", statement.section), number)
        reference = _same(number, statement.section) or ("" if in_section else _same(number, body))
        if reference:
            yield statement.problem(
                f"states {number}, which its page links", f"write `[{number}](fact:{reference})`"
            )
        elif number[0] in "0123456789$€" and not _states(FACT_LINK.sub(" ", body), number):
            yield statement.problem(
                f"states {number}, which its page does not",
                f"write `[{number}](fact:record.field)`, or show the number on the page",
            )


def _states(text: str, number: str) -> bool:
    """Whether `number` stands in `text` as a whole number, not as a part of one."""
    return re.search(rf"(?<![\w.,]){re.escape(number)}(?!\w|[.,]\d)", text) is not None


def _digits(text: str) -> list[str]:
    """The numbers in digits."""
    text = re.sub(r"10(?=[⁰¹²³⁴⁵⁶⁷⁸⁹⁻])", "1×10", text)
    return [match[0].strip().rstrip(",") for match in LOOSE.finditer(text)]


def _spelled(text: str) -> list[str]:
    """Amounts in words. A count of up to twelve is not one: it counts what the page shows."""
    return [
        match[0].strip()
        for match in SPELLED.finditer(text)
        if match["tens"] or match["scale"] or match["percent"] or re.match(r"times\b", text[match.end() :])
    ]


def _same(number: str, text: str) -> str:
    """The `record.field` that a link in `text` names for the same number, or ""."""
    value = parse_number(number)
    for words, reference in FACT_LINK.findall(text):
        other = parse_number(words)
        if (
            value
            and other
            and value.low in (other.low, other.high)
            and (value.unit == "%") is (other.unit == "%")
        ):
            return str(reference)
    return ""


def _asserts_number(figure: Figure, number: str) -> bool:
    """Whether an assertion of the figure says the number, or has it as a bound or as the middle of two
    bounds; or the figure is illustrative and its context names the number.
    """
    if "illustrative" in figure.context and _states(figure.context, number):
        return True
    digits = re.sub(r"[^\d.]", "", re.split(r"×|\s", number)[0])
    for claim in figure.asserts:
        bounds = [claim.equals, *(claim.ends or ()), *(end for ends in claim.where.values() for end in ends)]
        if claim.between:
            bounds.append(sum(claim.between) / 2)
        if _states(claim.says, number) or digits in {f"{bound:g}" for bound in bounds if bound is not None}:
            return True
    return False


# ---- unsure values have a hedge word


def _unhedged(book: Book, statement: Statement) -> Iterator[Problem]:
    for reference in () if HEDGED.search(statement.words) else statement.references:
        match = book.find(reference)
        if not isinstance(match, FieldMatch):
            continue
        press = from_press_only(book.sources, match.field.sources)
        if press or is_soft(book, match.field):
            estimate = match.field.kind == "estimate" or not press
            why = "is an estimate, or rests on one" if estimate else "has only the press behind it"
            yield statement.problem(
                f"rests on `{reference}`, which {why}, and does not say so",
                f"add one of: {', '.join(HEDGES[:2])}, estimated, reported, said, by press … (HEDGES in"
                " checks/headings.py)",
            )
