"""Habits of English that the guide avoids: the matches of the patterns in data/habits.yml in pages, records,
labels and messages. Quotations, code and the names of sources are skipped.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

from fieldguide.records.base import load_optional
from fieldguide.records.habits import PATH as HABITS
from fieldguide.records.habits import Habits
from fieldguide.text.problems import Problem

PAGES = ("README.md", "CONTRIBUTING.md", "docs/**/*.md")
RECORDS = (
    "data/facts/**/*.yml",
    "data/models/*.yml",
    "data/companies/*.yml",
    "data/prices/*.yml",
    "data/hardware/*.yml",
    "data/figures/**/*.yml",
    "data/decks/*.yml",
    "data/labs/*.yml",
    "data/stack.yml",
)
SCRIPTS = ("docs/labs/**/*.mjs", "overrides/**/*.mjs", "overrides/**/*.html")
CODE = ("fieldguide/**/*.py",)
VENDORED = "/vendor/"
HEADING = re.compile(r"#{1,4} |title: ")
FENCE = re.compile(r"^(```|~~~).*?^\1[ \t]*$", flags=re.M | re.S)
QUOTED = re.compile(r"“[^”\n]*”|‘[^’\n]*’|`[^`\n]*`|(?<![\w=])\"[^\"\n]*\"")
CURLY = re.compile(r"“[^”\n]*”|‘[^’\n]*’")
SOURCE_KEY = re.compile(r"\s*(?:- )?(?:where|via|url|source|sources|also|quote):")
COMMENT = re.compile(r"//.*$|/\*.*?\*/|<!--.*?-->", flags=re.M | re.S)


def check_habits(root: Path) -> list[Problem]:
    """A problem for every match, with its line and a better wording, sorted by habit, then by path; also the
    problems of data/habits.yml itself.
    """
    record, faults = load_optional(Habits, HABITS, root)
    problems = [*faults]
    texts = list(_texts(root)) if record is not None else []
    for habit in record.habits if record is not None else ():
        pattern = habit.pattern
        problems += [
            Problem(
                path,
                number,
                f"“{match[0].strip()}” is a habit of ours that readers stumble over",
                f"write {habit.write}",
            )
            for path, lines in texts
            for number, line in lines
            if not habit.headings or HEADING.match(line)
            for match in pattern.finditer(line)
        ]
    return problems


def _texts(root: Path) -> Iterator[tuple[str, list[tuple[int, str]]]]:
    """(path below the root, [(line number, text)]) of every file that is searched, with quotations
    blanked.
    """
    for patterns, read in ((PAGES, _page), (RECORDS, _record), (SCRIPTS, _script), (CODE, _code)):
        for path in sorted({path for pattern in patterns for path in root.glob(pattern)}):
            name = path.relative_to(root).as_posix()
            if path.is_file() and VENDORED not in name:
                yield name, read(path.read_text(encoding="utf-8", errors="replace"))


def _blank(match: re.Match[str]) -> str:
    """The same number of empty lines."""
    return "\n" * match[0].count("\n")


def _page(text: str) -> list[tuple[int, str]]:
    return list(enumerate(QUOTED.sub("…", FENCE.sub(_blank, text)).splitlines(), 1))


def _record(text: str) -> list[tuple[int, str]]:
    """The lines of a record, without keys that hold sources, addresses and places. Straight quotes belong to
    YAML, so only curly quotes count as quotations.
    """
    return [
        (number, CURLY.sub("…", line))
        for number, line in enumerate(text.splitlines(), 1)
        if not SOURCE_KEY.match(line)
    ]


def _script(text: str) -> list[tuple[int, str]]:
    return list(enumerate(COMMENT.sub(_blank, text).splitlines(), 1))


def _code(text: str) -> list[tuple[int, str]]:
    """The strings of a module that readers may see on a page or in a message: all except docstrings."""
    nodes = [*ast.walk(ast.parse(text))]
    docstrings = {id(node.value) for node in nodes if isinstance(node, ast.Expr)}
    return [
        (node.lineno, node.value)
        for node in nodes
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in docstrings
    ]
