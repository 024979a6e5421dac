"""The tokenizer lab without scripts: the texts of its table are counted, and the first is cut, by the guide's
own tokenizer when the page is made.
"""

from __future__ import annotations

import html
from xml.etree import ElementTree as ET

from fieldguide.page.context import Context
from fieldguide.records.merges import LAB, PATH
from fieldguide.text.bytepair import Tokenizer
from fieldguide.text.tree import E, text_of

FIRST = "The first example as tokens, with a dot for each space:"
COUNTS = ("tokens here", "characters", "bytes")


def add_token_table(context: Context, lab: ET.Element) -> None:
    """Counts behind each text of the table with a column `text`, and a table of the first one's tokens below
    it.
    """
    tokenizer = context.book.tokenizer
    if tokenizer is None:
        context.problem(f"the lab `{LAB}` has no merges", f"write {PATH}: make experiments", LAB)
        return
    for place, table in enumerate(lab):
        heads = [text_of(cell) for cell in table.iterfind("thead/tr/th")]
        rows = table.findall("tbody/tr")
        if "text" in heads and rows:
            at = heads.index("text")
            texts = [html.unescape(text_of(row[at])) for row in rows]
            _count(table, at + 1, [counts(tokenizer, text) for text in texts])
            lab[place + 1 : place + 1] = [E("p", {}, FIRST), cut_table(tokenizer, texts[0])]
            return
    context.problem(
        f"the lab `{LAB}` has no table of texts",
        "write a table with a column `text`; its first row is the default",
        LAB,
    )


def counts(tokenizer: Tokenizer, text: str) -> tuple[int, int, int]:
    return len(tokenizer.encode(text)), len(text), len(text.encode())


def _count(table: ET.Element, at: int, found: list[tuple[int, int, int]]) -> None:
    head = table.find("thead/tr")
    assert head is not None
    for offset, name in enumerate(COUNTS):
        head.insert(at + offset, E("th", {}, name))
        for row, numbers in zip(table.iterfind("tbody/tr"), found, strict=True):
            row.insert(at + offset, E("td", {}, f"{numbers[offset]:,}"))


def cut_table(tokenizer: Tokenizer, text: str) -> ET.Element:
    """A row a token: what it says, its id, its bytes."""
    rows = [
        E(
            "tr",
            {},
            E("td", {}, E("code", {}, said(content))),
            E("td", {}, str(token)),
            E("td", {}, content.hex(" ").upper()),
        )
        for token in tokenizer.encode(text)
        for content in [tokenizer.content[token]]
    ]
    return E(
        "table",
        {},
        E("thead", {}, E("tr", {}, *(E("th", {}, name) for name in ("token", "id", "bytes")))),
        E("tbody", {}, *rows),
    )


def said(content: bytes) -> str:
    """A token as text, its spaces as dots; in hex where it is a part of a letter."""
    try:
        return html.escape(content.decode().replace(" ", "·"), quote=False)
    except UnicodeDecodeError:
        return content.hex(" ").upper()
