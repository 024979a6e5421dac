"""Habits of our English: where data/habits.yml finds one in pages, records, labels and messages. Quotations,
code and the names of sources are left out.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from fieldguide.records.habits import Habit, load_habits
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
COMMENT = re.compile(r"//.*$|/\*.*?\*/|<!--.*?-->", flags=re.M | re.S)


@dataclass(frozen=True)
class Hit:
    """Where a habit stands: a path below the root, its line, and the words."""

    path: str
    line: int
    words: str

    def __str__(self) -> str:
        return f"{self.path}:{self.line} “{self.words}”"


def find_hits(root: Path, habits: Iterable[Habit]) -> dict[str, list[Hit]]:
    """Each habit's pattern → its hits, by path and line."""
    habits = list(habits)
    hits: dict[str, list[Hit]] = {habit.find: [] for habit in habits}
    compiled = [(habit, habit.pattern) for habit in habits]
    for path, lines in _texts(root):
        for line, text in lines:
            for habit, pattern in compiled:
                if not habit.headings or HEADING.match(text):
                    hits[habit.find] += [
                        Hit(path, line, match[0].strip()) for match in pattern.finditer(text)
                    ]
    return hits


def _texts(root: Path) -> Iterator[tuple[str, list[tuple[int, str]]]]:
    """Path and (line, text) of everything that is read, quotations blanked."""
    for patterns, read in ((PAGES, _page), (RECORDS, _record), (SCRIPTS, _script), (CODE, _code)):
        for path in sorted({path for pattern in patterns for path in root.glob(pattern)}):
            shown = path.relative_to(root).as_posix()
            if path.is_file() and VENDORED not in shown:
                yield shown, read(path.read_text(encoding="utf-8", errors="replace"))


def _blank(match: re.Match[str]) -> str:
    """As many lines, without words."""
    return "\n" * match[0].count("\n")


def _page(text: str) -> list[tuple[int, str]]:
    return list(enumerate(QUOTED.sub("…", FENCE.sub(_blank, text)).splitlines(), 1))


def _record(text: str) -> list[tuple[int, str]]:
    """The lines of a record; a value in quotes is a value, so only curly quotes are quotations. Keys that
    name sources, addresses and places are left out.
    """
    lines = [
        (line, re.sub(r"“[^”\n]*”|‘[^’\n]*’", "…", words)) for line, words in enumerate(text.splitlines(), 1)
    ]
    return [
        (line, words)
        for line, words in lines
        if not re.match(r"\s*(?:- )?(?:where|via|url|source|sources|also|quote):", words)
    ]


def _script(text: str) -> list[tuple[int, str]]:
    return list(enumerate(COMMENT.sub(_blank, text).splitlines(), 1))


def _code(text: str) -> list[tuple[int, str]]:
    """The texts of a module that somebody may read on a page or in a message: its strings but for
    docstrings.
    """
    module = ast.parse(text)
    told = {id(node.value) for node in ast.walk(module) if isinstance(node, ast.Expr)}
    return [
        (node.lineno, node.value)
        for node in ast.walk(module)
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in told
    ]


def check_habits(root: Path) -> list[Problem]:
    """A problem for every hit, at its line and with the better words."""
    habits, faults = load_habits(root)
    if habits is None:
        return list(faults)
    hits = find_hits(root, habits.habits)
    found = [
        Problem(
            hit.path,
            hit.line,
            f"“{hit.words}” is a habit of ours that readers stumble over",
            f"write {habit.write}",
        )
        for habit in habits.habits
        for hit in hits[habit.find]
    ]
    return [*faults, *found]


def _times(number: int) -> str:
    return "once" if number == 1 else f"{number} times"


def render_hits(root: Path) -> str:
    """Every hit under its habit, as lines to work through."""
    habits, _ = load_habits(root)
    lines = []
    for habit in habits.habits if habits is not None else ():
        found = find_hits(root, [habit])[habit.find]
        lines.append(f"{habit.find} ({_times(len(found))}): write {habit.write}")
        lines += [f"  {hit}" for hit in found]
    return "\n".join(lines) + "\n"
