"""The one style sheet, of the sheets of overrides/assets/css."""

from __future__ import annotations

import re
from pathlib import Path

SHEETS = ["tokens", "fonts", "theme", "header", "nav", "title", "inline", "copy", "popover", "notes", "figure", "boxes", "quiz", "lists", "library", "tables", "data", "claims", "filter", "lab", "home", "footer", "print"]
"""The sheets of overrides/assets/css in cascade order."""


def style_sheet(folder: Path) -> str:
    """All sheets as one, minified. Raises ValueError when a sheet is missing or is not listed."""
    found = {path.stem for path in folder.glob("*.css")}
    if found != set(SHEETS):
        raise ValueError(f"{folder}: sheets on disk and in fieldguide/outputs/style.py differ: {sorted(found ^ set(SHEETS))}")
    parts = []
    for name in SHEETS:
        text = (folder / f"{name}.css").read_text(encoding="utf-8")
        parts.append(text)
        if name == "tokens":
            parts.append(scheme_fallbacks(text))
    return minify("\n".join(parts))


def scheme_fallbacks(tokens: str) -> str:
    """The same tokens where no script can choose: dark by system preference, light in print."""
    blocks = dict(re.findall(r"^\[data-md-color-scheme=(default|slate)\] \{(.*?)^\}", tokens, flags=re.S | re.M))
    return (
        "@media screen and (prefers-color-scheme: dark) { html.no-js body[data-md-color-scheme=default]:not([data-md-color-media]) {%s} }\n"
        "@media print { [data-md-color-scheme=slate] {%s} }\n" % (blocks["slate"], blocks["default"])
    )


def minify(css: str) -> str:
    """Drop comments and the white space that CSS does not need; strings and calc() stay as they are."""
    css = re.sub(r"/\*.*?\*/", "", css, flags=re.S)
    css = re.sub(r"\s+", " ", css)
    return re.sub(r"\s*([{};])\s*", r"\1", css).replace(";}", "}").strip() + "\n"
