"""Edits of records as text: comments, order and style of a file stay as they are."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from fieldguide.records.changelog import changes
from fieldguide.records.price import Price
from fieldguide.refresh.compare import KEYS, Finding, Listing
from fieldguide.refresh.price_list import PriceList, Step, show
from fieldguide.text.dates import show_date

PLAIN = re.compile(r"[A-Za-z0-9][A-Za-z0-9 ./_+-]*")
"""Text that YAML takes as text without quotation marks."""
ROLE = re.compile(r"(?:Host|Cloud|Gateway|Reseller): [^.]*\.")
"""The sentence of a note that says what kind of seller it is; it holds whatever the price."""
DAY_QUOTED = re.compile(r"\[(?P<day>[^\[\]]+)\](?P<link>\(fact:(?P<slug>[\w-]+)\.date\))")
"""The day of a price, as a page quotes it."""
INDENT = "    "
"""Before each key of a period."""


@dataclass(frozen=True)
class Citation:
    """A list as a source of a period."""

    source: str
    where: str
    seen: str
    dated: bool = False
    """Whether the copy has a day of its own, so that reading it again shows nothing new."""

    def stands_in(self, line: str) -> bool:
        """Whether a line of a record cites the same dated copy already."""
        return self.dated and f"where: {quoted(self.where)}" in line

    @property
    def flow(self) -> str:
        return f"{{source: {self.source}, where: {quoted(self.where)}, seen: {self.seen}}}"


def quoted(text: str) -> str:
    """Text as a YAML value, with quotation marks where it needs them."""
    return text if PLAIN.fullmatch(text) else f'"{text}"'


def edit_price(text: str, finding: Finding, cite: Callable[[Listing], Citation], day: str) -> str:
    """The text of a record after a finding that is the same or changed. Raises ValueError, with place, fault
    and cure, for a newest period whose text cannot be edited.
    """
    start, lines = _newest(text, finding.record)
    head = text.splitlines(keepends=True)[:start]
    if finding.state == "same":
        _confirm(lines, finding, [cite(listing) for listing in finding.strong], day)
    else:
        lines = _reopen(lines, finding, cite, day)
    return "".join(head + lines)


def _newest(text: str, record: Price) -> tuple[int, list[str]]:
    """Where the lines of the newest period begin, from 0, and those lines."""
    start = record.line("periods", len(record.periods) - 1) - 1
    lines = text.splitlines(keepends=True)[start:]
    if not re.fullmatch(r"  - from: \S+\n", lines[0]) or not all(
        re.match(rf"{INDENT}\w+: .*\n|{INDENT}#|\s*\n", line) for line in lines[1:]
    ):
        raise ValueError(
            f"{record.path}:{start + 1}: the newest period cannot be edited — write it last in the file, each"
            " key on a line of its own, `from` first"
        )
    return start, lines


def _at(lines: Sequence[str], key: str) -> int | None:
    """The line of a key of the period."""
    return next((at for at, line in enumerate(lines) if line.startswith(f"{INDENT}{key}: ")), None)


def _set(lines: list[str], key: str, value: str, after: Iterable[str] = ()) -> None:
    """Give a key a value: on its own line where it has one, else below the last of the keys `after`."""
    line, at = f"{INDENT}{key}: {value}\n", _at(lines, key)
    if at is not None:
        lines[at] = line
    else:
        known = [position for name in after if (position := _at(lines, name)) is not None]
        lines.insert(max(known, default=0) + 1, line)


def _confirm(lines: list[str], finding: Finding, citations: Sequence[Citation], day: str) -> None:
    newest = finding.record.newest
    _set(lines, "as_of", confirmed_day(finding, day))
    for citation in citations:
        if any(citation.stands_in(line) for line in lines):
            continue
        if citation.source == newest.source:
            _set(lines, "where", quoted(citation.where))
            _set(lines, "seen", citation.seen)
            continue
        at = _at(lines, "also")
        if at is None:
            _set(lines, "also", f"[{citation.flow}]", after=("where", "seen", "via"))
            continue
        own = re.compile(rf"\{{source: {re.escape(citation.source)},[^{{}}]*\}}")
        if own.search(lines[at]):
            lines[at] = own.sub(lambda _, flow=citation.flow: flow, lines[at])  # type: ignore[misc]
        else:
            lines[at] = f"{lines[at].rstrip().removesuffix(']')}, {citation.flow}]\n"


def confirmed_day(finding: Finding, day: str) -> str:
    """The last day on which a source shows the price, after a finding that is the same on an ISO day."""
    return max(*(listing.day(day) for listing in finding.strong), finding.record.newest.as_of)


def edit_page(text: str, days: Mapping[str, tuple[str, str]]) -> str:
    """The text of a page after prices were confirmed: {id: the day that its record had, the day it has now}.
    Where the page quotes that day as the guide writes days, it quotes the new one.
    """

    def quote(match: re.Match[str]) -> str:
        old, new = days.get(match["slug"], ("", ""))
        return f"[{show_date(new)}]{match['link']}" if old and match["day"] == show_date(old) else match[0]

    return DAY_QUOTED.sub(quote, text)


def edit_changelog(text: str, day: str) -> str:
    """The changelog with a heading for an ISO day on which prices changed, in its place among the days."""
    older = [change.day for change in changes(text) if change.iso <= day]
    if older and older[0] == show_date(day):
        return text
    heading = f"## {show_date(day)}\n\n"
    return text.replace(f"## {older[0]}", f"{heading}## {older[0]}", 1) if older else f"{text}\n{heading}"


def _reopen(lines: list[str], finding: Finding, cite: Callable[[Listing], Citation], day: str) -> list[str]:
    """The newest period, closed, and those that follow it."""
    if not lines[-1].endswith("\n"):
        lines[-1] += "\n"
    _set(lines, "until", finding.steps[0].since, after=("from_source", "from_where"))
    for position, step in enumerate(finding.steps):
        last = position == len(finding.steps) - 1
        lines += _period(finding, step, None if last else finding.steps[position + 1].since, cite, day)
    return lines


def _period(
    finding: Finding, step: Step, until: str | None, cite: Callable[[Listing], Citation], day: str
) -> list[str]:
    """The lines of a new period. One that another has followed stands on the list that dates both alone."""
    assert finding.by is not None
    first = cite(finding.by)
    others = [cite(listing) for listing in finding.strong if listing is not finding.by]
    prices = {key: getattr(step.prices, key) for key in KEYS}
    if finding.record.newest.batch is None:
        prices["batch"] = None
    shown = max(listing.day(day) for listing in finding.strong)
    keys = {"until": until, "added": day, "as_of": shown if until is None else _day_before(until)}
    keys |= {key: None if value is None else show(value) for key, value in prices.items()}
    keys |= {"source": first.source, "where": quoted(first.where), "seen": first.seen}
    if until is None and others:
        keys["also"] = f"[{', '.join(citation.flow for citation in others)}]"
    role = ROLE.match(finding.record.newest.note or "") if until is None else None
    notes = [role[0]] if role else []
    if step.prices.tiers:
        notes.append(f"{step.prices.tiers}.")
    if notes:
        keys["note"] = json.dumps(" ".join(notes), ensure_ascii=False)
    return [f"  - from: {step.since}\n"] + [
        f"{INDENT}{key}: {value}\n" for key, value in keys.items() if value is not None
    ]


def _day_before(day: str) -> str:
    return (date.fromisoformat(day) - timedelta(days=1)).isoformat()


def edit_source(text: str, source: PriceList, day: str) -> str:
    """The text of a list's record after a copy of it was read on an ISO day: the version in its title, its
    date and the day of reading. A copy with a day of its own is not read twice.
    """
    title = re.compile(r'(?m)^(title: .*\b(?:version|copy of) )[^\s",]+')
    renewed = title.sub(rf"\g<1>{source.version}", text, count=1)
    if source.day and renewed == text:
        return text
    renewed = re.sub(r"(?m)^date: \S+$", f"date: {source.day or day}", renewed)
    return re.sub(r"(?m)^seen: \S+$", f"seen: {day}", renewed)
