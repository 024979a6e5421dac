"""Text of the skeletons that `make new-…` writes, found where nobody replaced it."""

from __future__ import annotations

from pathlib import Path

from fieldguide.text.problems import Problem

FOLDERS = ("docs/glossary", "data/sources", "data/facts", "data/figures")
"""Where skeletons are written."""
PHRASES = {
    "write the definition here, in at most forty words": "write the definition",
    "Write a concrete example in one or two paragraphs": "write the example, or delete the section",
    "replace-with-a-source-key": "name a source: a file in data/sources/, without .yml",
    "where: table or section": "name the table, section or page of the source",
    "replace-with-unit": "name the unit",
    "[First Author, et al.]": "name the authors",
    "https://example.org/replace-me": "give the address of the source",
    "say here what is plotted": "say what is plotted, in which unit and for which date",
    "Say here in one or two sentences what the drawing shows": "say what the drawing shows",
    "# in place of yours": "name your sources, and delete the comment",
}
"""Words of a skeleton → what to do about them. `commands/new.py` writes them."""


def check_skeletons(root: Path) -> list[Problem]:
    """A problem for every phrase of a skeleton that is still in a term, source, fact or figure."""
    return [
        Problem(path.relative_to(root).as_posix(), number, "this is still the skeleton's text", cure)
        for folder in FOLDERS
        for path in sorted((root / folder).rglob("*.*"))
        if path.is_file()
        for number, line in enumerate(path.read_text(encoding="utf-8", errors="replace").splitlines(), 1)
        for phrase, cure in PHRASES.items()
        if phrase in line
    ]
