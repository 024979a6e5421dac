"""Names and words: the five layers, ids made of names, acronyms, Markdown of one paragraph as plain text."""

from __future__ import annotations

import re
import unicodedata
from typing import Literal, get_args

LayerName = Literal["application", "model", "infrastructure", "capital", "crypto"]
LAYERS: tuple[LayerName, ...] = get_args(LayerName)
"""The layers from the top of the stack to its base, then the two rails alongside."""
RAILS: tuple[LayerName, ...] = ("capital", "crypto")


def layer_words(layer: LayerName) -> str:
    """ "model layer"; a rail by its name alone."""
    return layer if layer in RAILS else f"{layer} layer"


def kebab(name: str) -> str:
    """The id of a name: "io.net" gives "io-net"."""
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "-", plain).strip("-")


def plain(markdown: str) -> str:
    """Markdown of one paragraph as plain text."""
    text = re.sub(r"\[([^\]]+)\]\([^)]*\)", r"\1", markdown)
    text = re.sub(
        r"(?<!\w)_([^_]+)_(?!\w)",
        r"\1",
        re.sub(r"(\*{1,2})(\S[^*]*)\1", r"\2", re.sub(r"`([^`]*)`", r"\1", text)),
    )
    return curly(re.sub(r"\s+", " ", text).strip())


def curly(text: str) -> str:
    """Typographic quotes, as the Markdown extension sets them in running text."""
    text = re.sub(r'(^|[\s(\[])"', r"\1“", text).replace('"', "”")
    return re.sub(r"(^|[\s(\[“])'", r"\1‘", text).replace("'", "’")


def is_acronym(name: str) -> bool:
    """Matched by case: one word with at least two capitals ("API", "RLHF", "LLM", "FLOP")."""
    return " " not in name and sum(char.isupper() for char in name) >= 2
