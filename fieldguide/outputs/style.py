"""The site's style sheet, joined from overrides/assets/css, and the sheets that a reader fetches only when
needed.
"""

from __future__ import annotations

import functools
import re
from importlib.metadata import distribution
from pathlib import Path

from fieldguide.outputs.color_tokens import SCHEMES
from fieldguide.outputs.finish.style_sheet import read_rules, without_unread, write_rules

SHEETS = [
    "tokens",
    "fonts",
    "theme",
    "header",
    "drawer",
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
    "live",
    "home",
    "footer",
    "print",
]
"""The files of overrides/assets/css, in cascade order."""
APART = ["claim", "labs", "next-token", "one-request", "reading", "search", "stress-test", "tokenizer"]
"""Sheets that are separate files, so that they cost other pages nothing: for parts that appear only on
demand, and for pages that the theme does not make.
"""
DARK = SCHEMES["dark"]


def style_sheet(folder: Path) -> str:
    """All SHEETS as one, minified. Raises ValueError if a sheet is missing or not listed."""
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
    """The sheet of the claims' pages: their own rules and those of header and menu, with the tokens and fonts
    that these and the search use.
    """
    names = ("tokens", "fonts", "header", "drawer", "claim", "search")
    return _claim_sheet(*((folder / f"{name}.css").read_text(encoding="utf-8") for name in names))


@functools.lru_cache(maxsize=1)  # a preview calls it for each file
def _claim_sheet(tokens: str, fonts: str, header: str, drawer: str, own: str, fetched: str) -> str:
    rules = read_rules("\n".join((with_scheme(tokens), fonts, header, drawer, own)))
    unused = re.compile("JetBrains|STIX|italic")
    kept = [rule for rule in rules if not (rule.is_at_rule and unused.search(rule.body))]
    return write_rules(without_unread(kept, re.findall(r"var\((--[\w-]+)", fetched))) + "\n"


def with_scheme(tokens: str) -> str:
    """The dark block of tokens.css, limited to where it applies: on a screen, if the reader chose dark or,
    without a choice, if the system is dark.
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
    """The CSS without comments and unneeded white space; strings and calc() are unchanged."""
    css = re.sub(r"/\*.*?\*/", "", css, flags=re.S)
    css = re.sub(r"\s+", " ", css)
    return re.sub(r"\s*([{};])\s*", r"\1", css).replace(";}", "}").strip() + "\n"


def theme_license() -> str:
    """The license of Material for MkDocs, rules of whose style sheet go into ours. Raises FileNotFoundError
    if the theme does not bring it.
    """
    text = distribution("mkdocs-material").read_text("licenses/LICENSE")
    if text is None:
        raise FileNotFoundError("mkdocs-material has no licenses/LICENSE: ship the text of its license")
    return text
