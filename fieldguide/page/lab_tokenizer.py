"""The tokenizer lab without scripts: the guide's own tokenizer counts the tokens of the texts in its table,
and cuts the first text, when the page is rendered.
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
    """Add counts to each row of the table with a column `text`, and below it a table with the tokens of its
    first text.
    """
    tokenizer = context.book.tokenizer
    if tokenizer is None:
        context.problem(f"the lab `{LAB}` has no merges", f"write {PATH}: make experiments", LAB)
        return
    for index, table in enumerate(lab):
        heads = [text_of(cell) for cell in table.iterfind("thead/tr/th")]
        rows = table.findall("tbody/tr")
        if "text" in heads and rows:
            column = heads.index("text")
            texts = [html.unescape(text_of(row[column])) for row in rows]
            _add_columns(table, column + 1, [counts(tokenizer, text) for text in texts])
            lab[index + 1 : index + 1] = [E("p", {}, FIRST), cut_table(tokenizer, texts[0])]
            return
    context.problem(
        f"the lab `{LAB}` has no table of texts",
        "write a table with a column `text`; its first row is the default",
        LAB,
    )


def counts(tokenizer: Tokenizer, text: str) -> tuple[int, int, int]:
    """The numbers of tokens, characters and bytes of a text."""
    return len(tokenizer.encode(text)), len(text), len(text.encode())


def _add_columns(table: ET.Element, column: int, rows: list[tuple[int, int, int]]) -> None:
    """Insert COUNTS before a column; `rows` has the numbers of each row."""
    head = table.find("thead/tr")
    assert head is not None
    for offset, name in enumerate(COUNTS):
        head.insert(column + offset, E("th", {}, name))
        for row, numbers in zip(table.iterfind("tbody/tr"), rows, strict=True):
            row.insert(column + offset, E("td", {}, f"{numbers[offset]:,}"))


def cut_table(tokenizer: Tokenizer, text: str) -> ET.Element:
    """A table with a row for each token: its text, its id, its bytes."""
    rows = [
        E(
            "tr",
            {},
            E("td", {}, E("code", {}, token_text(content))),
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


def token_text(content: bytes) -> str:
    """A token as text, with dots for spaces; in hexadecimal if it is part of a character."""
    try:
        return html.escape(content.decode().replace(" ", "·"), quote=False)
    except UnicodeDecodeError:
        return content.hex(" ").upper()
