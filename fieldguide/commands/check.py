"""All problems of the project, at once."""

from __future__ import annotations

from pathlib import Path

from fieldguide.book import Book
from fieldguide.commands.ledger import check_ledger, check_redirects
from fieldguide.commands.load import load_index
from fieldguide.drawing.draw import check_figure
from fieldguide.index import Index
from fieldguide.outputs.files import output_files
from fieldguide.outputs.search import check_synonyms
from fieldguide.text.problems import Problem


def find_problems(index: Index) -> list[Problem]:
    """Every problem in records, pages, links and addresses, sorted."""
    book = index.book
    problems = [*book.problems, *index.problems]
    for figure in book.figures.values():
        problems += check_figure(figure, book)
    made = output_files(index)
    problems += index.check_links(lambda path: path in made or (book.root / "docs" / path).is_file())
    now = index.published()
    problems += check_redirects(book, now) + check_ledger(book, now)
    return sorted(set(problems + unused_sources(index) + same_address(book) + check_synonyms(index)))


def unused_sources(index: Index) -> list[Problem]:
    """Sources that no page cites and no figure rests on."""
    book = index.book
    used = {key for page in index.pages.values() for key in page.uses.sources} | {key for figure in book.figures.values() for key in figure.sources}
    return [source.problem(f"the source `{key}` is used nowhere", "cite it, or delete the record") for key, source in book.sources.items() if key not in used]


def same_address(book: Book) -> list[Problem]:
    """Sources that are one page under two keys."""
    first: dict[str, str] = {}
    problems = []
    for key, source in book.sources.items():
        other = first.setdefault(source.url.rstrip("/"), key)
        if other != key:
            problems.append(source.problem(f"the source `{key}` has the address of `{other}`", "keep one of them and cite it everywhere", "url"))
    return problems


def loose_numbers(index: Index) -> dict[str, list[str]]:
    """File of a page → the numbers in its prose that no record checks."""
    return {index.book.pages[src].path: page.uses.loose_numbers for src, page in index.pages.items() if page.uses.loose_numbers}


def report(root: Path, numbers: bool = False) -> int:
    """Print the problems and the count of unchecked numbers per page; return the exit status."""
    index = load_index(root)
    problems, loose = find_problems(index), loose_numbers(index)
    for problem in problems:
        print(problem)
    for path, found in sorted(loose.items()):
        shown = ": " + ", ".join(found) if numbers else ""
        print(f"{path}: {len(found)} number{'' if len(found) == 1 else 's'} in prose without a record{shown}")
    print(f"{len(problems)} problem{'' if len(problems) == 1 else 's'}" + ("" if numbers or not loose else "; `check --numbers` lists the loose numbers"))
    return 1 if problems else 0
