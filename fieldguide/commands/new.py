"""Skeletons: a valid first version of a new term, source, fact or figure, in the right folder."""

from __future__ import annotations

import json
import time
from pathlib import Path

from fieldguide.drawing.kinds import KINDS as DRAWINGS
from fieldguide.records.yaml_source import YamlError, load_yaml
from fieldguide.text.names import kebab
from fieldguide.text.problems import closest

TERM = """---
title: {key}
type: term
layer: model   # or application, infrastructure, capital, crypto; without it, the term belongs to all
reviewed: {today}
---

# {title}

{title}: write the definition here, in at most forty words that a newcomer understands.

## An example says more

Write a concrete example in one or two paragraphs, with a citation where the claim is contestable.

## See also

- [Token](token.md)
"""

SOURCE = """title: {key}
authors: [First Author, et al.]
publisher: arXiv
date: {today}
url: https://example.org/replace-me
kind: paper            # paper | filing | vendor | survey | press | data
# stake: vendor        # vendor | investor | competitor, with stake_note: …
seen: {today}
"""

FACT = """title: {key}
source: replace-with-a-source-key
where: table or section
as_of: {today}
seen: {today}
fields:
  value: {{value: 1, unit: replace-with-unit}}
"""

FIGURE = """title: {key}
context: Illustrative numbers; say here what is plotted, in which unit and for which date
alt: Say here in one or two sentences what the drawing shows, for readers who cannot see it.
kind: {kind}
as_of: {today}
sources: [hoffmann2022]   # in place of yours
{example}
"""

SKELETONS = {
    "term": ("docs/glossary", ".md", TERM),
    "source": ("data/sources", ".yml", SOURCE),
    "fact": ("data/facts", ".yml", FACT),
}


def write_skeleton(kind: str, name: str, root: Path, topic: str = "") -> Path:
    """Write the file and return its path, in the subfolder `topic` if the folder has topics. Raises
    ValueError for an empty name or an unknown topic, FileExistsError if the id is taken.
    """
    folder, suffix, text = SKELETONS[kind]
    slug = _free_slug(kind, name, root, folder, suffix)
    topics = sorted(path.name for path in (root / folder).glob("*/"))
    if topics and topic not in topics:
        raise ValueError(
            f"{folder}/ is sorted by topic: add TOPIC= with one of {', '.join(topics)}, the section that uses"
            " it first"
        )
    return _write(root / folder / (topic if topics else "") / f"{slug}{suffix}", text, name)


def write_figure(name: str, root: Path, kind: str) -> Path:
    """Write a figure with the example data of its kind, marked as illustrative, and return its path. Raises
    ValueError for an empty name or an unknown kind, FileExistsError if the id is taken.
    """
    if kind not in DRAWINGS:
        raise ValueError(
            f"unknown kind `{kind}`;"
            f" {closest(kind, DRAWINGS) or 'add KIND= with one of ' + ', '.join(sorted(DRAWINGS))}"
        )
    slug = _free_slug("figure", name, root, "data/figures", ".yml")
    return _write(
        root / "data" / "figures" / f"{slug}.yml",
        FIGURE,
        name,
        kind=kind,
        example=DRAWINGS[kind].example.strip(),
    )


def _free_slug(noun: str, name: str, root: Path, folder: str, suffix: str) -> str:
    """The slug of a name. Raises ValueError for an empty one, FileExistsError if a file already has it."""
    slug = kebab(name)
    if not slug:
        raise ValueError(
            f"“{name}” gives no slug: use letters and digits, for example `make new-{noun}"
            " NAME=context-window`"
        )
    taken = next((root / folder).rglob(f"{slug}{suffix}"), None)
    if taken is not None:
        raise FileExistsError(f"{taken.relative_to(root)} is there already: edit it, or choose another NAME")
    return slug


def _write(path: Path, text: str, name: str, **values: str) -> Path:
    words = " ".join((name.replace("-", " ") if name == kebab(name) else name).split())
    title = words[:1].upper() + words[1:]
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(
        text.format(title=title, key=_in_yaml(title), today=time.strftime("%Y-%m-%d"), **values),
        encoding="utf-8",
    )
    return path


def _in_yaml(title: str) -> str:
    """A title as a YAML value, quoted only if YAML would read it as something else."""
    try:
        plain = load_yaml(f"title: {title}")[0] == {"title": title}
    except YamlError:
        plain = False
    return title if plain else json.dumps(title, ensure_ascii=False)
