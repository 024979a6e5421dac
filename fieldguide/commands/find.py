"""Finds the files of a record, term, page or figure by its id or name, and the places that mention it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from pathlib import Path

from fieldguide.book import Book, load_book
from fieldguide.records.field import Sourced
from fieldguide.text.names import kebab
from fieldguide.text.problems import closest

MOST = 12
"""The most entries shown of a list; the rest is counted."""
NOUNS = {"companies": "company"}
"""{folder of data/: the singular}, if it is not the name without its s."""


def find(root: Path, name: str) -> tuple[list[str], bool]:
    """(lines to print for `name`, whether anything was found). Whole ids are matched first, then parts of
    ids, then titles.
    """
    book = load_book(root)
    things = dict(named(book))
    wanted = kebab(name)
    matches = (
        [thing for thing in things if thing[0] == wanted]
        or [thing for thing in things if wanted and wanted in thing[0]]
        or [thing for thing, title in things.items() if name.casefold() in title.casefold()]
    )
    if not matches:
        hint = closest(wanted, [slug for slug, _, _ in things], quote="") or "look in data/ and docs/"
        return [f'nothing is called “{name}”: {hint}; words on a page: `git grep "{name}"`'], False
    lines = []
    for slug, kind, path in matches[:MOST]:
        lines.append(f"{kind} {slug}: {things[slug, kind, path]}\n  {path}")
        places = list(dict.fromkeys(naming(book, slug, path)))
        lines += [f"  named in {place}" for place in places[:MOST]] + (
            [f"  and in {len(places) - MOST} more"] if len(places) > MOST else []
        )
    return lines + ([f"and {len(matches) - MOST} more"] if len(matches) > MOST else []), True


def named(book: Book) -> Iterator[tuple[tuple[str, str, str], str]]:
    """((id, kind, file), title) of everything that has a file of its own."""
    for kind, record in book.records():
        title = (
            getattr(record, "title", None)
            or getattr(record, "name", None)
            or (record.about() if isinstance(record, Sourced) else "")
        )
        yield (record.slug, NOUNS.get(kind, kind.removesuffix("s")), record.path), str(title)
    for page in book.pages.values():
        if not page.made:
            slug = page.src.removesuffix(".md").removesuffix("/index").rsplit("/", 1)[-1]
            yield (slug, "term" if page.meta.type == "term" else "page", page.path), page.meta.title


def naming(book: Book, slug: str, path: str) -> Iterable[str]:
    """`file:line` of each mention of an id, first in pages, then in records, sorted by file name."""
    mention = re.compile(rf"(?<![\w-]){re.escape(slug)}(?![\w-])")
    files = sorted(
        {
            *(page.path for page in book.pages.values() if not page.made),
            *(record.path for _, record in book.records()),
            "data/stack.yml",
        }
        - {path},
        key=lambda file: (not file.startswith("docs/"), file),
    )
    for file in files:
        full = book.root / file
        if full.exists() and slug in (text := full.read_text(encoding="utf-8")):
            yield from (
                f"{file}:{number}" for number, line in enumerate(text.splitlines(), 1) if mention.search(line)
            )
