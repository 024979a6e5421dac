"""The changelog, docs/about/changelog.md: what people wrote about each day. A line belongs to the pages that
it links to, and their histories show it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime

from fieldguide.records.page import link_target

PATH = "about/changelog.md"
"""Below docs/."""
_DAY = re.compile(r"^## (\d{1,2} [A-Z][a-z]{2} \d{4})\b[ \t:,]*", flags=re.M)
_LINE = re.compile(r"^- (.+(?:\n {2,}.+)*)\n?", flags=re.M)
_GROUP = re.compile(r"\*\*(.+)\*\*")
_LINK = re.compile(r"\]\((?!\w+:)([^)\s]+\.md)(?:#[^)\s]*)?\)")


@dataclass(frozen=True)
class Line:
    """One line of a day, as written in Markdown. `group` is the title above it, such as "Corrected", or "";
    `pages` are the paths below docs/ of the pages that it links to.
    """

    text: str
    group: str
    pages: tuple[str, ...]


@dataclass(frozen=True)
class Change:
    """The changelog's text under one date. `day` is written as in the heading, "25 Nov 2026"."""

    day: str
    text: str

    @property
    def iso(self) -> str:
        """The day as an ISO date. Raises ValueError where no calendar has it."""
        return datetime.strptime(self.day, "%d %b %Y").date().isoformat()

    @property
    def lines(self) -> list[Line]:
        """Its lines, in their order."""
        lines, group = [], ""
        for paragraph in self.text.split("\n\n"):
            title = _GROUP.fullmatch(paragraph.strip())
            group = title[1] if title else group
            for match in _LINE.finditer(paragraph):
                pages = (link_target(PATH, href) for href in _LINK.findall(match[1]))
                lines.append(Line(match[1], group, tuple(dict.fromkeys(pages))))
        return lines

    @property
    def general(self) -> str:
        """Its text without the lines that belong to pages, and without titles above nothing."""
        kept: list[str] = []
        for paragraph in self.text.split("\n\n"):
            rest = _LINE.sub(lambda match: "" if _LINK.search(match[1]) else match[0], paragraph).strip()
            if rest and kept and _GROUP.fullmatch(rest) and _GROUP.fullmatch(kept[-1]):
                kept.pop()
            kept += [rest] if rest else []
        return "\n\n".join(kept[:-1] if kept and _GROUP.fullmatch(kept[-1]) else kept)


def changes(changelog: str) -> list[Change]:
    """The dated entries of the changelog, in its order. Words after the date in a heading
    belong to the text.
    """
    parts = _DAY.split(changelog)
    return [Change(day, text.strip()) for day, text in zip(parts[1::2], parts[2::2], strict=True)]
