"""What the theme's search reads of a page: the same words, without most of the markup that it would pass over."""

from __future__ import annotations

import re

_PASSED = re.compile(r"(<(\w+)\b[^>]*\sdata-search-exclude\b[^>]*>)(.*?)(?=</\2>)", flags=re.S)
"""An element that search passes over: until the first end tag of its name."""
_TABLE = re.compile(r"<table\b.*?</table>", flags=re.S)
_SHAPE = re.compile(r"<(?:path|line|rect|circle)\b[^>]*?(?:/>|></(?:path|line|rect|circle)>)")


def searched(html: str) -> str:
    """A page's HTML without what search drops: tags cost it more than the rest of a page's build.

    Headings stay, since each begins a section of the search index even inside an element that is passed over.
    """
    return _SHAPE.sub("", _PASSED.sub(_emptied, html))


def _emptied(match: re.Match[str]) -> str:
    start, tag, inside = match.groups()
    if re.search(rf"<{tag}\b", inside):
        return match[0]  # an element of the same name ends it early
    return start + (_TABLE.sub("", inside) if re.search(r"<h[1-6]\b", inside) else "")
