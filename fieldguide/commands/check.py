"""All problems of the project, at once."""

from __future__ import annotations

from pathlib import Path

from fieldguide.book import Book, load_book
from fieldguide.commands.ledger import check_ledger, check_redirects
from fieldguide.index import check_links, published
from fieldguide.outputs.files import generated_files
from fieldguide.text.problems import Problem


def find_problems(root: Path) -> tuple[list[Problem], dict[str, list[str]]]:
    """Every problem in records and pages, sorted; and per page the numbers in prose that no record checks."""
    book = load_book(root)
    problems = list(book.problems)
    rendered = book.rendered
    for page in rendered.values():
        problems += page.problems
    made = {path for path, _ in generated_files(book)}
    problems += check_links(book, rendered, lambda path: path in made or (root / "docs" / path).is_file())
    now = published(book)
    problems += check_redirects(book, now) + check_ledger(book, now)
    used = {key for page in rendered.values() for key in page.uses.sources} | {key for figure in book.figures.values() for key in figure.sources}
    for key, source in book.sources.items():
        if key not in used:
            problems.append(source.problem(f"the source `{key}` is used nowhere", "cite it, or delete the record"))
    problems += same_address(book)
    loose = {book.pages[src].path: page.uses.loose_numbers for src, page in rendered.items() if page.uses.loose_numbers}
    return sorted(set(problems)), loose


def same_address(book: Book) -> list[Problem]:
    """Sources that are one page under two keys."""
    first: dict[str, str] = {}
    problems = []
    for key, source in book.sources.items():
        other = first.setdefault(source.url.rstrip("/"), key)
        if other != key:
            problems.append(source.problem(f"the source `{key}` has the address of `{other}`", "keep one of them and cite it everywhere", "url"))
    return problems


def report(root: Path, numbers: bool = False) -> int:
    """Print the problems and the count of unchecked numbers per page; return the exit status."""
    problems, loose = find_problems(root)
    for problem in problems:
        print(problem)
    for path, found in sorted(loose.items()):
        shown = ": " + ", ".join(found) if numbers else ""
        print(f"{path}: {len(found)} number{'' if len(found) == 1 else 's'} in prose without a record{shown}")
    print(f"{len(problems)} problem{'' if len(problems) == 1 else 's'}" + ("" if numbers or not loose else "; `check --numbers` lists the loose numbers"))
    return 1 if problems else 0
