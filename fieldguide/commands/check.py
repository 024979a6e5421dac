"""The command `check`: all problems of the project, and lists of what contributors may want to look at."""

from __future__ import annotations

from pathlib import Path

from fieldguide.book.evidence import is_well_sourced
from fieldguide.checks.addresses import unrecorded
from fieldguide.checks.problems import find_problems
from fieldguide.checks.repetition import MOST_PAGES, repeated_values
from fieldguide.checks.sourcing import prominent_values
from fieldguide.commands.load import load_index
from fieldguide.index import Index
from fieldguide.text.problems import counted


def loose_numbers(index: Index) -> dict[str, list[str]]:
    """{path of a page: numbers in its prose that no record checks}."""
    return {
        index.book.pages[src].path: page.uses.loose_numbers
        for src, page in index.pages.items()
        if page.uses.loose_numbers
    }


def report(root: Path, numbers: bool = False, weak: bool = False) -> int:
    """Print the problems, the number of unchecked numbers on each page, the values that many chapters state,
    and the number of badly sourced prominent values; return the exit status. With `numbers` and `weak`, the
    numbers and values are listed.
    """
    index = load_index(root)
    problems, loose, sources = find_problems(index), loose_numbers(index), index.book.sources
    prominent = prominent_values(index)
    badly_sourced = [value for value in prominent if not is_well_sourced(sources, value.location.field)]
    lines = [str(problem) for problem in problems]
    for path, words in sorted(loose.items()) if numbers else ():
        lines.append(f"{path}: {counted(len(words), 'number')} in prose without a record: {', '.join(words)}")
    for reference, pages in repeated_values(index).items():
        names = ", ".join(page.src for page in pages)
        lines.append(f"{reference}: stands on {len(pages)} chapter pages, more than {MOST_PAGES}: {names}")
    if weak:
        lines += [value.line(sources) for value in badly_sourced]
    if prominent:
        lines.append(
            f"{len(badly_sourced)} of {len(prominent)} prominent values have neither a primary source nor two"
            " independent ones" + ("" if weak or not badly_sourced else "; `check --weak` lists them")
        )
    if loose and not numbers:
        total, where = counted(sum(map(len, loose.values())), "number"), counted(len(loose), "page")
        lines.append(f"{total} in prose without a record, on {where}; `check --numbers` lists them")
    if new := unrecorded(index):
        lines.append(f"{counted(len(new), 'new address')}: run `make links` and commit data/links.txt")
    print("\n".join([*lines, counted(len(problems), "problem")]))
    return 1 if problems else 0
