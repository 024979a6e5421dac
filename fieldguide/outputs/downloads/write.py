"""Rows as CSV and JSON."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Mapping, Sequence

FORMULA = re.compile(r"\s*[=+@-]|[\t\r\n]")
"""How a cell begins that a spreadsheet may run."""
NUMBER = re.compile(r"[+-]?\d[\d.,]*([eE][+-]?\d+)?%?")
Rows = Sequence[Mapping[str, object]]


def write_csv(rows: Rows) -> str:
    """RFC 4180 text, one line a row; the parts of a list are separated by spaces, and a text that a
    spreadsheet would take for a formula follows an apostrophe.
    """
    out = io.StringIO()
    names = dict.fromkeys(name for item in rows for name in item)
    writer = csv.DictWriter(out, fieldnames=list(names) or ["id"], lineterminator="\r\n")
    writer.writerow({name: _cell(name) for name in writer.fieldnames})
    for item in rows:
        writer.writerow(
            {
                name: _cell(" ".join(map(str, value)) if isinstance(value, list) else value)
                for name, value in item.items()
            }
        )
    return out.getvalue()


def _cell(value: object) -> object:
    """A value as a cell; a number stays one, with or without its sign."""
    return (
        f"'{value}"
        if isinstance(value, str) and FORMULA.match(value) and not NUMBER.fullmatch(value)
        else value
    )


def write_json(name: str, rows: Rows, head: Mapping[str, object] | None = None) -> str:
    """{…head, name: [row, …]} with null for what is not known."""
    return json.dumps({**(head or {}), name: rows}, ensure_ascii=False, indent=1) + "\n"
