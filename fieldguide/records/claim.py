"""The addresses and titles of the ledger's pages: an overview that people write, and a page made for each
section whose pages state checked numbers. A claim itself is in `fieldguide/index.py`.
"""

from __future__ import annotations

from fieldguide.records.page import Page

LEDGER = "data/claims.md"
"""The overview, below docs/."""
FOLDER = LEDGER.removesuffix(".md")
BEFORE = "Claims: "
"""What stands before a section's title in that of its page."""


def section_key(src: str) -> str:
    """The name of the section that a page belongs to: its folder, or the page's own name where it is in no
    folder ("home" for index.md).
    """
    folder, below, _ = src.partition("/")
    return folder if below else src.removesuffix(".md").replace("index", "home")


def section_src(key: str) -> str:
    """The path below docs/ of a section's page."""
    return f"{FOLDER}/{key}.md"


def key_of(src: str) -> str:
    """The section whose claims a page lists, "" for any other page."""
    return src.removeprefix(f"{FOLDER}/").removesuffix(".md") if src.startswith(f"{FOLDER}/") else ""


def section_name(page: Page) -> str:
    """The title of the section whose claims a generated page lists."""
    return page.meta.title.removeprefix(BEFORE)
