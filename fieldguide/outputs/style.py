"""The one style sheet, of the sheets of overrides/assets/css, and those that a reader fetches only when they
are needed.
"""

from __future__ import annotations

import functools
import re
from pathlib import Path

from fieldguide.outputs.finish.sheet import read_rules, without_unread, write_rules
from fieldguide.outputs.tokens import SCHEMES

SHEETS = [
    "tokens",
    "fonts",
    "theme",
    "header",
    "nav",
    "title",
    "inline",
    "copy",
    "popover",
    "notes",
    "figure",
    "boxes",
    "quiz",
    "lists",
    "library",
    "decks",
    "tables",
    "data",
    "claims",
    "filter",
    "unfold",
    "lab",
    "home",
    "footer",
    "print",
]
"""The sheets of overrides/assets/css in cascade order."""
APART = ["claim", "labs", "next-token", "one-request", "reading", "search", "stress-test", "tokenizer"]
"""Sheets that are files of their own: what shows only after a reader asks for it, and pages that are not made
by the theme, cost no other page anything.
"""
DARK = SCHEMES["dark"]


def style_sheet(folder: Path) -> str:
    """All sheets as one, minified. Raises ValueError when a sheet is missing or is not listed."""
    names = {path.stem for path in folder.glob("*.css")}
    if names != {*SHEETS, *APART}:
        raise ValueError(
            f"{folder}: sheets on disk and in fieldguide/outputs/style.py differ:"
            f" {sorted(names ^ {*SHEETS, *APART})}"
        )
    texts = {name: (folder / f"{name}.css").read_text(encoding="utf-8") for name in SHEETS}
    texts["tokens"] = with_scheme(texts["tokens"])
    return minify("\n".join(texts.values()))


def sheet_apart(folder: Path, name: str) -> str:
    """One of APART, minified."""
    return minify((folder / f"{name}.css").read_text(encoding="utf-8"))


def claim_sheet(folder: Path) -> str:
    """The sheet of the claims' pages: their own rules, and of the tokens and fonts what these read."""
    return _claim_sheet(
        *((folder / f"{name}.css").read_text(encoding="utf-8") for name in ("tokens", "fonts", "claim"))
    )


@functools.lru_cache(maxsize=1)  # asked for each file that a preview looks for
def _claim_sheet(tokens: str, fonts: str, own: str) -> str:
    rules = read_rules("\n".join((with_scheme(tokens), fonts, own)))
    unused = re.compile("JetBrains|STIX|italic")
    return (
        write_rules(
            without_unread([rule for rule in rules if not (rule.is_at_rule and unused.search(rule.body))])
        )
        + "\n"
    )


def with_scheme(tokens: str) -> str:
    """The dark block of tokens.css where it holds: on a screen, for a reader who chose it or, where nothing
    is chosen, whose system is dark.
    """
    dark = re.search(rf"^{re.escape(DARK)} \{{(.*?)^\}}", tokens, flags=re.S | re.M)
    if dark is None:
        raise ValueError(f"tokens.css has no block for {DARK}")
    both = (
        f"@media screen {{ {dark[0]} }}\n@media screen and (prefers-color-scheme: dark) {{"
        f" :root:not([data-scheme]) {{{dark[1]}}} }}"
    )
    return tokens[: dark.start()] + both + tokens[dark.end() :]


def minify(css: str) -> str:
    """Drop comments and the white space that CSS does not need; strings and calc() stay as they are."""
    css = re.sub(r"/\*.*?\*/", "", css, flags=re.S)
    css = re.sub(r"\s+", " ", css)
    return re.sub(r"\s*([{};])\s*", r"\1", css).replace(";}", "}").strip() + "\n"
