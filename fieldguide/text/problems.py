"""What is wrong, where, and how to mend it."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable
from dataclasses import dataclass

_LONG = re.compile(r"(\S{100})\S{200,}")
"""What is too long for a word, and its beginning, which is shown."""


@dataclass(frozen=True, order=True)
class Problem:
    """One fault in the author's input. `path` is relative to the project, `line` counts from 1."""

    path: str
    line: int
    message: str
    hint: str

    def __str__(self) -> str:
        return _LONG.sub(r"\1…", f"{self.path}:{self.line}: {self.message} — {self.hint}")


def counted(number: int, noun: str) -> str:
    """A number with its noun: "1 problem", "2,500 claims", "3 addresses"."""
    ending = "" if number == 1 else "es" if noun.endswith("s") else "s"
    return f"{number:,} {noun}{ending}"


def missing_source(key: str, known: Iterable[str]) -> str:
    """The cure for a source `key` that is not among the `known`: the nearest of them, or the command that
    starts its record.
    """
    return closest(key, known) or f"run `make new-source NAME={key} TOPIC=…`"


def closest(word: str, known: Iterable[str], *, quote: str = "`") -> str:
    """The known words nearest to `word`, for a hint: "did you mean `a` or `b`?", or "" when none is near."""
    names = list(known)
    near = difflib.get_close_matches(word, names, n=3, cutoff=0.5)
    near += [name for name in names if word and word in name and name not in near][: 3 - len(near)]
    if not near:
        return ""
    return "did you mean " + " or ".join(f"{quote}{name}{quote}" for name in near) + "?"
