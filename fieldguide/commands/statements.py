"""What stands out: headings, figures' titles and answers, the numbers that they state, and what they rest on.

A reader who skims takes these for the guide's word. So their numbers are links, what is unsure in them is
hedged, and `feet.py` asks on how much they rest.
The rules, exactly:

- A number in digits in a heading of a page is a link where its section or page links the same number, or
  nowhere states it. It needs none where the page writes it without a link, since it is
  illustrative or worked there; nor do years, dates, names of models and chips, and sizes in place of names
  ("a 70B model").
- An amount in words ("thirty million", "nine times") is a link where the page links the same number, and any
  words that the section links ("six") are. Other counts in words count what the page shows.
- A number in digits in a figure's title is a link, or held by an assertion of the figure, or one that an
  illustrative figure starts from and names in its context.
- An answer, a page's first sentence, has no such rule: S1 keeps numbers that need a source out of it.
- A heading, title or answer that links, or whose figure's assertions name, an estimate, what is computed from
  one or a value with only the press behind it has one of `HEDGES`.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Literal

from fieldguide.book import Book
from fieldguide.book.evidence import is_soft
from fieldguide.page.number import LOOSE
from fieldguide.records.field import Found
from fieldguide.records.figure import CHECKED, Assert, Figure
from fieldguide.records.page import Page
from fieldguide.records.source import Source
from fieldguide.text.dates import FULL_MONTHS, MONTHS
from fieldguide.text.names import plain
from fieldguide.text.numbers import SPELLED, parse_number
from fieldguide.text.problems import Problem

LINK = re.compile(r"\[([^\]]*)\]\(fact:([^)\s]+)\)")
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
"""The words of which one stands beside a number that is an estimate or has only the press behind it."""
HEDGED = re.compile(rf"\b(?:{'|'.join(HEDGES)})\b", flags=re.I)


@dataclass(frozen=True)
class Statement:
    """One heading, title or answer. `text` is Markdown; `rests` are the records' fields behind it,
    `record.field`.
    """

    kind: Literal["heading", "figure’s title", "answer"]
    owner: Page | Figure
    text: str
    section: str = ""
    """What stands below a heading, as Markdown."""
    rests: tuple[str, ...] = field(default=())

    @property
    def words(self) -> str:
        return plain(self.text)

    def problem(self, message: str, hint: str) -> Problem:
        said = f"the {self.kind} “{self.words}” {message}"
        return (
            self.owner.problem(said, hint, "title")
            if isinstance(self.owner, Figure)
            else self.owner.problem(said, hint, self.text)
        )


def statements(book: Book) -> Iterator[Statement]:
    """Those of every published page and figure."""
    for page in book.pages.values():
        if page.made or page.meta.status == "draft":
            continue
        body = re.sub(r"^```.*?^```", "", page.body, flags=re.S | re.M)
        answer = re.split(r"(?<=[.!?])\s", page.first_paragraph.strip(), maxsplit=1)[0]
        if answer:
            yield Statement("answer", page, answer, rests=_linked(answer))
        found = list(HEADING.finditer(body))
        for at, match in enumerate(found):
            after = next(
                (other.start() for other in found[at + 1 :] if len(other[1]) <= len(match[1])), len(body)
            )
            yield Statement("heading", page, match[2], body[match.end() : after], _linked(match[2]))
    for slug in book.homes:
        figure = book.figures[slug]
        title = CHECKED.sub(r"[\2](fact:\1)", figure.linked_title)
        yield Statement(
            "figure’s title",
            figure,
            title,
            rests=tuple(dict.fromkeys((*_linked(title), *asserted(book, figure)))),
        )


def _linked(text: str) -> tuple[str, ...]:
    return tuple(reference for _, reference in LINK.findall(text))


def asserted(book: Book, figure: Figure) -> list[str]:
    """The fields of records that the assertions behind a figure's title name."""
    named = [
        ".".join(operand.split(".")[:2])
        for claim in figure.asserts
        for operand in operands(claim)
        if isinstance(operand, str) and not operand.startswith("@")
    ]
    return [reference for reference in named if isinstance(book.find(reference), Found)]


def operands(claim: Assert) -> Iterable[float | str]:
    for one in (claim.ratio, claim.difference, claim.order, claim.before, claim.range):
        yield from one or ()


# ---- numbers are links


def check_statements(book: Book) -> list[Problem]:
    """Numbers in headings and titles that are no links, and unsure ones without a hedge."""
    names = re.compile("|".join(rf"\b{re.escape(name)}(?!\w)" for name in _names(book)) or r"(?!)")
    problems: list[Problem] = []
    for statement in statements(book):
        if statement.kind != "answer":
            problems += _unlinked(statement, names)
        problems += _unhedged(book, statement)
    return problems


def _names(book: Book) -> list[str]:
    """Names that hold a number, the longest first: of models, of their families and of chips."""
    known = {
        *(model.about() for model in book.models.values()),
        *(chip.name for chip in book.hardware.values()),
        *(model.family for model in book.models.values()),
    }
    return sorted((name for name in known if re.search(r"\d", name)), key=len, reverse=True)


def _unlinked(statement: Statement, names: re.Pattern[str]) -> Iterator[Problem]:
    """The numbers of a heading that its page links or never states, and those of a title that no assertion
    holds.
    """
    left = SIZE.sub(" ", DATE.sub(" ", names.sub(" ", html.unescape(plain(LINK.sub(" ", statement.text))))))
    if isinstance(statement.owner, Figure):
        for number in _digits(left):
            if not _held(statement.owner, number):
                yield statement.problem(
                    f"states {number}, which no link and no assertion holds",
                    f"write `{{{{fact:record.field|{number}}}}}`, or an assertion that says it",
                )
        return
    body = HEADING.sub("", statement.owner.body)
    for words, reference in dict.fromkeys(LINK.findall(statement.section)):
        if (
            re.match(r"[A-Za-z]", words)
            and parse_number(words)
            and re.search(rf"\b{re.escape(words)}\b", left, flags=re.I)
        ):
            yield statement.problem(
                f"says “{words}”, which its section links", f"write `[{words}](fact:{reference})`"
            )
    for number in [*_digits(left), *_spelled(left)]:
        for text in (statement.section, body):
            reference = _same(number, text)
            if reference or re.search(rf"(?<![\w.,]){re.escape(number)}(?![\w]|[.,]\d)", LINK.sub(" ", text)):
                break
        if reference:
            yield statement.problem(
                f"states {number}, which its page links", f"write `[{number}](fact:{reference})`"
            )
        elif number[0] in "0123456789$€" and not re.search(
            rf"(?<![\w.,]){re.escape(number)}(?![\w]|[.,]\d)", LINK.sub(" ", body)
        ):
            yield statement.problem(
                f"states {number}, which its page does not",
                f"write `[{number}](fact:record.field)`, or show the number on the page",
            )


def _digits(text: str) -> list[str]:
    return [
        match[0].strip().rstrip(",") for match in LOOSE.finditer(re.sub(r"10(?=[⁰¹²³⁴⁵⁶⁷⁸⁹⁻])", "1×10", text))
    ]


def _spelled(text: str) -> list[str]:
    """Amounts in words. A count of up to twelve is none: it counts what the page shows."""
    return [
        match[0].strip()
        for match in SPELLED.finditer(text)
        if match["tens"] or match["scale"] or match["percent"] or re.match(r"times\b", text[match.end() :])
    ]


def _same(number: str, text: str) -> str:
    """The record's field that a link in `text` names for the same number, or ""."""
    value = parse_number(number)
    for words, reference in LINK.findall(text):
        other = parse_number(words)
        if (
            value
            and other
            and value.low in (other.low, other.high)
            and (value.unit == "%") is (other.unit == "%")
        ):
            return str(reference)
    return ""


def _held(figure: Figure, number: str) -> bool:
    """Whether an assertion of the figure says the number, or has it for a bound or the middle of two; or the
    figure is illustrative and says from which number.
    """
    whole = rf"(?<![\w.,]){re.escape(number)}(?!\w|[.,]\d)"
    if "illustrative" in figure.context and re.search(whole, figure.context):
        return True
    digits = re.sub(r"[^\d.]", "", re.split(r"×|\s", number)[0])
    for claim in figure.asserts:
        middle = sum(claim.between) / 2 if claim.between else None
        bounds = (
            claim.equals,
            middle,
            *(claim.ends or ()),
            *(end for ends in claim.where.values() for end in ends),
        )
        if re.search(whole, claim.says) or digits in {f"{bound:g}" for bound in bounds if bound is not None}:
            return True
    return False


# ---- unsure numbers are hedged


def _unhedged(book: Book, statement: Statement) -> Iterator[Problem]:
    if HEDGED.search(statement.words):
        return
    for reference in statement.rests:
        found = book.find(reference)
        if isinstance(found, Found) and (
            is_soft(book, found.field) or is_press_alone(book.sources, found.field.sources)
        ):
            why = (
                "is an estimate, or rests on one"
                if found.field.kind == "estimate" or not is_press_alone(book.sources, found.field.sources)
                else "has only the press behind it"
            )
            yield statement.problem(
                f"rests on `{reference}`, which {why}, and does not say so",
                f"add one of: {', '.join(HEDGES[:2])}, estimated, reported, said, by press … (HEDGES in"
                " commands/statements.py)",
            )


def is_press_alone(sources: Mapping[str, Source], keys: Iterable[str]) -> bool:
    """Whether press reports are all that stands behind a value."""
    found = [sources[key] for key in keys if key in sources]
    return bool(found) and all(source.kind == "press" for source in found)
