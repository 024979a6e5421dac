"""All problems of the project, at once."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Sequence
from functools import partial
from pathlib import PurePosixPath

from fieldguide.book import KINDS, Book
from fieldguide.checks.addresses import check_redirects, check_register
from fieldguide.checks.changelog import check_changelog
from fieldguide.checks.conflicts import check_conflicts
from fieldguide.checks.habits import check_habits
from fieldguide.checks.headings import check_headings
from fieldguide.checks.skeletons import check_skeletons
from fieldguide.drawing.figure import check_figure
from fieldguide.index import Index
from fieldguide.labs.checks import check_lab
from fieldguide.outputs.decks.files import check_decks
from fieldguide.outputs.files import output_files
from fieldguide.outputs.search import check_synonyms
from fieldguide.text.problems import Problem, counted

NEEDED = re.compile(rf"data/(?:{'|'.join(KINDS)})/.+\.ya?ml|data/stack\.yml|docs/.+\.md")
"""The files that pages and records refer to: if one of them cannot be used, more problems follow."""


def find_problems(index: Index, between: Callable[[], None] = lambda: None) -> list[Problem]:
    """Every problem in records, pages, links and addresses, sorted. Problems that may only follow from an
    unreadable file are counted, not listed.

    `between` is called before each part, the longest of which takes a few tenths of a second; an exception
    from it ends the search.
    """
    book = index.book
    first = {*book.problems, *index.problems, *same_address(book)}
    later: list[Problem] = []
    files, published = output_files(index), index.published()
    parts: list[Callable[[], list[Problem]]] = [
        *(partial(check_figure, figure, book) for figure in book.figures.values()),
        *(partial(check_lab, lab, book) for lab in book.labs.values()),
        lambda: index.check_links(lambda path: path in files or (book.root / "docs" / path).is_file()),
        lambda: check_redirects(book, published) + check_register(book, published) + unused_sources(index),
        lambda: check_synonyms(index) + check_changelog(book) + check_decks(index),
        lambda: check_headings(book),
        lambda: hidden_files(book, files),
        lambda: check_habits(book.root) + check_skeletons(book.root),
        lambda: check_conflicts(book, index.claims),
    ]
    for part in parts:
        between()
        later += part()
    unused = unusable_files(book)
    return sorted(drop_follow_on_problems(first, set(later) - first, unused) if unused else {*first, *later})


def unusable_files(book: Book) -> list[str]:
    """The paths of records and pages that exist but cannot be used, sorted."""
    used = {record.path for _, record in book.records()} | {page.path for page in book.pages.values()}
    if book.stack is not None:
        used.add(book.stack.path)
    return sorted({problem.path for problem in book.problems if NEEDED.fullmatch(problem.path)} - used)


def drop_follow_on_problems(
    first: Collection[Problem], later: Collection[Problem], unusable: Sequence[str]
) -> list[Problem]:
    """The problems of `first` that do not follow from the `unusable` files, and one problem that counts all
    others.

    A problem follows when its message names an unusable file, or a file with a problem that follows.
    """
    names, remaining = {PurePosixPath(path).stem for path in unusable}, list(first)
    while True:
        named = re.compile(rf"(?<![\w-])(?:{'|'.join(map(re.escape, sorted(names)))})(?![\w-])")
        following = [
            problem for problem in remaining if problem.path not in unusable and named.search(problem.message)
        ]
        if not following:
            break
        remaining = [problem for problem in remaining if problem not in following]
        names |= {PurePosixPath(problem.path).stem for problem in following}
    count = len(first) - len(remaining) + len(later)
    if count:
        more = counted(len(unusable) - 1, "other file")
        others = f" and {more} that cannot be used" if len(unusable) > 1 else ""
        remaining.append(
            Problem(
                unusable[0],
                1,
                f"{counted(count, 'problem')} more may follow from this{others}",
                "fix it, then check again",
            )
        )
    return remaining


def hidden_files(book: Book, made: Collection[str]) -> list[Problem]:
    """Files below docs/ that nobody would see, since the build makes another at their address."""
    return [
        Problem(
            f"docs/{path}",
            1,
            "the build makes a file of this name, which takes its place",
            "rename it, or take it out",
        )
        for path in made
        if (book.root / "docs" / path).is_file()
    ]


def unused_sources(index: Index) -> list[Problem]:
    """Sources that no page cites, no figure names and no record's value comes from."""
    book = index.book
    used = {key for page in index.pages.values() for key in page.uses.sources}
    used |= {key for figure in book.figures.values() for key in figure.sources}
    used |= {
        key
        for record in book.quantities.values()
        for field in record.own_fields().values()
        for key in field.sources
    }
    return [
        source.problem(f"the source `{key}` is used nowhere", "cite it, or delete the record")
        for key, source in book.sources.items()
        if key not in used
    ]


def same_address(book: Book) -> list[Problem]:
    """Sources that have the same address under two keys."""
    keys: dict[str, str] = {}
    for key, source in book.sources.items():
        keys.setdefault(source.url.rstrip("/"), key)
    return [
        source.problem(
            f"the source `{key}` has the address of `{other}`",
            "keep one of them and cite it everywhere",
            "url",
        )
        for key, source in book.sources.items()
        if (other := keys[source.url.rstrip("/")]) != key
    ]
