"""Skeletons: a valid start for a new term, source or fact, in the right place."""

from __future__ import annotations

import re
import time
from pathlib import Path

TERM = """---
title: {title}
type: term
reviewed: {today}
---

# {title}

{title}: write the definition here, in at most forty words that a newcomer understands.

## An example says more

Write a concrete example in one or two paragraphs, with a citation where the claim is contestable.

## See also

- [Token](token.md)
"""

SOURCE = """title: {title}
authors: [First Author, et al.]
publisher: arXiv
date: {today}
url: https://example.org/replace-me
kind: paper            # paper | filing | vendor | survey | press | data
# stake: vendor        # vendor | investor | competitor, with stake_note: …
seen: {today}
"""

FACT = """title: {title}
source: replace-with-a-source-key
where: table or section
as_of: {today}
seen: {today}
fields:
  value: {{value: 1, unit: replace-with-unit}}
"""

KINDS = {"term": ("docs/glossary", ".md", TERM), "source": ("data/sources", ".yml", SOURCE), "fact": ("data/facts", ".yml", FACT)}


def write_skeleton(kind: str, name: str, root: Path, topic: str = "") -> Path:
    """Write the file and return its path; where the folder has topics, into that of `topic`.

    Raises ValueError for an empty name or an unknown topic, FileExistsError when the id is taken.
    """
    slug = re.sub(r"[^a-z0-9]+", "-", name.lower()).strip("-")
    if not slug:
        raise ValueError(f"“{name}” gives no slug: use letters and digits, for example `make new-{kind} NAME=context-window`")
    folder, suffix, text = KINDS[kind]
    taken = next((root / folder).rglob(f"{slug}{suffix}"), None)
    if taken is not None:
        raise FileExistsError(f"{taken.relative_to(root)} is there already: edit it, or choose another NAME")
    topics = sorted(path.name for path in (root / folder).glob("*/"))
    if topics and topic not in topics:
        raise ValueError(f"{folder}/ is sorted by topic: add TOPIC= with one of {', '.join(topics)}, the section that uses it first")
    path = root / folder / (topic if topics else "") / f"{slug}{suffix}"
    title = name[:1].upper() + name[1:].replace("-", " ")
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text.format(title=title, today=time.strftime("%Y-%m-%d")), encoding="utf-8")
    return path
