"""The changelog: its days, and that each move of a number is on one of them."""

from __future__ import annotations

from collections.abc import Iterator

from fieldguide.book import Book
from fieldguide.page.context import CHANGELOG
from fieldguide.records.changelog import Change, changes
from fieldguide.records.page import Page
from fieldguide.text.dates import is_shown_day, show_date
from fieldguide.text.problems import Problem

CORRECTED = "Corrected"
"""The title above lines each of which has to name the page that was wrong."""


def check_changelog(book: Book) -> list[Problem]:
    """A changelog that is missing or has no dated heading, dates that do not exist,
    corrections that link to no page, and numbers that moved on a day that it does not have.
    """
    page = book.pages.get(CHANGELOG)
    if page is None:
        there = (book.root / "docs" / CHANGELOG).exists()  # then its own problems are already reported
        return (
            []
            if there
            else [
                Problem(
                    f"docs/{CHANGELOG}",
                    1,
                    "there is no changelog, which gives the site its date",
                    "write it, with what changed under a heading such as `## 25 Nov 2026`",
                )
            ]
        )
    found = changes(page.body)
    if not found:
        return [
            page.problem(
                "the changelog has no dated heading",
                "write what changed under a heading such as `## 25 Nov 2026`",
            )
        ]
    problems = [problem for change in found for problem in _check_day(page, change)]
    if problems:
        return problems
    return [*_check_moves(book, {change.iso for change in found})]


def _check_day(page: Page, change: Change) -> Iterator[Problem]:
    if not is_shown_day(change.day):
        yield page.problem(
            f"no calendar has the day `{change.day}`", "write it as in `## 25 Nov 2026`", f"## {change.day}"
        )
    for line in change.lines:
        if line.group == CORRECTED and not line.pages:
            yield page.problem(
                "a correction names no page, so that no page's history shows it",
                "begin the line with a link: `- [Tokens](../foundations/tokens.md): …`",
                line.text,
            )


def _check_moves(book: Book, days: set[str]) -> Iterator[Problem]:
    """A problem for each record and day that the changelog does not have."""
    for record in book.quantities.values():
        missing: dict[str, str] = {}
        for name, field in record.own_fields().items():
            for was in field.was:
                if was.day not in days:
                    missing.setdefault(was.day, name)
        for day, name in missing.items():
            yield record.problem(
                f"`{name}` changed on {day}, and the changelog has no such day",
                f"add the heading `## {show_date(day)}` to docs/{CHANGELOG}",
                *record.field_location(name),
            )
