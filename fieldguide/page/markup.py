"""Markup that the guide refuses: images without alt text, columns without headings, blocks with faults."""

from __future__ import annotations

from xml.etree import ElementTree as ET

from fieldguide.page.context import Context
from fieldguide.page.syntax import BLOCKS
from fieldguide.text.problems import closest
from fieldguide.text.tree import text_of


def check_markup(context: Context, root: ET.Element) -> None:
    """Report images without alt text, table columns without a heading, and the marks of blocks that were not
    recognized.
    """
    for element in root.iter():
        if element.tag == "img" and not element.get("alt", "").strip():
            context.problem(
                f"an image without alt text: {element.get('src')}",
                "write `![what it shows](path)`",
                element.get("src", ""),
            )
        if element.tag == "th" and not text_of(element).strip():
            context.problem(
                "a table column without a heading", "give every column a word, the first one too", "| |"
            )
        if element.tag == "p" and (element.text or "").startswith("///"):
            line = (element.text or "").splitlines()[0]
            context.problem(f"a block that is not recognized: `{line}`", _cure(line), line)


def _cure(line: str) -> str:
    """What to write in place of the first line of a block that was not recognized."""
    name, _, rest = line.strip("/ ").replace("|", " ").partition(" ")
    if name in ("figure", "lab", "live") and not ("|" in line and rest.strip()):
        return f"`| slug` is missing: write `/// {name} | {rest.strip() or 'slug'}`"
    near = "" if name in BLOCKS else closest(name, BLOCKS)
    return (
        near
        or f"blocks are {', '.join(BLOCKS)}; figure, lab and live take `| slug`, and each ends with `///`"
    )
