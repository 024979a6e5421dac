"""Checked numbers in a text of a record, written as on a page: `[70B](fact:chinchilla.parameters)`."""

from __future__ import annotations

import re
from html import escape

FACT_LINK = re.compile(r"\[([^\]\n]+)\]\(fact:([^)\s]+)\)")


def fact_words(text: str) -> str:
    """The text with the words of its checked numbers: "70B"."""
    return FACT_LINK.sub(r"\1", text)


def fact_marks(text: str) -> str:
    """The text with a mark for each checked number, {{fact:chinchilla.parameters|70B}}, which
    `page.context.Context.markup` fills in.
    """
    return FACT_LINK.sub(r"{{fact:\2|\1}}", text)


def fact_markup(text: str) -> str:
    """The same, and everything else escaped."""
    return fact_marks(escape(text, quote=False))
