"""The one style sheet, of the sheets of overrides/assets/css, and those that a reader fetches only when they are needed."""

from __future__ import annotations

import re
from pathlib import Path

from fieldguide.outputs.tokens import SCHEMES

SHEETS = ["tokens", "fonts", "theme", "header", "nav", "title", "inline", "copy", "popover", "notes", "figure", "boxes", "quiz", "lists", "library", "tables", "data", "claims", "filter", "lab", "home", "footer", "print"]
"""The sheets of overrides/assets/css in cascade order."""
APART = ["reading", "search", "stress-test"]
"""Sheets that are files of their own: what shows only after a reader asks for it costs no page anything."""
DARK = SCHEMES["slate"]


def style_sheet(folder: Path) -> str:
    """All sheets as one, minified. Raises ValueError when a sheet is missing or is not listed."""
    found = {path.stem for path in folder.glob("*.css")}
    if found != {*SHEETS, *APART}:
        raise ValueError(f"{folder}: sheets on disk and in fieldguide/outputs/style.py differ: {sorted(found ^ {*SHEETS, *APART})}")
    texts = {name: (folder / f"{name}.css").read_text(encoding="utf-8") for name in SHEETS}
    texts["tokens"] = with_scheme(texts["tokens"])
    return minify("\n".join(texts.values()))


def sheet_apart(folder: Path, name: str) -> str:
    """One of APART, minified."""
    return minify((folder / f"{name}.css").read_text(encoding="utf-8"))


def with_scheme(tokens: str) -> str:
    """The dark block of tokens.css where it holds: on a screen, for a reader who chose it or, where nothing is chosen, whose system is dark."""
    dark = re.search(rf"^{re.escape(DARK)} \{{(.*?)^\}}", tokens, flags=re.S | re.M)
    if dark is None:
        raise ValueError(f"tokens.css has no block for {DARK}")
    both = f"@media screen {{ {dark[0]} }}\n@media screen and (prefers-color-scheme: dark) {{ :root:not([data-scheme]) {{{dark[1]}}} }}"
    return tokens[: dark.start()] + both + tokens[dark.end() :]


def minify(css: str) -> str:
    """Drop comments and the white space that CSS does not need; strings and calc() stay as they are."""
    css = re.sub(r"/\*.*?\*/", "", css, flags=re.S)
    css = re.sub(r"\s+", " ", css)
    return re.sub(r"\s*([{};])\s*", r"\1", css).replace(";}", "}").strip() + "\n"
