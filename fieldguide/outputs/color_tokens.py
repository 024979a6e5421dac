"""The theme's color tokens, for files that CSS does not reach: the favicon, exports and cards."""

from __future__ import annotations

import re
from pathlib import Path

from fieldguide.book import Book

SCHEMES = {"light": ":root", "dark": "[data-scheme=dark]"}
"""{color scheme: the selector in tokens.css under which its tokens are set}."""


def read_tokens(path: Path) -> dict[str, dict[str, str]]:
    """{scheme: {token: value}} from tokens.css, tokens without `--fg-`, such as {"light": {"ink":
    "#1F1B16"}}. Raises ValueError if a scheme is missing or the two do not have the same tokens.
    """
    text = re.sub(r"/\*.*?\*/", "", path.read_text(encoding="utf-8"), flags=re.S)
    tokens: dict[str, dict[str, str]] = {}
    for scheme, selector in SCHEMES.items():
        block = re.search(rf"^{re.escape(selector)}\s*{{(.*?)^}}", text, flags=re.S | re.M)
        if block is None:
            raise ValueError(f"{path}: no block for {selector}")
        tokens[scheme] = {
            name: " ".join(value.split()) for name, value in re.findall(r"--fg-([\w-]+):([^;]+);", block[1])
        }
    odd = set(tokens["light"]) ^ set(tokens["dark"])
    if odd:
        raise ValueError(f"{path}: only one scheme has --fg-{', --fg-'.join(sorted(odd))}")
    return tokens


def tokens_of(book: Book) -> dict[str, dict[str, str]]:
    """{scheme: {token: value}} from the project's own sheet."""
    return read_tokens(book.root / "overrides" / "assets" / "css" / "tokens.css")


def light(book: Book) -> dict[str, str]:
    """The tokens of the light scheme."""
    return tokens_of(book)["light"]
