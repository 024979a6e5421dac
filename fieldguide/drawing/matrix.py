"""Tables of text as figures: one row a case, cells that may hold {{fact:…}} and {{cite:…}}; entries on a phone."""

from __future__ import annotations

from collections.abc import Iterable
from html import escape


def cites(keys: Iterable[str]) -> str:
    """Source chips, as the page's builder fills them in."""
    return " ".join(f"{{{{cite:{key}}}}}" for key in keys)


def cell(label: str, content: str) -> str:
    """A cell that carries its column's name, for readers on a phone. `content` is markup."""
    return f'<td data-label="{escape(label)}">{content}</td>'


def text(content: str) -> str:
    """Text from a record as markup; placeholders stay whole."""
    return escape(content, quote=False)


def matrix(name: str, header: Iterable[str], rows: Iterable[str], *, entries: bool = True) -> str:
    """The table in its frame. `rows` are <tr> elements; without `entries` it stays a table on a phone, so its columns must be narrow."""
    heads = "".join(f'<th scope="col">{text(item)}</th>' for item in header)
    frame, kind = ("fg-table fg-table--entries", "") if entries else ("fg-table", ' class="fg-compact"')
    return (
        f'<div class="{frame}" tabindex="0" role="region" aria-label="{escape(name)}"><table{kind}>'
        f"<thead><tr>{heads}</tr></thead><tbody>{''.join(rows)}</tbody></table></div>"
    )
