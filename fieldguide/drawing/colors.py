"""Colors by name: the theme's tokens and the layers that have one."""

from __future__ import annotations

import re
from typing import Literal

from fieldguide.text.names import LayerName

Layer = LayerName
LAYER_TOKENS: dict[str, str] = {
    "application": "app",
    "model": "model",
    "infrastructure": "infra",
    "capital": "capital",
    "crypto": "crypto",
}
_TOKEN = re.compile(r"[a-z]+(-[a-z0-9]+)*")


def color(token: str) -> str:
    """A token's name as CSS: `ink` gives `var(--fg-ink)`. Raises ValueError for a literal color."""
    if token in ("none", "currentColor"):
        return token
    if not _TOKEN.fullmatch(token):
        raise ValueError(
            f"{token!r} is not a color token: name one of tokens.css without its --fg-, such as 'ink-2'."
        )
    return f"var(--fg-{token})"


def layer_color(layer: Layer, part: Literal["line", "text", "wash"] = "line") -> str:
    """The token of a layer's color: for lines, marks and solid fills; for words; or for small flat areas."""
    return LAYER_TOKENS[layer] + ("" if part == "line" else f"-{part}")


def paint(fill: str, stroke: str, stroke_width: float) -> dict[str, object]:
    """Fill and stroke as attributes; a pattern or a var() is taken as it is."""

    def one(value: str) -> str:
        return value if value.startswith(("url(", "var(")) else color(value)

    painted: dict[str, object] = {"fill": one(fill)}
    if stroke != "none":
        painted |= {"stroke": one(stroke), "stroke_width": stroke_width}
    return painted
