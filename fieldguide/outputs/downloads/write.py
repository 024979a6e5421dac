"""Rows as CSV and JSON."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Mapping, Sequence

Rows = Sequence[Mapping[str, object]]


def write_csv(rows: Rows) -> str:
    """RFC 4180 text, one line a row; the parts of a list are separated by spaces."""
    out = io.StringIO()
    names = dict.fromkeys(name for item in rows for name in item)
    writer = csv.DictWriter(out, fieldnames=list(names) or ["id"], lineterminator="\r\n")
    writer.writeheader()
    for item in rows:
        writer.writerow({name: " ".join(map(str, value)) if isinstance(value, list) else value for name, value in item.items()})
    return out.getvalue()


def write_json(name: str, rows: Rows, head: Mapping[str, object] | None = None) -> str:
    """{…head, name: [row, …]} with null for what is not known."""
    return json.dumps({**(head or {}), name: rows}, ensure_ascii=False, indent=1) + "\n"
