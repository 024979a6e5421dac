"""All problems of the project, at once."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Sequence
from functools import partial
from pathlib import Path, PurePosixPath

from fieldguide.book import KINDS, Book
from fieldguide.book.labs import check_lab
from fieldguide.commands.feet import leanings, stands
from fieldguide.commands.habits import check_habits
from fieldguide.commands.load import load_index
from fieldguide.commands.readings import check_readings
from fieldguide.commands.register import check_redirects, check_register
from fieldguide.commands.statements import check_statements
from fieldguide.commands.words import HOMES, widespread
from fieldguide.drawing.draw import check_figure
from fieldguide.index import Index
from fieldguide.outputs.decks.files import check_decks
from fieldguide.outputs.feed import check_changelog
from fieldguide.outputs.files import output_files
from fieldguide.outputs.search import check_synonyms
from fieldguide.text.problems import Problem

NEEDED = re.compile(rf"data/(?:{'|'.join(KINDS)})/.+\.ya?ml|data/stack\.yml|docs/.+\.md")
"""The files that pages and records name; from one of them that cannot be used more problems follow."""


def find_problems(index: Index, between: Callable[[], None] = lambda: None) -> list[Problem]:
    """Every problem in records, pages, links and addresses, sorted. What may only follow from a file that
    cannot be read is counted in place of being listed.

    `between` is called between its parts, of which the longest takes some tenths of a second; what it raises
    is handed on.
    """
    book = index.book
    first = {*book.problems, *index.problems, *same_address(book)}
    follows: list[Problem] = []
    made, now = output_files(index), index.published()
    parts: list[Callable[[], list[Problem]]] = [
        *(partial(check_figure, figure, book) for figure in book.figures.values()),
        *(partial(check_lab, lab, book) for lab in book.labs.values()),
        lambda: index.check_links(lambda path: path in made or (book.root / "docs" / path).is_file()),
        lambda: check_redirects(book, now) + check_register(book, now) + unused_sources(index),
        lambda: check_synonyms(index) + check_changelog(book) + check_decks(index),
        lambda: check_statements(book),
        lambda: check_habits(book.root),
        lambda: check_readings(book, index.claims),
    ]
    for part in parts:
        between()
        follows += part()
    lost = unread(book)
    return sorted(causes(first, set(follows) - first, lost) if lost else first | set(follows))


def unread(book: Book) -> list[str]:
    """Records and pages that are there and could not be used: whatever names them has a problem too."""
    used = (
        {record.path for _, record in book.records()}
        | {page.path for page in book.pages.values()}
        | {book.stack.path if book.stack else ""}
    )
    return sorted(
        {
            problem.path
            for problem in book.problems
            if NEEDED.fullmatch(problem.path) and problem.path not in used
        }
    )


def causes(first: Collection[Problem], follows: Collection[Problem], lost: Sequence[str]) -> list[Problem]:
    """Of `first` those that do not follow from what is `lost`, and one problem more that counts the rest.

    A problem follows when it names what is lost, or what has such a problem itself.
    """
    ids, kept = {PurePosixPath(path).stem for path in lost}, list(first)
    while True:
        named = re.compile(rf"(?<![\w-])(?:{'|'.join(map(re.escape, sorted(ids)))})(?![\w-])")
        held = [problem for problem in kept if problem.path not in lost and named.search(problem.message)]
        if not held:
            break
        kept = [problem for problem in kept if problem not in held]
        ids |= {PurePosixPath(problem.path).stem for problem in held}
    count = len(first) - len(kept) + len(follows)
    if count:
        others = (
            f" and {len(lost) - 1} other file{'' if len(lost) == 2 else 's'} that cannot be used"
            if len(lost) > 1
            else ""
        )
        kept.append(
            Problem(
                lost[0],
                1,
                f"{count} problem{'' if count == 1 else 's'} more may follow from this{others}",
                "fix it, then check again",
            )
        )
    return kept


def unused_sources(index: Index) -> list[Problem]:
    """Sources that no page cites and on which neither a figure nor a value of a record rests."""
    book = index.book
    used = {key for page in index.pages.values() for key in page.uses.sources} | {
        key for figure in book.figures.values() for key in figure.sources
    }
    used |= {
        key
        for record in book.quantities.values()
        for value in record.own_fields().values()
        for key in value.sources
    }
    return [
        source.problem(f"the source `{key}` is used nowhere", "cite it, or delete the record")
        for key, source in book.sources.items()
        if key not in used
    ]


def same_address(book: Book) -> list[Problem]:
    """Sources that are one page under two keys."""
    first: dict[str, str] = {}
    problems = []
    for key, source in book.sources.items():
        other = first.setdefault(source.url.rstrip("/"), key)
        if other != key:
            problems.append(
                source.problem(
                    f"the source `{key}` has the address of `{other}`",
                    "keep one of them and cite it everywhere",
                    "url",
                )
            )
    return problems


def loose_numbers(index: Index) -> dict[str, list[str]]:
    """File of a page → the numbers in its prose that no record checks."""
    return {
        index.book.pages[src].path: page.uses.loose_numbers
        for src, page in index.pages.items()
        if page.uses.loose_numbers
    }


def report(root: Path, numbers: bool = False, weak: bool = False) -> int:
    """Print the problems, the count of unchecked numbers per page, the values that many chapters state and
    the count of claims on one foot; return the exit status.
    """
    index = load_index(root)
    problems, loose = find_problems(index), loose_numbers(index)
    for problem in problems:
        print(problem)
    for path, found in sorted(loose.items()):
        shown = ": " + ", ".join(found) if numbers else ""
        print(f"{path}: {len(found)} number{'' if len(found) == 1 else 's'} in prose without a record{shown}")
    for reference, pages in widespread(index).items():
        print(
            f"{reference}: stands on {len(pages)} chapter pages, more than {HOMES}:"
            f" {', '.join(page.src for page in pages)}"
        )
    all_leant = leanings(index)
    on_one_foot = [leaning for leaning in all_leant if not stands(index.book.sources, leaning.found.field)]
    for leaning in on_one_foot if weak else ():
        print(leaning.line(index.book.sources))
    if all_leant:
        print(
            f"{len(on_one_foot)} of {len(all_leant)} values that are leaned on have neither a primary source"
            " nor two independent ones" + ("" if weak or not on_one_foot else "; `check --weak` lists them")
        )
    print(
        f"{len(problems)} problem{'' if len(problems) == 1 else 's'}"
        + ("" if numbers or not loose else "; `check --numbers` lists the loose numbers")
    )
    return 1 if problems else 0
