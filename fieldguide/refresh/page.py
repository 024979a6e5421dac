"""A seller's own page of prices, saved as HTML: the tables whose headings name a model, an input and an
output price, in USD per million tokens.
"""

from __future__ import annotations

import re
from decimal import Decimal
from html.parser import HTMLParser
from pathlib import Path
from typing import Final

from fieldguide.refresh.copies import MEMBER, digest, read_bytes, saved_day
from fieldguide.refresh.price_list import Entry, ListFault, PriceList, Prices, Step, per_million

NAME: Final = "page"
FILE = re.compile(r"page-(?P<source>[a-z0-9-]+)-\d{4}-\d\d-\d\d")
"""The file's name: the id of the page's record in data/sources, and the day on which it was saved."""
COLUMNS = {
    "model": re.compile(r"\bmodel\b", re.I),
    "cached": re.compile(r"\bcache", re.I),
    "input": re.compile(r"\binput\b|\bprompt\b", re.I),
    "output": re.compile(r"\boutput\b|\bcompletion\b", re.I),
}
"""What the heading of each column holds; the first that fits decides."""
UNIT = re.compile(
    r"\b(?:per |/ ?)?(?:1 ?M|1,000,000|million)\b(?: \w+)? tokens|/ ?1? ?M(?:Tok)?\b|\bMTok\b", re.I
)
PRICE = re.compile(r"\$ ?(\d{1,5}(?:\.\d{1,6})?)(?: ?(?:/|per) ?(?:1 ?M|million|MTok)(?: tokens)?)?", re.I)
NONE = {"", "-", "–", "—", "n/a"}
"""What stands where a model has no such price."""
HIDDEN = {"script", "style", "template"}
CURE = "save the page as HTML once its price table is shown, or write that table by hand into the file"


class _Tables(HTMLParser):
    """The cells of each table, row by row, and all of the text; `merged` are the tables with merged cells."""

    def __init__(self) -> None:
        super().__init__()
        self.tables: list[list[list[str]]] = []
        self.merged: set[int] = set()
        self.text: list[str] = []
        self.open: list[int] = []
        self.hidden = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in HIDDEN:
            self.hidden += 1
        elif tag == "table":
            self.tables.append([])
            self.open.append(len(self.tables) - 1)
        elif self.open:
            rows = self.tables[self.open[-1]]
            if tag == "tr" or (tag in ("td", "th") and not rows):
                rows.append([])
            if tag in ("td", "th"):
                rows[-1].append("")
                if any(name in ("rowspan", "colspan") and value not in ("1", None) for name, value in attrs):
                    self.merged.add(self.open[-1])

    def handle_endtag(self, tag: str) -> None:
        if tag in HIDDEN:
            self.hidden = max(0, self.hidden - 1)
        elif tag == "table" and self.open:
            self.open.pop()

    def handle_data(self, data: str) -> None:
        if self.hidden:
            return
        self.text.append(data)
        if self.open and self.tables[self.open[-1]] and self.tables[self.open[-1]][-1]:
            self.tables[self.open[-1]][-1][-1] += data


def read(path: Path) -> PriceList:
    """The list in a saved page. An entry's id is `source/model`, with the model as the page writes it. Raises
    ListFault for a file without a name of that form, and for a page without such a table, that breaks off
    inside one, or that does not say that its prices are per million tokens.
    """
    named = FILE.fullmatch(path.stem)
    if named is None:
        cure = "call it page-SOURCE-2026-01-31.html, with the id of its record in data/sources and the day"
        raise ListFault(path.name, "its name holds no source and day", cure)
    day, source = saved_day(path), named["source"]
    parser = _Tables()
    parser.feed(read_bytes(path, MEMBER).decode("utf-8", "replace"))
    parser.close()
    if parser.open:
        raise ListFault(path.name, "it breaks off inside a table", CURE)
    entries: dict[str, Entry] = {}
    unreadable: dict[str, str] = {}
    for number, rows in enumerate(parser.tables):
        columns = _columns(rows[0]) if rows else {}
        if not {"model", "input", "output"} <= columns.keys():
            continue
        if number in parser.merged:
            raise ListFault(path.name, f"table {number + 1} has merged cells", CURE)
        for row in rows[1:]:
            try:
                entry = _entry(source, row, columns)
            except ValueError as error:
                unreadable[f"{source}/{_plain(row[0]) if row else ''}"] = str(error)
                continue
            before = entries.setdefault(entry.id, entry)
            if before != entry:
                unreadable[entry.id] = "it stands twice, at different prices"
    for id in unreadable:
        entries.pop(id, None)
    if not entries:
        said = "; ".join(f"{id}: {reason}" for id, reason in list(unreadable.items())[:1]) or "none fits"
        raise ListFault(path.name, f"no table has a model, an input and an output price ({said})", CURE)
    if not UNIT.search(_plain(" ".join(parser.text))):
        raise ListFault(path.name, "it does not say that its prices are per million tokens", CURE)
    return PriceList(NAME, day, digest(path), entries, unreadable, day, source)


def _columns(headings: list[str]) -> dict[str, int]:
    """{key of COLUMNS: position}, the first of each."""
    found: dict[str, int] = {}
    for position, heading in enumerate(headings):
        key = next((key for key, pattern in COLUMNS.items() if pattern.search(heading)), None)
        if key is not None:
            found.setdefault(key, position)
    return found


def _entry(source: str, row: list[str], columns: dict[str, int]) -> Entry:
    if len(row) <= max(columns.values()):
        raise ValueError(f"its row has {len(row)} cells where {max(columns.values()) + 1} are due")
    model = _plain(row[columns["model"]])
    if not model:
        raise ValueError("its row names no model")
    cached = _plain(row[columns["cached"]]) if "cached" in columns else ""
    prices = Prices(
        _price(row[columns["input"]]),
        _price(row[columns["output"]]),
        None if cached.casefold() in NONE else _price(cached),
    )
    return Entry(f"{source}/{model}", source, model, (Step("", prices),))


def _price(text: str) -> Decimal:
    """USD per million tokens. Raises ValueError for anything but one price in dollars."""
    match = PRICE.fullmatch(_plain(text))
    if match is None:
        raise ValueError(f"`{_plain(text)[:40]}` is not a price in dollars per million tokens")
    return per_million(Decimal(match[1]))


def _plain(text: str) -> str:
    return " ".join(text.split())
